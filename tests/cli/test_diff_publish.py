"""`advisor publish` releases rules that are sound, once, and says what it did."""

import pytest
from support.bicycles import CASES, changed, copied
from support.published import publish

from advisor.editions import edition as editions
from advisor.editions.edition import drawn_answers, load_edition
from advisor.model.knowledge import Basis
from advisor.output.json import digest
from advisor.rulebase.load import load


@pytest.fixture(autouse=True)
def few_proofs(monkeypatch):
    """Enough for a test: all of them take some seconds."""
    monkeypatch.setattr(editions, "ANSWER_SETS", 20)


def published(rules, name):
    done = publish(rules, name, "--day", "2026-11-29")
    assert done.exit_code == 0, done.output
    (path,) = (rules / "editions").glob(f"{name}-*")
    return path


def test_what_is_released_are_the_rules_with_their_cases_and_proofs(tmp_path):
    rules = copied(tmp_path)
    path = published(rules, "2026.12")
    edition = load_edition(rules, "2026.12")
    assert (edition.name, str(edition.day)) == ("2026.12", "2026-11-29")
    assert edition.rulebase.rules_hash == load(rules).rules_hash
    assert edition.rulebase.edition == "2026.12"
    assert {case.id for case in edition.cases} >= {"school-run"}
    answers = next(drawn_answers(edition.rulebase))
    told = [digest(edition.rulebase, answers, basis) for basis in Basis]
    assert [each[:4] for each in told] == list(edition.digests[:2])
    assert path.stat().st_size < 60_000


def test_the_next_edition_comes_after_the_newest(tmp_path):
    rules = copied(tmp_path)
    published(rules, "2026.12")
    for name in ("2026.12", "2026.9"):
        done = publish(rules, name)
        assert (done.exit_code, "has to come after 2026.12" in done.output) == (2, True)
    published(rules, "2027.1")


@pytest.mark.parametrize(
    "name", ["draft", "latest", "2026", "2026.12-a", "../x", "2026.12\n", "2026.13"]
)
def test_a_name_is_numbers_with_points(tmp_path, name):
    done = publish(copied(tmp_path), name)
    assert (done.exit_code, "such as 2026.12" in done.output) == (2, True)


def test_rules_with_a_fault_are_not_released(tmp_path):
    rules = changed(tmp_path, "because: ", "beacuse: ", "notes.yaml")
    done = publish(rules, "2026.12")
    assert (done.exit_code, "notes.yaml:" in done.output) == (2, True)
    assert not (rules / "editions").exists()


def test_rules_that_fail_a_case_are_not_released(tmp_path):
    rules = changed(tmp_path, "verdict: clear", "verdict: tie")
    done = publish(rules, "2026.12")
    assert (done.exit_code, "not as expected" in done.output) == (1, True), CASES
    assert not (rules / "editions").exists()
