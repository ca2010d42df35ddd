"""Shows a page at its canonical address, unless something in the address could not be used."""

from fastapi import Request, Response

from advisor.web import responses
from advisor.web.site import Site
from advisor.web.visit import Visit


def onward(request: Request, visit: Visit, canonical: str) -> Response | None:
    """Send the browser on, before anything is thought; None where that would lose a fault."""
    return None if visit.faults else _elsewhere(request, canonical)


def _elsewhere(request: Request, canonical: str) -> Response | None:
    """Send the browser on to the canonical address; None where it is there already."""
    asked_for = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return None if asked_for == canonical else responses.redirect(canonical)


def rendered(request: Request, site: Site, page: str, **context: object) -> Response:
    """Answer with a page, whatever its address; the arguments are those of `Renderer.render`."""
    return responses.page(request, site.renderer.render(page, **context))


def show(
    request: Request, site: Site, template: str, canonical: str = "", /, **context: object
) -> Response:
    """Answer with a page, or send the browser on to the page's canonical address.

    Args:
        request: what was asked.
        site: renders the page.
        template: the name of its template, such as `pages/tools.html`.
        canonical: the address that the page should have; its path if empty.
        context: what the template is given; `faults` says what of the address could not be used,
            and where there are some the browser stays.
    """
    moved = None if context["faults"] else _elsewhere(request, canonical or request.url.path)
    return moved or rendered(request, site, template, **context)
