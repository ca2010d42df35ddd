"""What a probe saw is held against its record, and a record that is written is read again."""

import datetime
from dataclasses import replace

import pytest
from support.bicycles import copied

from advisor.evidence import Agreement, Ran, agreements, recorded, write_record
from advisor.model.knowledge import Record, Run, Seen, Sight
from advisor.rulebase.load import load

DAY, NEXT = datetime.date(2026, 11, 29), datetime.date(2026, 11, 30)
HELD = Seen("basket-carries", Sight.HOLDS, "carried: 14.5 kg")
OUTCOME = Ran("basket", (HELD,), ("basket 1.0", "python 3.12.1"), 7, 120)


def seen_otherwise(verdict, **more):
    return replace(OUTCOME, seen=(replace(HELD, verdict=verdict),), **more)


def agreed(outcome, record):
    return {each.decides: each.agreement for each in agreements(outcome, record)}


@pytest.mark.parametrize(
    ("verdict", "agreement"),
    [
        (Sight.HOLDS, Agreement.SAME),
        (Sight.FAILS, Agreement.CHANGED),
        (Sight.INCONCLUSIVE, Agreement.INCONCLUSIVE),
    ],
)
def test_a_verdict_is_held_against_the_last_run(verdict, agreement):
    record = recorded(None, OUTCOME, DAY)
    assert agreed(seen_otherwise(verdict), record) == {"basket-carries": agreement}


def test_what_was_not_recorded_is_new_and_what_is_gone_is_inconclusive():
    assert agreed(OUTCOME, None) == {"basket-carries": Agreement.NEW}
    gone = replace(OUTCOME, seen=(replace(HELD, decides="box-seats-two"),))
    expected = {"basket-carries": Agreement.INCONCLUSIVE, "box-seats-two": Agreement.NEW}
    assert agreed(gone, recorded(None, OUTCOME, DAY)) == expected


def test_trouble_makes_everything_inconclusive_never_changed():
    trouble = Ran("basket", trouble="no network")
    (compared,) = agreements(trouble, recorded(None, OUTCOME, DAY))
    assert (compared.agreement, compared.observed) == (Agreement.INCONCLUSIVE, "no network")
    assert agreed(trouble, None) == {"basket": Agreement.INCONCLUSIVE}


def test_a_run_that_saw_the_same_is_counted_and_any_other_is_kept_beside_it():
    record = recorded(recorded(None, OUTCOME, DAY), OUTCOME, NEXT)
    assert [(run.times, run.day) for run in record.runs] == [(2, NEXT)]
    record = recorded(record, seen_otherwise(Sight.FAILS), NEXT)
    assert [run.seen[0].verdict for run in record.runs] == [Sight.HOLDS, Sight.FAILS]
    record = recorded(record, seen_otherwise(Sight.FAILS, versions=("basket 2.0",)), NEXT)
    assert [run.versions[0] for run in record.runs] == ["basket 1.0", "basket 1.0", "basket 2.0"]


def test_a_run_beside_the_last_stands_before_it():
    older = seen_otherwise(Sight.FAILS, versions=("basket 0.9", "python 3.12.1"))
    record = recorded(recorded(None, OUTCOME, DAY), older, NEXT, beside=True)
    assert [run.versions for run in record.runs] == [older.versions, OUTCOME.versions]
    record = recorded(record, older, NEXT, beside=True)
    assert [run.times for run in record.runs] == [2, 1]
    assert recorded(None, older, NEXT, beside=True).runs[0].versions == older.versions
    # One like the run that counts stays the one that counts.
    record = recorded(record, OUTCOME, NEXT, beside=True)
    assert [(run.versions, run.times) for run in record.runs] == [
        (older.versions, 2),
        (OUTCOME.versions, 2),
    ]


def test_a_record_that_is_written_is_what_the_rule_base_then_holds(tmp_path):
    rules = copied(tmp_path)
    before = load(rules)
    record = recorded(None, OUTCOME, DAY)
    assert write_record(rules, record) == rules / "evidence" / "basket.yaml"
    after = load(rules)
    assert after.records == {"basket": record}
    assert isinstance(after.records["basket"].runs[0], Run)
    assert isinstance(after.records["basket"], Record)
    assert after.rules_hash != before.rules_hash
    path = rules / "evidence" / "basket.yaml"
    path.write_text(f"# Weighed in the yard.\n{path.read_text()}")
    write_record(rules, recorded(record, OUTCOME, NEXT))
    assert path.read_text().startswith("# Weighed in the yard.\n# Written by ")
    assert load(rules).records["basket"].runs[0].times == 2
