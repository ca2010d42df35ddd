"""A shelf holds the newest edition, loads older ones, and knows whether the rules have moved on."""

from dataclasses import replace

import pytest
from support.bicycles import copied
from support.published import frozen

from advisor.editions import edition as shelves
from advisor.errors import RuleBaseError
from advisor.query.body import body_form
from advisor.query.fields import address_form


@pytest.fixture
def rules(tmp_path):
    rules = copied(tmp_path)
    frozen(rules, "2026.06")
    return rules


def rewrite(rules, old, new):
    file = rules / "notes.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_without_an_edition_the_rules_answer_as_they_are_written(tmp_path):
    shelf = shelves.open_shelf(copied(tmp_path))
    assert (shelf.names, shelf.draft, shelf.newest) == ((), None, None)
    rulebase, reading = shelf.read(address_form("hills=flat"))
    assert rulebase is shelf.current
    assert (reading.query.edition, rulebase.edition, reading.faults) == (None, None, ())
    assert shelf.read(address_form("edition=latest"))[0] is shelf.current
    assert [f.code for f in shelf.read(address_form("edition=draft"))[1].faults] == [
        "unknown-edition"
    ]


def test_the_newest_edition_is_served_without_reading_the_files(rules, monkeypatch):
    monkeypatch.setattr("advisor.rulebase.load.load", None)
    shelf = shelves.open_shelf(rules)
    assert (shelf.current.edition, shelf.draft) == ("2026.06", None)


def test_other_words_in_the_files_that_say_the_same_make_no_draft(rules):
    file = rules / "notes.yaml"
    file.write_text("# Said otherwise.\n" + file.read_text())
    assert shelves.open_shelf(rules).draft is None


def test_rules_that_moved_on_are_a_draft_beside_the_newest_edition(rules):
    rewrite(rules, "title: ", "title: The ")
    shelf = shelves.open_shelf(rules)
    assert shelf.draft.edition is None
    assert shelf.draft.rules_hash != shelf.current.rules_hash
    for link, edition, named in (
        ("", "2026.06", "2026.06"),
        ("edition=draft", None, "draft"),
        ("edition=latest", "2026.06", "latest"),
        ("edition=2026.06", "2026.06", "2026.06"),
    ):
        rulebase, reading = shelf.read(address_form(link))
        assert (rulebase.edition, reading.query.edition, reading.faults) == (edition, named, ())


def test_an_older_edition_answers_as_then(rules):
    rewrite(rules, "title: ", "title: The ")
    frozen(rules, "2026.12")
    shelf = shelves.open_shelf(rules)
    assert (shelf.names, shelf.draft) == (("2026.12", "2026.06"), None)
    old, reading = shelf.read(body_form(b'{"edition": "2026.06"}'))
    assert (old.edition, reading.query.edition) == ("2026.06", "2026.06")
    assert old.notes != shelf.current.notes
    assert shelf.rulebase("2026.06") is old


@pytest.mark.parametrize("link", ["edition=2026.07", "edition=2026.06&edition=latest", "edition="])
def test_a_link_to_no_edition_is_read_by_the_current_rules_with_a_fault(rules, link):
    rulebase, reading = shelves.open_shelf(rules).read(address_form(link))
    assert (rulebase.edition, reading.query.edition) == ("2026.06", "2026.06")
    assert len(reading.faults) == 1


def test_few_editions_are_held_at_once(rules, monkeypatch):
    first = shelves.open_shelf(rules).newest
    loaded = []
    monkeypatch.setattr(shelves, "names", lambda _: tuple("98765"))
    monkeypatch.setattr(shelves, "load_edition", lambda _, name: loaded.append(name))
    shelf = shelves.Shelf(first.rulebase, newest=replace(first, name="9"), rules=rules)
    for name in "98765" * 2:
        shelf.edition(name)
    assert loaded == [*"8765"] * 2


def test_faults_of_the_draft_are_told_at_the_start(rules):
    rewrite(rules, "text: ", "test: ")
    with pytest.raises(RuleBaseError):
        shelves.open_shelf(rules)
