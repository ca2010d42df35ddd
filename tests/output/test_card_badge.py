"""The badge names who is recommended and how sure that is, in colours that can be read."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.coloured import COLOURS, CONDITIONS, FOREST, advice, forest
from support.drawing import answers_to, rulebases

from advisor.engine.recommend import recommend
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Verdict
from advisor.output.card import BADGE_HEIGHT, TITLE_FILL, VERDICT_FILL, badge
from advisor.output.drawing import LIGHT_INK


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
        "A small one. Use Ash. Clear. No reason speaks for any other. "
        "Everything that could matter is answered."
    )
    assert root.findtext("{*}desc").startswith("Based on checked facts, as of 20 ")


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
    assert int(root.get("height")) == BADGE_HEIGHT


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
    (group,) = read(raw).findall("{*}g")
    fills = [box.get("fill") for box in group.findall("{*}rect")]
    assert fills == [TITLE_FILL, COLOURS[leader], VERDICT_FILL]
    assert {text.get("fill") for text in group.findall("{*}text")} == {LIGHT_INK}


def test_corners_are_round_and_let_the_page_through():
    root = read("wood=oak")
    (corners,), (group,) = root.findall("{*}clipPath"), root.findall("{*}g")
    (box,) = corners
    assert group.get("clip-path") == f"url(#{corners.get('id')})"
    assert (box.get("width"), box.get("height")) == (root.get("width"), str(BADGE_HEIGHT))
    assert int(box.get("rx")) > 0
    assert not [part for part in root if part.tag.endswith(("rect", "text"))]
