"""`advisor schema`: what editors need to know of the files of a rule base."""

import json
from pathlib import Path

import click

from advisor.cases.cases import CASES_FILE
from advisor.cli.rules import FOLDER
from advisor.rulebase.files import CASES_ENDING, FILE_KINDS, FileKind
from advisor.rulebase.json_schema import schema_file, schema_of, with_modeline
from advisor.scan.cases import KIND as SCAN_CASES

KINDS = (*FILE_KINDS, SCAN_CASES, CASES_FILE)


def covering(file: str) -> FileKind | None:
    """Return the kind of a file, by its path below the folder of the rules."""
    if file.endswith(CASES_ENDING):
        return SCAN_CASES if SCAN_CASES.covers(file) else CASES_FILE
    return next((kind for kind in FILE_KINDS if kind.covers(file)), None)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="schemas")
@click.option(
    "--link", "rules", type=FOLDER, help="Name the schemas in the rule files below this folder."
)
def schema(folder: Path, rules: Path | None) -> None:
    """Write the JSON Schemas of all rule files into FOLDER, 'schemas' where none is named.

    Editors that know the YAML language server then complete keys and mark what is wrong.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        content = json.dumps(schema_of(kind), ensure_ascii=False, indent=1) + "\n"
        (folder / schema_file(kind)).write_text(content, encoding="utf-8")
    click.echo(f"{len(KINDS)} schemas in {folder}")
    for file in sorted(rules.rglob("*.yaml")) if rules else ():
        found = covering(file.relative_to(rules or "").as_posix())
        if found:
            text = file.read_text(encoding="utf-8")
            linked = with_modeline(text, file, folder / schema_file(found))
            file.write_text(linked, encoding="utf-8")
