"""What is known and where it comes from: sources, claims, tools and disagreements.

How far a claim may count on a basis stands at the end: it is derived from the claim's status and
evidence, never set by hand.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """What a recommendation rests on: facts as checked, or the documents as written."""

    CHECKED = "checked"
    DOCUMENTS = "documents"


class Status(StrEnum):
    """Whether a claim is true today, whatever it was when written."""

    HOLDS = "holds"
    PARTLY = "partly"
    SUPERSEDED = "superseded"
    CONTRADICTED = "contradicted"
    UNVERIFIABLE = "unverifiable"


class Evidence(StrEnum):
    """What the status of a claim rests on, strongest first but for R, which stands beside P."""

    OWN = "P"
    """The project's own documentation, repository or package metadata."""
    RUN = "R"
    """Reproduced by running it."""
    QUOTED = "Q"
    """The project's own words, quoted by somebody else."""
    ISSUE = "I"
    """An issue or pull-request thread: a first-hand report, not policy."""
    THIRD = "T"
    """Third parties."""


class ClaimKind(StrEnum):
    """What sort of statement a claim is."""

    FACT = "fact"
    HISTORY = "history"
    MEASUREMENT = "measurement"
    SCENARIO = "scenario"
    ADVICE = "advice"
    PREFERENCE = "preference"


OPINIONS = frozenset({ClaimKind.SCENARIO, ClaimKind.ADVICE, ClaimKind.PREFERENCE})
"""Kinds that say what to do or to like. They hold as far as the facts they rest on hold."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document or page that can be cited."""

    id: str
    title: str
    publisher: str
    author: str
    date: str
    kind: str
    """What sort of page it is, in words."""
    url: str
    """Its address; empty where none is known."""
    document: bool
    """True for one of the documents that the rule base implements."""
    sections: tuple[str, ...]
    """Titles of the parts that claims may stand in, in the order of the page."""
    looked_at: datetime.date
    """The day somebody last read it for this rule base."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a tradeoff and its claims are about."""

    id: str
    title: str
    question: str
    """What the tradeoff asks, in a sentence."""


@dataclass(frozen=True, slots=True)
class Reports:
    """Reports of the same by people who do not know of each other."""

    count: int
    """How many reported it from something of their own."""
    first: datetime.date
    """The day of the first report that was read."""
    last: datetime.date
    """The day of the last one."""
    versions: tuple[str, ...]
    """With which versions, in order."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in our own words."""

    id: str
    source: str
    sections: tuple[str, ...]
    """The parts of the source in which it stands; restatements add sections."""
    text: str
    topic: str
    """Id of its subject."""
    kind: ClaimKind
    status: Status
    evidence: Evidence | None
    """What the status rests on; None for opinions, which rest on other claims."""
    checked: datetime.date
    rests_on: tuple[str, ...]
    """Ids of the claims an opinion needs to be true."""
    shown_by: tuple[str, ...]
    """Ids of the claims that show its status, for or against."""
    background: bool
    """True for a claim that no rule uses, kept so that the source is complete."""
    reports: Reports | None
    """Of an issue thread: how many report the same; None where that was not counted."""
    note: str
    """Why the status is what it is, where that needs words."""
    package: str = ""
    """The Python package of whose newest version it speaks, as `left-pad==1.3.0`."""
    not_run: str = ""
    """What keeps a program on a processor from seeing it, in a word; empty where nothing does."""


class Sight(StrEnum):
    """What a run of a probe saw of a claim or of a next step."""

    HOLDS = "holds"
    FAILS = "fails"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one claim or one next step in a run."""

    decides: str
    """Id of the claim or the step."""
    verdict: Sight
    observed: str
    """What was observed, in words that follow the versions."""


@dataclass(frozen=True, slots=True)
class Run:
    """What runs of a probe with the same versions saw; all of them saw the same."""

    day: datetime.date
    """The last day on which it was run."""
    times: int
    """How often it was run."""
    machine: str
    """The kind of machine, in words."""
    versions: tuple[str, ...]
    """Each package with its version: `("left-pad 1.3.0", ...)`."""
    seconds: int
    """How long the last run took, without what was fetched for it."""
    memory: int
    """The most memory that one of its processes took, in megabytes."""
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a probe saw: a program that runs real packages to decide claims and next steps."""

    id: str
    """Id of the probe."""
    runs: tuple[Run, ...]
    """One for each set of versions or of verdicts, the latest at the end."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool or system that the documents name, or that replaced one."""

    id: str
    name: str
    owner: str
    """Who makes it."""
    text: str
    status: str
    """Its state today, in a word or two."""
    replaced_by: tuple[str, ...]
    """Ids of the tools that took its place."""
    claims: tuple[str, ...]
    """Ids of the claims that say so."""
    package: str = ""
    """Its Python package in the newest version that somebody saw, as `left-pad==1.3.0`."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: what it says, and the claims that say it."""

    text: str
    claims: tuple[str, ...]
    """Ids of the claims that say so."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A matter on which documents, or parts of one, do not agree."""

    id: str
    title: str
    kind: str
    """`direct` (both cannot hold), `tension` (only under a condition left out) or `scope`."""
    sides: tuple[Side, ...]
    settled_by: tuple[str, ...]
    """Ids of the claims that settle it; empty when nothing does."""
    settlement: str
    """What settles it, or that nothing does, in a sentence."""


FULL_CAP = 3
STATUS_CAP = {Status.HOLDS: 3, Status.PARTLY: 2}
EVIDENCE_CAP = {
    Evidence.OWN: 3,
    Evidence.RUN: 3,
    Evidence.QUOTED: 3,
    Evidence.ISSUE: 1,
    Evidence.THIRD: 0,
}
MANY_REPORTS = 5
"""So many independent reports of the same in issue threads are worth more than one."""
REPORTED_CAP = 2
STOPPING = frozenset({Evidence.OWN, Evidence.RUN, Evidence.QUOTED})
"""Evidence that is hard enough to rule a framework out."""


def cap(
    claims: Mapping[str, Claim], sources: Mapping[str, Source], claim_id: str, basis: Basis
) -> int:
    """Return the most points that a claim can carry on a basis; 0 means it does not count.

    On `documents` a claim of a document carries up to 3 whatever its status, any other none.
    On `checked` a fact carries what its status and its evidence both allow; an opinion carries
    no more than the weakest of the claims it rests on.

    Given are all claims and sources by id; what a claim rests on is among them, without a circle.
    """
    claim = claims[claim_id]
    if basis is Basis.DOCUMENTS:
        return FULL_CAP if sources[claim.source].document else 0
    by_status = STATUS_CAP.get(claim.status, 0)
    if claim.kind in OPINIONS:
        needed = [cap(claims, sources, rest, basis) for rest in claim.rests_on]
        return min(by_status, *needed) if needed else 0
    if claim.reports and claim.reports.count >= MANY_REPORTS:
        return min(by_status, REPORTED_CAP)
    return min(by_status, EVIDENCE_CAP[claim.evidence] if claim.evidence else 0)


def counting(
    claims: Mapping[str, Claim], sources: Mapping[str, Source], names: Iterable[str], basis: Basis
) -> Iterator[str]:
    """Yield those of some claims that count on a basis, in the order given."""
    return (name for name in names if cap(claims, sources, name, basis))


def can_stop(
    claims: Mapping[str, Claim], sources: Mapping[str, Source], claim_id: str, basis: Basis
) -> bool:
    """Say whether a claim is hard enough to rule a framework out on a basis.

    On `documents` every claim of a document is; on `checked` a claim that holds, shown by the
    project's own words or by running it.
    """
    claim = claims[claim_id]
    if basis is Basis.DOCUMENTS:
        return sources[claim.source].document
    return claim.status is Status.HOLDS and claim.evidence in STOPPING
