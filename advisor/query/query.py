"""What is asked of the advisor, how it is to be looked at, and whether what is expected is so."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Recommendation, Verdict
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


VERDICT_WORDS = {Verdict.TIE: "a tie", Verdict.CLOSE: "close", Verdict.CLEAR: "clear"}
"""How sure a lead is, for a line of a log; the least sure first."""

VERDICTS = tuple(VERDICT_WORDS)

NOTHING = {
    Verdict.OPEN: "too little is known yet to recommend one",
    Verdict.NONE: "nothing fits all of these answers",
}
"""What is so where nothing is recommended."""


def shippers_of(rulebase: RuleBase, lead: str) -> list[str]:
    """Return the frameworks that can ship in a plan of a lead, itself first if it can."""
    itself = [lead] if Role.SHIP in rulebase.frameworks[lead].roles else []
    edges = rulebase.edges.values()
    return itself + sorted({edge.shipper for edge in edges if edge.builder == lead})


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was expected and is not so."""

    word: str
    """What was expected: `leaders`, `plan`, `verdict`, `settled`, `all-used` or `max-age`."""
    message: str
    """What is so instead."""
    expected: str
    """What would have been as expected."""


def is_met(
    expectation: Expectation, verdict: Verdict, plans: Iterable[tuple[str, str | None]]
) -> bool:
    """Say whether leading plans, as lead and shipper, and a verdict are as expected.

    That is all that most expect; the rest of an expectation takes a whole recommendation.
    """
    leads, named = expectation.leads, dict(expectation.plans)
    sure = verdict not in NOTHING and VERDICTS.index(verdict) >= VERDICTS.index(expectation.verdict)
    return sure and any(
        (not leads or lead in leads) and (lead not in named or (lead, by) in expectation.plans)
        for lead, by in plans
    )


def failures(
    rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation, age: int = 0
) -> tuple[Failure, ...]:
    """Return what is not as expected; empty where the expectation is met.

    Never met under `open` and `none`: nothing is recommended there. `age` is how many days ago
    the rule base was released.
    """
    if recommendation.verdict in NOTHING:
        return (Failure("verdict", NOTHING[recommendation.verdict], "a recommendation"),)
    return tuple(_failures(rulebase, expectation, recommendation, age))


def _failures(
    rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation, age: int
) -> Iterator[Failure]:
    accepted = _accepted(expectation, recommendation)
    shippers = {lead: [by for name, by in expectation.plans if name == lead] for lead in accepted}
    plans = {standing.framework: standing.plan for standing in recommendation.standings}
    by = {lead: plan.shipper for lead in accepted if (plan := plans[lead])}
    leading = _leading(rulebase, expectation, recommendation)
    if not accepted:
        wanted = _either(rulebase, expectation.leads)
        yield Failure("leaders", leading, wanted)
    elif not any(not shippers[lead] or by[lead] in shippers[lead] for lead in accepted):
        wanted = _either(rulebase, {by for lead in accepted for by in shippers[lead]})
        yield Failure("plan", leading, f"{wanted} to ship")
    verdict, least = recommendation.verdict, VERDICTS.index(expectation.verdict)
    if VERDICTS.index(verdict) < least:
        wanted = " or ".join(VERDICT_WORDS[each] for each in VERDICTS[least:])
        yield Failure("verdict", f"{leading}: {VERDICT_WORDS[verdict]}", wanted)
    settled = recommendation.settled
    if expectation.settled and not (
        settled.plan if expectation.settled == "plan" else settled.lead
    ):
        message = f"open answers can still change the {expectation.settled}"
        yield Failure("settled", message, "answers that settle it")
    if expectation.all_used and (idle := unused(recommendation)):
        message = f"the recommendation does not rest on {', '.join(idle)}"
        yield Failure("all-used", message, "answers and marks that count")
    if expectation.max_age is not None and age > expectation.max_age:
        message = f"the edition is {age} days old"
        yield Failure("max-age", message, f"at most {expectation.max_age}")


def outcome(rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation) -> str:
    """Return in a sentence what was expected, what is recommended, and how sure that is.

    Example: "Expected a:b; A leads, and A ships itself: clear, plan settled."
    """
    return f"Expected {expectation}; {found(rulebase, expectation, recommendation)}."


def found(rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation) -> str:
    """Return what is recommended, how sure that is and what was not used, without a full stop."""
    if recommendation.verdict in NOTHING:
        told = NOTHING[recommendation.verdict]
    else:
        settled = recommendation.settled
        whole = expectation.plans or expectation.settled == "plan"
        firm = settled.plan if whole else settled.lead
        how_sure = f"{'plan ' if whole else ''}{'settled' if firm else 'not settled'}"
        leading = _leading(rulebase, expectation, recommendation)
        told = f"{leading}: {VERDICT_WORDS[recommendation.verdict]}, {how_sure}"
    left_out = unused(recommendation)
    return f"{told}; not used: {', '.join(left_out)}" if left_out else told


def unused(recommendation: Recommendation) -> tuple[str, ...]:
    """Return what was said in vain: `("serving", "important=deploy")`, a mark behind its key."""
    idle = {mark.question for mark in recommendation.idle_marks}
    return (*recommendation.ignored, *(f"important={name}" for name in sorted(idle)))


def _accepted(expectation: Expectation, recommendation: Recommendation) -> list[str]:
    """Return the leaders that are among those expected."""
    leads = expectation.leads
    return [name for name in recommendation.leaders if not leads or name in leads]


def _either(rulebase: RuleBase, ids: Collection[str]) -> str:
    return _listed([rulebase.frameworks[each].name for each in sorted(ids)], "or")


def _listed(words: Sequence[str], last: str) -> str:
    """Return `a, b and c`."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _leading(rulebase: RuleBase, expectation: Expectation, recommendation: Recommendation) -> str:
    """Say who leads, and what was expected of it: to lead, alone or not, and with whom."""
    leaders, accepted = recommendation.leaders, _accepted(expectation, recommendation)
    names = {name: framework.name for name, framework in rulebase.frameworks.items()}
    level = "are level" if len(leaders) > 1 else "leads"
    told = f"{_listed([names[name] for name in leaders], 'and')} {level}"
    if len(leaders) > 1 and accepted and expectation.leads:
        one = len(expectation.leads) == 1
        who = "it" if one else _listed([names[name] for name in accepted], "and")
        told += f", so {who} {'shares' if len(accepted) == 1 else 'share'} the lead"
    for standing in recommendation.standings:
        lead, plan = standing.framework, standing.plan
        if not plan or lead not in accepted or lead not in dict(expectation.plans):
            continue
        if plan.shipper is None:
            told += ", and nothing has to be shipped"
        elif plan.shipper == lead:
            told += f", and {names[lead]} ships itself"
        else:
            told += f", and {names[lead]} is shipped with {names[plan.shipper]}"
    return told
