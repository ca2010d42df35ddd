"""Law 11: rules that can fire together for one role of one framework share no claim."""

from pathlib import Path

import pytest
from support.faulty import find_faults

from advisor.rulebase.checks import points

FIRST = "{load: [children]}"
SAME = "{role: build, frameworks: [city-bike], points: 1}"


def rule(name: str, when: str, score: str) -> str:
    return (
        f"  - {{id: {name}, text: A rule., when: [{when}], score: {score},"
        " because: [city-bike-rides]}\n"
    )


def is_counted_twice(folder: Path, *rules: str) -> bool:
    text = "topic: towing\nrules:\n" + "".join(rules)
    (folder / "tradeoffs" / "towing.yaml").write_text(text, encoding="utf-8")
    found = [fault.code for fault in find_faults(folder)]
    assert set(found) <= {"counted-twice"}
    return bool(found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("{load: [children]}", "{load: [tools]}", True),
        ("{load: [children]}", "{load: [none]}", False),
        ("{load: [none]}", "{load: [none]}", True),
        ("{load: [children]}", "{load: [unanswered]}", False),
        ("{load: [children]}", "{load: [unanswered, tools]}", True),
        ("{load: [children]}", "{load: [none, tools]}", True),
        ("{load: [none]}", "{load: [unanswered, none]}", True),
        ("{load: [unanswered, none]}", "{load: [children]}", False),
        ("{hills: [flat]}", "{hills: [hilly]}", False),
        ("{hills: [flat]}", "{hills: [hilly, flat]}", True),
        ("{hills: [flat]}", "{distance: [long]}", True),
        ("{hills: [flat], distance: [long]}", "{hills: [flat], distance: [short]}", False),
        ("{hills: [flat]}, {distance: [long]}", "{hills: [hilly], distance: [short]}", False),
        ("{hills: [flat]}, {distance: [long]}", "{hills: [hilly]}", True),
    ],
)
def test_only_rules_that_one_person_can_fire_together_count_twice(
    folder: Path, one: str, other: str, *, meet: bool
) -> None:
    rules = rule("one", one, SAME), rule("other", other, SAME)
    assert is_counted_twice(folder, *rules) is meet
    assert is_counted_twice(folder, *reversed(rules)) is meet


@pytest.mark.parametrize(
    ("bars", "meet"),
    [
        ("{load: [children, tools]}", False),
        ("{hills: [hilly], load: [children, tools]}", False),
        ("{hills: [flat]}", True),
        ("{hills: [hilly], distance: [long]}", True),
        ("{distance: [long]}, {load: [children]}", False),
        ("{load: [children]}], except-when: [{distance: [long]}", True),
    ],
)
def test_rules_do_not_count_twice_of_which_one_makes_an_exception_of_the_other(
    folder: Path, bars: str, *, meet: bool
) -> None:
    one = rule("one", "{load: [children]}", SAME)
    other = rule("other", "{hills: [hilly]}", f"{SAME}, not-when: [{bars}]")
    assert is_counted_twice(folder, one, other) is meet
    assert is_counted_twice(folder, other, one) is meet


@pytest.mark.parametrize(
    ("bars", "meet"),
    [
        ("[{load: [children]}]", False),
        ("[{load: [tools]}]", True),
        ("[{load: [children]}], except-when: [{storage: [garage]}]", True),
        ("[{load: [children]}], except-when: [{hills: [flat]}]", False),
    ],
)
def test_rules_do_not_count_twice_of_which_one_excepts_what_the_other_needs_to_be_lifted(
    folder: Path, bars: str, *, meet: bool
) -> None:
    lifted = "not-when: [{distance: [long]}], except-when: [{load: [children]}]"
    one = rule("one", "{hills: [hilly]}", f"{SAME}, {lifted}")
    other = rule("other", "{hills: [hilly], distance: [long]}", f"{SAME}, not-when: {bars}")
    assert is_counted_twice(folder, one, other) is meet
    assert is_counted_twice(folder, other, one) is meet


@pytest.mark.parametrize(
    ("because", "heavy"),
    [("street-school-run, street-looks", False), ("street-looks", True)],
)
def test_one_claim_that_carries_the_points_is_enough(
    folder: Path, because: str, *, heavy: bool
) -> None:
    file = folder / "tradeoffs" / "loads.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[street-school-run]", f"[{because}]"), encoding="utf-8")
    assert ("too-heavy" in {fault.code for fault in find_faults(folder)}) == heavy


@pytest.mark.parametrize(
    ("also", "apart"), [("[unanswered]", False), ("[unanswered, tools]", True), ("[tools]", True)]
)
def test_no_mark_doubles_a_question_that_is_to_be_unanswered(
    folder: Path, also: str, *, apart: bool
) -> None:
    cargo = SAME.replace("city-bike", "cargo-bike")
    rules = (
        rule("one", "{hills: [hilly]}", SAME),
        rule("other", f"{{hills: [hilly], load: {also}}}", cargo),
    )
    text = "topic: towing\nrules:\n" + "".join(rules)
    (folder / "tradeoffs" / "towing.yaml").write_text(text, encoding="utf-8")
    assert ("asked-apart" in {fault.code for fault in find_faults(folder)}) is apart


def test_the_clauses_of_one_rule_count_once(folder: Path) -> None:
    assert not is_counted_twice(folder, rule("one", "{hills: [flat]}, {distance: [long]}", SAME))


@pytest.mark.parametrize(
    "score",
    [
        "{role: ship, frameworks: [city-bike], points: 1}",
        "{role: build, frameworks: [cargo-bike], points: 1}",
    ],
)
def test_another_role_or_framework_may_use_the_same_claim(folder: Path, score: str) -> None:
    assert not is_counted_twice(folder, rule("one", FIRST, SAME), rule("other", FIRST, score))


def test_a_framework_in_common_is_enough(folder: Path) -> None:
    both = "{role: build, frameworks: [cargo-bike, city-bike], points: 1}"
    assert is_counted_twice(folder, rule("one", FIRST, SAME), rule("other", FIRST, both))


def test_what_many_rules_share_is_told_once_for_each_of_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    can_meet = points._can_meet  # noqa: SLF001 - the work is counted
    monkeypatch.setattr(points, "_can_meet", lambda *two: compared.append(two) or can_meet(*two))
    rules = [rule(f"r-{number}", FIRST, SAME) for number in range(300)]
    text = "topic: towing\nrules:\n" + "".join(rules)
    (folder / "tradeoffs" / "towing.yaml").write_text(text, encoding="utf-8")
    found = [fault for fault in find_faults(folder) if fault.code == "counted-twice"]
    assert len(found) == 299
    assert len({fault.place.line for fault in found}) == 299
    assert len(compared) < 1000
