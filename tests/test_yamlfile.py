"""The reader: plain data with marks, and a refusal of all that YAML can hide."""

import datetime
import json
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support.good_rulebase import EXAMPLE, WRITTEN

from advisor import yamlfile
from advisor.yamlfile import Document, Position, Steps, read_yaml, walk

WORDS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-999, 999) | WORDS
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)
MAPPINGS = st.dictionaries(WORDS, DATA, max_size=4)


def by_both_parsers(text: str) -> tuple[Document, Document]:
    """Read a text with the C parser and with the one written in Python."""
    quick, pure = (_with_loader(loader, text) for loader in (yamlfile.LOADER, yaml.SafeLoader))
    return quick, pure


def _with_loader(loader: object, text: str) -> Document:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamlfile, "LOADER", loader)
        return read_yaml(text, "file.yaml")


def codes(document: Document) -> list[str]:
    return [fault.code for fault in document.faults]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("rye", "rye"),
        ("2026-11-20", datetime.date(2026, 11, 20)),
        ("'2026-11-20'", "2026-11-20"),
        ("12", 12),
        ("-3", -3),
        ("007", 7),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("1.2.0", "1.2.0"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("0x1f", "0x1f"),
        ("9" * 40, "9" * 40),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("y", "y"),
        ("!!str 12", "12"),
    ],
)
def test_an_unquoted_word_means_what_yaml_1_2_says(word: str, value: object) -> None:
    document = read_yaml(f"key: {word}\n", "file.yaml")
    assert document.data == {"key": value}
    assert type(document.data["key"]) is type(value)
    assert document.faults == ()


@pytest.mark.parametrize("word", ["yes", "No", "ON", "off"])
def test_words_that_yaml_1_1_takes_for_booleans_are_refused_and_stay_text(word: str) -> None:
    document = read_yaml(f"{word}: {word}\n", "file.yaml")
    assert document.data == {word: word}
    assert codes(document) == ["ambiguous-word", "ambiguous-word"]


@pytest.mark.parametrize("word", ["'yes'", '"no"', "|\n  off"])
def test_quoted_words_are_never_ambiguous(word: str) -> None:
    assert read_yaml(f"key: {word}\n", "file.yaml").faults == ()


def test_every_value_and_key_has_its_line_and_column() -> None:
    document = read_yaml("a:\n  - b: 1\n    çé: {d: [2, 'x']}\n", "file.yaml")
    assert document.values == {
        (): (1, 1),
        ("a",): (2, 3),
        ("a", 0): (2, 5),
        ("a", 0, "b"): (2, 8),
        ("a", 0, "çé"): (3, 9),
        ("a", 0, "çé", "d"): (3, 13),
        ("a", 0, "çé", "d", 0): (3, 14),
        ("a", 0, "çé", "d", 1): (3, 17),
    }
    assert document.keys[("a", 0, "çé", "d")] == (3, 10)


def test_a_walk_goes_through_a_file_from_its_top_to_its_bottom() -> None:
    document = read_yaml("a:\n  - b: 1\n    c: [2, 3]\n  - 4\nd: 5\n", "file.yaml")
    assert [value for _, value in walk(document.data) if isinstance(value, int)] == [1, 2, 3, 4, 5]
    assert {steps for steps, _ in walk(document.data)} == document.values.keys()


def test_the_place_of_something_missing_is_what_is_around_it() -> None:
    document = read_yaml("a:\n  - b: 1\n", "file.yaml")
    place = document.place(("a", 0, "c", "d"))
    assert (place.line, place.column, place.path) == (2, 5, "a[0].c.d")


def test_duplicate_keys_are_all_reported_and_the_first_one_counts() -> None:
    document = read_yaml("a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n", "file.yaml")
    assert document.data == {"a": 1, "b": {"c": 1}}
    assert codes(document) == ["duplicate-key"] * 3
    assert document.values[("a",)] == (1, 4)


def test_a_key_that_is_a_list_is_refused_and_reading_goes_on() -> None:
    document = read_yaml("? [a, b]\n: 1\nc: 2\n2: 3\n", "file.yaml")
    assert codes(document) == ["key-not-text", "key-not-text"]
    assert isinstance(document.data, dict)
    assert document.data["c"] == 2


@pytest.mark.parametrize("text", ["", "# a comment\n", "---\n", "\n\n"])
def test_a_file_without_content_is_none_without_a_fault(text: str) -> None:
    document = read_yaml(text, "file.yaml")
    assert document.data is None
    assert document.faults == ()
    assert document.place().source == "file.yaml"


def test_what_editors_and_yaml_count_differently_is_refused() -> None:
    document = read_yaml("a: 'b\u2028c'\nd: '\x85'\n", "file.yaml")
    assert codes(document) == ["unreadable-character"] * 2


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\u00ad", "\ufeff", "\U000e0041"])
def test_characters_that_nobody_sees_are_refused_wherever_they_stand(hidden: str) -> None:
    escape = f"\\U{ord(hidden):08x}"
    for text in (f"a: b{hidden}c\n", f"a: b # {hidden}\n", f"a{hidden}: b\n", f'a: "b{escape}c"\n'):
        assert codes(read_yaml(text, "file.yaml")) == ["unreadable-character"]
        assert f"U+{ord(hidden):04X}" in str(read_yaml(text, "file.yaml").faults[0])


def test_a_mark_of_the_byte_order_at_the_start_of_a_file_is_no_fault() -> None:
    document = read_yaml("\ufeffa: b\n", "file.yaml")
    assert (document.data, document.faults) == ({"a": "b"}, ())


def loader_with(limit: float = float("inf"), problem: str = "") -> type[yaml.SafeLoader]:
    """Make a loader with a limit of its own to the depth, and its own words for being over it."""

    class Limited(yaml.SafeLoader):
        depth = 0

        def get_event(self) -> yaml.Event:
            event = super().get_event()
            self.depth += isinstance(event, yaml.CollectionStartEvent)
            if self.depth > limit:
                raise yaml.scanner.ScannerError(None, None, problem, event.start_mark)
            return event

    return Limited


LOADERS = {
    "the one in use": yamlfile.LOADER,
    "pure": yaml.SafeLoader,
    "with a high limit": loader_with(1_000, "exceeded maximum nesting depth"),
    "with a low limit": loader_with(8, "too many levels"),
    "without a limit": loader_with(),
}


@pytest.mark.slow
@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
@pytest.mark.parametrize("levels", [25, 9_999])
@pytest.mark.parametrize("end", ["]", ""])
@pytest.mark.parametrize("start", ["[", "- ", "{a: ", "[\n "])
def test_deep_nesting_is_one_fault_in_our_words_whatever_the_loader_says(
    loader: type[yaml.SafeLoader], levels: int, start: str, end: str
) -> None:
    document = _with_loader(loader, start * levels + end * levels)
    (fault,) = document.faults
    start_of_25th = len(start) * 24 + 1
    place = (25, 2) if "\n" in start else (1, start_of_25th)
    assert (fault.place.line, fault.place.column) == place
    message = "lists and mappings are nested more than 24 deep"
    assert (fault.code, fault.message, fault.expected) == ("too-deep", message, "a flatter form")


@pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)
def test_what_is_not_too_deep_is_read_whatever_the_limit_of_the_loader(
    loader: type[yaml.SafeLoader],
) -> None:
    document = _with_loader(loader, "[" * 24 + "]" * 24)
    assert document.faults == ()
    assert str(document.data) == "[" * 24 + "]" * 24


@pytest.mark.parametrize("error", [yaml.YAMLError, yaml.MarkedYAMLError, yaml.scanner.ScannerError])
@pytest.mark.parametrize("words", ["frobnicated 100% (at offset 7)", ""])
def test_words_of_a_parser_that_we_do_not_know_never_reach_anybody(
    error: type[yaml.YAMLError], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise error(words) if error is yaml.YAMLError else error(words, None, words, None)

    monkeypatch.setattr(yaml, "parse", fail)
    document = read_yaml("a: 1", "file.yaml")
    assert [str(fault) for fault in document.faults] == [
        "file.yaml:1:1: syntax: this is not YAML; expected keys and values, lists and text"
    ]


BROKEN = [
    "a: [1\nb: 2\n", "a:\n  b: 1\n c: 2\n", "a: 'x\n", "a: b: c\n", "- a\nb: 1\n", "a: @x\n",
    "key\nother: 1\n", "[1,]]\n", "a: {b: 1\n", "a: - b\n", "a: [\n", "a:\n  b\n  c: 1\n",
    "a: |b\n", "a: >b\n", "a: &\n", "a: *\n", "%a\n", "a: !<\n", "a: !b!c d\n",
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_not_yaml_is_said_in_the_same_plain_words_by_both_parsers(text: str) -> None:
    quick, pure = by_both_parsers(text)
    assert quick.faults == pure.faults
    assert codes(quick) == ["syntax"]
    assert "this is not YAML" not in quick.faults[0].message
    assert quick.faults[0].expected


@given(MAPPINGS)
def test_json_is_read_as_itself_and_each_key_stands_where_its_mark_says(
    data: dict[str, object],
) -> None:
    text = json.dumps(data, indent=1)
    document = read_yaml(text, "file.yaml")
    assert document.data == data
    assert document.faults == ()
    lines = text.split("\n")
    for steps, (line, column) in document.keys.items():
        assert lines[line - 1][column - 1 :].startswith(json.dumps(steps[-1]))


@given(MAPPINGS)
def test_marks_go_down_the_file(data: dict[str, object]) -> None:
    document = read_yaml(json.dumps(data, indent=1), "file.yaml")
    marks: list[tuple[Position, Steps]] = [(mark, steps) for steps, mark in document.keys.items()]
    assert all(first[0] < second[0] for first, second in pairwise(marks))


@given(st.text(st.sampled_from("ab:-[]{}'\"#&*!|> \n\t?%@~0"), max_size=30))
def test_no_text_makes_the_reader_fail_and_both_parsers_give_the_same(text: str) -> None:
    quick, pure = by_both_parsers(text)
    if not quick.faults and not pure.faults:
        assert quick.data == pure.data


@pytest.mark.parametrize("file", WRITTEN)
def test_both_parsers_give_the_same_data_and_marks(file: str) -> None:
    quick, pure = by_both_parsers((EXAMPLE / file).read_text(encoding="utf-8"))
    assert quick.data == pure.data == WRITTEN[file]
    assert quick.values == pure.values
    assert quick.keys == pure.keys


def test_a_key_that_is_indented_too_far_is_named() -> None:
    text = "rules:\n  - id: bell\n    text: Ring it.\n      when: always\n"
    (fault,) = read_yaml(text, "a.yaml").faults
    assert str(fault) == (
        "a.yaml:4:11: syntax: the key 'when' is inside the value of the line above; "
        "expected it as far to the right as the keys it belongs to"
    )


def test_a_file_full_of_what_cannot_be_read_is_told_in_few_lines():
    faults = read_yaml("\x00\n" * 5000, "picture.yaml").faults
    assert 50 < len(faults) < 200
