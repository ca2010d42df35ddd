"""Editions are frozen as they were, named by what they hold, and refused once a byte changed."""

import hashlib
from dataclasses import replace

import pytest
from support.bicycles import BICYCLES, copied
from support.published import edition_of

from advisor.editions import edition as editions
from advisor.errors import RuleBaseError
from advisor.model.plain import plain
from advisor.rulebase.load import load, rules_hash


@pytest.fixture(scope="module")
def rulebase():
    return load(BICYCLES)


def refused(rules, name):
    with pytest.raises(RuleBaseError) as caught:
        editions.load_edition(rules, name)
    (fault,) = caught.value.faults
    return fault


def test_an_edition_comes_back_as_it_was_frozen(tmp_path, rulebase):
    frozen = edition_of(rulebase, cases=(editions.FrozenCase("a", "A shop", "hills=flat"),))
    editions.freeze(tmp_path, frozen)
    back = editions.load_edition(tmp_path, "2026.12")
    assert plain(back) == plain(frozen)
    assert back.cases == frozen.cases
    assert type(back.rulebase.rules["rain-is-level"].effect).__name__ == "Level"
    assert rules_hash(back.rulebase) == back.rulebase.rules_hash == rulebase.rules_hash


def test_what_an_earlier_advisor_did_not_know_has_its_default(tmp_path, rulebase, monkeypatch):
    known = plain(edition_of(rulebase))
    del known["rulebase"]["renames"]
    monkeypatch.setattr(editions, "plain", lambda _: known)
    editions.freeze(tmp_path, edition_of(rulebase))
    assert editions.load_edition(tmp_path, "2026.12").rulebase.renames == ()


def test_the_same_rules_give_the_same_file(tmp_path, rulebase):
    first, second = (editions.freeze(tmp_path / name, edition_of(rulebase)) for name in "ab")
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_names_come_newest_first_by_number(tmp_path, rulebase):
    for name in ("2026.12", "2026.9", "2026.12.1"):
        editions.freeze(tmp_path, edition_of(rulebase, name))
    (tmp_path / "editions" / "2026.12.md").write_text("What changed.")
    assert editions.names(tmp_path) == ("2026.12.1", "2026.12", "2026.9")


@pytest.mark.parametrize("where", [0.0, 0.3, 0.6, 0.999])
def test_a_byte_that_changed_is_refused_by_name(tmp_path, rulebase, where):
    path = editions.freeze(tmp_path, edition_of(rulebase))
    content = bytearray(path.read_bytes())
    content[int(len(content) * where)] ^= 1
    path.write_bytes(content)
    fault = refused(tmp_path, "2026.12")
    assert (fault.code, fault.place.source) == ("changed-edition", f"editions/{path.name}")


def test_an_edition_that_is_not_there_is_refused_with_the_nearest(tmp_path, rulebase):
    editions.freeze(tmp_path, edition_of(rulebase))
    fault = refused(tmp_path, "2026-12")
    assert (fault.code, fault.nearest) == ("no-edition", "2026.12")
    assert refused(tmp_path, "2026.21").nearest == ""


def test_two_files_of_one_edition_are_refused(tmp_path, rulebase):
    editions.freeze(tmp_path, edition_of(rulebase))
    editions.freeze(tmp_path, edition_of(replace(rulebase, title="Another")))
    assert refused(tmp_path, "2026.12").code == "second-edition"


def test_an_edition_of_another_model_is_refused(tmp_path, rulebase):
    editions.freeze(tmp_path, edition_of(rulebase, model=99))
    assert refused(tmp_path, "2026.12").code == "other-model"


def test_all_that_cannot_answer_is_refused_at_once_by_name(tmp_path, rulebase):
    editions.freeze(tmp_path, edition_of(rulebase, "2026.06", format=2))
    editions.freeze(tmp_path, edition_of(rulebase, "2026.09", model=99))
    editions.freeze(tmp_path, edition_of(rulebase))
    with pytest.raises(RuleBaseError) as caught:
        editions.check_editions(tmp_path)
    assert [fault.message.split()[1] for fault in caught.value.faults] == ["2026.06", "2026.09"]


def test_the_hash_of_what_is_written_knows_no_line_ends(tmp_path):
    rules = copied(tmp_path)
    before = editions.written_hash(rules)
    notes = rules / "notes.yaml"
    notes.write_bytes(notes.read_bytes().replace(b"\n", b"\r\n"))
    assert editions.written_hash(rules) == before
    notes.write_bytes(notes.read_bytes() + b"# a word\r\n")
    assert editions.written_hash(rules) != before


def test_drawn_answers_are_the_same_always_and_say_everything_there_is_to_say(rulebase):
    drawn = list(editions.drawn_answers(rulebase, 300))
    assert drawn == list(editions.drawn_answers(rulebase, 300))
    for question in rulebase.questions.values():
        said = {each.values(question.id) for each in drawn}
        assert {frozenset(), frozenset({"unsure"}), frozenset({"any"})} <= said
        assert {choice.id for choice in question.choices} <= frozenset().union(*said)
    assert {len(each.important) for each in drawn} == {0, 1, 2, 3}
    assert frozenset().union(*(each.without for each in drawn)) == {*rulebase.frameworks}
    assert {each.one_tool for each in drawn} == {True, False}


def test_what_a_later_advisor_froze_without_a_field_is_told(tmp_path, rulebase, monkeypatch):
    known = plain(edition_of(rulebase))
    del known["rulebase"]["margins"]
    monkeypatch.setattr(editions, "plain", lambda _: known)
    editions.freeze(tmp_path, edition_of(rulebase))
    fault = refused(tmp_path, "2026.12")
    assert fault.code == "other-model"
    assert "holds what this advisor does not know" in fault.message


def test_a_file_that_was_never_packed_is_refused_by_name(tmp_path):
    content = b"no edition"
    folder = tmp_path / "editions"
    folder.mkdir()
    named = f"2026.12-{hashlib.sha256(content).hexdigest()[:16]}.json.xz"
    (folder / named).write_bytes(content)
    assert refused(tmp_path, "2026.12").code == "other-model"
