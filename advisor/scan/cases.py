"""Cases of the detectors: files, and exactly what a scan of them has to suggest.

They stand in `detectors.cases.yaml`. A file whose text begins with `hex:` has these bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from advisor.errors import Fault, nearest
from advisor.model.rulebase import RuleBase
from advisor.model.written import Id, Ids, Many, Text
from advisor.rulebase.checks.ids import repeated
from advisor.rulebase.files import DETECTOR_CASES, RawEntry, gather, list_file, validate
from advisor.rulebase.schema import DetectorShape
from advisor.scan.scan import scan
from advisor.scan.tree import Tree, pasted
from advisor.yamlfile import read_file

HEX = "hex:"


@dataclass(frozen=True)
class ScanCaseShape:
    """A project by its files, and all that a scan of them suggests."""

    id: Id
    project: Text
    files: dict[str, str]
    suggests: Mapping[Id, Many[Id]] = field(default_factory=dict)
    open: Mapping[Id, Many[Id]] = field(default_factory=dict)
    """By question the answers that contradict each other."""
    tools: Ids = ()


KIND = list_file(DETECTOR_CASES, "cases", ScanCaseShape)
Cases = Sequence[RawEntry[ScanCaseShape]]


def written_scan_cases(folder: Path) -> tuple[Cases, list[Fault]]:
    """Read the cases of a rule base's detectors, and what is wrong with their form."""
    if not (folder / DETECTOR_CASES).is_file():
        return (), []
    part = validate(read_file(folder, DETECTOR_CASES), KIND)
    cases = part.of(ScanCaseShape)
    again = repeated("case", ((each.shape.id, each.place("id")) for each in cases))
    return cases, [*part.faults, *again]


def failing(rulebase: RuleBase, cases: Cases) -> Iterator[Fault]:
    """Give the cases of which a scan suggests something else, as faults."""
    for case in cases:
        found = scan(rulebase, _tree(case.shape)).findings
        for key, said in (("suggests", found.suggestions), ("open", found.contradictions)):
            actual = {(each.question, each.choice) for each in said}
            wanted = {(q, c) for q, choices in getattr(case.shape, key).items() for c in choices}
            for verb, pairs in (("missing", wanted - actual), ("not expected", actual - wanted)):
                for question, choice in sorted(pairs):
                    message = f"'{key}' of '{case.shape.id}': {question}: {choice} is {verb}"
                    yield Fault(case.place("id"), "scan-case", message)
        tools = {each.tool for each in found.tools}
        if tools != set(case.shape.tools):
            message = f"'tools' of '{case.shape.id}' are {', '.join(sorted(tools)) or 'none'}"
            yield Fault(case.place("tools"), "scan-case", message)


def unseen(rulebase: RuleBase, cases: Cases, folder: Path) -> Iterator[Fault]:
    """Give the detectors that recognise nothing in any case."""
    seen = {each.detector for case in cases for each in scan(rulebase, _tree(case.shape)).sightings}
    entries = gather(folder).by_id(DetectorShape) if rulebase.detectors.keys() - seen else {}
    for name in sorted(rulebase.detectors.keys() - seen):
        message = f"'{name}' recognises nothing in any case"
        expected = f"a case in {DETECTOR_CASES} with a file that it recognises"
        yield Fault(entries[name].place("id"), "never-fires", message, expected)


def unknown_ids(rulebase: RuleBase, cases: Cases) -> Iterator[Fault]:
    """Give what cases name and the rule base does not have."""
    for case in cases:
        for key in ("suggests", "open"):
            for question, choices in getattr(case.shape, key).items():
                known = rulebase.questions.get(question)
                ids = [choice.id for choice in known.choices] if known else []
                for index, choice in enumerate(choices):
                    if choice not in ids:
                        message = f"there is no answer '{choice}' to '{question}'"
                        place, near = case.place(key, question, index), nearest(choice, ids)
                        yield Fault(place, "unknown-choice", message, "", near)
        for index, tool in enumerate(case.shape.tools):
            if tool not in rulebase.tools:
                message, near = f"there is no tool '{tool}'", nearest(tool, rulebase.tools)
                yield Fault(case.place("tools", index), "unknown-tool", message, "", near)


def _tree(case: ScanCaseShape) -> Tree:
    texts = {name: text for name, text in case.files.items() if not text.startswith(HEX)}
    held = {name: text.removeprefix(HEX) for name, text in case.files.items() if name not in texts}
    tree, contents = pasted(texts), {name: bytes.fromhex(text) for name, text in held.items()}
    return Tree(
        tuple(sorted(case.files)),
        (),
        lambda file, most: contents[file][:most] if file in contents else tree.open(file, most),
    )
