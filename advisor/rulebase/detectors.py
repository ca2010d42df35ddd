"""The shape of a detector; what its fields mean is said at the noun, `advisor.model.rulebase`."""

from typing import Annotated, Self

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from advisor.model.rulebase import ClueKind
from advisor.rulebase.schema import Id, IdShape, Many, Text, refuse

BYTES_PATTERN = r"^([0-9a-f]{2})+$"


def _versions(text: str) -> str:
    try:
        SpecifierSet(text)
    except InvalidSpecifier:
        refuse("bad-versions", f"'{text}' names no versions", "such as '<2' or '>=2,<3'")
    return text


class DetectorShape(IdShape):
    """What recognises one thing, by patterns of one kind, and leads to answers or to a tool."""

    dependency: list[Text] = Field(default_factory=list)
    index: list[Text] = Field(default_factory=list)
    image: list[Text] = Field(default_factory=list)
    use: list[Text] = Field(default_factory=list)
    subclass: list[Text] = Field(default_factory=list)
    command: list[Text] = Field(default_factory=list)
    setting: list[Text] = Field(default_factory=list)
    file: list[Text] = Field(default_factory=list)
    versions: Annotated[str, AfterValidator(_versions)] = ""
    unpinned: bool = False
    begins: Annotated[str, StringConstraints(pattern=BYTES_PATTERN)] | None = None
    skip: Annotated[int, Field(ge=0, le=512)] = 0
    suggests: dict[Id, Many[Id]] = Field(default_factory=dict)
    sure: bool = False
    yields: dict[Id, Many[Id]] = Field(default_factory=dict)
    unless: list[Text] = Field(default_factory=list)
    tool: Id | None = None
    hinders: list[Id] = Field(default_factory=list)
    because: list[Id] = Field(default_factory=list)

    @property
    def patterns(self) -> dict[ClueKind, list[str]]:
        """The patterns that are given, by kind; of one kind where the detector is sound."""
        return {kind: found for kind in ClueKind if (found := getattr(self, kind))}

    @model_validator(mode="after")
    def _one_kind_one_end(self) -> Self:
        if len(self.patterns) != 1:
            expected = f"exactly one of {', '.join(ClueKind)}"
            refuse("one-kind", f"the detector has {len(self.patterns) or 'no'} kinds", expected)
        if not self.suggests and not self.tool:
            refuse("no-end", "the detector leads to nothing", "'suggests', 'tool' or both")
        if (self.versions and not self.dependency) or (self.begins and not self.file):
            message = "only a dependency has versions, and only a file has first bytes"
            refuse("wrong-kind", message, "'dependency' with 'versions', 'file' with 'begins'")
        return self
