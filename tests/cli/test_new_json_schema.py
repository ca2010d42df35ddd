"""The JSON Schemas of rule files are those of today, and our files keep to them and name them."""

import datetime
import json
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from advisor.cli.new import SCHEMA_KINDS, covering, schema_file, schema_of, with_modeline
from advisor.yamlfile import LOADER

HOUSE = Path(__file__).parents[2]
SCHEMAS = HOUSE / "docs" / "schemas"
RUN = "run `advisor schema docs/schemas --link rules`"
FOLDERS = [HOUSE / "rules", HOUSE / "examples" / "bicycles"]
FILES = defaultdict(list)
"""The rule files of each schema."""
for folder in FOLDERS:
    for file in sorted(folder.rglob("*.yaml")):
        if "editions" not in file.relative_to(folder).parts:
            FILES[schema_file(covering(file.relative_to(folder).as_posix()))].append(file)


def as_json(value):
    """YAML reads days, which editors and JSON take for text."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("each", SCHEMA_KINDS, ids=schema_file)
def test_a_schema_is_that_of_today(each):
    written = json.loads((SCHEMAS / schema_file(each)).read_text())
    assert written == schema_of(each), RUN
    Draft202012Validator.check_schema(written)


@pytest.mark.parametrize("each", SCHEMA_KINDS, ids=schema_file)
def test_no_default_breaks_its_own_schema(each):
    def held(schema):
        if isinstance(schema, dict):
            if isinstance(default := schema.get("default"), list):
                assert len(default) >= schema.get("minItems", 0)
            schema = schema.values()
        for inner in schema if not isinstance(schema, str | int | None) else ():
            held(inner)

    held(schema_of(each))


def test_there_are_no_other_schemas_and_each_has_a_name_of_its_own():
    names = {schema_file(each) for each in SCHEMA_KINDS}
    assert len(names) == len(SCHEMA_KINDS)
    assert {path.name for path in SCHEMAS.iterdir()} == names


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_rule_files_keep_to_their_schema(name):
    schema = Draft202012Validator(json.loads((SCHEMAS / name).read_text()))
    for file in FILES[name]:
        text = file.read_text()
        if FOLDERS[0] in file.parents:
            assert text == with_modeline(text, file, SCHEMAS / name), RUN
        faults = list(schema.iter_errors(as_json(yaml.load(text, LOADER))))  # noqa: S506 - a safe one
        assert faults == [], file


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("claims", {"claims": [{"id": "A"}]}),
        ("claims", {"claims": []}),
        ("tradeoffs", {"topic": "speed", "rules": [], "more": 1}),
        ("notes", {"notes": [{"id": "a", "title": "", "text": "b"}]}),
        ("rulebase", {"title": "Only that"}),
    ],
)
def test_what_is_broken_does_not_keep_to_a_schema(name, broken):
    schema = json.loads((SCHEMAS / f"{name}.json").read_text())
    assert not Draft202012Validator(schema).is_valid(broken)
