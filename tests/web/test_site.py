"""What templates write is escaped, whatever it is, and what is misspelt is an error."""

import re
import shutil
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, UndefinedError
from markupsafe import Markup, escape

from advisor.model.knowledge import Basis
from advisor.settings import find_settings
from advisor.web import site
from advisor.web.app import create_app
from advisor.web.site import Compiled, Renderer

TEMPLATE = """
{%- macro told(value) %}<i title="{{ value }}">{{ value }}</i>{% endmacro -%}
{%- set kept %}{{ value }}{% endset -%}
{{ value }}|{{ told(value) }}|{{ kept }}|{{ value if value else "none" }}
"""


@pytest.fixture(scope="module")
def renderer(rulebase):
    templates = {"shown.html": TEMPLATE, "misspelt.html": "{{ rulebase.titel }}"}
    return Renderer(templates, {}, rulebase)


@given(
    value=st.one_of(
        st.text(),
        st.text(alphabet="<>&'\"x", min_size=1),
        st.integers(),
        st.booleans(),
        st.none(),
        st.sampled_from(Basis),
        st.text(alphabet="<>&'\"x").map(Markup),
    )
)
def test_every_value_is_escaped_once_wherever_it_stands(renderer, value):
    shown = renderer.render("shown.html", value=value).decode()
    text = escape(value)
    last = text if value else "none"
    assert shown == f'{text}|<i title="{text}">{text}</i>|{text}|{last}'


def test_a_misspelt_field_is_an_error(renderer):
    with pytest.raises(UndefinedError, match="titel"):
        renderer.render("misspelt.html")


def test_what_a_page_is_not_given_is_an_error(renderer):
    with pytest.raises(UndefinedError, match="value"):
        renderer.render("shown.html")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder, ours = tmp_path_factory.mktemp("installed"), find_settings()
    for whole in (ours.templates, ours.static):
        shutil.copytree(whole, folder / whole.name)
    return replace(ours, templates=folder / "templates", static=folder / "static")


@pytest.mark.slow
def test_every_template_and_file_that_is_needed_is_looked_for(installed, rulebase):
    assert create_app(installed, rulebase)
    for path in [*installed.templates.rglob("*.*"), *installed.static.glob("*.*")]:
        moved = path.rename(path.with_suffix(".away"))
        with pytest.raises(FileNotFoundError, match=re.escape(str(path))):
            create_app(installed, rulebase)
        moved.rename(path)


def test_without_its_folders_a_site_says_all_that_is_missing(tmp_path, rulebase):
    nothing = replace(find_settings(), templates=tmp_path / "t", static=tmp_path / "s")
    with pytest.raises(FileNotFoundError) as raised:
        create_app(nothing, rulebase)
    assert "pages/home.html" in str(raised.value)
    assert "theme.css" in str(raised.value)


def test_templates_are_compiled_once_for_all_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    compiled = []
    monkeypatch.setattr(Environment, "compile", counted(Environment.compile, compiled))

    def shown(text, cache):
        environment = Environment(bytecode_cache=cache, loader=DictLoader({"a.html": text}))  # noqa: S701
        return environment.get_template("a.html").render()

    one, other = Compiled(tmp_path), Compiled(tmp_path)
    assert [shown("1", one), shown("1", one), shown("1", other), len(compiled)] == [*"111", 1]
    assert [shown("2", other), len(compiled)] == ["2", 2]
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    changed = (whole[:at] + b"\xff" + whole[at + 1 :] for at in range(60))
    for content in (b"", whole[:40], whole[:-9], *changed):
        file.write_bytes(content)
        assert shown("2", Compiled(tmp_path)) == "2"
    monkeypatch.setattr(site, "CODE", {"a.py": b""})
    before = len(compiled)
    assert [shown("2", Compiled(tmp_path)), len(compiled)] == ["2", before + 1]
    assert shown("3", Compiled(tmp_path / "nowhere")) == "3"


def counted(function, calls):
    def counting(*arguments, **named):
        calls.append(arguments)
        return function(*arguments, **named)

    return counting
