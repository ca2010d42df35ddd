"""How the fields of nouns are written in a rule base: types that Pydantic holds a file against.

The marks below are what Pydantic asks a type for, so that a field is described once, where it is
defined, and whoever reads no files needs no Pydantic.

Example: `title: Text` refuses an empty title, and `tools: Ids` may be left out of a file.
"""

import datetime
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL_PATTERN = r"^https?://[^\s]+$"
COLOUR_PATTERN = r"^#[0-9a-f]{6}$"
PACKAGE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.]*$"
BYTES_PATTERN = r"^([0-9a-f]{2})+$"

T = TypeVar("T")
Schema = dict[str, Any]
"""What Pydantic makes of a type, in the form of `pydantic_core.core_schema`."""
Handler = Any
"""What makes the schema of a type: `pydantic.GetCoreSchemaHandler`."""


class Held(Schema):
    """Keys for the schema of the type: `Held(ge=1)`."""

    def __get_pydantic_core_schema__(self, source: object, handler: Handler) -> Schema:
        return {**handler(source), **self}


@dataclass(frozen=True)
class Unless:
    """The value of a field that a file leaves out."""

    value: object

    def __get_pydantic_core_schema__(self, source: object, handler: Handler) -> Schema:
        schema = handler(source)
        return {"type": "default", "schema": schema, "default_factory": lambda: self.value}


@dataclass(frozen=True)
class Listed:
    """A tuple that a file has as a list, of so many entries at least, and at most."""

    least: int = 0
    most: int | None = None

    def __get_pydantic_core_schema__(self, source: object, handler: Handler) -> Schema:
        (entry,) = handler(source)["items_schema"]
        written = {"type": "list", "items_schema": entry}
        written |= {"min_length": self.least} if self.least else {}
        written |= {"max_length": self.most} if self.most else {}
        function = {"type": "no-info", "function": tuple}
        return {"type": "function-after", "function": function, "schema": written}


Many = Annotated[tuple[T, ...], Listed(1)]
Some = Annotated[tuple[T, ...], Listed(), Unless(())]
Id = Annotated[str, Held(pattern=ID_PATTERN, max_length=64)]
MaybeId = Annotated[Id, Unless("")]
Ids = Some[Id]
Text = Annotated[str, Held(strip_whitespace=True, min_length=1)]
MaybeText = Annotated[str, Unless("")]
Package = Annotated[str, Held(pattern=PACKAGE_PATTERN), Unless("")]
Count = Annotated[int, Held(strict=True, ge=0)]
Points = Annotated[int, Held(strict=True, ge=1, le=3)]
Day = Annotated[datetime.date, Held(strict=True)]
YesNo = Annotated[bool, Held(strict=True), Unless(value=False)]

BY_NAME: Schema = {
    "extra": "forbid",
    "alias_generator": lambda name: name.replace("_", "-"),
    "use_attribute_docstrings": True,
}
"""Pydantic's settings for what has `claims` in a file as well; elsewhere they are its `because`."""
