"""Views into pages: the one place that knows the template engine.

A misspelt or missing field is an error, everything is escaped, and templates get a view and
nothing else.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

from advisor.web.assets import Asset
from advisor.web.views.page import Page

_to_escape = re.compile("[&<>'\"]").search


def _escaped(value: object) -> str:
    """Return a value as HTML; most texts have nothing to escape and are returned as they are.

    A page has some two thousand values; a new object for each was a twentieth of its cost.
    """
    kind = type(value)
    if kind is Markup or (kind is str and not _to_escape(value)):  # type: ignore[call-overload]
        return value  # type: ignore[return-value]
    return str(value) if kind is int else escape(value)


class _CodeGenerator(CodeGenerator):
    """Writes templates whose values are all escaped, by the function above."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: object) -> None:  # noqa: ARG002
        self.write("environment.escaped(")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: object) -> None:  # noqa: ARG002
        self.write(")")


class _Environment(Environment):
    """Reads nothing but fields after a dot: what has no such field is no view, and an error."""

    getattr = staticmethod(getattr)  # type: ignore[assignment]
    code_generator_class = _CodeGenerator
    escaped = staticmethod(_escaped)


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
