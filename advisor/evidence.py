"""Runs probes, holds what they see against their records, and asks which versions are newest.

A probe runs in an environment of its own, which uv makes.
"""

import datetime
import json
import os
import platform
import re
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

from packaging.version import Version

from advisor.engine.scoring.items import Kind, items_of
from advisor.errors import Place
from advisor.model.knowledge import (
    OPINIONS,
    Basis,
    Claim,
    ClaimKind,
    Record,
    Run,
    Seen,
    Sight,
    Tool,
)
from advisor.model.plain import plain
from advisor.model.rulebase import RuleBase
from advisor.rulebase.files import RawEntry, gather
from advisor.yamlfile import dump_yaml, walk

MOST_MEMORY = 3
"""Gigabytes that a probe may take at most."""

PATIENCE = 1200
"""Seconds that a probe may take, with what is fetched for it."""

NOT_INHERITED = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "OPENBLAS_NUM_THREADS")
"""What would let an environment into another one, or measure packages on the advisor's one
thread."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of running a probe."""

    probe: str
    """Its id."""
    seen: tuple[Seen, ...] = ()
    """Empty where it came to no verdict at all."""
    versions: tuple[str, ...] = ()
    seconds: int = 0
    memory: int = 0
    trouble: str = ""
    """Why it came to no verdict at all, in a line."""


def probes_in(folder: Path) -> dict[str, Path]:
    """Return the probes in a folder, by id."""
    return {path.stem: path for path in sorted(folder.glob("*.py"))}


def run_probes(uv: str, probes: Iterable[Path], memory: int) -> Iterator[Ran]:
    """Run probes and give what came of each as it ends.

    As many run side by side as `memory`, in gigabytes, has room for.
    """
    with ThreadPoolExecutor(max(memory // MOST_MEMORY, 1)) as pool:
        waiting = [pool.submit(run_probe, uv, probe) for probe in probes]
        try:
            yield from (each.result() for each in as_completed(waiting))
        finally:
            pool.shutdown(cancel_futures=True)


def run_probe(uv: str, probe: Path, patience: float = PATIENCE) -> Ran:
    """Run a probe in an empty folder; whatever keeps it from a verdict is told as trouble."""
    environment = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as errors:
        running = subprocess.Popen(  # noqa: S603 - a program of the rule base
            [uv, "run", str(probe.resolve())],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        try:
            printed, _ = running.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            return Ran(probe.stem, trouble=f"no verdict after {patience:.0f} seconds")
        finally:
            # The probe is a child of uv, and may have children of its own.
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
                running.communicate()
        errors.seek(0)
        said = errors.read().split("\n")
    try:
        return read_outcome(probe.stem, json.loads(printed.splitlines()[-1]))
    except (IndexError, KeyError, TypeError, ValueError, AttributeError):
        last = next((line for line in reversed(said) if line.strip()), "it printed no verdict")
        return Ran(probe.stem, trouble=last.strip()[:300])


def read_outcome(probe: str, told: dict[str, object]) -> Ran:
    """Read the line of JSON that a probe prints.

    Example:
        `{"seen": {"bell-rings": ["holds", "rang twice"]}, "versions": {"bell": "1.3"},
        "seconds": 3, "memory": 120}`
    """
    seen, versions = told["seen"], told["versions"]
    if not isinstance(seen, dict) or not isinstance(versions, dict):
        raise TypeError
    return Ran(
        probe,
        seen=tuple(Seen(name, Sight(verdict), text) for name, (verdict, text) in seen.items()),
        versions=tuple(sorted(f"{name} {version}" for name, version in versions.items())),
        seconds=int(str(told["seconds"])),
        memory=int(str(told["memory"])),
    )


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


PYTHONS = ("3.14", "3.13", "3.12", "3.11", "3.9")


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that names a package in the version that its text speaks of."""

    id: str
    package: str
    version: str
    place: Place
    lines: tuple[int, int]
    """The first and the last line of the entry, counted from 1."""


def named_packages(rules: Path) -> Iterator[Named]:
    """Give every claim and every tool with a `package: name==version`, in the order of files."""
    raw = gather(rules)
    entries: tuple[RawEntry[Claim] | RawEntry[Tool], ...]
    entries = (*raw.of(Claim), *raw.of(Tool))
    for entry in entries:
        if entry.shape.package:
            package, _, version = entry.shape.package.partition("==")
            lines = [entry.place(*steps).line for steps, _ in walk(entry.data)]
            place = entry.place("package")
            yield Named(entry.shape.id, package, version, place, (min(lines), max(lines)))


def newest(uv: str, packages: Iterable[str]) -> Mapping[str, str]:
    """Return the newest final version of each package, as far as the index knows it.

    Each is asked for on the newest Python that it has a version for.

    Raises:
        OSError: uv could not tell of a single one, such as without a network.
    """
    asked = [uv, "pip", "compile", "--no-deps", "--no-header", "--no-annotate", "--quiet"]
    asked += ["--prerelease", "disallow"]
    found: dict[str, str] = {}
    said = ""
    for package in sorted(set(packages)):
        for python in PYTHONS:
            done = subprocess.run(  # noqa: S603 - names of packages that the schema has held
                [*asked, "--python-version", python, "-"],
                input=package,
                capture_output=True,
                text=True,
                check=False,
            )
            said = said or done.stderr.strip()
            if told := re.match(r"[\w.-]+==(\S+)", done.stdout):
                found[package] = told[1]
                break
    if packages and not found:
        raise OSError(1, f"uv could not tell: {said}", "the package index")
    return found


def stale(named: Iterable[Named], current: Mapping[str, str]) -> Iterator[tuple[Named, str]]:
    """Give the entries that name an older version than the newest, with the newest."""
    for each in named:
        now = current.get(each.package, each.version)
        if Version(now) > Version(each.version):
            yield each, now


def write_version(rules: Path, entry: Named, version: str, day: datetime.date) -> None:
    """Put the newest version and the day into an entry, wherever the older one stands in it."""
    path = rules / entry.place.source
    lines = path.read_text(encoding="utf-8").split("\n")
    first, last = entry.lines
    whole = rf"(?<![\d.]){re.escape(entry.version)}(?!\d|\.\d)"
    for number in range(first - 1, last):
        line = re.sub(whole, version, lines[number])
        lines[number] = re.sub(r"^(\s*checked: ).*", rf"\g<1>{day}", line)
    path.write_text("\n".join(lines), encoding="utf-8")
