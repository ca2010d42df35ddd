"""The routes of stylesheets, icons and other files."""

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from advisor.web.responses import CHECK_EACH_TIME, FOREVER, answer
from advisor.web.site import THEME_PATH, TheSite

router = APIRouter()


@router.get(THEME_PATH)
@router.get("/static/{name:path}")
@router.get("/favicon.ico")
async def file(request: Request, site: TheSite) -> Response:
    """Give a file that was found at the start, to be kept for ever at the address of its content.

    Browsers look for an icon beside answers that cannot link one, such as JSON.
    """
    path = request.scope["path"]
    asset = site.assets.get("/static/icon.svg" if path == "/favicon.ico" else path)
    if asset is None:
        raise HTTPException(404)
    named = request.scope["query_string"] == f"v={asset.version}".encode()
    return answer(request, asset.content, asset.media_type, FOREVER if named else CHECK_EACH_TIME)
