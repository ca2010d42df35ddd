"""Pages from templates: the one place that knows the template engine.

A page is a template below `templates/pages/` with a plain context: nouns of the model, or what a
file of `advisor.web.pages` computed for it. The template says its own title and description,
and asks the filters of `advisor.web.filters` for words, addresses and claims:

    {% extends "parts/knowledge/frame.html" %}
    {% set title = "Tools, and how each stands today" %}
    {% set description = tools | length ~ " tools by name." %}
    {% set section = "/tools" %}
    {% block knowledge %}
    {% for tool in tools %}<a href="{{ tool | url }}">{{ tool.name }}</a>{% endfor %}
    {% endblock %}

and a route shows it:

    site.renderer.render("pages/tools.html", tools=rulebase.tools.values(), faults=faults)

`faults` is what of the address could not be used, and may be empty. Everything is escaped, and
whatever is misspelt or missing is an error.
"""

from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from advisor.model.rulebase import RuleBase
from advisor.web.filters import filters, globals_of
from advisor.web.pages.citations import source_list


class Renderer:
    """Renders pages about one rule base from one folder of templates."""

    def __init__(self, templates: Path, links: Mapping[str, str], rulebase: RuleBase) -> None:
        """Prepare the folder's templates.

        Args:
            templates: the folder.
            links: the addresses of files that pages link, by their path.
            rulebase: what the filters of templates ask.
        """
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters |= filters(rulebase)
        self._environment.globals |= globals_of(rulebase)

        # A result page lists sixty sources and a score of steps, which read the same wherever
        # they stand.
        @lru_cache(maxsize=4096)
        def told(macro: str, *arguments: object) -> Markup:
            macros = self._environment.get_template("parts/told.html").module
            text: Markup = getattr(macros, macro)(*arguments)
            return text

        self._environment.globals["told"] = told
        self._environment.filters["source_list"] = partial(source_list, told=told)
        self._environment.globals["asset"] = links.__getitem__

    def render(self, page: str, /, **context: object) -> bytes:
        """Return a page as HTML in UTF-8.

        Args:
            page: the name of its template, such as `pages/tools.html`.
            context: what the template is given.

        Raises:
            UndefinedError: the template names something that is not there.
        """
        return self._environment.get_template(page).render(context).encode()
