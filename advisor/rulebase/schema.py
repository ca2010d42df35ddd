"""What is written otherwise than its noun is: the heads of files, and a few entries.

All other entries of files are held against the nouns of `advisor.model` themselves. Which of them a
file holds is said by `FILE_KINDS` in `files.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Annotated, Any, ClassVar, NoReturn, TypeVar, get_type_hints

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pydantic import AfterValidator, ConfigDict, TypeAdapter
from pydantic_core import PydanticCustomError

from advisor.model.knowledge import Subject
from advisor.model.rulebase import Backend, Choice, ClueKind, Margins, Means, Topic
from advisor.model.rules import ALWAYS, Level, NotWhen, Prefer, Role, Score, Stop, Switch, When
from advisor.model.written import (
    BY_NAME,
    BYTES_PATTERN,
    COLOUR_PATTERN,
    Held,
    Id,
    Ids,
    Listed,
    Many,
    MaybeId,
    MaybeText,
    Some,
    Text,
    Unless,
    YesNo,
)

T = TypeVar("T")

OURS = "ours"
"""The type of an error that a shape raises itself, with code, message and what it expected."""


def key_of(name: str) -> str:
    """Return the key of a field: `looked-at`; the claims of a noun are what it is `because`."""
    return "because" if name == "claims" else name.replace("_", "-")


CONFIG = ConfigDict(extra="forbid", alias_generator=key_of)
"""How files are held against shapes: an unknown key is a fault."""


@cache
def adapter(shape: type[T], *, described: bool = False) -> TypeAdapter[list[T]]:
    """Return what holds entries against a shape, which is a noun or one of those below."""
    config = CONFIG | {"use_attribute_docstrings": described}
    return TypeAdapter(list[shape], config=config)  # type: ignore[valid-type]


@cache
def keys(shape: type) -> Mapping[str, Any]:
    """Return the types of what may stand in a shape, by key."""
    hints = get_type_hints(shape, include_extras=True)
    key: Any = getattr(shape, "__pydantic_config__", CONFIG)["alias_generator"]
    return {key(each.name): hints[each.name] for each in fields(shape)}


def refuse(code: str, message: str, expected: str) -> NoReturn:
    """Refuse what a shape was given, in the words that the fault will have."""
    raise PydanticCustomError(OURS, OURS, {"words": (code, message, expected)})


@dataclass(frozen=True)
class RuleBaseFile:
    """The manifest `rulebase.yaml`."""

    title: Text
    tagline: Text
    margins: Margins
    topics: Many[Topic]
    subjects: Many[Subject]
    switches: Some[Switch]


Colour = Annotated[str, Held(pattern=COLOUR_PATTERN)]


@dataclass(frozen=True)
class ColourShape:
    """A framework's colour in each scheme."""

    light: Colour
    dark: Colour


@dataclass(frozen=True)
class RoleShape:
    """A role that a framework can take, and the claims that say so."""

    role: Role
    claims: Many[Id]


@dataclass(frozen=True)
class FrameworkFile:
    """A file `frameworks/<id>.yaml`."""

    id: Id
    name: Text
    summary: Text
    colour: ColourShape
    roles: Many[RoleShape]
    backends: Some[Backend]
    means: Some[Means]


@dataclass(frozen=True)
class NoneShape:
    """The exclusive answer of a question that takes several; its id is `none`."""

    label: Text
    hint: MaybeText
    neutral: YesNo


@dataclass(frozen=True)
class QuestionShape:
    """A question; its topic is the one that lists it."""

    id: Id
    title: Text
    label: Text
    changes: Text
    why: Text
    multiple: YesNo
    choices: Annotated[tuple[Choice, ...], Listed(2)]
    none: NoneShape | None = None
    applies: When = ALWAYS
    first: YesNo = False

    def __post_init__(self) -> None:
        """Refuse 'none' where one answer is taken."""
        if self.none and not self.multiple:
            message = "only a question that takes several has 'none'"
            refuse("none-without-multiple", message, "'multiple: true', or no 'none'")


@dataclass(frozen=True)
class ClaimsFile:
    """A file of claims; `source` is that of all who name none."""

    __pydantic_config__: ClassVar = BY_NAME

    source: MaybeId
    claims: Many[object]


@dataclass(frozen=True)
class TradeoffFile:
    """A file of rules about one subject, which is its topic."""

    topic: Id
    rules: Many[object]


@dataclass(frozen=True)
class RuleShape:
    """A rule with exactly one effect."""

    id: Id
    text: Text
    claims: Many[Id]
    when: When
    score: Score | None = None
    stop: Stop | None = None
    level: Level | None = None
    prefer: Prefer | None = None
    weight_because: str = ""
    not_when: NotWhen = ()
    """The answers under which it does not fire all the same."""
    except_when: NotWhen = ()
    """The answers beside which it fires even so."""

    @property
    def effects(self) -> dict[str, Score | Stop | Level | Prefer]:
        """The effects that are given, by key; one where the rule is sound."""
        given = {"score": self.score, "stop": self.stop, "level": self.level, "prefer": self.prefer}
        return {key: effect for key, effect in given.items() if effect}

    def __post_init__(self) -> None:
        """Refuse no effect, and several."""
        if (count := len(self.effects)) != 1:
            message = f"a rule has one effect, this one has {count or 'none'}"
            refuse("one-effect", message, "exactly one of 'score', 'stop', 'level' and 'prefer'")


def _versions(text: str) -> str:
    try:
        SpecifierSet(text)
    except InvalidSpecifier:
        refuse("bad-versions", f"'{text}' names no versions", "such as '<2' or '>=2,<3'")
    return text


@dataclass(frozen=True)
class DetectorShape:
    """What recognises one thing, by patterns of one kind, and leads to answers or to a tool."""

    id: Id
    dependency: Some[Text]
    index: Some[Text]
    image: Some[Text]
    use: Some[Text]
    subclass: Some[Text]
    command: Some[Text]
    setting: Some[Text]
    file: Some[Text]
    versions: Annotated[str, AfterValidator(_versions), Unless("")]
    unpinned: YesNo
    begins: Annotated[str, Held(pattern=BYTES_PATTERN), Unless("")]
    skip: Annotated[int, Held(strict=True, ge=0, le=512), Unless(0)]
    suggests: Mapping[Id, Many[Id]] = field(default_factory=dict)
    sure: YesNo = False
    yields: Mapping[Id, Many[Id]] = field(default_factory=dict)
    unless: Some[Text] = ()
    tool: MaybeId = ""
    hinders: Ids = ()
    claims: Ids = ()

    @property
    def patterns(self) -> dict[ClueKind, tuple[str, ...]]:
        """The patterns that are given, by kind; of one kind where the detector is sound."""
        return {kind: found for kind in ClueKind if (found := getattr(self, kind))}

    def __post_init__(self) -> None:
        """Refuse several kinds, no end, and what its kind does not have."""
        if len(self.patterns) != 1:
            expected = f"exactly one of {', '.join(ClueKind)}"
            refuse("one-kind", f"the detector has {len(self.patterns) or 'no'} kinds", expected)
        if not self.suggests and not self.tool:
            refuse("no-end", "the detector leads to nothing", "'suggests', 'tool' or both")
        if (self.versions and not self.dependency) or (self.begins and not self.file):
            message = "only a dependency has versions, and only a file has first bytes"
            refuse("wrong-kind", message, "'dependency' with 'versions', 'file' with 'begins'")
