"""What people see in the dark, on paper, and on narrow screens."""

import re

import pytest
from support.states import FIXED

RESULT = "/recommendation?goal=research&deploy=mobile&model=custom&os=linux"
BRIGHTNESS = """
([selector, property]) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas.fillStyle = getComputedStyle(document.querySelector(selector))[property];
  canvas.fillRect(0, 0, 1, 1);
  return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part) / 765;
}
"""
FILL = "() => getComputedStyle(document.querySelector('.leads .net')).stroke"
CITED_ON_PAPER = """
() => [...document.querySelectorAll("a.cite[href^='/claims/']")]
  .filter((cite) => cite.checkVisibility())
  .map((cite) => "source-" + cite.textContent.match(/\\d+/)[0])
  .filter((id) => !document.getElementById(id)?.checkVisibility())
"""
LONGEST = "Use Cargo bike on Electric motor, shipped with Trailer, though it is close"
MOST_PAGES = 6


def shown_in(arrive, scheme):
    page = arrive(color_scheme=scheme)
    page.goto(RESULT)
    return page


def brightness(page, selector, colour):
    """How bright a colour is, from 0 for black to 1 for white."""
    return page.evaluate(BRIGHTNESS, [selector, colour])


def test_the_page_is_dark_for_those_who_want_it_dark(arrive):
    assert brightness(shown_in(arrive, "dark"), "html", "backgroundColor") < 0.15
    assert brightness(shown_in(arrive, "light"), "html", "backgroundColor") > 0.85


def test_bars_have_a_colour_of_their_own_in_each_scheme(arrive):
    assert shown_in(arrive, "dark").evaluate(FILL) != shown_in(arrive, "light").evaluate(FILL)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_takes_dark_ink_and_leaves_out_what_cannot_be_clicked(arrive, scheme):
    page = shown_in(arrive, scheme)
    page.emulate_media(media="print")
    for left_out in (".masthead nav", ".actions", ".sharing", ".anchor"):
        assert not page.locator(left_out).first.is_visible()
    for kept in ("h1", ".why", ".chart", ".sum", ".answers", ".sources"):
        assert page.locator(kept).first.is_visible()
    assert brightness(page, "h1", "color") < 0.2


def test_every_citation_on_paper_has_its_source_there_and_the_page_its_address(arrive):
    page = shown_in(arrive, "light")
    folded = page.locator(".sources li").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    assert page.evaluate(CITED_ON_PAPER) == []
    assert page.locator(".paper").inner_text() == page.url
    assert page.locator(".paper").is_visible()


def test_a_result_prints_on_a_few_pages(arrive):
    document = shown_in(arrive, "dark").pdf(format="A4")
    assert document.startswith(b"%PDF-")
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", document))
    assert 1 < pages <= MOST_PAGES


def test_a_comparison_prints_its_reasons_and_whole_links_and_no_form(arrive):
    page = arrive()
    page.goto(FIXED["compare-three"])
    closed = page.locator("details.shift li").first
    assert not closed.is_visible()
    page.emulate_media(media="print")
    assert closed.is_visible()
    assert page.locator(".shift summary").first.is_visible()
    assert not page.locator("form").is_visible()
    assert not page.locator(".switch").is_visible()
    links = page.locator(".compared .paper").all_inner_texts()
    assert links == page.locator(".compared h2 a").evaluate_all("all => all.map(a => a.href)")
    assert brightness(page, ".letter", "color") < 0.2
    assert brightness(page, ".letter", "borderTopColor") < 0.2


def test_a_long_answer_so_far_leaves_the_verdict_to_be_seen_on_a_phone(arrive):
    page = arrive(viewport={"width": 390, "height": 844})
    page.goto("/questions")
    height = page.locator(".so-far").bounding_box()["height"]
    page.locator(".so-far-lead").evaluate("(each, words) => { each.textContent = words; }", LONGEST)
    verdict = page.locator(".so-far-words strong")
    assert verdict.is_visible()
    seen = verdict.bounding_box()
    assert seen["width"] > len(verdict.inner_text())
    assert seen["x"] + seen["width"] < page.viewport_size["width"]
    assert page.locator(".so-far").bounding_box()["height"] == height
