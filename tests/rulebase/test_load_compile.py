"""The rule base as the engine gets it: sorted where order means nothing, frozen, complete."""

from pathlib import Path

import pytest
from support.good_rulebase import EXAMPLE

from advisor.model.plain import noun_of, plain
from advisor.model.rulebase import RuleBase
from advisor.model.rules import (
    ALWAYS,
    UNANSWERED,
    Condition,
    Cost,
    Level,
    Phase,
    Prefer,
    Role,
    Score,
    Stop,
)
from advisor.rulebase.load import load


@pytest.fixture(scope="module")
def rulebase() -> RuleBase:
    return load(EXAMPLE)


def test_questions_come_in_the_order_in_which_they_are_asked(rulebase: RuleBase) -> None:
    listed = [question for topic in rulebase.topics for question in topic.questions]
    assert list(rulebase.questions) == listed
    assert rulebase.questions["weather"].topic == "surroundings"


@pytest.mark.parametrize("part", ["frameworks", "claims", "rules", "edges", "sources", "tools"])
def test_everything_else_is_sorted_by_id_and_frozen(rulebase: RuleBase, part: str) -> None:
    entries = getattr(rulebase, part)
    assert list(entries) == sorted(entries)
    assert all(name == entry.id for name, entry in entries.items())
    with pytest.raises(TypeError):
        entries["new"] = None


def test_none_of_these_is_the_last_choice_of_its_question(rulebase: RuleBase) -> None:
    choices = [choice.id for choice in rulebase.questions["load"].choices]
    assert choices == ["children", "shopping", "tools", "none"]


def test_what_has_no_condition_always_holds(rulebase: RuleBase) -> None:
    assert rulebase.questions["hills"].applies == ALWAYS
    assert rulebase.edges["cargo-bike-pulls-trailer"].costs[0].when == ALWAYS


def test_each_effect_becomes_its_noun(rulebase: RuleBase) -> None:
    kinds = {name: type(rule.effect) for name, rule in rulebase.rules.items()}
    assert kinds["basket-limit"] is Score
    assert kinds["no-cargo-bike-upstairs"] is Stop
    assert kinds["rain-is-level"] is Level
    assert kinds["hills-want-a-motor"] is Prefer


def test_a_rule_has_the_topic_of_its_file_and_a_claim_the_source_of_its(
    rulebase: RuleBase,
) -> None:
    assert rulebase.rules["lamp-posts"].topic == "storage"
    assert rulebase.claims["book-basket"].source == "errands-book"
    assert rulebase.claims["disc-brakes"].source == "makers-manuals"


def test_subjects_keep_the_order_in_which_a_reader_wants_them(rulebase: RuleBase) -> None:
    assert list(rulebase.subjects) == ["loads", "towing", "everyday", "storage"]
    assert rulebase.subjects["storage"].question == "Where can it stand at night?"


def test_steps_come_phase_by_phase_and_else_as_they_were_written(rulebase: RuleBase) -> None:
    phases = [step.phase for step in rulebase.steps.values()]
    assert phases == sorted(phases, key=list(Phase).index)
    shipping = [step.id for step in rulebase.steps.values() if step.phase is Phase.SHIP]
    assert shipping == ["belt-the-children", "hitch-what-you-have"]


def test_a_step_is_for_roles_or_for_an_edge_and_its_command_keeps_its_lines(
    rulebase: RuleBase,
) -> None:
    coupling, ballast = rulebase.steps["fit-the-coupling"], rulebase.steps["belt-the-children"]
    assert (coupling.framework, coupling.roles) == ("", ())
    assert coupling.edge == "city-bike-pulls-trailer"
    assert (ballast.framework, ballast.roles) == ("cargo-bike", (Role.BUILD, Role.SHIP))
    assert ballast.edge == ""
    assert len(coupling.command.splitlines()) == 2
    assert not coupling.command.endswith("\n")


def test_exceptions_of_rules_and_of_costs_are_read_as_conditions_are(folder: Path) -> None:
    for file, after in (
        ("works-with.yaml", "          - hills: [hilly]\n"),
        ("tradeoffs/loads.yaml", "      - load: [children]\n"),
    ):
        path = folder / file
        text = path.read_text(encoding="utf-8")
        deep = " " * (after.index("-") - 2)
        bars = f"{deep}not-when:\n{deep}  - storage: [street, unanswered, street]\n"
        bars += f"{deep}except-when:\n{deep}  - distance: [long]\n"
        path.write_text(text.replace(after, after + bars, 1), encoding="utf-8")
    rulebase = load(folder)
    excepted = ((Condition("storage", frozenset({"street", UNANSWERED})),),)
    (cost,) = rulebase.edges["city-bike-pulls-trailer"].costs
    assert cost.not_when == excepted
    assert cost.except_when == ((Condition("distance", frozenset({"long"})),),)
    assert [each.not_when for each in rulebase.rules.values() if each.not_when] == [excepted]
    assert noun_of(Cost, plain(cost)) == cost


def test_conditions_lose_their_written_order_and_their_repeats(folder: Path) -> None:
    path = folder / "notes.yaml"
    text = path.read_text(encoding="utf-8")
    written = "      - load: [tools]\n        distance: [long]\n"
    assert written in text
    again = "      - distance: [long, long]\n        load: [tools]\n      - hills: [hilly, flat]\n"
    path.write_text(text.replace(written, again + written), encoding="utf-8")
    assert load(folder).notes["borrow-a-van"].when == (
        (Condition("distance", frozenset({"long"})), Condition("load", frozenset({"tools"}))),
        (Condition("hills", frozenset({"flat", "hilly"})),),
    )
