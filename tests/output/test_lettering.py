"""Text fits where it is said to fit, by the widths of the very font that draws it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont
from support.bicycles import BICYCLES
from support.coloured import FONT

from advisor.output.glyph_widths import CHARACTERS, MISSING
from advisor.output.lettering import ELLIPSIS, FAMILY, UNITS, WIDTHS, Type, Weight, drawable
from advisor.rulebase.load import load
from advisor.settings import find_settings

TEXTS = st.text(st.sampled_from(CHARACTERS.replace(ELLIPSIS, "")), max_size=120)
TYPES = st.builds(Type, st.integers(10, 64), st.sampled_from(Weight))
ROOMS = st.integers(150, 1100)


@pytest.fixture(params=Weight, ids=lambda weight: weight.name)
def measured(request):
    font = ImageFont.truetype(str(FONT), UNITS)
    font.set_variation_by_axes([int(request.param)])
    return request.param, font


def test_the_table_of_widths_is_that_of_the_font(measured):
    weight, font = measured
    assert {character: font.getlength(character) for character in CHARACTERS} == WIDTHS[weight]


def test_a_character_that_the_font_lacks_is_never_wider_than_said(measured):
    _, font = measured
    assert font.getlength("\N{SNOWMAN}") <= MISSING


def test_a_line_is_not_wider_than_said(measured):
    weight, font = measured
    text = "A tie; nothing else has a reason of its own. AVATAR To 1,000 (each) 'with' \"quotes\""
    assert font.getlength(text) <= Type(UNITS, weight).width(text)


def test_the_font_calls_itself_as_pictures_call_it():
    assert ImageFont.truetype(str(FONT)).getname()[0] == FAMILY


def test_the_font_keeps_its_licence_and_leaves_its_reserved_name():
    licence = FONT.with_name("OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name \N{LEFT SINGLE QUOTATION MARK}Source" in licence
    assert "Source" not in FAMILY


@pytest.mark.parametrize("folder", [find_settings().rules, BICYCLES], ids=["ours", "example"])
def test_the_font_has_every_character_that_pictures_of_our_rule_bases_need(folder):
    rulebase = load(folder)
    texts = [rulebase.title]
    texts += [rule.text for rule in rulebase.rules.values()]
    texts += [edge.text for edge in rulebase.edges.values()]
    texts += [question.title for question in rulebase.questions.values()]
    for framework in rulebase.frameworks.values():
        texts += [framework.name, *(backend.name for backend in framework.backends)]
    assert not [text for text in texts if not drawable(text)]


@pytest.mark.parametrize("text", ["\N{SNOWMAN}", "a\nb", "\N{CYRILLIC CAPITAL LETTER ZHE}"])
def test_what_the_font_lacks_is_not_drawable(text):
    assert not drawable(text)


@given(TEXTS, TYPES, ROOMS)
def test_every_line_fits_and_no_word_is_lost_that_fits(text, letters, room):
    lines = letters.lines(text, room)
    assert all(letters.width(line) <= room for line in lines)
    if all(letters.width(word) <= room for word in text.split()):
        assert " ".join(lines).split() == text.split()
    else:
        assert any(line.endswith(ELLIPSIS) for line in lines)


@given(TEXTS, TYPES, ROOMS)
def test_a_new_line_starts_only_where_the_old_one_is_full(text, letters, room):
    lines = letters.lines(text, room)
    for line, following in itertools.pairwise(lines):
        assert letters.width(f"{line} {following.split()[0]}") > room or ELLIPSIS in line


@given(TEXTS, TYPES, ROOMS)
def test_balanced_lines_are_as_few_and_fit_as_well(text, letters, room):
    plain, balanced = letters.lines(text, room), letters.balanced(text, room)
    assert len(balanced) == len(plain)
    assert max(map(letters.width, balanced), default=0) <= max(map(letters.width, plain), default=0)
    assert " ".join(balanced) == " ".join(plain)


def test_balanced_lines_leave_no_word_alone():
    letters = Type(60)
    text = "Too little is known for a recommendation of any kind"
    room = letters.width("Too little is known for a recommendation of any")
    assert letters.lines(text, room)[1] == "kind"
    assert letters.balanced(text, room)[1].count(" ") > 1


@given(TEXTS, TYPES, ROOMS, st.integers(1, 4))
def test_no_more_lines_than_allowed_and_what_is_left_out_shows(text, letters, room, most):
    lines = letters.most_lines(text, room, most)
    assert len(lines) <= most
    assert all(letters.width(line) <= room for line in lines)
    if len(letters.lines(text, room)) > most:
        assert lines[-1].endswith(ELLIPSIS)
    else:
        assert lines == letters.lines(text, room)


def test_text_is_cut_off_between_words():
    letters = Type(20)
    room = letters.width("One and two, and th")
    assert letters.clipped("One and two, and three", room) == f"One and two, and{ELLIPSIS}"
    assert letters.clipped("One and two", room) == "One and two"


def test_a_single_word_is_cut_off_within():
    letters = Type(20)
    assert letters.clipped("Unbreakable", letters.width("Unbrea")) == f"Unbr{ELLIPSIS}"
