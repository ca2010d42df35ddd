"""A recommendation as a decision record in Markdown, in the form of MADR. Pure.

Scores, leaders and what would change them are read off, never worked out again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.model.explanation import Explanation
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.markdown import bullets, escaped, literal, numbered, paragraph, section
from advisor.output.recording.context import context, drivers
from advisor.output.recording.doubts import sureness, what_would_change
from advisor.output.recording.options import considered, pros_and_cons
from advisor.output.recording.outcome import confirmation, consequences, decision, outcome
from advisor.output.recording.told import Told
from advisor.output.words import (
    STATUS_WORDS,
    date_in_words,
    evidence_in_words,
    listed,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a record says of itself.

    Attributes:
        project: what the project is called; text only, from anywhere.
        link: where the same recommendation can be had; no spaces, no brackets.
        edition: the released rule base that it rests on; empty for the rule base as it is.
    """

    project: str = ""
    link: str = ""
    edition: str = ""


def decision_record(
    rulebase: RuleBase,
    recommendation: Recommendation,
    explanation: Explanation,
    heading: Heading | None = None,
) -> str:
    """Write a decision record.

    Args:
        rulebase: the rule base that the recommendation was made with.
        recommendation: what was decided.
        explanation: the recommendation taken apart.
        heading: what the record says of itself.

    Returns:
        CommonMark below a few lines of YAML, ending with a line break.
    """
    told = Told(rulebase, recommendation, explanation)
    heading = heading or Heading()
    day = rulebase.facts_as_of.isoformat()
    sections = [section for section in _sections(told, heading) if section]
    return "\n\n".join([f"---\nstatus: proposed\ndate: {day}\n---", *sections]) + "\n"


def _sections(told: Told, heading: Heading) -> Iterator[str]:
    """Yield the sections in the order of the form; the sources know what was cited before."""
    title = escaped(decision(told.base, told.result))
    yield f"# {literal(heading.project)}: {title}" if heading.project.strip() else f"# {title}"
    yield section(2, "Context and Problem Statement", *context(told))
    yield section(2, "Decision Drivers", *drivers(told))
    yield section(2, "Considered Options", *considered(told))
    yield section(2, "Decision Outcome", *outcome(told))
    yield section(3, "Consequences", *consequences(told))
    yield section(3, "Confirmation", *confirmation(told))
    yield section(2, "Pros and Cons of the Options", *pros_and_cons(told))
    yield section(2, "More Information", _about(told, heading))
    yield section(3, "How sure", *sureness(told))
    yield section(3, "What would change it", *what_would_change(told))
    yield section(3, "Outside these options", _outside(told))
    yield section(3, "Sources", _sources(told))


def _about(told: Told, heading: Heading) -> str:
    """Say which rules the record rests on, and where the same can be had."""
    edition = f"edition {literal(heading.edition)}, " if heading.edition else ""
    rules = f"Made with {edition}rules `{told.base.rules_hash[:12]}`."
    link = f" The same recommendation: [{told.base.title}]({heading.link})" if heading.link else ""
    return paragraph(f"{rules}{link}")


def _outside(told: Told) -> str:
    """Give what lies outside and is told, never ranked."""
    notes = [told.base.notes[name] for name in told.result.notes]
    return bullets(
        f"{escaped(note.title)}: {told.cited_counting(note.text, note.claims)}" for note in notes
    )


def _sources(told: Told) -> str:
    """Give everything that was cited, in the order of its numbers."""
    lines = []
    for _, claim, source in told.citations.cited():
        evidence = evidence_in_words(claim)
        status = (
            f"{STATUS_WORDS[claim.status]} ({evidence}; checked {date_in_words(claim.checked)})"
        )
        sections = listed([f'"{section}"' for section in claim.sections])
        url = f" <{source.url}>" if source.url else ""
        lines.append(f"{escaped(f'{source.title}, {sections}: {status}.')}{url}")
    return numbered(lines)
