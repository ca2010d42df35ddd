"""Answers as they go out: pages, JSON, files and redirects, with what lets others cache them.

Knows nothing of what they say.
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from advisor.web.assets import CHECK_EACH_TIME, FOREVER, Asset
from advisor.web.security import EMBEDDING

HTML = "text/html; charset=utf-8"
JSON = "application/json"
MARKDOWN = "text/markdown"
SVG = "image/svg+xml"
PNG = "image/png"

A_WHILE = "public, max-age=3600"
"""For pictures: an hour after the rules changed, nobody sees the old ones any more."""


def page(request: Request, content: bytes) -> Response:
    """Answer with a page; with 304 where the browser has it already."""
    return _conditional(request, content, HTML)


def json(request: Request, content: bytes, status: int = 200) -> Response:
    """Answer with JSON; with 304 where a program that asked by GET has it already."""
    if status != 200 or request.method != "GET":  # noqa: PLR2004 - the name of a status
        return Response(content, status, media_type=JSON)
    return _conditional(request, content, JSON)


def text(request: Request, content: str, media_type: str) -> Response:
    """Answer with text that is no page."""
    return _conditional(request, content.encode(), f"{media_type}; charset=utf-8")


def file(request: Request, asset: Asset) -> Response:
    """Answer with a file, to be kept for ever where the address names its very content."""
    named = request.query_params.get("v") == asset.version
    caching = FOREVER if named else CHECK_EACH_TIME
    return _conditional(request, asset.content, asset.media_type, caching)


def picture(request: Request, content: bytes, media_type: str) -> Response:
    """Answer with a picture that other sites may show, and keep for a while."""
    response = _conditional(request, content, media_type, A_WHILE)
    response.headers[EMBEDDING] = "cross-origin"
    return response


def redirect(address: str) -> Response:
    """Send a browser to the address that it should show, by GET."""
    headers = {"Location": address, "Cache-Control": CHECK_EACH_TIME}
    return Response(status_code=303, headers=headers)


def _conditional(
    request: Request, content: bytes, media_type: str, caching: str = CHECK_EACH_TIME
) -> Response:
    """Answer with a tag of the content, and without the content where the tag was sent along.

    The tag is weak: the content may be compressed on its way out.
    """
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": caching}
    if _holds(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def _holds(sent: str, tag: str) -> bool:
    """Say whether one of the tags that were sent is this one; strong or weak is the same here."""
    tags = {entry.strip().removeprefix("W/") for entry in sent.split(",")}
    return "*" in tags or tag.removeprefix("W/") in tags
