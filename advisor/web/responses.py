"""Answers as they go out: pages, JSON, files and redirects, with what lets others cache them.

A page that is not at its canonical address sends the browser on to it, unless something in the
address could not be used: then the page opens and says so.
"""

import hashlib
from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import Response

from advisor.web.site import Site

HTML = "text/html; charset=utf-8"
JSON = "application/json"
JSON_LINES = "application/x-ndjson"
MARKDOWN = "text/markdown"
SVG = "image/svg+xml"
ATOM = "application/atom+xml"
PNG = "image/png"

FOREVER = "public, max-age=31536000, immutable"
"""For addresses that carry the hash of what they lead to."""

A_WHILE = "public, max-age=3600"
"""For pictures: an hour after the rules changed, nobody sees the old ones any more."""

CHECK_EACH_TIME = "no-cache"
"""For addresses whose content changes with a release."""

TAG = "advisor.tag"
"""Where a request holds the tag of its answer, if that is known before the answer is."""


def onward(request: Request, canonical: str, faults: Collection[object]) -> Response | None:
    """Send the browser on to the canonical address of a page.

    None where it is there already, or where faults of the address would be lost.
    """
    path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
    there = canonical == (f"{path}?{query}" if query else path)
    return None if faults or there else redirect(canonical)


def redirect(address: str) -> Response:
    """Send a browser to the address that it should show, by GET."""
    headers = {"Location": address, "Cache-Control": CHECK_EACH_TIME}
    return Response(status_code=303, headers=headers)


def show(request: Request, site: Site, template: str, /, **context: object) -> Response:
    """Answer with a page; the arguments are those of `Renderer.render`."""
    return answer(request, site.renderer.render(template, **context), HTML)


def json(request: Request, content: bytes, status: int = 200) -> Response:
    """Answer with JSON; with 304 where a program that asked by GET has it already."""
    if status != 200 or request.method != "GET":  # noqa: PLR2004 - the name of a status
        return Response(content, status, media_type=JSON)
    return answer(request, content, JSON)


def picture(request: Request, content: bytes, media_type: str) -> Response:
    """Answer with a picture, to be kept for a while."""
    return answer(request, content, media_type, A_WHILE)


def answer(
    request: Request, content: bytes, media_type: str, caching: str = CHECK_EACH_TIME
) -> Response:
    """Answer with a tag, and without the content where the tag was sent along.

    The tag is that of the content where none is known. It is weak: the content may be compressed
    on its way out. Of the tags that are sent, strong ones are as good.
    """
    tag = f'"{request.scope.get(TAG) or hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": f"W/{tag}", "Cache-Control": caching}
    sent = request.headers.get("if-none-match", "").split(",")
    if {entry.strip().removeprefix("W/") for entry in sent} & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)
