"""What is asked of the advisor, how it is to be looked at, and what is expected of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import RuleBase, Sighting
from advisor.model.rules import Role

LATEST = "latest"
"""Stands for the newest edition, whichever that is when somebody asks."""
DRAFT = "draft"
"""Stands for the rules as they are written, where no edition has them yet."""

MAX_PROJECT = 200
"""Longest title of a project, in characters."""
UNPRINTABLE = (
    r"[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""What no title holds, as a pattern: controls, ends of lines, and what turns or hides text."""

EXPECT_WORDS: Mapping[str, tuple[str, ...]] = {
    "leaders": (),
    "plan": (),
    "verdict": (Verdict.TIE, Verdict.CLOSE, Verdict.CLEAR),
    "settled": ("lead", "plan"),
    "all-used": ("true", "false"),
    "max-age": (),
}
"""The words of what is expected, each with its values; none where there are too many to list."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What somebody counts on: `expect` of a request, `accept` of an answers file.

    Example: `expect=ash:birch&expect=verdict:close` is
    `Expectation(frozenset({"ash"}), frozenset({("ash", "birch")}), Verdict.CLOSE)`.
    """

    leads: frozenset[str] = frozenset()
    """Frameworks of which one has to be among the leaders; empty where any may lead."""
    plans: frozenset[tuple[str, str]] = frozenset()
    """Leads with the frameworks that may ship for them; a lead that is not named may ship with
    any."""
    verdict: Verdict = Verdict.TIE
    """The least verdict: `tie`, `close` or `clear`."""
    settled: str | None = None
    """`lead` or `plan`, which no open answer may be able to change; None where one may."""
    all_used: bool = False
    """Whether the recommendation has to rest on every answer and mark of importance."""
    max_age: int | None = None
    """How many days old the edition may be."""

    def words(self) -> tuple[str, ...]:
        """Return it as an address says it: `("ash:birch", "verdict:close")`, never empty."""
        named = {lead for lead, _ in self.plans}
        words = sorted([*(self.leads - named), *(f"{lead}:{by}" for lead, by in self.plans)])
        if self.verdict is not Verdict.TIE:
            words.append(f"verdict:{self.verdict}")
        if self.settled:
            words.append(f"settled:{self.settled}")
        if self.all_used:
            words.append("all-used:true")
        if self.max_age is not None:
            words.append(f"max-age:{self.max_age}")
        return tuple(words) or (f"verdict:{self.verdict}",)

    def __str__(self) -> str:
        return ", ".join(self.words())


@dataclass(frozen=True, slots=True)
class Query:
    """Everything that can be asked at once."""

    answers: Answers = field(default_factory=Answers)
    basis: Basis = Basis.CHECKED
    edition: str | None = None
    """The name of an edition, `latest` or `draft`; None where there are no editions yet."""
    expect: Expectation | None = None
    trace: bool = False
    """Whether every rule that was considered should be told."""
    changes: int = 1
    """Of how many edits what would change the lead may consist: 1, or 2 for pairs as well."""
    project: str = ""
    """A title for the project, as text only; empty where none was given."""
    renamed: tuple[str, ...] = ()
    """What has another name now than where it was written down, a sentence each."""
    seen: tuple[Sighting, ...] = ()
    """Where files say what is answered, as a scan found it; moves nothing in a result."""
    asked: frozenset[str] = frozenset()
    """Questions that were shown and left blank: they are not proposed again."""
    back: bool = False
    """Whether a change of an answer, made from a result, leads back to it at once."""


def shippers_of(rulebase: RuleBase, lead: str) -> list[str]:
    """Return the frameworks that can ship in a plan of a lead, itself first if it can."""
    itself = [lead] if Role.SHIP in rulebase.frameworks[lead].roles else []
    edges = rulebase.edges.values()
    return itself + sorted({edge.shipper for edge in edges if edge.builder == lead})


VERDICTS = tuple(Verdict)
"""From the least sure to the most."""


def is_met(
    expectation: Expectation, verdict: Verdict, plans: Iterable[tuple[str, str | None]]
) -> bool:
    """Say whether leading plans, as lead and shipper, and a verdict are as expected.

    That is all that most expect; the rest of an expectation takes a whole recommendation.
    """
    leads, named = expectation.leads, dict(expectation.plans)
    return VERDICTS.index(verdict) >= VERDICTS.index(expectation.verdict) and any(
        (not leads or lead in leads) and (lead not in named or (lead, by) in expectation.plans)
        for lead, by in plans
    )
