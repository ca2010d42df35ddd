"""What differs between two states of the rules, or for one set of answers, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from advisor.editions.edition import FORMAT
from advisor.engine.acceptability import half_width
from advisor.model.explanation import Entries, MovedReason, RulesDifference, Since
from advisor.model.recommendation import Recommendation, Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.headline import VERDICT_LABELS
from advisor.output.words import counted, listed, names, signed

ALL = 1000
"""All draws, in tenths of a percent."""

MOST_LEADS = 11
"""How many changes of the lead are told one by one."""

Section = tuple[str, list[str]]
"""A heading, and what stands below it, a line each."""


def share(part: int, draws: int) -> str:
    """Return a share of draws with its interval, never rounded to nothing or to all.

    The interval is that of 95 in 100, rounded up, so that the rounding of the share is in it:
    `57.0% ± 0.4`.
    """
    tenths = (2 * ALL * part + draws) // (2 * draws)
    told = f"{tenths // 10}.{tenths % 10}%" if tenths % ALL else f"{tenths // 10}%"
    if part and not tenths:
        told = "under 0.1%"
    if part < draws and tenths == ALL:
        told = "over 99.9%"
    return f"{told} ± {ceil(10 * half_width(part, draws)) / 10}"


def sections(found: RulesDifference, was: RuleBase, now: RuleBase) -> Iterator[Section]:
    """Yield what differs, the advice first."""
    frameworks = was.frameworks | now.frameworks  # type: ignore[operator]  # both are mappings

    def led(ids: Sequence[str]) -> str:
        return listed([frameworks[name].name for name in ids]) or "none"

    title = f"Who leads: another one in {share(found.moved, found.draws)} of {found.draws:,} drawn"
    lines = [
        f"{led(each.was)} → {led(each.now)}: {share(each.draws, found.draws)}"
        for each in found.leads[:MOST_LEADS]
    ]
    if rest := found.leads[MOST_LEADS:]:
        lines.append(f"{len(rest)} others: {share(sum(e.draws for e in rest), found.draws)}")
    yield f"{title} sets of answers", lines
    yield (
        f"Cases with other leaders: {len(found.cases) or 'none'}",
        [
            f"{case.id}: {led(case.was)} ({VERDICT_LABELS[case.was_verdict]}) → "
            f"{led(case.now)} ({VERDICT_LABELS[case.now_verdict]}). {case.project}"
            for case in found.cases
        ],
    )
    for kind, entries in found.entries.items():
        counts = {"new": entries.new, "gone": entries.gone, "changed": entries.changed}
        told = [f"{len(each)} {word}" for word, each in counts.items() if each]
        lines = [f"+ {each.id}: {each.text}" for each in entries.new]
        lines += [f"- {each.id}: {each.text}" for each in entries.gone]
        for each in entries.changed:
            renamed = [f"was called {each.was}"] if each.was != each.id else []
            lines.append(f"~ {each.id} ({', '.join([*renamed, *each.fields])}): {each.text}")
        yield f"{kind.capitalize()}: {listed(told)}", lines


def as_text(title: str, found: Sequence[Section]) -> str:
    """Write sections for a terminal."""
    parts = ["\n".join([heading, *(f"  {line}" for line in lines), ""]) for heading, lines in found]
    return "\n".join([title, "", *parts])


def as_markdown(title: str, found: Sequence[Section]) -> str:
    """Write sections for a pull request or a file of changes; long ones fold."""
    parts = [f"# {title}\n"]
    for heading, lines in found:
        told = "".join(f"* {line}\n" for line in lines)
        parts.append(f"## {heading}\n\n{told}" if told else f"## {heading}\n")
    return "\n".join(parts)


def read_sections(markdown: str) -> list[Section]:
    """Take what `as_markdown` wrote, and people put into better words, apart again."""
    found: list[Section] = [("", [])]
    for line in markdown.splitlines():
        if line.startswith("## "):
            found.append((line[3:], []))
        elif line.strip() and not line.startswith("# "):
            found[-1][1].append(line.removeprefix("* "))
    return [each for each in found if any(each)]


def counts_in_words(entries: Mapping[str, Entries]) -> str:
    """Say in a few words how far two states of the rules are apart: `two rules and one claim`."""
    counts = {kind: len(each.new + each.gone + each.changed) for kind, each in entries.items()}
    return listed([counted(n, kind.removesuffix("s"), kind) for kind, n in counts.items()])


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Who leads by an edition, and how surely."""

    edition: str | None
    """Null for rules that are not released."""
    leaders: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """What became of a link, in a few bytes."""

    format: Literal[1]
    """The version of this form."""
    status: Literal["same", "changed", "gone"]
    """`same` while the newest edition recommends the same as that of the link, else `changed`;
    `gone` where the edition of the link is not here, or does not know yet what the link asks."""
    then: Standpoint | None
    """By the edition of the link; null where there is no such thing."""
    now: Standpoint
    """By the newest edition."""


def leads_now(newest: RuleBase, since: Since) -> str:
    """Return who leads by the newest edition, in a few words: `Ash`, `open`."""
    if not since.verdict.recommends:
        return VERDICT_LABELS[since.verdict]
    return names(newest, since.leaders)


def since_in_words(newest: RuleBase, since: Since) -> str:
    """Say in a sentence whether the newest edition still recommends the same."""
    if since.state == "same":
        return f"Edition {since.edition} is the newest, and recommends the same."
    label = VERDICT_LABELS[since.verdict]
    match since.verdict:
        case Verdict.NONE:
            told = "nothing fits these answers any more"
        case Verdict.OPEN:
            told = "too little is answered to recommend one"
        case Verdict.TIE:
            told = f"{names(newest, since.leaders)} are level"
        case _:
            told = f"{names(newest, since.leaders)} leads ({label})"
    return f"Edition {since.edition} is the newest, and recommends something else: {told}."


def moved_in_words(newest: RuleBase, moved: MovedReason) -> str:
    """Return how much a reason counts now and counted then: `+1 instead of +3 for Ash`."""
    framework = newest.frameworks.get(moved.framework)
    name = framework.name if framework else moved.framework
    if 0 in {moved.was, moved.now}:
        return f"{'rules out' if moved.now == 0 else 'no longer rules out'} {name}"
    if moved.now is None:
        return f"no longer {signed(moved.was or 0)} for {name}"
    return (
        f"{signed(moved.now)} {f'instead of {signed(moved.was)} ' if moved.was else ''}for {name}"
    )


def status(there: Recommendation, now: Recommendation | Since, *, gone: bool) -> LinkStatus:
    """Return what became of a link: there is what it led to, now what the newest edition says."""
    changed = isinstance(now, Since) and now.state == "changed"
    then, today = (Standpoint(each.edition, each.leaders, each.verdict) for each in (there, now))
    if gone:
        return LinkStatus(FORMAT, "gone", None, today)
    return LinkStatus(FORMAT, "changed" if changed else "same", then, today)
