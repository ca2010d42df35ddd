"""`advisor new` and `advisor schema`: for authors, an entry to fill in and JSON Schemas."""

import datetime
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import make_dataclass
from pathlib import Path
from typing import Annotated, Any

import click
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import WithDefaultSchema

from advisor.cases import CASES_FILE, SCAN_CASES_FILE, written_cases
from advisor.cli.rules import FOLDER, Refusal, load_rules, rules_option
from advisor.engine.recommend import recommend
from advisor.errors import Fault, Place, nearest
from advisor.model.answers import Answers
from advisor.model.knowledge import Status
from advisor.model.rulebase import RuleBase
from advisor.model.written import Listed
from advisor.rulebase.files import (
    CASES_ENDING,
    FILE_KINDS,
    FileKind,
    kind_of,
    too_large,
    validate,
    visible,
)
from advisor.rulebase.schema import adapter
from advisor.yamlfile import read_yaml

ENTRIES = {kind.name: kind for kind in (*FILE_KINDS, CASES_FILE)}
"""The kind of file that an entry stands in, by what the entry is called."""

ENTRY = re.compile(r"^( *)- id:", re.MULTILINE)

UNFILLED = "To be filled in"
"""How every text of a skeleton begins."""

SKELETONS = {
    "claim": """\
- id: {id}
  source: {source}
  sections: [{section}]
  text: To be filled in. Say in one sentence what is so.
  topic: {subject}
  kind: fact
  status: holds
  evidence: P
  checked: {today}
  background: true  # until a rule rests on it
""",
    "rule": """\
- id: {id}
  text: To be filled in. Say why it matters, as to a colleague.
  when:
    - {question}: [{choice}]
  score: {{role: build, frameworks: [{framework}], points: 1}}
  because: [{claim}]
""",
    "question": """\
- id: {id}
  title: To be filled in. What do you want to know?
  label: To be filled in
  changes: To be filled in. Say what the answer can change.
  why: To be filled in. Say why it matters.
  choices:
    - {{id: one, label: To be filled in, neutral: true}}  # neutral until a rule looks at it
    - {{id: other, label: To be filled in, neutral: true}}
""",
    "case": """\
- id: {id}
  project: To be filled in. Describe a project as its engineer would.
  answers: {{{question}: {choice}}}
  checked: {{leaders: [{leaders}], verdict: {verdict}}}
""",
}


@click.command()
@click.argument("kind", type=click.Choice([*SKELETONS]))
@click.argument("name", metavar="ID")
@click.option("--file", metavar="FILE", help="Where to write it, below the folder of the rules.")
@rules_option
def new(kind: str, name: str, file: str | None, rules: Path) -> None:
    """Add a claim, rule, question or case called ID after the last of its kind in a file.

    It can be loaded as it is, but `advisor lint` names its texts until all are replaced, and then
    what else is missing. A file that is not there yet is begun.
    """
    rulebase = load_rules(rules)
    every = sorted(path.relative_to(rules).as_posix() for path in rules.rglob("*.yaml"))
    files = [each for each in every if covering(each) is ENTRIES[kind]]
    if not (file or files):
        message = f"no file has a {kind} yet; expected one in {ENTRIES[kind].pattern}"
        raise click.UsageError(message)
    file = file or files[0]
    path = rules / file
    if covering(file) is not ENTRIES[kind] or ".." in path.parts or not path.parent.is_dir():
        near = nearest(file, files) or next(iter(files), ENTRIES[kind].pattern)
        message = f"no {kind} is in '{file}'; expected a file such as '{near}'"
        raise click.BadParameter(message, param_hint="'--file'")
    there = path.is_file()
    # What a new file is about is its name: a topic lists questions, a subject has rules.
    about = {"question": [each.id for each in rulebase.topics], "rule": [*rulebase.subjects]}
    if not there and path.stem not in about.get(kind, [path.stem]):
        message = f"'{file}' is about '{path.stem}'; expected one of {', '.join(about[kind])}"
        raise click.BadParameter(message, param_hint="'--file'")
    text = path.read_text(encoding="utf-8") if there else _begun(kind, path, rules, files)
    indent = ENTRY.findall(text)[-1] if there else "  "
    lines = SKELETONS[kind].format(id=name, **_examples(rulebase)).splitlines()
    written = text.rstrip("\n") + "\n" + "".join(f"{indent}{line}\n" for line in lines)
    faults = [*validate(read_yaml(written, file), ENTRIES[kind]).faults]
    line = len(text.rstrip("\n").splitlines()) + 1
    taken = getattr(rulebase, f"{kind}s", {each.shape.id for each in written_cases(rules).cases})
    if name in taken:
        faults.append(Fault(Place(file, line, 1), "id-taken", f"there is a {kind} '{name}'"))
    if faults:
        raise Refusal(faults, of=f"the {kind}")
    path.write_text(written, encoding="utf-8")
    click.echo(f"{path}:{line}: a {kind} to be filled in")
    if kind == "question":
        topic = re.compile(rf"(- id: {path.stem}\n(?:.*\n)*?.*questions: \[[^]]*)\]")
        manifest = rules / "rulebase.yaml"
        listed = topic.sub(rf"\1, {name}]", manifest.read_text(encoding="utf-8"), count=1)
        manifest.write_text(listed, encoding="utf-8")


def unfilled(rules: Path) -> Iterator[Fault]:
    """Give a fault for every text of a skeleton that still stands in a file of a rule base."""
    # Nothing is read of a folder that is larger than anybody writes.
    found = [] if any(too_large(rules)) else visible(rules, "*.y*ml")
    for path, file in found:
        text = path.read_text("utf-8", "replace") if path.is_file() else ""
        for number, line in enumerate(text.splitlines(), 1):
            if UNFILLED in line:
                place = Place(file, number, line.index(UNFILLED) + 1)
                message = "this is what `advisor new` wrote"
                yield Fault(place, "to-be-filled-in", message, "words of yours")


def _begun(kind: str, path: Path, rules: Path, files: Iterable[str]) -> str:
    """Return what a file says before its first entry; its schema is that of a file beside it."""
    beside = [rules / each for each in files if (rules / each).parent == path.parent]
    modelines = [MODELINE.match(each.read_text(encoding="utf-8")) for each in beside]
    modeline = next((found[0] for found in modelines if found), "")
    topic = f"topic: {path.stem}\n" if kind == "rule" else ""
    return f"{modeline}{topic}{ENTRIES[kind].key}:\n"


def _examples(rulebase: RuleBase) -> dict[str, object]:
    """Return what a skeleton names: things that are there."""
    sources = [*rulebase.sources.values()]
    # What a document says has to be shown by another source.
    source = next((each for each in sources if not each.document), sources[0])
    question = next(iter(rulebase.questions.values()))
    choice = question.choices[0].id
    # One that counts, and on which no rule rests yet: a matter counts once.
    cited = {name for rule in rulebase.rules.values() for name in rule.claims}
    free = [c for c in rulebase.claims.values() if c.id not in cited and not c.background]
    claims = [c.id for c in free if c.status is Status.HOLDS]
    result = recommend(rulebase, Answers(given={question.id: frozenset({choice})}))
    return {
        "source": source.id,
        "section": f'"{source.sections[0]}"',
        "subject": next(iter(rulebase.subjects)),
        "today": datetime.datetime.now(tz=datetime.UTC).date(),
        "question": question.id,
        "choice": choice,
        "framework": next(iter(rulebase.frameworks)),
        "claim": next(iter([*claims, *rulebase.claims])),
        "leaders": ", ".join(result.leaders),
        "verdict": result.verdict,
    }


SCHEMA_KINDS = (*FILE_KINDS, SCAN_CASES_FILE, CASES_FILE)
MODELINE = re.compile(r"\A# yaml-language-server: .*\n")


def covering(file: str) -> FileKind | None:
    """Return the kind of a file, by its path below the folder of the rules."""
    if file.endswith(CASES_ENDING):
        return SCAN_CASES_FILE if SCAN_CASES_FILE.covers(file) else CASES_FILE
    return kind_of(file)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="schemas")
@click.option(
    "--link", "rules", type=FOLDER, help="Name the schemas in the rule files below this folder."
)
def schema(folder: Path, rules: Path | None) -> None:
    """Write the JSON Schemas of all rule files into FOLDER, by default 'schemas'.

    Editors with the YAML language server then complete keys and mark what is wrong.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for kind in SCHEMA_KINDS:
        content = json.dumps(schema_of(kind), ensure_ascii=False, indent=1) + "\n"
        (folder / schema_file(kind)).write_text(content, encoding="utf-8")
    click.echo(f"{len(SCHEMA_KINDS)} schemas in {folder}")
    for file in sorted(rules.rglob("*.yaml")) if rules else ():
        found = covering(file.relative_to(rules or "").as_posix())
        if found:
            text = file.read_text(encoding="utf-8")
            linked = with_modeline(text, file, folder / schema_file(found))
            file.write_text(linked, encoding="utf-8")


class Writable(GenerateJsonSchema):
    """Leaves out a default that a file could not have: no entries, of a list that needs some."""

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema of what may be left out."""
        made = super().default_schema(schema)
        if "minItems" in made and made.get("default") == []:
            del made["default"]
        return made


def schema_of(kind: FileKind) -> dict[str, Any]:
    """Return the schema of a kind of file, with all of its entries."""
    shape = kind.head
    if kind.key:
        entries: Any = Annotated[tuple[kind.entry, ...], Listed(int(kind.required))]  # type: ignore[name-defined]
        name, whole = f"{kind.key.title()}File", [(kind.key, entries)]
        shape = make_dataclass(name, whole, bases=(shape,), frozen=True)
    made = adapter(shape, described=True).json_schema(schema_generator=Writable)
    own = made["$defs"].pop(shape.__name__)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    title = f"{kind.pattern} of a rule base"
    return {"$schema": dialect, "$defs": made["$defs"], **own, "title": title}


def schema_file(kind: FileKind) -> str:
    """Return the name of the file with the schema of a kind, such as `claims.json`."""
    return kind.pattern.partition("/*")[0].removeprefix("*.").removesuffix(".yaml") + ".json"


def with_modeline(text: str, file: Path, schema: Path) -> str:
    """Return a file of a rule base with a first line that leads editors to its schema."""
    path = Path(os.path.relpath(schema, file.parent)).as_posix()
    return f"# yaml-language-server: $schema={path}\n" + MODELINE.sub("", text)
