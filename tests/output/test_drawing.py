"""Text fits where it is said to fit, by the widths of the very font that draws it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bicycles import BICYCLES
from support.coloured import COLOURS, colours_in, looked_at
from support.real import RULES, loaded

from advisor.output.drawing import (
    DARK_INK,
    ELLIPSIS,
    FINER,
    FONT,
    LIGHT_INK,
    MISSING,
    Letters,
    Rectangle,
    TextLine,
    boxed,
    drawable,
    font_of,
    ink_on,
    png,
)

CHARACTERS = "".join(filter(drawable, map(chr, range(0x20, 0x2213))))
TEXTS = st.text(st.sampled_from(CHARACTERS.replace(ELLIPSIS, "")), max_size=120)
TYPES = st.builds(Letters, st.integers(10, 64), st.booleans())
ROOMS = st.integers(150, 1100)
FAMILY = "Advisor Sans"


def test_the_font_has_the_characters_of_western_europe():
    assert len(CHARACTERS) > 200
    assert set(
        "abcXYZ019,;.!?+-\u2212\u00d7\u2026\u201c\u201d\u2019\u00e4\u00e9\u00f1\u0153\u20ac"
    ) <= set(CHARACTERS)


@given(TEXTS, TYPES)
def test_a_line_is_as_wide_as_said(text, letters):
    assert 0 <= letters.width(text) - font_of(letters).getlength(text) / FINER < 1


def test_a_letter_is_as_wide_the_first_time_as_later():
    font_of.cache_clear()
    measure = font_of(Letters(17, bold=True)).getlength
    accented = "\N{LATIN SMALL LETTER D WITH CARON}"
    assert measure(accented) == measure(accented)


def test_a_line_is_drawn_within_the_width_that_is_said():
    letters = Letters(40, bold=True)
    text = (
        "A tie; AVATAR To 1,000 (each) 'with' \"quotes\" \N{SNOWMAN}\N{CJK UNIFIED IDEOGRAPH-6728}"
    )
    line = TextLine(text, 20, 60, letters, "#000000")
    right = line.left + letters.width(text)
    image = looked_at(png(right + 100, 90, "#ffffff", [line]))
    for area in ((0, 0, 20, 90), (right, 0, *image.size)):
        assert set(colours_in(image, area)) == {"#ffffff"}
    assert "#000000" in colours_in(image, (20, 0, right, 90))


@given(st.text(max_size=30), TYPES)
def test_any_text_can_be_measured_and_drawn(text, letters):
    line = TextLine(text, 20, 60, letters, "#000000")
    assert looked_at(png(300, 90, "#ffffff", [line])).size == (300, 90)


def test_the_font_calls_itself_as_its_licence_allows():
    assert font_of(Letters(20)).getname()[0] == FAMILY


def test_areas_have_their_very_colours_and_corners_are_smooth():
    fills = [*COLOURS.values(), "#1b1d1f", "#595650", "#000000"]
    boxes = [Rectangle(10, 10 + 30 * n, 80, 20, fill, radius=9) for n, fill in enumerate(fills)]
    image = looked_at(png(100, 200, "#fbfaf7", boxes))
    found = colours_in(image, (0, 0, 100, 200))
    assert set(fills) <= found.keys()
    assert len(found) > 2 * len(fills)
    assert [image.convert("RGB").getpixel((50, 20 + 30 * n)) for n in range(len(fills))] == [
        tuple(bytes.fromhex(fill[1:])) for fill in fills
    ]
    assert image.convert("RGB").getpixel((10, 10)) == (0xFB, 0xFA, 0xF7)


def test_the_font_keeps_its_licence_and_leaves_its_reserved_name():
    licence = FONT.with_name("OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name \N{LEFT SINGLE QUOTATION MARK}Source" in licence
    assert "Source" not in FAMILY


@pytest.mark.parametrize("folder", [RULES, BICYCLES], ids=["ours", "example"])
def test_the_font_has_every_character_that_pictures_of_our_rule_bases_need(folder):
    rulebase = loaded(folder)
    texts = [rulebase.title]
    texts += [rule.text for rule in rulebase.rules.values()]
    texts += [edge.text for edge in rulebase.edges.values()]
    texts += [question.title for question in rulebase.questions.values()]
    for framework in rulebase.frameworks.values():
        texts += [framework.name, *(backend.name for backend in framework.backends)]
    assert not [text for text in texts if not drawable(text)]


@pytest.mark.parametrize("text", ["\N{SNOWMAN}", "a\nb", "\N{CJK UNIFIED IDEOGRAPH-6728}"])
def test_what_the_font_lacks_is_not_drawable(text):
    assert not drawable(text)


def test_names_of_europe_can_be_written():
    assert drawable("Łódź, Đakovo, Čačak, Gävle, İzmir, Iași, Αθήνα, Київ, Скопје, Ґданськ")


def test_a_box_stands_for_what_the_font_lacks_and_can_be_seen():
    assert boxed("Ωmega, 東京 and ж") == f"Ωmega, {MISSING} and ж"
    assert boxed("Zoe\N{COMBINING DIAERESIS}") == "Zoë"
    assert not drawable(MISSING)
    blank, box = (png(60, 40, "#ffffff", [TextLine(text, 10, 30, Letters(24), "#000000")])
                  for text in (" ", MISSING))  # fmt: skip
    assert blank != box


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
    letters = Letters(60)
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
    letters = Letters(20)
    room = letters.width("One and two, and th")
    assert letters.clipped("One and two, and three", room) == f"One and two, and{ELLIPSIS}"
    assert letters.clipped("One and two", room) == "One and two"


def test_a_single_word_is_cut_off_within():
    letters = Letters(20)
    assert letters.clipped("Unbreakable", letters.width("Unbrea")) == f"Unbr{ELLIPSIS}"


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
