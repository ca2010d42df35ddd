"""Several recommendations side by side: whether they agree, and what their differences do."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from string import ascii_uppercase

from advisor.engine.compare import MOST, MOST_FOR_PLAN
from advisor.model.comparison import AnswerState, Comparison, Differing, Shift, Weight
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Plan, Reason, Recommendation, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.output.words import (
    BASIS_WORDS,
    SMALL_NUMBERS,
    counted,
    listed,
    names,
    signed,
)
from advisor.query.query import Query
from advisor.query.write import COUNT, FEWEST, Several
from advisor.web import urls
from advisor.web.pages.answers import chosen_values, quoted_answer

PLAN_WORDS = "what the leader ships with or runs on"
"""The rest of a leading plan."""

WEIGHT_WORDS: Mapping[Weight, str] = {
    Weight.ALONE: "Matters by itself",
    Weight.TOGETHER: "Matters only together with others",
    Weight.PLAN: f"Matters to {PLAN_WORDS}",
    Weight.PLAN_TOGETHER: f"Matters to {PLAN_WORDS}, but only together with others",
    Weight.NONE: "Does not matter to who leads, or to the plan",
}
"""What a difference can do, from most to least."""


def compare_context(
    rulebase: RuleBase, links: Several, comparison: Comparison | None, origin: str
) -> dict[str, object]:
    """Return what the template is given.

    Args:
        rulebase: what the results were made with.
        links: what was asked.
        comparison: the results side by side; None of fewer than two.
        origin: scheme and host of this site, for links on paper.
    """
    queries = links.queries
    written = links.written if links.faults else map(urls.result, queries)
    return {
        "title": f"{counted(len(queries), 'recommendation')} side by side".capitalize()
        if comparison
        else "Compare recommendations",
        "faults": links.faults,
        "all": comparison and CompareContext(rulebase, queries, comparison, origin),
        "first": queries[0] if len(queries) == 1 else None,
        "count": COUNT,
        "links": "\n".join(written),
    }


@dataclass(frozen=True, slots=True)
class CompareContext:
    """A comparison, and what the template asks of it."""

    rulebase: RuleBase
    queries: tuple[Query, ...]
    """What each of the results answers, in the order of the results."""
    comparison: Comparison
    origin: str

    @property
    def basis(self) -> Basis:
        """Return the one basis of all results."""
        return self.comparison.shared.basis

    @property
    def everyone(self) -> str:
        """Return the results as those of whom something is said."""
        return "Both" if len(self.queries) == FEWEST else "All of them"

    @property
    def drawn(self) -> tuple[Recommendation, ...]:
        """Return everything that is drawn on the page, on one scale."""
        return (*self.comparison.results, self.comparison.shared)

    def letters(self, *numbers: int) -> str:
        """Return what results are called, by their places: `A, B and C`."""
        return listed([ascii_uppercase[number] for number in numbers])

    def agreement(self) -> str:
        """Say whether all lead to the same, and with the same plans."""
        results = self.comparison.results
        found = {result.leaders for result in results}
        two = len(results) == FEWEST
        if len(found) > 1:
            return "They do not lead to the same." if two else "They do not all lead to the same."
        (leaders,) = found
        if not leaders:
            return f"{'Neither' if two else 'None'} of them leads to anybody."
        plans = [leading_plans(result.standings) for result in results]
        apart = self._apart(plans)
        builds = len(leaders) == 1 and all(any(plan.builder for plan in each) for each in plans)
        do = "build with" if builds and apart else "lead to"
        told = f"{self.everyone} {do} {names(self.rulebase, leaders)}"
        return f"{told}; {apart}." if apart else f"{told}."

    def _apart(self, results: Collection[Collection[Plan]]) -> str:
        """Say in what the plans of the same leaders differ; nothing where they do not."""
        told = []
        does: tuple[tuple[str, Callable[[Plan], object]], ...] = (
            ("build", lambda plan: plan.builder),
            ("ship", lambda plan: plan.shipper),
        )
        for verb, do in does:
            doing = [number for number, plans in enumerate(results) if any(map(do, plans))]
            if 0 < len(doing) < len(results):
                told.append(f"only {self.letters(*doing)} {verb}{'s' if len(doing) == 1 else ''}")
        plans = [plan for plans in results for plan in plans]
        shipped = [plan for plan in plans if plan.shipper]
        # What plans do differently: the same key comes with more than one value.
        pairs: dict[str, set[tuple[object, object]]] = {
            "ship with different tools": {(p.lead, p.shipper) for p in shipped},
            "run on different backends": {(p.lead, p.backend) for p in plans if p.builder},
            "hand over in different ways": {((p.lead, p.shipper), p.edge) for p in shipped},
        }
        differently = [do for do, found in pairs.items() if len(dict(found)) < len(found)]
        return ", and ".join([*told, *([f"they {listed(differently)}"] if differently else [])])

    def how_many(self) -> str:
        """Say in how many answers the results differ, and in how many of them it matters."""
        weights = [differing.weight for differing in self.comparison.differing]
        lead = weights.count(Weight.ALONE) + weights.count(Weight.TOGETHER)
        plan = weights.count(Weight.PLAN) + weights.count(Weight.PLAN_TOGETHER)
        differ = f"They differ in {counted(len(weights), 'answer')}"

        def bearing(number: int) -> str:
            return counted(number, "of them bears", "of them bear")

        if lead == len(weights):
            return f"{differ}, and all of it bears on who leads."
        if lead:
            more = f", and {counted(plan, 'more', 'more')} on {PLAN_WORDS}" if plan else ""
            return f"{differ}; {bearing(lead)} on who leads{more}."
        if plan:
            whole = "all of it bears" if plan == len(weights) else bearing(plan)
            return f"{differ}; none of that changes who leads, but {whole} on {PLAN_WORDS}."
        return f"{differ}, and none of that changes who leads, or with which plan."

    def others(self) -> list[int]:
        """Return the places of the links with another basis than the first."""
        return [n for n, query in enumerate(self.queries) if query.basis is not self.basis]

    def mixed(self) -> str:
        """Say which of the links had another basis; nothing where none had."""
        others = self.others()
        if not others:
            return ""
        link, has, it_leads = ("links", "have", "they lead")
        if len(others) == 1:
            link, has, it_leads = ("link", "has", "it leads")
        asked = BASIS_WORDS[self.queries[others[0]].basis]
        return (
            f"The {link} of {self.letters(*others)} {has} another basis, {asked}; "
            f"what {it_leads} to there can be different from what stands here."
        )

    def other_basis(self) -> tuple[Basis, str]:
        """Return the other basis, and where the same answers are compared on it."""
        other = next(basis for basis in Basis if basis is not self.basis)
        return other, urls.compare([replace(query, basis=other) for query in self.queries])

    def differences(self) -> dict[str, list[Differing]]:
        """Return the differences by what they can do; those that matter most first."""
        differing = self.comparison.differing
        groups = {
            title: [each for each in differing if each.weight is weight]
            for weight, title in WEIGHT_WORDS.items()
        }
        return {title: group for title, group in groups.items() if group}

    def sayings(self, differing: Differing) -> dict[AnswerState, str]:
        """Return what is said to a question, each with who says it; the same answer once."""
        who: dict[AnswerState, list[int]] = {}
        for number, saying in enumerate(differing.sayings):
            who.setdefault(saying, []).append(number)
        return {saying: self.letters(*numbers) for saying, numbers in who.items()}

    def said(self, question: str, chosen: Collection[str]) -> str:
        """Return what answers say to a question, in words."""
        return quoted_answer(self.rulebase, question, chosen) or "not answered"

    def bound(self) -> str:
        """Say how far was looked for answers that matter together; nothing where it was not."""
        bounds = {
            Weight.TOGETHER: f"up to {SMALL_NUMBERS[MOST]} to change who leads",
            Weight.PLAN_TOGETHER: f"up to {SMALL_NUMBERS[MOST_FOR_PLAN]} to change the plan",
        }
        weights = {differing.weight for differing in self.comparison.differing}
        tried = listed([words for weight, words in bounds.items() if weight in weights])
        if not tried:
            return ""
        return (
            f"Answers are exchanged several at once, {tried}. Where even that does nothing between "
            "two results that differ in it, all their differences are listed as mattering together."
        )

    def shift_in_words(self, number: int, shift: Shift) -> str:
        """Say how many reasons a result has gained and lost against the first."""
        fates = {
            "gained": shift.gained,
            "lost": shift.lost,
            "weighing differently": shift.changed,
        }
        told = [f"{len(reasons)} {fate}" for fate, reasons in fates.items() if reasons]
        return f"{self.letters(number)} against A: {listed(told) or 'the same reasons'}"

    def shifted(self, number: int, shift: Shift) -> dict[str, list[tuple[str, Reason]]]:
        """Return the reasons gained, lost and changed, by title, each with its points in words."""
        mine = self.letters(number)
        groups = {
            f"Only {mine} has": [(signed(reason.points), reason) for reason in shift.gained],
            "Only A has": [(signed(reason.points), reason) for reason in shift.lost],
            f"Weigh differently, from A to {mine}": [
                (f"{signed(before.points)} → {signed(after.points)}", after)
                for before, after in shift.changed
            ],
        }
        return {title: reasons for title, reasons in groups.items() if reasons}

    def shared(self) -> list[str]:
        """Return the answers that all share, each with its question."""
        answers, questions = self.comparison.shared.answers, self.rulebase.questions
        return [
            f"{questions[name].label}: {self.said(name, chosen_values(answers, name))}"
            for name in questions
            if not answers.is_absent(name)
        ]

    def shared_query(self) -> Query:
        """Return the query of the answers that all share."""
        return Query(answers=self.comparison.shared.answers, basis=self.basis)
