"""Holds what a probe saw against its record, writes it anew, and says what no probe saw."""

import datetime
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

from advisor.engine.scoring.items import Kind, items_of
from advisor.evidence.run import Ran
from advisor.model.knowledge import OPINIONS, Basis, ClaimKind, Record, Run, Seen, Sight
from advisor.model.plain import plain
from advisor.model.rulebase import RuleBase
from advisor.yamlfile import dump_yaml

HEAD = "# Written by `advisor verify --record`."
FOLDER = "evidence"
"""Where the records are, below the folder of a rule base."""


class Agreement(StrEnum):
    """How what was seen stands to the record."""

    SAME = "same"
    CHANGED = "changed"
    INCONCLUSIVE = "inconclusive"
    NEW = "not recorded yet"


@dataclass(frozen=True, slots=True)
class Compared:
    """What a probe saw of one claim or step now, beside what its record says."""

    probe: str
    decides: str
    agreement: Agreement
    verdict: Sight
    observed: str
    before: str
    """The verdict and the words of the record; empty where it has none."""
    seconds: int


def agreements(outcome: Ran, record: Record | None) -> Iterator[Compared]:
    """Compare what a probe saw with the last run of its record, one claim or step at a time.

    What the record decides and the probe no longer does is inconclusive, and so is everything where
    the probe came to no verdict.
    """
    last = {seen.decides: seen for seen in record.runs[-1].seen} if record else {}
    now = {seen.decides: seen for seen in outcome.seen}
    for name in dict.fromkeys([*last, *now]) or [outcome.probe]:
        trouble = outcome.trouble or "the probe no longer decides it"
        seen, before = now.get(name, Seen(name, Sight.INCONCLUSIVE, trouble)), last.get(name)
        if seen.verdict is Sight.INCONCLUSIVE:
            agreement = Agreement.INCONCLUSIVE
        elif before is None or before.verdict is Sight.INCONCLUSIVE:
            agreement = Agreement.NEW
        else:
            agreement = Agreement.SAME if seen.verdict is before.verdict else Agreement.CHANGED
        told = f"{before.verdict}: {before.observed}" if before else ""
        yield Compared(
            outcome.probe, name, agreement, seen.verdict, seen.observed, told, outcome.seconds
        )


def recorded(
    record: Record | None, outcome: Ran, day: datetime.date, *, beside: bool = False
) -> Record:
    """Return the record with one more run.

    A run that saw the same with the same versions takes the place of the last such and is counted.
    The last run of a record is the one that counts; one `beside` it, as with other versions than
    the probe names, stands before.
    """
    run = Run(
        day=day,
        times=1,
        machine=machine(),
        versions=outcome.versions,
        seconds=outcome.seconds,
        memory=outcome.memory,
        seen=outcome.seen,
    )
    runs = record.runs if record else ()
    others = runs and runs[-1].versions != run.versions
    for last in [each for each in runs if each.versions == run.versions][-1:]:
        if _verdicts(last) == _verdicts(run):
            run = replace(run, times=last.times + 1)
            runs = tuple(each for each in runs if each is not last)
    at = len(runs) - bool(beside and others)
    return Record(outcome.probe, (*runs[:at], run, *runs[at:]))


def write_record(rules: Path, record: Record) -> Path:
    """Write a record, below the comments that its file has, and return its path."""
    path = rules / FOLDER / f"{record.id}.yaml"
    path.parent.mkdir(exist_ok=True)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else [HEAD]
    head = "".join(f"{line}\n" for line in takewhile(lambda line: line.startswith("#"), lines))
    data = json.loads(json.dumps(plain(record)))
    for run, written in zip(record.runs, data["runs"], strict=True):
        written["day"] = run.day
    path.write_text(head + dump_yaml(data), encoding="utf-8")
    return path


def machine() -> str:
    """Return the kind of this machine, in words: `Linux x86_64, 2 processors`."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"


def _verdicts(run: Run) -> dict[str, Sight]:
    return {seen.decides: seen.verdict for seen in run.seen}


CARRYING = frozenset({Kind.SCORE, Kind.PREFER, Kind.COST, Kind.STOP, Kind.FINISHED})
"""What moves a score, or decides which plans there are."""


def observable(rulebase: RuleBase) -> Iterator[str]:
    """Give the claims that carry a score on `checked` and that a program could see.

    An opinion, and a claim of a document, count by the claims that they rest on or are shown by.
    """
    items = items_of(rulebase, Basis.CHECKED)
    waiting = [name for item in items if item.kind in CARRYING for name in item.claims]
    carrying: set[str] = set()
    while waiting:
        if (name := waiting.pop()) not in carrying:
            carrying.add(name)
            waiting += (*rulebase.claims[name].rests_on, *rulebase.claims[name].shown_by)
    for name in sorted(carrying):
        claim = rulebase.claims[name]
        told = claim.kind in {*OPINIONS, ClaimKind.HISTORY} or claim.not_run
        if not told and not rulebase.sources[claim.source].document:
            yield name


def unseen(rulebase: RuleBase) -> tuple[str, ...]:
    """Return those that a program could see and of which no record holds a verdict, sorted."""
    runs = [record.runs[-1] for record in rulebase.records.values()]
    seen = {s.decides for run in runs for s in run.seen if s.verdict is not Sight.INCONCLUSIVE}
    return tuple(name for name in observable(rulebase) if name not in seen)
