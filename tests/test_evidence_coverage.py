"""What carries a score and can be seen by a program is counted, and what no probe saw is named."""

import datetime

import pytest
from support.bicycles import changed
from support.real import real_rulebase

from advisor.errors import RuleBaseError
from advisor.evidence import Ran, observable, recorded, unseen, write_record
from advisor.model.knowledge import Seen, Sight
from advisor.rulebase.load import load

CARRIES = "  - id: basket-carries\n"
DAY = datetime.date(2026, 11, 30)


def see(rules, verdict):
    seen = (Seen("basket-carries", verdict, "15 kg"),)
    write_record(rules, recorded(None, Ran("scales", seen, ("scales 1.0",)), DAY))
    return load(rules)


def with_word(folder, word):
    new = f"{CARRIES}    not-run: {word}\n" if word else CARRIES
    return changed(folder, CARRIES, new, "claims/today.yaml")


def test_what_a_probe_saw_is_seen_and_an_inconclusive_run_saw_nothing(tmp_path):
    rules = with_word(tmp_path, "")
    assert "basket-carries" in unseen(load(rules))
    assert "basket-carries" in unseen(see(rules, Sight.INCONCLUSIVE))
    rulebase = see(rules, Sight.HOLDS)
    assert "basket-carries" not in unseen(rulebase)
    assert {*unseen(rulebase), "basket-carries"} == {*observable(rulebase)}


def test_a_claim_with_a_word_why_not_is_no_matter_for_programs(tmp_path):
    rules = with_word(tmp_path, "road")
    assert "basket-carries" not in {*observable(load(rules))}
    with pytest.raises(RuleBaseError, match="run-or-not"):
        see(rules, Sight.HOLDS)


def test_claims_of_documents_and_opinions_count_by_what_shows_them():
    rulebase = real_rulebase()
    counted = {*observable(rulebase)}
    claims = [rulebase.claims[name] for name in counted]
    assert not any(rulebase.sources[claim.source].document for claim in claims)
    assert not any(claim.rests_on for claim in claims)
    assert "pytorch-define-by-run" in counted


def test_nine_of_ten_scoring_claims_that_a_program_can_see_have_a_record():
    rulebase = real_rulebase()
    assert len(unseen(rulebase)) <= len([*observable(rulebase)]) / 10, unseen(rulebase)
