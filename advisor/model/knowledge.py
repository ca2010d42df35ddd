"""What is known and where it comes from: sources, claims, tools and disagreements.

Nothing here scores anything; how far a claim may move a score is the engine's matter.
"""

import datetime
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
    """A document or page that can be cited.

    Attributes:
        document: True for one of the documents that the rule base implements.
        kind: what sort of page it is, in words.
        url: its address; empty where none is known.
        sections: titles of the parts that claims may stand in, in the order of the page.
        looked_at: the day somebody last read it for this rule base.
    """

    id: str
    title: str
    publisher: str
    author: str
    date: str
    kind: str
    url: str
    document: bool
    sections: tuple[str, ...]
    looked_at: datetime.date


@dataclass(frozen=True, slots=True)
class Subject:
    """What a tradeoff and its claims are about.

    Attributes:
        question: what the tradeoff asks, in a sentence.
    """

    id: str
    title: str
    question: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in our own words.

    Attributes:
        sections: the parts of the source in which it stands; restatements add sections.
        topic: id of its subject.
        evidence: what the status rests on; None for opinions, which rest on other claims.
        rests_on: ids of the claims an opinion needs to be true.
        shown_by: ids of the claims that show its status, for or against.
        background: True for a claim that no rule uses, kept so that the source is complete.
        note: why the status is what it is, where that needs words.
    """

    id: str
    source: str
    sections: tuple[str, ...]
    text: str
    topic: str
    kind: ClaimKind
    status: Status
    evidence: Evidence | None
    checked: datetime.date
    rests_on: tuple[str, ...]
    shown_by: tuple[str, ...]
    background: bool
    note: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool or system that the documents name, or that replaced one.

    Attributes:
        owner: who makes it.
        status: its state today, in a word or two.
        replaced_by: ids of the tools that took its place.
        claims: ids of the claims that say so.
    """

    id: str
    name: str
    owner: str
    text: str
    status: str
    replaced_by: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: what it says, and the claims that say it."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A matter on which documents, or parts of one, do not agree.

    Attributes:
        kind: `direct` (both cannot hold), `tension` (only under a condition left out) or `scope`.
        settled_by: ids of the claims that settle it; empty when nothing does.
        settlement: what settles it, or that nothing does, in a sentence.
    """

    id: str
    title: str
    kind: str
    sides: tuple[Side, ...]
    settled_by: tuple[str, ...]
    settlement: str
