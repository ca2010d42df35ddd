"""What a scan found, in words: for a terminal, as JSON, and as an answers file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from advisor.editions.edition import FORMAT
from advisor.model.plain import plain
from advisor.model.recommendation import Recommendation, leading_plans
from advisor.model.rulebase import Findings, FoundTool, RuleBase, Sighting, Suggestion
from advisor.output import headline
from advisor.output.json import Json
from advisor.output.text import hanging
from advisor.output.words import counted, names
from advisor.query.fields import harmless
from advisor.query.query import Query
from advisor.query.write import answers_file
from advisor.scan.detect import answers_of
from advisor.scan.scan import Scan

ENDED = frozenset({"deprecated", "ended", "renamed"})
"""States of a tool that a project should hear of, whatever is recommended to it."""

MOST_PLACES = 3
"""How many places are named for one answer."""

MOST_FAULTS = 20
"""How many files that were left out are named."""

SURE, UNSURE = "says so", "points to it"


def place(seen: Sighting) -> str:
    """Return where something was seen: `setup.py:12`; a file by itself where it has no lines."""
    return f"{harmless(seen.file)}:{seen.line}" if seen.line else harmless(seen.file)


def seen_in_words(seen: Sighting) -> str:
    """Return where something was seen: `setup.py, line 12`."""
    return harmless(seen.file) + (f", line {seen.line}" if seen.line else "")


def worth_telling(
    rulebase: RuleBase, tools: Iterable[FoundTool], recommendation: Recommendation
) -> list[tuple[FoundTool, str]]:
    """Return the tools that have ended or stand in the way of a leading plan, with words for it."""
    plans = leading_plans(recommendation.standings)
    used = {name for plan in plans for name in (plan.lead, plan.backend, plan.shipper) if name}
    told = []
    for each in tools:
        tool, hindered = rulebase.tools[each.tool], sorted(used.intersection(each.hinders))
        if tool.status in ENDED or hindered:
            way = f" It does not go together with {names(rulebase, hindered)}." if hindered else ""
            told.append((each, f"{tool.name} ({tool.status}): {tool.text}{way}"))
    return told


def findings_text(rulebase: RuleBase, scan: Scan, recommendation: Recommendation, link: str) -> str:
    """Write what was found, with the recommendation that it would lead to, for a terminal."""
    found = scan.findings
    lines = [
        f"Looked at the names of {counted(scan.files, 'file')}, and read {scan.read or 'none'}.\n"
    ]
    if found.suggestions:
        lines.append("\nThe files suggest these answers; please confirm them:\n")
        lines += _answers(rulebase, found.suggestions)
    if found.contradictions:
        lines.append("\nHere the files contradict each other, so that the question stays open:\n")
        lines += _answers(rulebase, found.contradictions)
    if told := worth_telling(rulebase, found.tools, recommendation):
        lines.append("\nAlso found:\n")
        for each, words in told:
            where = ", ".join(map(place, each.seen[:MOST_PLACES]))
            lines.append(hanging(f"{words} {where} [{', '.join(each.claims)}]", "  * "))
    if found.suggestions:
        answer = headline.headline(rulebase, recommendation)
        lines.append("\n" + hanging(f"With these answers alone: {answer}."))
        lines.append(f"Go on with them at {link}\n")
    else:
        lines.append("\nThey suggest no answer.\n")
    if scan.faults:
        lines.append("\nLeft out:\n")
        lines += [hanging(f"{fault}", "  ") for fault in scan.faults[:MOST_FAULTS]]
        if more := len(scan.faults) - MOST_FAULTS:
            lines.append(f"  and {more} more; --json lists them\n" if more > 0 else "")
    return "".join(lines)


def _answers(rulebase: RuleBase, said: Sequence[Suggestion]) -> Iterator[str]:
    for each in said:
        question = rulebase.questions[each.question]
        label = next(choice.label for choice in question.choices if choice.id == each.choice)
        yield hanging(f"{question.title} {label} ({SURE if each.sure else UNSURE})", "  * ")
        for seen in each.seen[:MOST_PLACES]:
            yield f"      {place(seen)} [{seen.detector}]\n"
        if (more := len(each.seen) - MOST_PLACES) > 0:
            yield f"      and {counted(more, 'more place')}\n"


def written_answers(findings: Findings) -> str:
    """Write the answers as a file that `advisor recommend` reads, each with its first place."""
    places: dict[str, list[str]] = defaultdict(list)
    for each in sorted(findings.suggestions, key=lambda each: each.choice):
        places[each.question].append(place(each.seen[0]))
    remarks = {question: ", ".join(where) for question, where in places.items()}
    head = "# What the files say. Confirm each answer, and add what they do not say."
    return answers_file(Query(answers_of(findings)), head=head, remarks=remarks)


def findings_json(scan: Scan, recommendation: Recommendation, link: str) -> Json:
    """Return the same as plain data."""
    told: Json = {
        "format": FORMAT,
        "files": scan.files,
        "read": scan.read,
        "findings": scan.findings,
        "left_out": scan.faults,
        "leaders": recommendation.leaders,
        "link": link,
    }
    return {key: plain(value) for key, value in told.items()}
