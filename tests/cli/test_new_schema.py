"""`advisor schema` writes the schemas, and names them in the files of a rule base."""

import json
import shutil

from click.testing import CliRunner
from support.bicycles import BICYCLES

from advisor.cli.main import main


def run(*arguments):
    return CliRunner().invoke(main, ["schema", *map(str, arguments)])


def test_all_schemas_are_written_and_named_once(tmp_path):
    rules = tmp_path / "rules"
    shutil.copytree(BICYCLES, rules)
    for _ in range(2):
        done = run(tmp_path / "new" / "schemas", "--link", rules)
        assert done.exit_code == 0
        assert " schemas in " in done.stdout
    notes = (rules / "notes.yaml").read_text().splitlines()
    assert notes[0] == "# yaml-language-server: $schema=../new/schemas/notes.json"
    assert not notes[1].startswith("# yaml-language-server")
    (claims, *_) = sorted((rules / "claims").iterdir())
    assert claims.read_text().startswith(
        "# yaml-language-server: $schema=../../new/schemas/claims.json\n"
    )
    json.loads((tmp_path / "new" / "schemas" / "claims.json").read_text())
    assert CliRunner().invoke(main, ["lint", str(rules)]).exit_code == 0


def test_a_file_in_place_of_the_folder_is_misuse(tmp_path):
    (tmp_path / "taken").write_text("")
    assert run(tmp_path / "taken").exit_code == 2
