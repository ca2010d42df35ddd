"""The report for a terminal says all of a recommendation, and nothing that it does not say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bicycles import BICYCLES
from support.drawing import answers_to, rulebases
from support.real import real_rulebase

from advisor.engine.explain import explain
from advisor.engine.recommend import recommend
from advisor.model.explanation import Miss, RuleOutcome, Traced
from advisor.model.knowledge import Basis
from advisor.output.text import WIDTH, text_report, trace_in_words
from advisor.query.read import read_query_string
from advisor.rulebase.load import load


@pytest.fixture(scope="module")
def bicycles():
    return load(BICYCLES)


def report(rulebase, raw):
    query = read_query_string(rulebase, raw).strict()
    result = recommend(rulebase, query.answers, query.basis)
    return text_report(rulebase, result, explain(rulebase, result))


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_every_reason_of_a_leading_plan_is_told_with_its_points(data, rulebase, basis):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    text = " ".join(text_report(rulebase, result, explain(rulebase, result)).split())
    for standing in result.standings:
        if standing.framework in result.leaders:
            for reason in standing.plan.reasons:
                assert re.search(
                    re.escape(f"{reason.points:+d}") + r"  ?[\w: ]*" + re.escape(reason.text), text
                )
            assert f"{standing.score} in all" in text
        else:
            assert f"{rulebase.frameworks[standing.framework].name}: " in text


@given(st.data(), rulebases(), st.sampled_from(list(Basis)))
def test_every_citation_is_listed_once_and_every_line_fits(data, rulebase, basis):
    result = recommend(rulebase, data.draw(answers_to(rulebase)), basis)
    text = text_report(rulebase, result, explain(rulebase, result))
    cited = set(re.findall(r"\[(\d+)\]", text.partition("\nSources\n")[0]))
    listed = re.findall(r"^ *\[(\d+)\]", text.partition("\nSources\n")[2], re.MULTILINE)
    assert listed == [str(number) for number in range(1, len(cited) + 1)]
    assert all(len(line) <= WIDTH for line in text.splitlines())
    assert text.endswith("\n")
    assert "\n\n\n" not in text


def test_a_clear_result_with_two_tools_and_a_backend(bicycles):
    text = report(
        bicycles,
        "riding=new-bicycle&load=tools&distance=short&hills=hilly&storage=garage&important=load",
    )
    assert text.startswith(
        "Use Cargo bike on Electric motor, shipped with Trailer.\n"
        "Clear. No reason speaks for any other. Everything that could matter is answered.\n"
        "Based on checked facts, as of 15 January 2026.\n"
        "\n"
        "Why Cargo bike on Electric motor, shipped with Trailer\n"
        "  +6  Trailer: Boards and rakes fit on a trailer and hardly anywhere else. (counts\n"
        "      double) [1][2]\n"
        "  -2  Handing over: Box and trailer together are hard to turn. [3]\n"
    )
    assert "   6  in all\n  +2  A motor takes the load up the hill. (chooses the backend" in text
    assert "  The documents as written: City bike, shipped with Trailer (clear).\n" in text
    assert "\nSources\n  [1] A year in our street.\n" in text


def test_a_stop_is_told_with_its_way_out(bicycles):
    text = report(bicycles, "riding=new-bicycle&load=children&storage=upstairs")
    assert (
        "  Cargo bike: ruled out\n"
        "    Nobody carries 34 kg up the stairs every evening. Way out: Rent a place at street\n"
        "    level, or let a city bike pull a trailer that folds. [1]\n"
    ) in text


def test_what_to_do_next_is_told_in_order_with_its_commands_line_for_line(bicycles):
    text = report(
        bicycles, "riding=new-bicycle&load=shopping&distance=short&hills=flat&storage=street"
    )
    assert "\nNext, for City bike, shipped with Trailer\n   1. Weigh what you carry" in text
    assert (
        "   2. Mount the coupling on the rear axle. [1][3]\n"
        "        Undo the axle nut, put the coupling on, tighten to what the manual says.\n"
        "        Pull at the drawbar with both hands.\n"
        "   3. Load the heavy pieces low"
    ) in text


def test_a_step_cites_what_counts_on_the_basis_and_nothing_else(bicycles):
    raw = "riding=new-bicycle&load=tools&distance=long&hills=flat&storage=street"
    today = report(bicycles, raw).partition("Mount the coupling")[2]
    as_written = report(bicycles, raw + "&basis=documents").partition("Mount the coupling")[2]
    assert re.match(r" on the rear axle. \[\d+\]\[\d+\]\n", today)
    assert re.match(r" on the rear axle. \[\d+\]\n", as_written)


def test_a_log_stays_short_and_names_each_source_once():
    answers = "goal=research&model=custom&important=model"
    lines = report(real_rulebase(), answers).splitlines()
    assert len(lines) < 90
    assert sum("changes who leads by itself" in line for line in lines) == 1
    sources = lines[lines.index("Sources") + 1 :]
    named = [line for line in sources if line.lstrip().startswith("[")]
    assert len(named) == len({line.partition("] ")[2] for line in named})


def test_an_open_result_names_the_questions_and_recommends_nothing(bicycles):
    text = report(bicycles, "load=unsure")
    assert text.startswith("Too little is known yet to recommend one.\nOpen. No reason speaks")
    assert "  Each of these can change who leads:\n" in text
    assert "    What goes along? (load, not sure)\n" in text
    assert "Use " not in text


def test_a_weak_lead_is_told_as_open(bicycles):
    text = report(bicycles, "riding=new-bicycle&storage=street")
    told = " ".join(text.split())
    assert "City bike is ahead, but no single reason weighs two points or more." in told


def test_routes_notes_levels_disagreements_and_ignored_answers_are_told(bicycles):
    text = report(bicycles, "riding=have-one&load=tools&distance=long&storage=garage")
    assert "Answers left out\n  Where will the bicycle stand at night? (storage: does not" in text
    everything = text + report(
        bicycles, "riding=new-bicycle&hills=hilly&distance=long&weather=all-year&basis=documents"
    )
    everything += report(bicycles, "riding=new-bicycle&weather=all-year")
    everything += report(bicycles, "riding=have-one&load=none")
    for title in (
        "These answers do not go together",
        "No longer a difference",
        "Where the documents disagree",
        "Outside these options",
        "Code that exists already",
    ):
        assert f"\n{title}\n" in everything


def test_the_smallest_changes_are_told_three_for_each_at_most():
    rulebase, counts = real_rulebase(), []
    for raw in ("goal=research", "goal=product"):
        query = read_query_string(rulebase, raw).strict()
        others = explain(rulebase, recommend(rulebase, query.answers)).others
        text = report(rulebase, raw).partition("\nWhat would change it\n")[2].partition("\n\n")[0]
        text = " ".join(text.split())
        for name, other in others.items():
            called = rulebase.frameworks[name].name
            count = len(other.changes) + len(other.openings)
            assert len(re.findall(rf"If [^.]*, {called} would lead[.,]", text)) == min(count, 3)
            assert (f"more changes would make {called} lead." in text) == (count > 4)
            assert (
                f"No single answer, given or taken back, would make {called} lead alone." in text
            ) == (not count)
            counts.append(count)
    assert max(counts) > 4
    assert min(counts) == 0


def test_where_one_answer_is_not_enough_that_is_said(bicycles):
    text = report(bicycles, "riding=have-one&load=tools")
    assert "  No single answer, given or taken back, would make City bike lead alone.\n" in text
    assert "No two answers" not in text


@pytest.mark.parametrize(
    ("miss", "told"),
    [
        (Miss("load", ("box", "bag"), ("tools",)), "load (tools, not box or bag)"),
        (Miss("load", ("box",), ()), "load (nothing, not box)"),
        (Miss("load", (), ("bag", "box"), ("box", "tools")), "load (kept back by box)"),
        (Miss("load", (), (), ("unanswered",)), "load (kept back by no answer)"),
    ],
)
def test_a_rule_that_failed_names_the_answer_that_kept_it_back(miss, told):
    traced = Traced("r", RuleOutcome.FAILED, 1, False, (), ((miss,),), ())  # noqa: FBT003
    assert trace_in_words(traced) == f"r: failed on {told}"
