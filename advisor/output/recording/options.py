"""The options of a decision record: what stands to choose, and what speaks for and against."""

from collections.abc import Iterator

from advisor.model.recommendation import Reason, Standing
from advisor.output.markdown import bullets, escaped, paragraph, section
from advisor.output.recording.told import Told
from advisor.output.ways import TITLE, differences, way_as_sentence
from advisor.output.words import STATE_WORDS, counted, ended, plan_in_words, sentence


def considered(told: Told) -> list[str]:
    """Give every option with its place."""
    return [bullets(f"{_title(told, s)} ({_place(s)})" for s in told.result.standings)]


def _title(told: Told, standing: Standing) -> str:
    """Return what an option is called: its plan where it has one."""
    if standing.plan:
        return escaped(plan_in_words(told.base, standing.plan))
    return escaped(told.base.frameworks[standing.framework].name)


def _place(standing: Standing) -> str:
    score = "" if standing.score is None else f", {counted(standing.score, 'point')}"
    return f"{STATE_WORDS[standing.state]}{score}"


def pros_and_cons(told: Told) -> list[str]:
    """Give for each option what speaks for it and against it."""
    return [
        section(
            3,
            _title(told, standing),
            _sum(standing),
            bullets(_arguments(told, standing)),
            section(4, TITLE, bullets(_ways(told, standing))),
        )
        for standing in told.result.standings
    ]


def _ways(told: Told, standing: Standing) -> Iterator[str]:
    """Yield the other ways to ship what an option builds, with what sets them apart."""
    for way in told.explanation.ways:
        if way.against.leader == standing.framework:
            apart = " ".join(
                f"{points}: {ended(text)}" for points, text in differences(told.base, way)
            )
            yield escaped(f"{way_as_sentence(told.base, way)}. {apart}".rstrip())


def _sum(standing: Standing) -> str:
    """Say what an option comes to, or why it comes to nothing."""
    if standing.score is None:
        return paragraph(sentence(STATE_WORDS[standing.state]))
    return paragraph(sentence(f"{counted(standing.score, 'point')} in all"))


def _arguments(told: Told, standing: Standing) -> Iterator[str]:
    """Yield the arguments on an option: its reasons, its stops, and what no longer differs."""
    reasons: tuple[Reason, ...] = standing.plan.reasons if standing.plan else ()
    yield from (f"Good, {told.reason(reason)}" for reason in reasons if reason.points > 0)
    for level in told.result.levels:
        if standing.framework in level.frameworks:
            yield f"Neutral: {told.cited(level.text, level.claims)}"
    yield from (f"Bad, {told.reason(reason)}" for reason in reasons if reason.points < 0)
    for stop in standing.stops:
        way_out = told.cited(stop.way_out, ())
        yield f"Bad, it rules out: {told.cited(stop.text, stop.claims)} Way out: {way_out}"
