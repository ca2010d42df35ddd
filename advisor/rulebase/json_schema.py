"""JSON Schemas of the files of a rule base, made of their shapes, for the editors of authors."""

import os
import re
from pathlib import Path
from typing import Any

from pydantic import Field, create_model

from advisor.rulebase.files import FileKind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELINE = re.compile(r"\A# yaml-language-server: .*\n")


def schema_of(kind: FileKind) -> dict[str, Any]:
    """Return the schema of a kind of file, with all of its entries."""
    shape = kind.head
    if kind.key:
        entries: Any = (list[kind.entry], Field(min_length=int(kind.required)))  # type: ignore[name-defined]
        shape = create_model(f"{kind.key.title()}File", __base__=shape, **{kind.key: entries})
    title = f"{kind.pattern} of a rule base"
    return {"$schema": DIALECT, **shape.model_json_schema(), "title": title}


def schema_file(kind: FileKind) -> str:
    """Return the name of the file with the schema of a kind, such as `claims.json`."""
    return kind.pattern.partition("/*")[0].removeprefix("*.").removesuffix(".yaml") + ".json"


def with_modeline(text: str, file: Path, schema: Path) -> str:
    """Return a file of a rule base with a first line that leads editors to its schema."""
    path = Path(os.path.relpath(schema, file.parent)).as_posix()
    return f"# yaml-language-server: $schema={path}\n" + _MODELINE.sub("", text)
