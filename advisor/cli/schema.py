"""`advisor schema`: what editors need to know of the files of a rule base."""

import json
from pathlib import Path

import click

from advisor.cases.cases import CASES_FILE
from advisor.cli.rules import FOLDER
from advisor.rulebase.files import CASES_ENDING, FILE_KINDS, kind_of
from advisor.rulebase.json_schema import schema_file, schema_of, with_modeline


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
    for kind in (*FILE_KINDS, CASES_FILE):
        content = json.dumps(schema_of(kind), ensure_ascii=False, indent=1) + "\n"
        (folder / schema_file(kind)).write_text(content, encoding="utf-8")
    click.echo(f"{len(FILE_KINDS) + 1} schemas in {folder}")
    for file in sorted(rules.rglob("*.yaml")) if rules else ():
        cases, below = file.name.endswith(CASES_ENDING), file.relative_to(rules or "")
        found = CASES_FILE if cases else kind_of(below.as_posix())
        if found:
            text = file.read_text(encoding="utf-8")
            linked = with_modeline(text, file, folder / schema_file(found))
            file.write_text(linked, encoding="utf-8")
