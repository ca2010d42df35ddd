"""Views into pages: the one place that knows the template engine.

A misspelt or missing field is an error, everything is escaped, and templates get a view and
nothing else.
"""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from advisor.web.assets import Asset
from advisor.web.views.page import Page


class _Environment(Environment):
    """Reads nothing but fields after a dot: what has no such field is no view, and an error."""

    getattr = staticmethod(getattr)  # type: ignore[assignment]


class Renderer:
    """Renders pages from one folder of templates."""

    def __init__(self, templates: Path, assets: Mapping[str, Asset]) -> None:
        """Prepare the folder's templates.

        Args:
            templates: the folder.
            assets: files that pages link to, by their address.
        """
        self._environment = _Environment(
            loader=FileSystemLoader(templates),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals["asset"] = lambda path: assets[path].link

    def render(self, page: Page) -> bytes:
        """Return the page as HTML in UTF-8."""
        template = self._environment.get_template(page.template)
        return template.render(page=page).encode()
