"""Broken rule bases, a fault each, with the exact report that is expected of each.

An animal is a folder in `zoo/` with the files that it adds to the good rule base or replaces
there, and the report in `expected.txt`. Every check across files has an animal.
"""

import functools
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.faulty import find_faults
from support.good_rulebase import EXAMPLE

from advisor.errors import RuleBaseError
from advisor.rulebase import load as loading
from advisor.rulebase.load import CHECKS, REFERENCES, load

EXPECTED = "expected.txt"
ANIMALS = sorted(path for path in (Path(__file__).parent / "zoo").iterdir() if path.is_dir())


def name_of(animal: Path) -> str:
    return animal.name


def release(animal: Path, folder: Path) -> None:
    shutil.copytree(animal, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED))


@functools.cache
def found(animal: Path) -> tuple[str, set]:
    """Return the report on an animal, and the checks across files that told something there."""
    telling = set()

    def watched(check):
        def watching(raw):
            for fault in check(raw):
                telling.add(check)
                yield fault

        return watching

    watching = {check: watched(check) for check in CHECKS}
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        rules = Path(shutil.copytree(EXAMPLE, Path(folder) / "rules"))
        release(animal, rules)
        patched.setattr(loading, "CHECKS", tuple(watching.values()))
        patched.setattr(loading, "REFERENCES", tuple(watching[check] for check in REFERENCES))
        return "".join(f"{fault}\n" for fault in find_faults(rules)), telling


def test_the_good_rule_base_has_no_faults(folder: Path) -> None:
    assert find_faults(folder) == ()


@pytest.mark.slow
@pytest.mark.parametrize("animal", ANIMALS, ids=name_of)
def test_the_report_is_exactly_the_expected_one(animal: Path) -> None:
    report, _ = found(animal)
    assert report == (animal / EXPECTED).read_text(encoding="utf-8")


def test_faults_in_several_files_stop_the_loading_all_at_once(folder: Path) -> None:
    animal = next(animal for animal in ANIMALS if animal.name == "several-at-once")
    release(animal, folder)
    with pytest.raises(RuleBaseError) as caught:
        load(folder)
    assert str(caught.value) == (animal / EXPECTED).read_text(encoding="utf-8").rstrip("\n")
    assert len({fault.place.source for fault in caught.value.faults}) == 5


@pytest.mark.slow
def test_every_check_has_an_animal() -> None:
    idle = set(CHECKS).difference(*(found(animal)[1] for animal in ANIMALS))
    assert {check.__name__ for check in idle} == set()


def test_every_check_says_what_it_refuses() -> None:
    silent = [check.__name__ for check in CHECKS if not (check.__doc__ or "").startswith("Refuse")]
    assert silent == []
