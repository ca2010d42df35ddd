"""The shapes of what explains a result, described for programs, as in `shapes`."""

from pydantic import Field

from advisor.engine.trace import Outcome
from advisor.model.explanation import WhyNot
from advisor.model.knowledge import Basis, Status
from advisor.web.shape import Shape


class Edit(Shape):
    """A question answered otherwise."""

    question: str
    after: list[str] = Field(description="The choices that it has then.")
    clicks: int = Field(description="How many options have to be clicked, 1 or 2.")
    opens: bool = Field(
        description="True where the question was open, false where it was answered."
    )


class Difference(Shape):
    """What treats two plans differently."""

    rule: str = Field(description="The id of the rule, or of the cost of an edge.")
    ours: int = Field(description="Points that it brings to the plan of this framework.")
    theirs: int = Field(description="Points that it brings to the plan of the leader.")


class Against(Shape):
    """A plan held against that of a leader."""

    leader: str
    behind: int = Field(
        description="Points from the leader's plan down to this one, `theirs` less `ours` of all "
        "the differences."
    )
    differences: list[Difference]


class Other(Shape):
    """Why a framework does not lead alone, and the smallest changes that would make it."""

    framework: str
    why: WhyNot
    stops: list[str] = Field(description="The rules that rule it out of a role.")
    against: list[Against] = Field(description="Its plan beside that of each leader; none without.")
    size: int = Field(description="Clicks that each change takes: 1, 2, or 0 where there is none.")
    changes: list[list[Edit]] = Field(description="Every such set that changes some answer.")
    openings: list[list[Edit]] = Field(description="Every such set that only answers questions.")


class Alternative(Shape):
    """Another way to ship what a leader builds: its best plan with another shipper."""

    lead: str
    shipper: str
    backend: str | None = Field(description="What the builder runs on; null if it needs nothing.")
    score: int
    behind: int = Field(description="Points down from the leading plan; 0 where both have as many.")
    differences: list[Difference] = Field(description="They add up to `behind`.")


class Mark(Shape):
    """A mark of importance, set or taken away, that would change who leads."""

    question: str
    adds: bool = Field(description="True where the mark is not set now.")
    leaders: list[str] = Field(description="Who would lead then.")


class Outlook(Shape):
    """What answering an open question could bring by itself."""

    question: str
    leaders: list[list[str]] = Field(description="Who could lead then, other than now.")


class Carrier(Shape):
    """A claim that carries more on one basis than on the other."""

    claim: str
    status: Status
    shown_by: list[str] = Field(description="The claims that show its status.")
    counts_here: int = Field(description="The most points it can carry on this basis.")
    counts_there: int
    carries: list[str] = Field(description="What rests on it and is worth less on the other one.")


class BasesDiffer(Shape):
    """Why the same answers give something else on the other basis."""

    basis: Basis
    there: list[Carrier]
    here: list[Carrier]


class Explanation(Shape):
    """A result taken apart."""

    others: list[Other] = Field(description="Every framework that does not lead alone.")
    ways: list[Alternative] = Field(
        description="How else what leads could be shipped, the best first for each leader."
    )
    marks: list[Mark]
    open_questions: list[Outlook]
    bases: BasesDiffer | None


class Miss(Shape):
    """A condition of a rule that did not hold."""

    question: str
    wanted: list[str]
    given: list[str]


class Traced(Shape):
    """What became of a rule."""

    rule: str
    outcome: Outcome = Field(
        description="fired, failed (an answer or the lack of one kept it back), or inactive (no "
        "claim of its own counts on this basis)."
    )
    points: int = Field(description="What it would bring on this basis, before doubling.")
    doubled: bool = Field(description="Whether a mark of importance doubled it.")
    questions: list[str] = Field(description="The questions of the alternatives that held.")
    misses: list[list[Miss]] = Field(description="What did not hold, by alternative.")
    claims: list[str]
