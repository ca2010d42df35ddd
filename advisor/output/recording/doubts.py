"""How sure a decision is, and what would change it."""

from collections.abc import Iterator

from advisor.model.explanation import Carrier
from advisor.output.changes import changes_in_words, leaders_in_words, mark_in_words
from advisor.output.headline import firmness, reserve
from advisor.output.markdown import bullets, escaped, paragraph
from advisor.output.recording.told import Told
from advisor.output.words import BASIS_WORDS, STATUS_WORDS, counted, listed, plan_in_words

SHOWN = 3
"""How many claims are written out on either side where the bases differ."""


def sureness(told: Told) -> list[str]:
    """Give the verdict, the margin, the tolerance, and what is settled."""
    result = told.result
    sentences = [f"Verdict: {result.verdict}{reserve(result)}; margin: {_margin(result.margin)}."]
    sentences += firmness(told.base, result)
    if result.settled.lead:
        sentences.append("No further answer can change who leads.")
    return [paragraph(escaped(" ".join(sentences))), *_other_basis(told)]


def _margin(margin: int | None) -> str:
    return "none" if margin is None else counted(margin, "point")


def _other_basis(told: Told) -> Iterator[str]:
    """Say what the other basis gives, and why, where that is something else."""
    other, bases = told.result.other, told.explanation.bases
    if bases is None:
        return
    plans = listed([plan_in_words(told.base, plan) for plan in other.plans]) or "nothing leads"
    yield paragraph(
        f"On {BASIS_WORDS[other.basis]} the same answers give: {escaped(plans)} ({other.verdict})."
    )
    for carriers, title in (
        (bases.there, "Counts there and for less here"),
        (bases.here, "Counts here and for less there"),
    ):
        yield bullets(f"{title}: {_carrier(told, carrier)}" for carrier in carriers[:SHOWN])


def _carrier(told: Told, carrier: Carrier) -> str:
    text = told.cited(told.base.claims[carrier.claim].text, [carrier.claim])
    shown = told.citations.mark(carrier.shown_by)
    return f"{text} Today: {STATUS_WORDS[carrier.status]}{' ' + shown if shown else ''}."


def what_would_change(told: Told) -> list[str]:
    """Give the flips of every option, the marks, and the open questions that matter."""
    marks = (f"{escaped(mark_in_words(told.base, mark))}." for mark in told.explanation.marks)
    return [bullets([*_others(told), *marks, *_open_questions(told)])]


def _others(told: Told) -> Iterator[str]:
    """Give for each option the smallest changes that make it lead alone."""
    for other in told.explanation.others.values():
        yield escaped(" ".join(changes_in_words(told.base, other)))


def _open_questions(told: Told) -> Iterator[str]:
    """Give the open questions that could change who leads by themselves."""
    for asked in told.result.open_questions:
        if asked.matters:
            title = escaped(told.base.questions[asked.question].title)
            leaders = [leaders_in_words(told.base, each) for each in asked.leaders]
            yield f"Still open: {title} It could bring: {escaped('; '.join(leaders))}."
