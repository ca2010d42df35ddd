"""The badge names who is recommended and how sure that is, in colours that can be read."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.coloured import (
    COLOURS,
    CONDITIONS,
    FONT,
    FOREST,
    advice,
    colours_in,
    forest,
    looked_at,
)
from support.drawing import answers_to, rulebases

from advisor.engine.recommend import recommend
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Verdict
from advisor.output.badge import HEIGHT, TITLE_FILL, VERDICT_FILL, badge
from advisor.output.raster import drawn
from advisor.output.svg import DARK_INK, LIGHT_INK, ink_on


def read(raw, rulebase=FOREST):
    return ET.fromstring(badge(rulebase, advice(rulebase, raw)))  # noqa: S314 - our own picture


def texts(root):
    return [found.text for found in root.findall(".//{*}text")]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("clear", ["Ash", "clear"]),
        ("close", ["Ash", "close call"]),
        ("tie", ["Ash", "Birch", "tie"]),
        ("open", ["open"]),
        ("none", ["nothing fits"]),
    ],
)
def test_a_badge_says_who_and_how_sure(state, said):
    assert texts(read(CONDITIONS[state])) == ["A small one", *said]


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_nobody_is_named_who_is_not_recommended(data, rulebase, basis):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    said = texts(ET.fromstring(badge(rulebase, result)))  # noqa: S314 - our own picture
    recommended = result.verdict not in {Verdict.OPEN, Verdict.NONE}
    leaders = [rulebase.frameworks[name].name for name in result.leaders if recommended]
    assert said[1:-1] == leaders


def test_another_basis_is_said_on_the_badge():
    assert texts(read("wood=oak&basis=documents"))[-1] == "clear on the documents as written"


def test_a_badge_tells_people_who_cannot_see_it_the_same():
    root = read(CONDITIONS["clear"])
    assert root.get("role") == "img"
    assert root.findtext("{*}title") == (
        "A small one. Use Ash. Clear. Nothing else has a reason of its own."
    )
    assert root.findtext("{*}desc").startswith("Rests on the facts as checked; facts as of 20 ")


def test_the_fields_stand_beside_each_other_and_hold_their_texts():
    root = read(CONDITIONS["tie"])
    (group,) = root.findall("{*}g")
    boxes = [(int(box.get("x")), int(box.get("width"))) for box in group.findall(".//{*}rect")]
    lines = [(int(t.get("x")), int(t.get("textLength"))) for t in group.findall(".//{*}text")]
    edge = 0
    for (left, width), (start, length) in zip(boxes, lines, strict=True):
        assert left == edge
        edge = left + width
        assert left < start < start + length < edge
    assert int(root.get("width")) == edge
    assert int(root.get("height")) == HEIGHT


def test_a_badge_needs_nothing_that_a_strict_policy_forbids():
    root = read(CONDITIONS["clear"])
    tags = {found.tag.rpartition("}")[2] for found in root.iter()}
    assert tags == {"svg", "title", "desc", "clipPath", "rect", "g", "text"}
    keys = {key.rpartition("}")[2] for found in root.iter() for key in found.keys()}  # noqa: SIM118 - an element is no mapping
    assert not keys & {"style", "href", "class", "src"}


def test_what_stands_on_a_badge_is_escaped():
    root = read("wood=oak", forest(title='<i>"A" & B</i>'))
    assert texts(root)[0] == '<i>"A" & B</i>'


@pytest.mark.parametrize(("raw", "leader"), [("wood=oak", "ash"), ("wood=elm", "birch")])
def test_the_leaders_colour_is_on_the_badge_and_no_other(raw, leader):
    image = looked_at(drawn(badge(FOREST, advice(FOREST, raw)), FONT))
    found = colours_in(image, (0, 0, *image.size))
    assert min(found[fill] for fill in (TITLE_FILL, COLOURS[leader], VERDICT_FILL)) > 300
    assert not {colour for name, colour in COLOURS.items() if name != leader} & found.keys()
    assert found.get(LIGHT_INK, 0) > 30


def test_corners_are_round_and_let_the_page_through():
    image = looked_at(drawn(badge(FOREST, advice(FOREST, "wood=oak")), FONT)).convert("RGBA")
    assert image.getpixel((0, 0))[3] < 128
    assert image.getpixel((0, HEIGHT // 2))[3] == 255


def luminance(colour):
    def linear(channel):
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in bytes.fromhex(colour[1:]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_text_stands_out_from_any_colour(fill):
    assert contrast(ink_on(fill), fill) >= 4.5


def test_dark_text_stands_on_light_colours():
    assert ink_on(COLOURS["cedar"]) == DARK_INK
    assert ink_on(COLOURS["ash"]) == LIGHT_INK
