"""Holds clues against the detectors of a rule base, and concludes what the files suggest."""

import fnmatch
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from advisor.model.answers import Answers
from advisor.model.rulebase import (
    ClueKind,
    Detector,
    Findings,
    FoundTool,
    RuleBase,
    Sighting,
    Suggestion,
)
from advisor.query.fields import MOST_SEEN, SEEN_FORM, seen_word
from advisor.query.query import Query
from advisor.scan.clues import Clue

PYTHON = ("python", "conda")
"""The ecosystems of a dependency that names none."""

HIGH = "99999"
"""A version beyond all others."""


class Matcher:
    """The detectors of a rule base, found by the names of what they recognise."""

    def __init__(self, detectors: Iterable[Detector]) -> None:
        """Lay them out: names by themselves, patterns with wildcards one after another."""
        self._exact: dict[tuple[ClueKind, str], list[Detector]] = defaultdict(list)
        self._globs: dict[ClueKind, list[tuple[re.Pattern[str], Detector]]] = defaultdict(list)
        self._found: dict[tuple[ClueKind, str], tuple[Detector, ...]] = {}
        for detector in detectors:
            for pattern in detector.patterns:
                for name in names_of(detector.kind, pattern):
                    if re.search(r"[*?[]", name) and "[" not in name[:1]:
                        glob = re.compile(fnmatch.translate(name))
                        self._globs[detector.kind].append((glob, detector))
                    self._exact[detector.kind, name].append(detector)

    def named(self, kind: ClueKind, name: str) -> tuple[Detector, ...]:
        """Return the detectors whose patterns a name meets."""
        if (kind, name) not in self._found:
            found = list(self._exact.get((kind, name), ()))
            found += [each for glob, each in self._globs[kind] if glob.match(name)]
            self._found[kind, name] = tuple({each.id: each for each in found}.values())
        return self._found[kind, name]

    def detectors(self, clue: Clue) -> Iterator[Detector]:
        """Give the detectors that recognise a clue."""
        for detector in self.named(clue.kind, clue.name):
            unpinned = detector.unpinned and not clue.versions
            if not detector.versions or unpinned or are_among(clue.versions, detector.versions):
                yield detector

    def files(self, file: str) -> Iterator[Detector]:
        """Give the detectors that recognise a file by its name; its first bytes are yet to see."""
        parts = file.split("/")
        # The name alone, and after the folder that it stands in.
        ends = dict.fromkeys("/".join(parts[-count:]) for count in (1, 2))
        found = {each.id: each for name in ends for each in self.named(ClueKind.FILE, name)}
        yield from found.values()


def names_of(kind: ClueKind, pattern: str) -> list[str]:
    """Return a pattern as clues are named: a dependency without an ecosystem is one of Python's."""
    if kind is not ClueKind.DEPENDENCY:
        return [pattern]
    pattern = pattern if "*" not in pattern else pattern.replace("[", "[[]")
    return [pattern] if ":" in pattern else [f"{each}:{pattern}" for each in PYTHON]


@lru_cache(maxsize=4096)
def are_among(asked: str, allowed: str) -> bool:
    """Say whether all versions asked for are among those allowed; never where any will do.

    Tried are the versions that either names, a little more than each, and both ends.
    """
    try:
        wanted, among = SpecifierSet(re.sub(r"\+[a-z0-9.]+", "", asked)), SpecifierSet(allowed)
        named = [re.sub(r"\.\*$", "", each.version) for each in (*wanted, *among)]
        tried = [Version(each) for each in named]
        tried += [Version(f"{each.base_version}.0.1") for each in tried]
    except (InvalidSpecifier, InvalidVersion):
        return False
    inside = [each for each in (Version("0"), Version(HIGH), *tried)
              if wanted.contains(each, prereleases=True)]  # fmt: skip
    return bool(asked and inside) and all(among.contains(v, prereleases=True) for v in inside)


def conclude(rulebase: RuleBase, seen: Iterable[Sighting]) -> Findings:
    """Conclude from what was seen: a file that says so outdoes those that only point elsewhere.

    Of a question that takes one answer, several that are equally sure contradict each other.
    """
    answers: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    tools: dict[str, list[Sighting]] = defaultdict(list)
    known = [each for each in seen if each.detector in rulebase.detectors]
    # The surest first, then those nearest to the top.
    known.sort(key=lambda s: (not s.sure, s.file.count("/"), s.file, s.line, s.detector))
    for each in dict.fromkeys(known):
        detector = rulebase.detectors[each.detector]
        for question, choices in detector.suggests.items():
            for choice in choices:
                answers[question, choice].append(each)
        if detector.tool:
            tools[detector.tool].append(each)
    sure = {answer for answer, found in answers.items() if any(each.sure for each in found)}
    # What says nothing beside answers that others are sure of.
    silent = {
        each.id
        for each in rulebase.detectors.values()
        if any((name, choice) in sure for name in each.yields for choice in each.yields[name])
    }
    suggestions: list[Suggestion] = []
    contradictions: list[Suggestion] = []
    for asked in rulebase.questions.values() if answers else ():
        said = [
            Suggestion(asked.id, choice.id, found[0].sure, tuple(found))
            for choice in asked.choices
            if (found := [s for s in answers[asked.id, choice.id] if s.detector not in silent])
        ]
        if not asked.multiple:
            said = [each for each in said if each.sure] or said
        agreed = asked.multiple or len(said) == 1
        (suggestions if agreed else contradictions).extend(said)
    return Findings(
        tuple(suggestions),
        tuple(contradictions),
        tuple(_found_tool(rulebase, tool, tools[tool]) for tool in sorted(tools)),
    )


def _found_tool(rulebase: RuleBase, tool: str, seen: Iterable[Sighting]) -> FoundTool:
    places = tuple(seen)
    detectors = [rulebase.detectors[each.detector] for each in places]
    hinders = sorted({name for each in detectors for name in each.hinders})
    claims = sorted({name for each in detectors for name in each.claims})
    return FoundTool(tool, tuple(hinders), tuple(claims), places)


def answers_of(findings: Findings) -> Answers:
    """Return the answers that the files suggest and none contradicts."""
    given: dict[str, set[str]] = defaultdict(set)
    for each in findings.suggestions:
        given[each.question].add(each.choice)
    return Answers({question: frozenset(given[question]) for question in sorted(given)})


def query_of(found: Findings) -> Query:
    """Return the query for what was found, with the surest place of each answer and tool."""
    answers = (*found.suggestions, *found.contradictions)
    seen = sorted({each.seen[0] for each in answers} | {each.seen[0] for each in found.tools})
    # A path that is too long for a link is left out: the answer counts all the same.
    matching = [each for each in seen if SEEN_FORM.fullmatch(seen_word(each))]
    return Query(answers=answers_of(found), seen=tuple(matching[:MOST_SEEN]))
