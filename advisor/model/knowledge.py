"""What is known and where it comes from: sources, claims, tools and disagreements.

How far a claim may count on a basis stands at the end: it is derived from the claim's status and
evidence, never set by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from advisor.model.written import (
    BY_NAME,
    URL_PATTERN,
    Count,
    Day,
    Held,
    Id,
    Ids,
    Listed,
    Many,
    MaybeId,
    MaybeText,
    Package,
    Text,
    Unless,
    YesNo,
)


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


SourceKind = Literal[
    "document", "documentation", "repository", "release notes", "package", "issue", "article",
    "measurement",
]  # fmt: skip
ToolStatus = Literal["active", "slow", "preview", "renamed", "deprecated", "ended", "unclear"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document or page that can be cited."""

    id: Id
    title: Text
    publisher: MaybeText
    author: MaybeText
    date: MaybeText
    kind: SourceKind
    """What sort of page it is."""
    url: Annotated[str, Held(pattern=URL_PATTERN), Unless("")]
    """Its address; empty where none is known."""
    document: YesNo
    """True for one of the documents that the rule base implements."""
    sections: Many[Text]
    """Titles of the parts that claims may stand in, in the order of the page."""
    looked_at: Day
    """The day somebody last read it for this rule base."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a tradeoff and its claims are about."""

    id: Id
    title: Text
    question: Text
    """What the tradeoff asks, in a sentence."""


@dataclass(frozen=True, slots=True)
class Reports:
    """Reports of the same by people who do not know of each other."""

    count: Annotated[int, Held(strict=True, ge=2)]
    """How many reported it from something of their own."""
    first: Day
    """The day of the first report that was read."""
    last: Day
    """The day of the last one."""
    versions: Many[Text]
    """With which versions, in order."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in our own words."""

    id: Id
    source: MaybeId
    sections: Many[Text]
    """The parts of the source in which it stands; restatements add sections."""
    text: Text
    topic: Id
    """Id of its subject."""
    kind: ClaimKind
    status: Status
    evidence: Annotated[Evidence | None, Unless(None)]
    """What the status rests on; None for opinions, which rest on other claims."""
    checked: Day
    rests_on: Ids
    """Ids of the claims an opinion needs to be true."""
    shown_by: Ids
    """Ids of the claims that show its status, for or against."""
    background: YesNo
    """True for a claim that no rule uses, kept so that the source is complete."""
    reports: Annotated[Reports | None, Unless(None)]
    """Of an issue thread: how many report the same; None where that was not counted."""
    note: MaybeText
    """Why the status is what it is, where that needs words."""
    package: Package = ""
    """The Python package of whose newest version it speaks, as `left-pad==1.3.0`."""
    not_run: MaybeId = ""
    """What keeps a program on a CPU from seeing it, in a word; empty where nothing does."""


class Sight(StrEnum):
    """What a run of a probe saw of a claim or of a next step."""

    HOLDS = "holds"
    FAILS = "fails"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one claim or one next step in a run."""

    decides: Id
    """Id of the claim or the step."""
    verdict: Sight
    observed: Text
    """What was observed, in words that follow the versions."""


@dataclass(frozen=True, slots=True)
class Run:
    """What runs of a probe with the same versions saw; all of them saw the same."""

    day: Day
    """The last day on which it was run."""
    times: Annotated[int, Held(strict=True, ge=1)]
    """How often it was run."""
    machine: Text
    """The kind of machine, in words."""
    versions: Many[Text]
    """Each package with its version: `("left-pad 1.3.0", ...)`."""
    seconds: Count
    """How long the last run took, without what was fetched for it."""
    memory: Count
    """The most memory that one of its processes took, in megabytes."""
    seen: Many[Seen]


@dataclass(frozen=True, slots=True)
class Record:
    """What a probe saw: a program that runs real packages to decide claims and next steps."""

    id: Id
    """Id of the probe."""
    runs: Many[Run]
    """One for each set of versions or of verdicts, the latest at the end."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool or system that the documents name, or that replaced one."""

    id: Id
    name: Text
    owner: Text
    """Who makes it."""
    text: Text
    status: ToolStatus
    """Its state today, in a word or two."""
    replaced_by: Ids
    """Ids of the tools that took its place."""
    claims: Many[Id]
    """Ids of the claims that say so."""
    package: Package = ""
    """Its Python package in the newest version that somebody saw, as `left-pad==1.3.0`."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: what it says, and the claims that say it."""

    __pydantic_config__: ClassVar = BY_NAME

    text: Text
    claims: Many[Id]
    """Ids of the claims that say so."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A matter on which documents, or parts of one, do not agree."""

    id: Id
    title: Text
    kind: Literal["direct", "tension", "scope"]
    """`direct` (both cannot hold), `tension` (only under a condition left out) or `scope`."""
    sides: Annotated[tuple[Side, ...], Listed(2)]
    settled_by: Ids
    """Ids of the claims that settle it; empty when nothing does."""
    settlement: Text
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
