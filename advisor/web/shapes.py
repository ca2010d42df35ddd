"""The shapes of what the API sends, described for programs.

Nothing is sent through these: the serializer writes the bytes, a test holds them to the shapes,
and `/openapi.json` is made of them.
"""

from typing import Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from advisor.model.knowledge import Basis
from advisor.model.recommendation import State, Verdict
from advisor.model.rules import Condition, Role
from advisor.web.shape import Shape
from advisor.web.shapes_explained import Explanation, Traced


class Reason(Shape):
    """A summand of a plan's score."""

    rule: str = Field(description="The id of the rule, or of the cost of an edge.")
    framework: str
    role: Literal["build", "ship", "edge", "backend"]
    points: int = Field(description="What it adds, after caps and doubling.")
    doubled: bool = Field(description="Whether a mark of importance doubled it.")
    text: str
    claims: list[str] = Field(description="The ids of the claims that count on this basis.")
    questions: list[str] = Field(description="The answered questions that brought it in.")


class PlanName(Shape):
    """Who is in a plan."""

    lead: str
    builder: str | None = Field(description="Null where nothing is to be trained.")
    shipper: str | None = Field(description="Null where nothing has to run elsewhere.")
    backend: str | None = Field(description="What the builder runs on; null if it needs nothing.")


class Plan(PlanName):
    """The best plan that a framework leads."""

    edge: str | None = Field(
        description="The edge that joins two different frameworks; null where one does all."
    )
    means: list[str] = Field(description="Ids of the tools with which the shipper ships here.")
    score: int = Field(description="The sum of the points of its reasons.")
    reasons: list[Reason] = Field(description="Their points add up to the score.")
    backend_reasons: list[Reason] = Field(description="Why that backend; outside the sum.")


class Stop(Shape):
    """A hard fact that rules a framework out of a role."""

    rule: str
    role: Role
    text: str
    way_out: str
    claims: list[str]
    answers: dict[str, list[str]] = Field(description="The answers that brought it in.")


class Standing(Shape):
    """Where a framework stands."""

    framework: str
    state: State
    score: int | None = Field(description="The score of its best plan; null where it has none.")
    stops: list[Stop]


class Level(Shape):
    """A matter that no longer separates frameworks."""

    rule: str
    role: Role
    frameworks: list[str]
    text: str
    claims: list[str]
    questions: list[str]


class OpenQuestion(Shape):
    """A question that waits for an answer."""

    question: str
    unsure: bool = Field(description="Whether it was answered with 'unsure'.")
    matters: bool = Field(description="False if no answer to it alone can change who leads.")


class Tolerance(Shape):
    """How much error in every rule's points the lead can bear: an exact fraction."""

    numerator: int
    denominator: int
    percent: int = Field(description="Rounded down.")


class Settled(Shape):
    """What no answer to the open questions can change any more."""

    lead: bool = Field(
        description="True where no answer to the open questions can change who leads; false where "
        "one can, or where that could not be ruled out."
    )
    plan: bool = Field(description="True where none can change the leaders' plans either.")


class OtherBasis(Shape):
    """What the same answers give on the other basis."""

    basis: Basis
    leaders: list[str]
    verdict: Verdict
    margin: int | None
    plans: list[PlanName]
    differs: bool = Field(description="Whether leaders, their plans or the verdict are different.")


class Result(Shape):
    """A recommendation. The same answers give the same bytes, always."""

    edition: str | None = Field(
        description="'latest' where that was asked for, else null: no edition has been released."
    )
    rules_hash: str = Field(description="Names the rules exactly: another hash, other rules.")
    model: int = Field(description="The version of the decision model.")
    basis: Basis = Field(description="What it rests on: facts as checked, or documents as written.")
    answers: dict[str, str | list[str]] = Field(
        description="What was answered, by question: a choice as text, several as a list; also "
        "what was ignored."
    )
    important: list[str] = Field(description="The questions that count double.")
    ignored: list[str] = Field(
        description="Questions whose answers were not used, as they do not apply beside the others."
    )
    roles: list[Role] = Field(description="The roles that somebody has to take.")
    switches: list[str] = Field(description="What the answers switched off: roles nobody needs.")
    leaders: list[str] = Field(
        description="Who leads, in alphabetical order: none is first. They are recommended unless "
        "the verdict is open."
    )
    verdict: Verdict = Field(
        description="How sure it is: none (all are ruled out), open (too little is answered), "
        "tie, close or clear."
    )
    margin: int | None = Field(
        description="How many points the leaders are ahead; null where nothing else has a reason "
        "of its own."
    )
    tolerance: Tolerance | None = Field(
        description="How much error in every rule's points the lead can bear; null without a rival "
        "and where no single one leads."
    )
    settled: Settled = Field(
        description="Whether lead and plan are final: true where no answer to the open questions "
        "can change them any more."
    )
    plans: list[Plan] = Field(
        description="The best plan that each can lead, with the reasons that add up to its score."
    )
    standings: list[Standing] = Field(
        description="Where each stands, best first, with the facts that rule it out."
    )
    levels: list[Level] = Field(description="Matters that no longer separate them.")
    open_questions: list[OpenQuestion] = Field(
        description="Questions that wait for an answer, and whether one could change who leads."
    )
    disagreements: list[str] = Field(description="Where the documents differ on these reasons.")
    migrations: list[str] = Field(description="Routes for code that exists already.")
    steps: dict[str, list[str]] = Field(description="What to do next, in order, by leader.")
    notes: list[str] = Field(description="What lies outside the options and is never ranked.")
    other: OtherBasis = Field(description="What the same answers give on the other basis.")
    next_question: str | None = Field(
        description="What to ask next; null where nothing is left to ask that can change the "
        "result. Questions answered with 'unsure' or named in 'asked' are not asked again."
    )


class Expected(Shape):
    """What was expected, held against the result."""

    wanted: str = Field(description="As it was sent: `lead` or `lead:shipper`.")
    met: bool = Field(description="Whether the status is 200; it is 409 where not.")
    leaders: list[str] = Field(description="Those of the result.")
    message: str = Field(
        description="A line for a log: what was expected, what is recommended, whether the lead is "
        "shared, the verdict, and whether it is settled."
    )


class Envelope(Shape):
    """A result with what stands beside it."""

    format: Literal[1] = Field(description="The version of this form.")
    result: Result = Field(description="The recommendation: the same bytes for the same answers.")
    expect: Expected | SkipJsonSchema[None] = Field(
        default=None,
        description="What was expected, whether it is met, and both in a sentence, the message; "
        "only where something was expected.",
    )
    explanation: Explanation = Field(
        description="Why the others do not lead, the smallest changes that would make them lead, "
        "and why the bases differ."
    )
    trace: list[Traced] | SkipJsonSchema[None] = Field(
        default=None, description="What became of every rule; only where a trace was asked for."
    )
    links: dict[str, str] = Field(description="Where else the same can be had, below this site.")


class Choice(Shape):
    """One answer to a question."""

    id: str
    label: str
    hint: str


class Question(Shape):
    """A question with its choices."""

    id: str
    title: str
    topic: str
    label: str
    changes: str
    why: str
    multiple: bool
    applies: list[list[Condition]] = Field(
        description="One of the lists has to hold; none: always."
    )
    choices: list[Choice]


class Questions(Shape):
    """All questions, in the order in which they are asked."""

    format: Literal[1]
    questions: list[Question]


class Health(Shape):
    """The site is there."""

    status: Literal["ok"]
    rules_hash: str


class Fault(Shape):
    """One thing that is wrong with what was sent."""

    place: str = Field(description="`query` or `body`.")
    path: str = Field(description="The way to the value, such as `answers.deploy[1]`.")
    line: int | None = Field(default=None, description="Only where the body is no JSON at all.")
    column: int | None = None
    code: str = Field(description="A stable name of the kind of fault.")
    message: str
    expected: str = Field(description="What would have been right; may be empty.")
    nearest: str = Field(description="The nearest known id or key; may be empty.")


class Problem(Shape):
    """A failed request, in the form of RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    faults: list[Fault]
