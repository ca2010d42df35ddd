"""What every request needs and none changes: the rule base, the templates, the files.

Built once, when the application starts.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated

from fastapi import Depends, Request

from advisor.model.rulebase import RuleBase
from advisor.output.text import TEMPLATES
from advisor.settings import Settings
from advisor.web.templating import Renderer

SHOWN_HASH = 12
"""How much of the hash of a file its address shows."""

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
}
"""What files are, by the end of their names: the same on every machine."""

THEME_PATH = "/theme.css"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages ask for; it is read once, so that no path leads to any other.

    Attributes:
        version: the beginning of the SHA-256 of its content, in hexadecimal.
    """

    content: bytes
    media_type: str
    version: str


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A rule base with everything that shows it.

    Attributes:
        assets: files that pages ask for, by their path, such as `/static/site.css`.
        issue_form: address of a form that takes reports; empty where there is none.
    """

    rulebase: RuleBase
    assets: Mapping[str, Asset]
    renderer: Renderer
    issue_form: str


def build_site(settings: Settings, rulebase: RuleBase) -> Site:
    """Read templates and files, and put them together with the rule base."""
    files = {
        f"/static/{path.relative_to(settings.static).as_posix()}": path.read_bytes()
        for path in sorted(settings.static.rglob("*"))
        if path.is_file()
    }
    files[THEME_PATH] = TEMPLATES.get_template("theme.css").render(base=rulebase).encode()
    assets = {path: _asset(path, content) for path, content in files.items()}
    links = {path: f"{path}?v={asset.version}" for path, asset in assets.items()}
    return Site(
        rulebase=rulebase,
        assets=assets,
        renderer=Renderer(settings.templates, links, rulebase),
        issue_form=settings.issue_form,
    )


def _asset(path: str, content: bytes) -> Asset:
    media_type = MEDIA_TYPES.get(PurePath(path).suffix, "application/octet-stream")
    return Asset(content, media_type, hashlib.sha256(content).hexdigest()[:SHOWN_HASH])


async def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    site: Site = request.app.state.site
    return site


TheSite = Annotated[Site, Depends(site_of)]
