"""The routes of stylesheets, icons and other files."""

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from advisor.web import responses
from advisor.web.assets import STATIC_PREFIX
from advisor.web.reading import TheSite
from advisor.web.site import Site
from advisor.web.theme import THEME_PATH

ICON = STATIC_PREFIX + "icon.svg"
"""The icon that pages link."""

router = APIRouter(include_in_schema=False)


@router.get(THEME_PATH)
@router.get(STATIC_PREFIX + "{name:path}")
async def file(request: Request, site: TheSite) -> Response:
    """Give a file that was found at the start."""
    return _given(request, site, request.url.path)


@router.get("/favicon.ico")
async def icon(request: Request, site: TheSite) -> Response:
    """Give the icon where browsers look for one beside answers that cannot link it, as JSON."""
    return _given(request, site, ICON)


def _given(request: Request, site: Site, path: str) -> Response:
    found = site.assets.get(path)
    if found is None:
        raise HTTPException(404)
    return responses.file(request, found)
