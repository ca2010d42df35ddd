"""What an engineer answered: checked, immutable, with one order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_IMPORTANT = 3
"""How many questions can be marked as counting double."""

WITHOUT, ONE_TOOL = "without", "one-tool"
CONSTRAINTS = (WITHOUT, ONE_TOOL)
"""Keys of what a recommendation has to keep to, whatever the answers speak for."""

SETTINGS = frozenset(
    {"important", "basis", "edition", "expect", "trace", "changes", "project"}
).union({"asked", "back", "seen"}, CONSTRAINTS)
"""Keys that stand beside the answers."""

UNSURE = "unsure"
ANY = "any"
NON_ANSWERS = frozenset({UNSURE, ANY})
"""What can be said to any question instead of a choice."""

RESERVED = SETTINGS | NON_ANSWERS | {"none", "with"}
"""Keys that no question may have."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A state of the questionnaire. A question in none of the fields was not answered.

    Example: `Answers({"deploy": frozenset({"mobile", "web"})}, unsure=frozenset({"hardware"}))`.
    """

    given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each answered question the ids of its choices, never empty."""
    unsure: frozenset[str] = frozenset()
    """Questions answered with "not sure": they add nothing, and the result says whether finding out
    could change it."""
    any: frozenset[str] = frozenset()
    """Questions that do not matter to the engineer: they add nothing for good."""
    important: frozenset[str] = frozenset()
    """Questions of which what their answers bring in counts double."""
    without: frozenset[str] = frozenset()
    """Frameworks that may take no role, nor be what another one runs on."""
    one_tool: bool = False
    """Whether the framework that builds has to be the one that ships."""

    def __hash__(self) -> int:
        """Hash what is given as well, which `==` compares: no one changes it either."""
        said = (frozenset(self.given.items()), self.unsure, self.any, self.important)
        return hash((said, self.without, self.one_tool))

    def said(self) -> frozenset[str]:
        """Return the questions that were answered in any way, waved through included."""
        return self.unsure.union(self.given, self.any)

    def values(self, question: str) -> frozenset[str]:
        """Return what is said to a question, as an address says it; empty where nothing is."""
        if question in self.unsure:
            return frozenset({UNSURE})
        return frozenset({ANY}) if question in self.any else self.given.get(question, frozenset())

    def is_absent(self, question: str) -> bool:
        """Say whether the question was neither answered nor waved through."""
        return question not in self.said()
