"""The routes of stylesheets, icons and other files."""

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from advisor.web import responses
from advisor.web.assets import STATIC_PREFIX
from advisor.web.reading import TheSite
from advisor.web.theme import THEME_PATH

router = APIRouter(include_in_schema=False)


@router.get(THEME_PATH)
@router.get(STATIC_PREFIX + "{name:path}")
async def file(request: Request, site: TheSite) -> Response:
    """Give a file that was found at the start."""
    found = site.assets.get(request.url.path)
    if found is None:
        raise HTTPException(404)
    return responses.file(request, found)
