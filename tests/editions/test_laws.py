"""Law 8: an edition gives the same result, byte for byte, as on the day of its release.

By default a sample of the drawn answers is asked, with HYPOTHESIS_PROFILE=thorough all of them.
"""

import os
from itertools import islice

import pytest
from support.bicycles import copied
from support.published import edition_of

from advisor.editions.edition import drawn_answers, files_of, freeze, load_edition, names
from advisor.model.knowledge import Basis
from advisor.output.json import digest
from advisor.rulebase.load import load
from advisor.settings import find_settings

RULES = find_settings().rules
STEP = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 25
"""One drawn set of answers in so many is asked."""
MOST_BYTES = 200 * 1024


def changed(edition, step):
    """Number the drawn sets of answers of which the result is another than on the day."""
    kept = zip(*[iter(edition.digests)] * len(Basis), strict=True)
    rulebase, drawn = edition.rulebase, drawn_answers(edition.rulebase, len(edition.digests))
    return [
        number
        for number, (answers, then) in islice(
            enumerate(zip(drawn, kept, strict=False)), 0, None, step
        )
        if not all(map(str.startswith, (digest(rulebase, answers, b) for b in Basis), then))
    ]


HINT = "another result than on the day of release: has a field been added inside `result`?"


@pytest.mark.slow
@pytest.mark.parametrize("name", names(RULES))
def test_an_edition_gives_the_same_results_as_on_the_day_of_its_release(name):
    edition = load_edition(RULES, name)
    assert len(edition.digests) >= 2000
    assert min(map(len, edition.digests)) >= 4
    assert changed(edition, STEP) == [], HINT


def test_the_newest_edition_gives_the_same_few_results_even_in_a_fast_run():
    assert changed(load_edition(RULES, names(RULES)[0]), 500) == [], HINT


@pytest.mark.parametrize("name", names(RULES))
def test_an_edition_is_small_and_has_its_changes_beside_it(name):
    path = files_of(RULES)[name]
    assert path.stat().st_size <= MOST_BYTES
    assert path.with_name(f"{name}.md").is_file()


def test_another_result_would_be_noticed(tmp_path):
    rulebase = load(copied(tmp_path))
    drawn = list(drawn_answers(rulebase, 30))
    made = edition_of(rulebase)
    told = tuple(digest(made.rulebase, answers, basis) for answers in drawn for basis in Basis)
    freeze(tmp_path, edition_of(rulebase, digests=told))
    assert changed(load_edition(tmp_path, "2026.12"), 1) == []
    # Of the same answers by an edition of another name the result is another.
    freeze(tmp_path, edition_of(rulebase, "2027.1", digests=told))
    assert changed(load_edition(tmp_path, "2027.1"), 1) == list(range(30))
