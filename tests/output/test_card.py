"""The preview card shows what is recommended: seen in its pixels, read in its words."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import EVERYWHERE, base, framework, question, rule, when
from support.coloured import (
    COLOURS,
    CONDITIONS,
    FOREST,
    advice,
    colours_in,
    forest,
    looked_at,
    scores,
)
from support.drawing import answers_to, rulebases

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import State
from advisor.model.rulebase import Backend
from advisor.model.rules import Role, Score
from advisor.output import drawing
from advisor.output.card import (
    CHART_LEFT,
    DOT,
    HEIGHT,
    INK,
    LEFT,
    NEUTRAL,
    PAPER,
    RIGHT,
    WIDTH,
    card,
    shapes,
)
from advisor.output.drawing import ELLIPSIS, MISSING, Rectangle, TextLine
from advisor.output.headline import basis_sentence, headline, how_sure_alone

BAND = (0, 0, 16, HEIGHT)
HEADLINE = (LEFT, 110, RIGHT, 340)
LOWER = (LEFT, 350, RIGHT, 560)
RIGHT_MARGIN = (RIGHT + 1, 0, WIDTH, HEIGHT)
BETWEEN = (652, 350, 702, 560)
BETWEEN_HALVES = (17, 341, WIDTH, 350)
BELOW = (17, 608, WIDTH, HEIGHT)


def seen(raw, rulebase=FOREST, project=""):
    return looked_at(card(rulebase, advice(rulebase, raw), project))


def texts_of(rulebase, result, project=""):
    """Give what is written on a card, and where."""
    return [s for s in shapes(rulebase, result, project) if isinstance(s, TextLine)]


@pytest.mark.parametrize("state", CONDITIONS)
def test_every_state_draws_a_card_of_the_size_that_previews_have(state):
    image = seen(CONDITIONS[state])
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert image.convert("RGBA").getchannel("A").getextrema() == (255, 255)


@pytest.mark.parametrize("state", CONDITIONS)
def test_the_headline_is_there_to_read(state):
    found = colours_in(seen(CONDITIONS[state]), HEADLINE)
    assert found[INK] > 2000
    assert found[PAPER] > found[INK]


@pytest.mark.parametrize("content", [b"no font", None])
def test_a_font_that_is_not_there_is_an_error_and_no_silence(tmp_path, monkeypatch, content):
    font = tmp_path / "advisor-sans.ttf"
    if content:
        font.write_bytes(content)
    monkeypatch.setattr(drawing, "FONT", font)
    drawing.font_of.cache_clear()
    with pytest.raises(OSError, match=r"resource|format"):
        card(FOREST, advice(FOREST, CONDITIONS["clear"]), f"Never drawn before: {tmp_path.name}")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("wood=oak", "ash"), ("wood=elm", "birch")],
)
def test_a_sole_leader_gives_the_band_and_its_dot_its_colour(raw, shown):
    image = seen(raw)
    assert set(colours_in(image, BAND)) == {COLOURS[shown]}
    others = {COLOURS[name] for name in COLOURS if name != shown}
    below = colours_in(image, LOWER)
    assert below[COLOURS[shown]] > 150
    assert not others & below.keys()


def test_those_that_are_level_share_the_band_evenly():
    assert colours_in(seen(CONDITIONS["tie"]), BAND) == {
        COLOURS["ash"]: 16 * HEIGHT // 2,
        COLOURS["birch"]: 16 * HEIGHT // 2,
    }


@pytest.mark.parametrize("state", ["open", "none"])
def test_where_nothing_is_recommended_the_band_is_nobodys(state):
    assert set(colours_in(seen(CONDITIONS[state]), BAND)) == {NEUTRAL}


def drawn(result):
    """For each framework where its dot is, and where its line begins and ends, by its colour."""
    names, dots, lines = {colour: name for name, colour in COLOURS.items()}, {}, {}
    for shape in shapes(FOREST, result):
        if isinstance(shape, Rectangle) and shape.left >= CHART_LEFT and shape.fill in names:
            name = names[shape.fill]
            if shape.width == shape.height == DOT:
                dots[name] = shape.left + DOT // 2
            elif shape.height == 4:
                lines[name] = (shape.left, shape.left + shape.width)
    return dots, lines


@given(st.sampled_from([*CONDITIONS.values(), ""]))
def test_dots_and_lines_lie_where_the_points_say(raw):
    result = advice(FOREST, raw)
    dots, lines = drawn(result)
    ends = [0, *itertools.chain(*result.reach.values())]
    scale = (RIGHT - CHART_LEFT - DOT) / max(max(ends) - min(ends), 1)

    def across(points):
        return pytest.approx(CHART_LEFT + DOT / 2 + (points - min(ends)) * scale, abs=1)

    for standing in result.standings:
        if standing.state in {State.LEADS, State.FOLLOWS}:
            assert dots[standing.framework] == across(standing.score)
        reach = result.reach.get(standing.framework, (0, 0))
        moves = reach[0] < reach[1]
        assert (standing.framework in lines) == moves
        if moves:
            assert lines[standing.framework] == tuple(map(across, reach))


LONG = "Wilhelmina's wonderful, weatherproof framework for wherever mammoths may wander"
CROWDED = [scores(f"more-{number}", "ash", 1, "oak", "close") for number in range(5)]


def crowded():
    """Make a rule base in which everything has a very long name or text."""
    made = forest(*CROWDED, title=f"{LONG} {LONG}")
    rules = {name: replace(rule, text=f"{LONG} {LONG} {LONG}") for name, rule in made.rules.items()}
    named = {name: replace(one, name=f"{LONG} {LONG}") for name, one in made.frameworks.items()}
    return replace(made, rules=rules, frameworks=named)


def right_of(line):
    return line.left + line.letters.width(line.text)


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("state", CONDITIONS)
def test_however_long_the_texts_are_they_stand_apart(state, basis):
    rulebase = crowded()
    result = advice(rulebase, f"{CONDITIONS[state]}&basis={basis}")
    texts = texts_of(rulebase, result, LONG)
    for one, other in itertools.combinations(texts, 2):
        if abs(one.base_line - other.base_line) < 12:
            assert right_of(one) + 8 <= other.left or right_of(other) + 8 <= one.left


@pytest.mark.parametrize("project", ["", "W" * 200])
@pytest.mark.parametrize("state", CONDITIONS)
def test_however_long_the_texts_are_they_stay_in_their_places(state, project):
    image = seen(CONDITIONS[state], crowded(), project)
    for area in (RIGHT_MARGIN, BETWEEN, BETWEEN_HALVES, BELOW):
        assert set(colours_in(image, area)) == {PAPER}
    assert colours_in(image, HEADLINE)[INK] > 3000


def test_a_headline_that_fits_in_no_size_is_cut_off_and_says_so():
    rulebase = crowded()
    texts = texts_of(rulebase, advice(rulebase, CONDITIONS["tie"]), LONG)
    lines = [written for written in texts if HEADLINE[1] < written.base_line < HEADLINE[3]]
    sure = next(n for n, line in enumerate(lines) if line.text.startswith("A tie"))
    assert lines[sure - 1].text.endswith(ELLIPSIS)


@given(st.data(), rulebases(), st.sampled_from(list(Basis)), st.sampled_from(["", LONG]))
def test_any_recommendation_is_told_within_the_margins(data, rulebase, basis, project):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    texts = texts_of(rulebase, result, project)
    assert all(written.left >= LEFT and right_of(written) <= RIGHT for written in texts)
    said = " ".join(written.text for written in texts)
    for expected in (
        rulebase.title,
        how_sure_alone(rulebase, result),
        basis_sentence(rulebase, result),
    ):
        assert expected in said
    assert headline(rulebase, result) in said or ELLIPSIS in said
    assert all(framework.name in said for framework in rulebase.frameworks.values())


def test_how_sure_it_is_stands_there_whole():
    on_ash = Backend("on-ash", "On ash", "ash", EVERYWHERE)
    level = Score(Role.BUILD, ("ash", "cedar"), 3)
    made = base(
        [question("wood", "oak")],
        [framework("ash"), framework("birch"), framework("cedar", backends=(on_ash,))],
        [
            rule("all", level, when()),
            rule("oak", Score(Role.BUILD, ("ash",), 1), when({"wood": ["oak"]})),
        ],
    )
    result = recommend(made, Answers())
    sure = how_sure_alone(made, result)
    told = ("A tie, not settled.", "runs on", "any other", "open question")
    assert all(words in sure for words in told)
    assert sure in " ".join(written.text for written in texts_of(made, result))


def test_where_many_stand_the_card_says_how_many_it_leaves_out():
    many = {f"t-{n}": replace(FOREST.frameworks["cedar"], id=f"t-{n}") for n in range(5)}
    rulebase = replace(FOREST, frameworks={**FOREST.frameworks, **many})
    said = [written.text for written in texts_of(rulebase, advice(rulebase, "wood=oak"))]
    assert "and four others" in said


def test_those_that_cannot_lead_are_told_in_words():
    said = [written.text for written in texts_of(FOREST, advice(FOREST, CONDITIONS["none"]))]
    assert said.count("ruled out") == 3


def test_the_project_stands_on_the_card_as_it_was_written():
    title = '<b>R&D</b> "gate" for Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}\'s door'
    said = [written.text for written in texts_of(FOREST, advice(FOREST, "wood=oak"), title)]
    assert title in said


@pytest.mark.parametrize(
    "title", ["Two\nlines", "\N{SNOWMAN}\t\u0301\u200f\u05d0\U0001f600", "\x00", ""]
)
def test_a_title_that_the_font_cannot_write_breaks_nothing(title):
    assert seen(CONDITIONS["tie"], forest(title=title)).size == (WIDTH, HEIGHT)


def test_of_a_project_that_the_font_cannot_write_the_rest_is_drawn_with_boxes():
    result = advice(FOREST, "wood=oak")
    said = [written.text for written in texts_of(FOREST, result, "Łódź łąka 木工")]
    assert f"Łódź łąka {MISSING}" in said
    assert card(FOREST, result, "\N{CJK UNIFIED IDEOGRAPH-6728}") != card(FOREST, result)


def test_the_same_recommendation_gives_the_same_bytes():
    first, second = (
        card(rulebase, advice(rulebase, "wood=both")) for rulebase in (FOREST, forest())
    )
    assert first == second
