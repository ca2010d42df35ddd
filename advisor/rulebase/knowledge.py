"""Turns the shapes of subjects, sources, claims, tools and disagreements into the model's nouns.

Claims and sources stand apart from `compile.py` because checks need them as nouns too, to ask
how far a claim can count.
"""

from advisor.model.knowledge import Claim, Disagreement, Side, Source, Subject, Tool
from advisor.rulebase.schema import (
    ClaimShape,
    DisagreementShape,
    SourceShape,
    SubjectShape,
    ToolShape,
)


def compile_subject(shape: SubjectShape) -> Subject:
    """Turn a subject into its noun."""
    return Subject(shape.id, shape.title, shape.question)


def compile_source(shape: SourceShape) -> Source:
    """Turn a source into its noun."""
    return Source(
        id=shape.id,
        title=shape.title,
        publisher=shape.publisher,
        author=shape.author,
        date=shape.date,
        kind=shape.kind,
        url=shape.url or "",
        document=shape.document,
        sections=tuple(shape.sections),
        looked_at=shape.looked_at,
    )


def compile_claim(shape: ClaimShape, source: str) -> Claim:
    """Turn a claim into its noun; `source` is its own or its file's."""
    return Claim(
        id=shape.id,
        source=source,
        sections=tuple(shape.sections),
        text=shape.text,
        topic=shape.topic,
        kind=shape.kind,
        status=shape.status,
        evidence=shape.evidence,
        checked=shape.checked,
        rests_on=tuple(sorted(set(shape.rests_on))),
        shown_by=tuple(sorted(set(shape.shown_by))),
        background=shape.background,
        note=shape.note,
    )


def compile_tool(shape: ToolShape) -> Tool:
    """Turn a tool into its noun."""
    return Tool(
        id=shape.id,
        name=shape.name,
        owner=shape.owner,
        text=shape.text,
        status=shape.status,
        replaced_by=tuple(sorted(set(shape.replaced_by))),
        claims=tuple(sorted(set(shape.because))),
    )


def compile_disagreement(shape: DisagreementShape) -> Disagreement:
    """Turn a disagreement into its noun; its sides stay in written order."""
    return Disagreement(
        id=shape.id,
        title=shape.title,
        kind=shape.kind,
        sides=tuple(Side(side.text, tuple(sorted(set(side.claims)))) for side in shape.sides),
        settled_by=tuple(sorted(set(shape.settled_by))),
        settlement=shape.settlement,
    )
