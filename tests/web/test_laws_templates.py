"""What templates are given, what they use, and what they may not do."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

import advisor
from advisor.editions.edition import Shelf
from advisor.settings import find_settings
from advisor.web.responses import Problem, page_of
from advisor.web.site import build_site

TEMPLATES = find_settings().templates


def shown_text():
    return "\n".join(path.read_text() for path in sorted(TEMPLATES.rglob("*.html")))


def code():
    return "\n".join(path.read_text() for path in Path(advisor.__file__).parent.rglob("*.py"))


def test_every_template_of_a_page_is_shown_by_some_code():
    pages = {f"pages/{path.name}" for path in (TEMPLATES / "pages").glob("*.html")}
    assert pages == set(re.findall(r"pages/[a-z_]+\.html", code()))


def test_every_part_is_used_somewhere():
    text = shown_text() + code()
    parts = [path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "parts").rglob("*.*")]
    assert parts
    assert not [part for part in parts if f'"{part}"' not in text]


def test_templates_compare_no_scores():
    assert not re.findall(r"\{%[^%]*(?:[<>]=?|score|points\s*[-+*/])[^%]*%\}", shown_text())


def test_nothing_is_marked_as_safe():
    assert not re.findall(r"\|\s*safe|autoescape|Markup", shown_text())


def test_a_name_that_a_problem_lacks_is_an_error(rulebase, tmp_path):
    templates = shutil.copytree(TEMPLATES, tmp_path / "templates")
    (templates / "pages" / "problem.html").write_text("{{ problem.statsu }}")
    problem = Problem(404, "x")
    settings = find_settings()
    assert b"Status 404" in page_of(build_site(settings, Shelf(rulebase)), problem)
    broken = build_site(replace(settings, templates=templates), Shelf(rulebase))
    with pytest.raises(UndefinedError, match="statsu"):
        page_of(broken, problem)


def test_what_people_send_is_escaped(browser):
    page = browser.open("/recommendation?project=%3Cb%3Ebold%3C/b%3E&%3Ci%3E=x&hills=%22%3E")
    assert "<b>bold</b>" in page.text
    assert not {"b", "i"} & {tag for tag, _ in page.elements}
