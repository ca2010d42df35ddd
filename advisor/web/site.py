"""What every request needs and none changes: the rule base, the templates, the files.

Built once, when the application starts. The one place that knows the template engine.

A page is a template below `templates/pages/` with a plain context: nouns of the model, or what a
file of `advisor.web.pages` computed for it. The template says its own title and description,
and asks the filters of `advisor.web.filters` for words, addresses and claims:

    {% extends "parts/knowledge/frame.html" %}
    {% set tools = rulebase.tools.values() | sort(attribute="name") %}
    {% set title = "Tools, and how each stands today" %}
    {% set description = tools | length ~ " tools by name." %}
    {% set section = "/tools" %}
    {% block knowledge %}
    {% for tool in tools %}<a href="{{ tool | url }}">{{ tool.name }}</a>{% endfor %}
    {% endblock %}

and a handler in `advisor.web.routes.knowledge` shows it:

    @router.get("/tools")
    async def tools(request: Request, site: TheSite) -> Response:
        return _plain(request, site, "pages/tools.html")

`_plain` also gives it what of the address could not be used. Everything is escaped, and whatever
is misspelt or missing is an error.
"""

import hashlib
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Annotated

from fastapi import Depends, Request
from jinja2 import (
    DictLoader,
    Environment,
    FileSystemBytecodeCache,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from advisor.editions.edition import LOADED, Shelf
from advisor.model.rulebase import RuleBase
from advisor.output.drawing import FONT
from advisor.output.text import TEMPLATES
from advisor.query.query import DRAFT
from advisor.settings import PACKAGE, Settings
from advisor.web.dependencies import form_of
from advisor.web.filters import filters, globals_of

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

NAMED = re.compile(r"""["'](/static/)?(\w[\w/-]*\.(?:html|css|js|svg|md|txt|atom))["']""")
"""A static file or a template, as code and templates name it."""

ENTRY = re.compile(r"[ -]*\{?id: *[\"']?([a-z0-9-]+)")
"""The id of an entry of a rule file."""

CITED_BY_PLACE = ("claims/*.yaml", "tradeoffs/*.yaml", "works-with.yaml")
"""The files of what can be reported as wrong."""

ADDRESS = re.compile(r"""(\b(?:href|src|action|formaction|data-link)=")/""")
"""The beginning of an address of this site in a page."""

THEME_PATH = "/theme.css"


def _read(folder: Path, pattern: str = "*") -> dict[str, bytes]:
    """Read the files in a folder, and in those below it."""
    paths = [path for path in sorted(folder.rglob(pattern)) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


CODE = _read(PACKAGE, "*.py")
"""Our own files by their paths."""


class Compiled(FileSystemBytecodeCache):
    """Templates compiled once for all rule bases, and kept where Python keeps what it compiled."""

    def __init__(self, folder: Path) -> None:
        """Begin with what is in the folder."""
        super().__init__(str(folder), "template-%s.cache")
        self._code = hashlib.sha256(repr(CODE).encode()).hexdigest()
        self._known: dict[str, bytes] = {}

    def get_source_checksum(self, source: str) -> str:
        """Tell a template apart by our code as well: what its filters say is compiled into it."""
        return super().get_source_checksum(self._code + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find the code of a template; a broken file is none."""
        # Damaged bytes raise whatever the unpickler meets first.
        with suppress(Exception):
            if code := self._known.get(bucket.key):
                bucket.bytecode_from_string(code)
            else:
                super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, in a file as well where that may be."""
        self._known[bucket.key] = bucket.bytecode_to_string()
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


COMPILED = Compiled(PACKAGE / "__pycache__")


class Renderer:
    """Renders pages about one rule base."""

    def __init__(
        self,
        templates: Mapping[str, str],
        links: Mapping[str, str],
        rulebase: RuleBase,
        current: RuleBase | None = None,
        root_path: str = "",
    ) -> None:
        """Prepare templates, by their names; links are addresses of files, by their path.

        Where these are not the current rules, links between pages of knowledge carry the edition.
        """
        self._root_path, current = root_path, current or rulebase
        self.pin = "" if current is rulebase else rulebase.edition or DRAFT
        self._environment = Environment(
            bytecode_cache=COMPILED,
            loader=DictLoader(templates),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters |= filters(rulebase, self.pin)
        self._environment.globals |= {"pin": self.pin, "current": current}
        self._environment.globals |= globals_of(rulebase)

        # A result page lists a score of steps, which read the same wherever they stand.
        @lru_cache(maxsize=4096)
        def told(macro: str, *arguments: object) -> Markup:
            macros = self._environment.get_template("parts/told.html").module
            text: Markup = getattr(macros, macro)(*arguments)
            return text

        self._environment.globals["told"] = told
        self._environment.globals["asset"] = links.__getitem__

    def render(self, page: str, /, **context: object) -> bytes:
        """Return a page, such as `pages/tools.html`, with what it is given, as HTML in UTF-8.

        Raises:
            UndefinedError: the template names something that is not there.
        """
        html = self._environment.get_template(page).render(context)
        # Here alone do the addresses of pages learn below which path the site lives.
        return (ADDRESS.sub(rf"\1{self._root_path}/", html) if self._root_path else html).encode()


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages ask for; it is read once, so that no path leads to any other."""

    content: bytes
    media_type: str
    version: str
    """The beginning of the SHA-256 of its content, in hexadecimal."""


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A rule base with everything that shows it."""

    rulebase: RuleBase
    version: str
    """Names all that answers depend on beside their address: rules, templates, files, code."""
    assets: Mapping[str, Asset]
    """The files that pages ask for, by their path, such as `/static/site.css`."""
    renderer: Renderer
    settings: Settings
    faults: tuple[str, ...]
    """What is wrong with the folder of the rule base since it was read; told to operators."""
    shelf: Shelf
    """The editions that answer here."""
    places: Mapping[str, str]
    """File and line of claims, rules and costs by their ids: `tradeoffs/speed.yaml:12`; of the
    rules as they are written."""
    elsewhere: Callable[[RuleBase], "Site"]
    """Gives the site of another edition or of the draft; those asked for last are remembered."""

    @property
    def pin(self) -> str:
        """What links carry as their edition to stay on this site; empty where they need none."""
        return self.renderer.pin

    def at(self, rulebase: RuleBase) -> "Site":
        """Return the site of a rule base of the shelf."""
        return self if rulebase is self.rulebase else self.elsewhere(rulebase)


def build_site(settings: Settings, shelf: Shelf, faults: tuple[str, ...] = ()) -> Site:
    """Read templates and files, and put them together with the current rule base of a shelf.

    All is read here: what is read later could be of another version.

    Raises:
        FileNotFoundError: templates or static files are missing; says which.
    """
    rulebase, draft = shelf.current, shelf.draft
    static = _read(settings.static)
    # Indentation is for those who write templates: each page would send it again. What goes on with
    # a command keeps it.
    templates = {
        name: re.sub(r"(?<!\\)\n[ \t]+", "\n", text.decode())
        for name, text in _read(settings.templates).items()
    }
    if lacking := sorted(_missing(settings, templates, static)):
        raise FileNotFoundError(", ".join(map(str, lacking)))
    files = {f"/static/{name}": content for name, content in static.items()}
    files["/robots.txt"] = files["/static/robots.txt"]
    files[THEME_PATH] = TEMPLATES.get_template("theme.css").render(base=rulebase).encode()
    assets = {
        path: Asset(
            content,
            MEDIA_TYPES.get(PurePath(path).suffix, "application/octet-stream"),
            hashlib.sha256(content).hexdigest()[:SHOWN_HASH],
        )
        for path, content in files.items()
    }
    links = {path: f"{path}?v={asset.version}" for path, asset in assets.items()}
    # Results say what files hold, too, of which the hash of the rules says nothing.
    shown = [(each.rules_hash, each.detectors) for each in (rulebase, draft) if each]
    built_of = (shown, shelf.names, links, templates, CODE)
    named = repr((*built_of, settings.issue_form, settings.root_path)).encode()
    version = hashlib.sha256(named).hexdigest()

    places = dict(_places(settings.rules))

    @lru_cache(maxsize=LOADED)
    def site(rulebase: RuleBase) -> Site:
        renderer = Renderer(templates, links, rulebase, shelf.current, settings.root_path)
        written = places if rulebase is (draft or shelf.current) else {}
        return Site(rulebase, version, assets, renderer, settings, faults, shelf, written, site)

    return site(rulebase)


def _places(rules: Path) -> Iterator[tuple[str, str]]:
    """Give the ids of entries, each with its file and line."""
    for path in (path for pattern in CITED_BY_PLACE for path in sorted(rules.glob(pattern))):
        name = path.relative_to(rules).as_posix()
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        for number, line in enumerate(lines, 1):
            if found := ENTRY.match(line):
                yield found[1], f"{name}:{number}"


def _missing(
    settings: Settings,
    templates: Mapping[str, str],
    static: Collection[str],
) -> Iterator[Path]:
    """Give the files that are not there, and are named in the code or in a template named there.

    They are found by how they are written, such as `"pages/tools.html"`.
    """
    if not FONT.is_file():
        yield FONT
    waiting, seen = [text.decode() for text in CODE.values()], set[tuple[str, str]]()
    while waiting:
        for named in {*NAMED.findall(waiting.pop())} - seen:
            seen.add(named)
            in_static, name = named
            if name not in (static if in_static else templates):
                yield (settings.static if in_static else settings.templates) / name
            elif not in_static:
                waiting.append(templates[name])


async def site_of(request: Request) -> Site:
    """Return the site that a request came to: that of the edition which its address names."""
    site: Site = request.app.state.site
    return site.at(site.shelf.rulebase(site.shelf.word(form_of(request))))


TheSite = Annotated[Site, Depends(site_of)]
