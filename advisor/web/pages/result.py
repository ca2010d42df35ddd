"""What the page of a recommendation computes; the rest its templates read off the model.

The templates get the recommendation, its explanation and a `ResultContext`, and ask it while
they write the page:

    {{ result.change("goal") }}                        /ask/goal?deploy=none&goal=research
    {{ result.cite(reason.claims) }}                   [2][7], as links
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from advisor.engine.scoring.items import caps_of
from advisor.model.explanation import Against, Carrier, Explanation
from advisor.model.knowledge import Claim, Source
from advisor.model.recommendation import Reason, Recommendation, leading_plans
from advisor.model.rulebase import FoundTool, Question, RuleBase
from advisor.model.rules import ALWAYS, Role
from advisor.output import words
from advisor.output.headline import doubtful_claims
from advisor.output.text import tools_worth_telling
from advisor.query.query import Query
from advisor.query.write import query_pairs
from advisor.scan.detect import conclude
from advisor.web import urls
from advisor.web.urls import pinned, report_address, report_body

CITED = 4
"""How many of the claims behind a reason are cited; its rule tells all."""

COMMAND_LENGTH = 120
"""How many characters of the command to start with are shown first, in whole lines."""

WEIGHTIEST = 3
"""How many differences from a leader are told, for and against each."""


class Balance(NamedTuple):
    """What speaks against and for a plan beside a leader's, down to the gap between them."""

    against: list[tuple[int, str]]
    """The points and the reasons that weigh most against it, the worst first."""
    favour: list[tuple[int, str]]
    """The same for it, the best first."""
    untold: int
    """How many other differences there are."""
    rest: int
    """The points that these come to."""


@dataclass(eq=False)
class ResultContext:
    """One recommendation on its way to its page.

    Sources are numbered in the order in which the templates cite them, from top to bottom.
    """

    rulebase: RuleBase
    query: Query
    recommendation: Recommendation
    explanation: Explanation
    origin: str
    """Scheme and host of this site, for links that leave it."""
    issue_form: str = ""
    """The address of a form that takes reports; empty where there is none."""
    pin: str = ""
    """The edition that links to pages of knowledge carry; empty where they need none."""

    def __post_init__(self) -> None:
        self._said: dict[str, str] = {}
        self.citations = Citations(self.rulebase, self.pin)

    def found_in_files(self) -> list[tuple[FoundTool, str]]:
        """Return the tools in scanned files that have ended or stand in the way, with words."""
        seen = self.query.seen
        found = conclude(self.rulebase, seen).tools if seen else ()
        return tools_worth_telling(self.rulebase, found, self.recommendation) if found else []

    def change(self, question: str) -> str:
        """Return the address at which the answer to a question can be changed, or given."""
        return urls.change(self.query, question)

    # Written here and not by a template, which takes several times as long: the table of reasons
    # is most of a page.

    def because(self, questions: Iterable[str]) -> Markup:
        """Return the answers that something rests on as HTML, each a link that changes it."""
        for name in questions:
            if name not in self._said:
                label = self.rulebase.questions[name].label
                answer = words.answer_in_words(self.rulebase, self.recommendation.answers, name)
                self._said[name] = (
                    f'<a href="{escape(self.change(name))}">'
                    f'<span class="said">{escape(label)}:</span> {escape(answer)}</a>'
                )
        links = "; ".join([self._said[name] for name in questions])
        return Markup(f'<p class="because">You said {links} </p>')  # noqa: S704 - escaped above

    def reason_rows(self, lead: str, reasons: Iterable[Reason]) -> Markup:
        """Return the rows of a table of reasons for the plan of a framework, the lead, as HTML."""
        rows = []
        for reason in reasons:
            more = len(reason.claims) - CITED
            anchor = escaped(f"reason-{lead}-{reason.role}-{reason.rule}")
            report = because = ""
            if self.issue_form:
                address = escape(self.report(reason.rule, anchor))
                report = f', <a href="{address}" rel="noreferrer">report this reason</a>'
            if reason.questions:
                because = self.because(reason.questions)
            doubled = ' <span class="doubled">counts double</span>' if reason.doubled else ""
            link = escape(urls.pinned(f"/rules/{reason.rule}", self.pin))
            evidence = escape(urls.pinned(f"/rules/{reason.rule}#claims", self.pin))
            others = f' <a class="cite" href="{evidence}">and {more} more</a>'
            rows.append(
                f'<tr class="fw-{escaped(reason.framework)}" id="{anchor}">\n'
                f'<td class="points">{words.signed(reason.points)}{doubled}</td>\n'
                f"<td>{escaped(reason.text)} "
                f"{self.cite(reason.claims[:CITED])}{others if more > 0 else ''}\n"
                f'<p class="whom">{escaped(words.whom_in_words(self.rulebase, reason))} '
                f'(<a href="{link}">rule</a>{report}) '
                f'<a class="anchor" href="#{anchor}" aria-label="Link to this reason">#</a></p>\n'
                f"{because}\n</td>\n</tr>\n"
            )
        return Markup("".join(rows))  # noqa: S704 - escaped above

    def report(self, rule: str, anchor: str) -> str:
        """Return where something on this page can be reported as wrong."""
        basis = words.BASIS_WORDS[self.recommendation.basis]
        subject = f"Rule: {rule}\nBasis: {basis}\nEdition: {self.query.edition or 'none'}"
        where = f"{self.origin}{urls.result(self.query)}#{anchor}"
        body = report_body(subject, self.rulebase.rules_hash, where)
        return report_address(self.issue_form, f"Reason {rule}", body)

    def cite(self, claims: Iterable[str]) -> Markup:
        """Cite claims whatever their state."""
        return self.citations.cite(claims)

    def cite_counting(self, claims: Iterable[str]) -> Markup:
        """Cite those of the claims that count on the basis of the recommendation."""
        caps = caps_of(self.rulebase, self.recommendation.basis)
        return self.cite([name for name in claims if name in caps])

    def steps(self) -> dict[tuple[str, ...], list[str]]:
        """Return the ids of the next steps by the leaders that they are for, each step once.

        Where two are level: `{("ash", "birch"): ["install"], ("ash",): ["export"]}`.
        """
        leads: dict[str, tuple[str, ...]] = {}
        for lead, names in self.recommendation.steps.items():
            for name in names:
                leads[name] = (*leads.get(name, ()), lead)
        found: dict[tuple[str, ...], list[str]] = {}
        for name, whose in leads.items():
            found.setdefault(whose, []).append(name)
        return found

    def starts(self) -> list[tuple[str, str, str, bool]]:
        """Return what each leader starts with: its id, a sentence, a command, whether more follows.

        It is the first of its next steps. What depends on the answers needs its first sentence, as
        for one card, and may have no command. But if the step only installs what runs a finished
        model, and the answers ask for other packages of the same framework, such as those of
        another language, it is theirs. What is longer than a few lines is cut: the steps have all
        of it.
        """
        found = []
        for lead, names in self.recommendation.steps.items():
            steps = [self.rulebase.steps[name] for name in names]
            if not steps:
                continue
            first = steps[0]
            asked = [
                step.command.strip()
                for step in steps
                if step.command
                and step.phase is first.phase
                and step.framework == first.framework
                and step.roles == first.roles == (Role.SHIP,)
                and step.when != first.when
            ]
            command = ("\n".join(asked) or first.command).strip()
            begin, *lines = command.split("\n\n")[0].split("\n")
            for line in lines:
                if len(begin) + len(line) > COMMAND_LENGTH:
                    break
                begin += f"\n{line}"
            plain = asked or (first.command and first.when == ALWAYS)
            sentence = "" if plain else first.text.split(". ")[0].rstrip(".") + "."
            more = begin != command or sentence not in {"", first.text}
            found.append((lead, sentence, begin, more))
        return found

    def answered(self) -> list[Question]:
        """Return the questions with an answer of any sort, in written order."""
        answers = self.recommendation.answers
        return [q for q in self.rulebase.questions.values() if not answers.is_absent(q.id)]

    def doubtful(self) -> list[Claim]:
        """Return the claims that the leaders' reasons lean on and that hold in part only."""
        plans = leading_plans(self.recommendation.standings)
        reasons = (reason for plan in plans for reason in (*plan.reasons, *plan.backend_reasons))
        return list(doubtful_claims(self.rulebase, reasons).values())

    def behind(self, against: Against) -> str:
        """Say how far a framework is behind a leader, or that it is not."""
        leader = words.names(self.rulebase, [against.leader])
        if against.behind > 0:
            return f"{words.counted(against.behind, 'point').capitalize()} behind {leader}."
        return f"Its points alone would not put it behind {leader}."

    def balance(self, against: Against) -> Balance | None:
        """Return what the gap between a plan and a leader's is made of; None where none is.

        Example: one point for it and three against it give
        `Balance([(-3, "It learns.")], [(1, "It starts.")], untold=0, rest=0)`.
        """
        texts = words.reason_texts(self.rulebase)
        leader = words.names(self.rulebase, [against.leader])
        # Where a title says whom it is behind, a reason need not say that the other has it.
        gaps = [
            (
                each.ours - each.theirs,
                texts[each.rule]
                if each.theirs > 0
                else words.difference_in_words(each, texts[each.rule], leader),
            )
            for each in against.differences
        ]
        worse = [gap for gap in gaps if gap[0] < 0][:WEIGHTIEST]
        better = sorted((gap for gap in gaps if gap[0] > 0), key=lambda gap: -gap[0])[:WEIGHTIEST]
        told = [*worse, *better]
        if not told:
            return None
        rest = -against.behind - sum(gap[0] for gap in told)
        return Balance(worse, better, len(gaps) - len(told), rest)

    def carried(self) -> list[tuple[str, str]]:
        """Return all of the query but the title, for a form that sets it."""
        untitled = replace(self.query, project="")
        return query_pairs(untitled, urls.RESULT_KEEPS)


def matters(carriers: Iterable[Carrier]) -> list[tuple[str, Carrier]]:
    """Return the ids of what rests on claims, each with the claim that carries most of it.

    A claim carries most that counts for least on the other basis, then that has most to show it.
    """

    def weight(carrier: Carrier) -> tuple[int, int]:
        return abs(carrier.counts_here - carrier.counts_there), len(carrier.shown_by)

    found: dict[str, Carrier] = {}
    for carrier in carriers:
        for name in carrier.carries:
            found[name] = max(found.get(name, carrier), carrier, key=weight)
    return list(found.items())


escaped = lru_cache(maxsize=4096)(escape)
"""Texts as they stand in HTML; each page writes the same ones."""


class Citations:
    """Hands out numbers while a page is written, and lists at its end what was cited."""

    def __init__(self, rulebase: RuleBase, pin: str = "") -> None:
        """Begin a page; the pin is the edition that its links carry, if they need one."""
        self._rulebase = rulebase
        self._pin = pin
        self._numbers: dict[str, int] = {}

    def cite(self, claims: Iterable[str]) -> Markup:
        """Return links to claims in the order of their sources' numbers: `[2][7]`.

        Of several claims of one source the first is cited.
        """
        links: dict[int, str] = {}
        for name in claims:
            source = self._rulebase.claims[name].source
            number = self._numbers.setdefault(source, len(self._numbers) + 1)
            if number not in links:
                address = escaped(pinned(f"/claims/{name}", self._pin))
                links[number] = (
                    f'<a class="cite" href="{address}">'
                    f'[<span class="unseen">source </span>{number}]</a>'
                )
        return Markup("".join([links[number] for number in sorted(links)]))  # noqa: S704 - escaped

    def sources(self) -> list[Source]:
        """Return the sources of what was cited so far, by number."""
        return [self._rulebase.sources[name] for name in self._numbers]


@dataclass(frozen=True, slots=True)
class Bar:
    """What a plan scores and could score, drawn in points; all bars of a page share one scale.

    Example: with 5 points, of which open answers could make anything from 2 to 9, beside a plan
    that could come to 12, the bar is `Bar(start=0, width=12, net=5, reach=(2, 9))`.
    """

    start: int
    """Where the scale begins: 0, or below it where a score is or could be."""
    width: int
    """How wide the scale is, at least 1."""
    net: int | None
    """The score of the best plan; None without one, or where its points do not count."""
    reach: tuple[int, int] | None
    """The least and the most that the score could become; None where it stays as it is."""


def bars(
    recommendation: Recommendation, beside: Collection[Recommendation] = ()
) -> Mapping[str, Bar]:
    """Return the bar of each framework, by its id; `beside` is shown on the same scale."""
    shown = (recommendation, *beside)
    ends = [0, *(end for each in shown for reach in each.reach.values() for end in reach)]
    start = min(ends)
    return {
        standing.framework: Bar(
            start=start,
            width=max(max(ends) - start, 1),
            net=standing.score if words.competes(standing) else None,
            reach=reach if len({*reach}) > 1 else None,
        )
        for standing in recommendation.standings
        for reach in [recommendation.reach.get(standing.framework, (0, 0))]
    }
