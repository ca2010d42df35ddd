"""Broken rule bases, a fault each, with the exact report that is expected of each.

An animal is a folder in `zoo/` with the files that it adds to the good rule base or replaces
there, and the report in `expected.txt`. Every check across files has an animal.
"""

import shutil
from pathlib import Path

import pytest
from support.faulty import find_faults

from advisor.errors import RuleBaseError
from advisor.rulebase.files import gather
from advisor.rulebase.load import CHECKS, load

EXPECTED = "expected.txt"
ANIMALS = sorted(path for path in (Path(__file__).parent / "zoo").iterdir() if path.is_dir())


def name_of(animal: Path) -> str:
    return animal.name


def release(animal: Path, folder: Path) -> None:
    shutil.copytree(animal, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED))


def test_the_good_rule_base_has_no_faults(folder: Path) -> None:
    assert find_faults(folder) == ()


@pytest.mark.parametrize("animal", ANIMALS, ids=name_of)
def test_the_report_is_exactly_the_expected_one(animal: Path, folder: Path) -> None:
    release(animal, folder)
    report = "".join(f"{fault}\n" for fault in find_faults(folder))
    assert report == (animal / EXPECTED).read_text(encoding="utf-8")


def test_faults_in_several_files_stop_the_loading_all_at_once(folder: Path) -> None:
    animal = next(animal for animal in ANIMALS if animal.name == "several-at-once")
    release(animal, folder)
    with pytest.raises(RuleBaseError) as caught:
        load(folder)
    assert str(caught.value) == (animal / EXPECTED).read_text(encoding="utf-8").rstrip("\n")
    assert len({fault.place.source for fault in caught.value.faults}) == 5


def test_every_check_has_an_animal(folder: Path, tmp_path: Path) -> None:
    idle = set(CHECKS)
    for animal in ANIMALS:
        copy = Path(shutil.copytree(folder, tmp_path / animal.name))
        release(animal, copy)
        raw = gather(copy)
        idle -= {check for check in idle if any(check(raw))}
    assert {check.__name__ for check in idle} == set()


def test_every_check_says_what_it_refuses() -> None:
    silent = [check.__name__ for check in CHECKS if not (check.__doc__ or "").startswith("Refuse")]
    assert silent == []
