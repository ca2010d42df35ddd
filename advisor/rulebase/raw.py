"""The rule base as read: checked shapes with their places, before anything ties them together.

Files have become lists of entries here. Knows nothing of YAML; resolves no ids.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from advisor.errors import Place
from advisor.rulebase.rule_schema import (
    CostShape,
    EdgeShape,
    MigrationShape,
    NoteShape,
    RuleShape,
    ScenarioShape,
    StepShape,
    TradeoffFile,
)
from advisor.rulebase.schema import (
    ClaimsFile,
    ClaimShape,
    DisagreementShape,
    FrameworkFile,
    QuestionShape,
    RuleBaseFile,
    Shape,
    SourceShape,
    SubjectShape,
    SwitchShape,
    ToolShape,
)
from advisor.yamlfile import Document, Steps

E = TypeVar("E", bound=Shape)
S_co = TypeVar("S_co", bound=Shape, covariant=True)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an entry stands.

    Attributes:
        document: the file it stands in.
        steps: the way to it inside that file.
    """

    document: Document
    steps: Steps

    @property
    def file(self) -> str:
        """Path of its file below the rule base's folder."""
        return self.document.file

    def place(self, *steps: str | int) -> Place:
        """Return where a value of the entry begins; without steps, the entry."""
        return self.document.place((*self.steps, *steps))

    def key_place(self, *steps: str | int) -> Place:
        """Return where a key of the entry begins."""
        return self.document.key_place((*self.steps, *steps))


@dataclass(frozen=True, slots=True)
class Item(Spot, Generic[S_co]):
    """An entry and where it stands."""

    shape: S_co


@dataclass(frozen=True, slots=True)
class Broken(Spot):
    """An entry that has not the shape of its kind, or a file without a sound one, as data."""

    data: object


@dataclass(frozen=True)
class RawRuleBase:
    """Everything that was read and has its shape.

    Attributes:
        frame: rulebase.yaml; None where it is missing or broken.
        broken: entries and files that could be read and have not their shape.
        dropped: ids, by kind of entry, of entries that exist and are broken. Naming one is no
            fault of whoever names it.
        mentioned: every word in what was dropped, and what misspelt ids were meant to be. What
            it names counts as used.
    """

    frame: Item[RuleBaseFile] | None
    frameworks: tuple[Item[FrameworkFile], ...]
    questions: tuple[Item[QuestionShape], ...]
    sources: tuple[Item[SourceShape], ...]
    claim_files: tuple[Item[ClaimsFile], ...]
    claims: tuple[Item[ClaimShape], ...]
    tradeoffs: tuple[Item[TradeoffFile], ...]
    rules: tuple[Item[RuleShape], ...]
    edges: tuple[Item[EdgeShape], ...]
    steps: tuple[Item[StepShape], ...]
    tools: tuple[Item[ToolShape], ...]
    migrations: tuple[Item[MigrationShape], ...]
    disagreements: tuple[Item[DisagreementShape], ...]
    notes: tuple[Item[NoteShape], ...]
    scenarios: tuple[Item[ScenarioShape], ...]
    broken: tuple[Broken, ...]
    dropped: Mapping[str, frozenset[str]]
    mentioned: frozenset[str]

    @cached_property
    def switches(self) -> tuple[Item[SwitchShape], ...]:
        """The switches of rulebase.yaml."""
        return _listed(self.frame, "switches", self.frame.shape.switches) if self.frame else ()

    @cached_property
    def subjects(self) -> tuple[Item[SubjectShape], ...]:
        """The subjects of rulebase.yaml."""
        return _listed(self.frame, "subjects", self.frame.shape.subjects) if self.frame else ()

    @cached_property
    def costs(self) -> tuple[Item[CostShape], ...]:
        """The costs of all edges."""
        return tuple(cost for edge in self.edges for cost in costs_of(edge))

    @cached_property
    def frameworks_by_id(self) -> Mapping[str, Item[FrameworkFile]]:
        """Sound frameworks by id, the first where an id is given twice."""
        return {item.shape.id: item for item in reversed(self.frameworks)}

    @cached_property
    def edges_by_id(self) -> Mapping[str, Item[EdgeShape]]:
        """Sound edges by id, the first where an id is given twice."""
        return {item.shape.id: item for item in reversed(self.edges)}

    @cached_property
    def questions_by_id(self) -> Mapping[str, Item[QuestionShape]]:
        """Sound questions by id, the first where an id is given twice."""
        return {item.shape.id: item for item in reversed(self.questions)}

    @cached_property
    def sources_by_id(self) -> Mapping[str, Item[SourceShape]]:
        """Sound sources by id, the first where an id is given twice."""
        return {item.shape.id: item for item in reversed(self.sources)}

    @cached_property
    def claims_by_id(self) -> Mapping[str, Item[ClaimShape]]:
        """Sound claims by id, the first where an id is given twice."""
        return {item.shape.id: item for item in reversed(self.claims)}

    @cached_property
    def _file_sources(self) -> Mapping[str, str | None]:
        return {item.file: item.shape.source for item in self.claim_files}

    def source_of(self, claim: Item[ClaimShape]) -> str | None:
        """Return the id of a claim's source: its own, or else its file's."""
        return claim.shape.source or self._file_sources[claim.file]


def costs_of(edge: Item[EdgeShape]) -> tuple[Item[CostShape], ...]:
    """Return the costs of an edge, each with its place."""
    return _listed(edge, "costs", edge.shape.costs)


def _listed(item: Item[Shape], key: str, shapes: Sequence[E]) -> tuple[Item[E], ...]:
    """Return what stands in a list of an entry, each with its place."""
    return tuple(
        Item(item.document, (*item.steps, key, index), shape) for index, shape in enumerate(shapes)
    )
