"""What the page of a recommendation computes; the rest its templates read off the model.

The templates get the recommendation, its explanation and a `ResultContext`, and ask it while
they write the page:

    {{ result.change("goal") }}                        /ask/goal?deploy=none&goal=research
    {{ result.cite(reason.claims, aside=false) }}      [2][7], as links
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from markupsafe import Markup, escape

from advisor.model.admissibility import counting
from advisor.model.explanation import Against, Explanation, Other, WhyNot
from advisor.model.knowledge import Claim
from advisor.model.recommendation import (
    OpenQuestion,
    Plan,
    Reason,
    Recommendation,
    Standing,
    State,
    Verdict,
    leading_plans,
)
from advisor.model.rulebase import Question, RuleBase
from advisor.model.rules import Step
from advisor.output.changes import first_counterfactuals, too_few
from advisor.output.headline import (
    VERDICT_MEANS,
    doubtful_claims,
    firmness,
    sums_in_words,
    verdict_word,
)
from advisor.output.words import (
    BASIS_WORDS,
    ROLE_WORDS,
    counted,
    difference_in_words,
    listed,
    names,
    reason_texts,
    signed,
    whom_in_words,
)
from advisor.query.expect import meets
from advisor.query.query import Query
from advisor.query.write import STATE, links, query_pairs, query_string
from advisor.web import urls
from advisor.web.pages.answers import (
    CounterfactualLinks,
    Links,
    answer_in_words,
    counterfactual_links,
)
from advisor.web.pages.citations import Citations, escaped
from advisor.web.urls import report_address, report_body

WEIGHTIEST = 3
"""How many differences from a leader are told, for and against each."""

SHARED = {
    "record": "Decision record in Markdown",
    "json": "For programs: the same as JSON",
    "badge": "Badge (SVG)",
    "card": "Preview card (PNG)",
}
"""Where else a recommendation can be had, by the name of the link, with what it is called."""


class Balance(NamedTuple):
    """What speaks against and for a plan beside a leader's, down to the gap between them."""

    against: list[tuple[int, str]]
    """The points and the reasons that weigh most against it, the worst first."""
    favour: list[tuple[int, str]]
    """The same for it, the best first."""
    sum: str
    """What all other differences come to, and everything in all."""


@dataclass(eq=False)
class ResultContext:
    """One recommendation on its way to its page.

    Claims are numbered in the order in which the templates cite them, from top to bottom. What is
    `aside`, beside the point, cites less, and what it alone cites is listed apart: the list of
    sources begins with what the lead rests on.
    """

    rulebase: RuleBase
    query: Query
    recommendation: Recommendation
    explanation: Explanation
    origin: str
    """Scheme and host of this site, for links that leave it."""
    issue_form: str = ""
    """The address of a form that takes reports; empty where there is none."""

    def __post_init__(self) -> None:
        """Begin the page: nothing is cited yet."""
        waiting = {item.question for item in self.recommendation.open_questions if not item.unsure}
        self._asked = self.query.asked | waiting
        self._states: dict[frozenset[str], str] = {}
        self._said: dict[str, str] = {}
        self.citations = Citations(self.rulebase)

    def change(self, question: str) -> str:
        """Return the address at which the answer to a question can be changed, or given.

        Questions without an answer count as asked, so that the way leads back to the result at
        once, unless the change opens new questions.
        """
        asked = self._asked - {question}
        if asked not in self._states:  # they differ for questions without an answer alone
            self._states[asked] = query_string(replace(self.query, asked=asked), STATE)
        state = self._states[asked]
        return f"/ask/{question}?{state}" if state else f"/ask/{question}"

    # Written here and not by a template, which takes several times as long: the table of reasons
    # is most of a page.

    def because(self, questions: Iterable[str]) -> Markup:
        """Return the answers that something rests on as HTML, each a link that changes it."""
        for name in questions:
            if name not in self._said:
                label = self.rulebase.questions[name].label
                answer = answer_in_words(self.rulebase, self.recommendation.answers, name)
                self._said[name] = (
                    f'<a href="{escape(self.change(name))}">'
                    f'<span class="said">{escape(label)}:</span> {escape(answer)}</a>'
                )
        links = "; ".join([self._said[name] for name in questions])
        return Markup(f'<p class="because">You said {links} </p>')  # noqa: S704 - escaped above

    def reason_rows(self, lead: str, reasons: Iterable[Reason], *, aside: bool) -> Markup:
        """Return the rows of a table of reasons for the plan of a framework as HTML.

        Args:
            lead: the id of the framework.
            reasons: what the rows tell.
            aside: whether they are beside the point: they cite less, and tell no answers.
        """
        most = 1 if aside else 4
        rows = []
        for reason in reasons:
            rule, more = escaped(reason.rule), reason.claims[most:]
            anchor = escaped(f"reason-{lead}-{reason.role}-{reason.rule}")
            report = because = ""
            if self.issue_form:
                address = escape(self.report(reason.rule, anchor))
                report = f', <a href="{address}" rel="noreferrer">report this reason</a>'
            if reason.questions and not aside:
                because = self.because(reason.questions)
            doubled = ' <span class="doubled">counts double</span>' if reason.doubled else ""
            others = f' <a class="cite" href="/rules/{rule}#claims">and {len(more)} more</a>'
            rows.append(
                f'<tr class="fw-{escaped(reason.framework)}" id="{anchor}">\n'
                f'<td class="points">{signed(reason.points)}{doubled}</td>\n'
                f'<th scope="row">{escaped(reason.text)} '
                f"{self.cite(reason.claims[:most], aside=aside)}{others if more else ''}\n"
                f'<p class="whom">{escaped(whom_in_words(self.rulebase, reason))} '
                f'(<a href="/rules/{rule}">rule</a>{report}) '
                f'<a class="anchor" href="#{anchor}" aria-label="Link to this reason">#</a></p>\n'
                f"{because}\n</th>\n</tr>\n"
            )
        return Markup("".join(rows))  # noqa: S704 - escaped above

    def report(self, rule: str, anchor: str) -> str:
        """Return where something on this page can be reported as wrong."""
        basis = BASIS_WORDS[self.recommendation.basis]
        subject = f"Rule: {rule}\nBasis: {basis}\nEdition: {self.query.edition or 'none'}"
        where = f"{self.origin}{urls.result(self.query)}#{anchor}"
        body = report_body(subject, self.rulebase.rules_hash, where)
        return report_address(self.issue_form, f"Reason {rule}", body)

    def cite(self, claims: Iterable[str], *, aside: bool) -> Markup:
        """Cite claims whatever their state."""
        return self.citations.cite(claims, aside=aside)

    def cite_counting(self, claims: Iterable[str], *, aside: bool) -> Markup:
        """Cite those of the claims that count on the basis of the recommendation."""
        known, basis = self.rulebase, self.recommendation.basis
        return self.citations.cite(
            counting(known.claims, known.sources, claims, basis), aside=aside
        )

    # The head

    def settled(self) -> str:
        """Say what further answers could change."""
        settled = self.recommendation.settled
        if not self.recommendation.open_questions:
            return "Everything that could matter is answered."
        if settled.lead and settled.plan:
            return "Settled: no answer to the questions still open can change the lead or the plan."
        if settled.lead:
            return "The lead is settled: further answers can change the plan, not who leads."
        return "Not settled: questions that are still open could change it."

    def expectation(self) -> str:
        """Say whether what was expected leads; empty if nothing was expected."""
        expected = self.query.expect
        if expected is None:
            return ""
        what = names(self.rulebase, [expected.lead])
        if expected.shipper:
            what += f", shipped with {names(self.rulebase, [expected.shipper])}"
        if not meets(expected, self.recommendation):
            return f"Expected was {what}: it does not lead."
        shared = len(self.recommendation.leaders) > 1
        return f"Expected was {what}: {'it shares the lead' if shared else 'it leads'}."

    # Plans and standings

    def leading(self) -> list[Standing]:
        """Return the places of the plans that lead; none is first."""
        standings = self.recommendation.standings
        return [each for each in standings if each.state is State.LEADS and each.plan]

    def backend(self, plan: Plan) -> str:
        """Say what a plan runs on, and whether anything speaks for that; empty if on nothing."""
        backends = self.rulebase.frameworks[plan.lead].backends
        name = next((backend.name for backend in backends if backend.id == plan.backend), "")
        if not name:
            return ""
        edge = self.rulebase.edges.get(plan.edge)
        because = ""
        if edge and edge.backends:
            because = f", from which the way to {names(self.rulebase, [edge.shipper])} is open"
        if plan.backend_reasons:
            return f"It runs on {name}{because}; outside the sum:"
        return (
            f"It runs on {name}{because or '; nothing in your answers asks for another backend'}."
        )

    def steps(self) -> list[tuple[Plan, list[Step]]]:
        """Return what to do under each plan that leads; nothing while too little is known."""
        due, known = self.recommendation.steps, self.rulebase.steps
        plans = leading_plans(self.recommendation.standings)
        return [
            (plan, [known[name] for name in due[plan.lead]]) for plan in plans if due.get(plan.lead)
        ]

    def doubtful(self) -> list[Claim]:
        """Return the claims that the leaders' reasons lean on and that hold in part only."""
        plans = leading_plans(self.recommendation.standings)
        reasons = (reason for plan in plans for reason in (*plan.reasons, *plan.backend_reasons))
        return list(doubtful_claims(self.rulebase, reasons).values())

    # Why not the others

    def why_not(self, other: Other) -> str:
        """Say in a sentence why a framework does not lead alone."""
        match other.why:
            case WhyNot.SHARES:
                level = [against.leader for against in other.against]
                return f"It leads, level with {names(self.rulebase, level)}."
            case WhyNot.OUTSCORED:
                return self._behind(other.against[0])
            case WhyNot.NO_REASON:
                behind = "".join(f" {self._behind(each)}" for each in other.against[:1])
                return f"No reason of its own speaks for it.{behind}"
            case WhyNot.NO_ROLE:
                return self._no_role(other.framework)
            case WhyNot.RULED_OUT:
                return "Ruled out by a hard fact, whatever speaks for it."

    def _behind(self, against: Against) -> str:
        """Say how far a framework is behind a leader, or that it is not."""
        leader = names(self.rulebase, [against.leader])
        if against.behind > 0:
            return f"{counted(against.behind, 'point').capitalize()} behind {leader}."
        return f"Its points alone would not put it behind {leader}."

    def _no_role(self, framework: str) -> str:
        """Say what a framework lacks to lead, and where it takes part all the same."""
        roles = self.rulebase.frameworks[framework].roles
        lacking = [ROLE_WORDS[role] for role in self.recommendation.roles if role not in roles]
        lack = (
            f"It has no part in {listed(lacking, 'or')}" if lacking else "It can lead no plan here"
        )
        plans = leading_plans(self.recommendation.standings)
        helped = [plan.lead for plan in plans if framework in {plan.builder, plan.shipper}]
        if not helped:
            return f"{lack}, so it cannot lead such a project."
        return f"{lack}, so it cannot lead, but takes part with {names(self.rulebase, helped)}."

    def balance(self, against: Against) -> Balance | None:
        """Return what the gap between a plan and a leader's is made of; None where none is.

        Example: one point for it and three against it give
        `Balance([(-3, "Lacks: It learns fast.")], [(1, "It starts fast.")], "That makes …")`.
        """
        texts = reason_texts(self.rulebase)
        gaps = [
            (each.ours - each.theirs, difference_in_words(each, texts[each.rule]))
            for each in against.differences
        ]
        worse = [gap for gap in gaps if gap[0] < 0][:WEIGHTIEST]
        better = sorted((gap for gap in gaps if gap[0] > 0), key=lambda gap: -gap[0])[:WEIGHTIEST]
        told = [*worse, *better]
        if not told:
            return None
        untold = len(gaps) - len(told)
        everything = f"makes {signed(-against.behind)} in all."
        if not untold:
            return Balance(worse, better, f"That {everything}")
        more = counted(untold, "more difference").capitalize()
        comes = "comes" if untold == 1 else "come"
        points = signed(sum(gap[0] for gap in gaps) - sum(gap[0] for gap in told))
        return Balance(worse, better, f"{more} {comes} to {points}, which {everything}")

    def counterfactuals(self, other: Other) -> CounterfactualLinks:
        """Return a few single edits that would make a framework lead alone, as links."""
        changes, openings = first_counterfactuals(other)
        return CounterfactualLinks(
            too_few(self.rulebase, other),
            counterfactual_links(self.rulebase, self.query, other, openings),
            counterfactual_links(self.rulebase, self.query, other, changes),
            more=len(other.changes) + len(other.openings) - len(changes) - len(openings),
        )

    # How sure

    def sureness(self) -> Iterator[str]:
        """Say what the verdict means here, and what the answer withstands."""
        told, word = self.recommendation, verdict_word(self.recommendation)
        close = counted(self.rulebase.margins.close, "point")
        lead = f"{word}: the lead is {counted(told.margin or 0, 'point')}"
        match told.verdict:
            case Verdict.NONE:
                yield "Nothing can be recommended while every one of them is ruled out."
            case Verdict.OPEN:
                yield "Nothing is recommended before a leader has a reason of two points or more."
            case Verdict.TIE:
                yield f"{word}. {sums_in_words(told)}"
            case Verdict.CLOSE | Verdict.CLEAR if told.margin is None:
                yield f"{word}: nothing else has a reason of its own."
            case Verdict.CLOSE:
                yield f"{lead}, and up to {close} count as close."
            case Verdict.CLEAR:
                yield f"{lead}, and only up to {close} count as close."
        yield VERDICT_MEANS[told.verdict]
        yield from firmness(self.rulebase, told)
        yield self.settled()

    def open_questions(self) -> Iterator[tuple[str, list[OpenQuestion]]]:
        """Yield the questions that wait for an answer under titles, first what one is unsure of."""
        waiting = self.recommendation.open_questions
        for title, items in (
            ("What you are not sure of", [q for q in waiting if q.unsure]),
            (
                "Still open, and one answer alone could change who leads",
                [q for q in waiting if q.matters and not q.unsure],
            ),
            (
                "Still open, but no answer to one of these alone changes who leads",
                [q for q in waiting if not q.matters and not q.unsure],
            ),
        ):
            if items:
                yield title, items

    # Answers and sharing

    def answered(self) -> list[Question]:
        """Return the questions with an answer of any sort, in written order."""
        answers = self.recommendation.answers
        return [q for q in self.rulebase.questions.values() if not answers.is_absent(q.id)]

    def carried(self) -> list[tuple[str, str]]:
        """Return all of the query but the title, for a form that sets it."""
        untitled = replace(self.query, project="")
        return query_pairs(untitled, urls.RESULT_KEEPS)

    def shared(self) -> Links:
        """Return links to where else the recommendation can be had."""
        written = links(self.query)
        compare = "Compare with another link", urls.compare([self.query])
        return [*((label, written[name]) for name, label in SHARED.items()), compare]
