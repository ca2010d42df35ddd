"""Shows a page at its canonical address, unless something in the address could not be used."""

from fastapi import Request, Response

from advisor.web import responses
from advisor.web.site import Site
from advisor.web.views.page import Page


def shown(request: Request, site: Site, page: Page, canonical: str) -> Response:
    """Answer with a page, or send the browser on to the page's canonical address.

    Args:
        request: what was asked.
        site: renders the page.
        page: says what of the address could not be used.
        canonical: the address that the page should have.
    """
    asked_for = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if not page.unusable and asked_for != canonical:
        return responses.redirect(canonical)
    return responses.page(request, site.renderer.render(page))
