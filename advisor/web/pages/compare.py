"""What the page of several recommendations computes; its template says it in sentences."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from string import ascii_uppercase

from advisor.engine.compare import MOST, MOST_FOR_PLAN, saying
from advisor.model.explanation import AnswerState, Comparison, Differing, Weight
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Plan, leading_plans
from advisor.model.rulebase import RuleBase
from advisor.output.changes import LABELS
from advisor.output.words import SMALL_NUMBERS, listed
from advisor.query.query import Query
from advisor.query.write import COUNT, Several
from advisor.web import urls

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
    """Return what `pages/compare.html` is given; the comparison is None of fewer than two.

    `origin` is scheme and host of this site, for links on paper.
    """
    queries = links.queries
    context: dict[str, object] = {
        "faults": links.faults,
        "queries": queries,
        "comparison": comparison,
        "count": COUNT,
        "links": "\n".join(links.written if links.faults else map(urls.result, queries)),
    }
    if not comparison:
        return context
    basis, shared = comparison.shared.basis, comparison.shared.answers
    other = next(each for each in Basis if each is not basis)
    plans = [leading_plans(result.standings) for result in comparison.results]
    return context | {
        "origin": origin,
        "basis": basis,
        "other": other,
        "on_other": urls.compare([replace(query, basis=other) for query in queries]),
        "elsewhere": [n for n, query in enumerate(queries) if query.basis is not basis],
        "letters": letters,
        "leaders": {result.leaders for result in comparison.results},
        "apart": plans_apart(plans),
        "all_build": all(any(plan.builder for plan in each) for each in plans),
        "weights": WEIGHT_WORDS,
        "on_plan": PLAN_WORDS,
        "sayings": sayings,
        "tried": {
            Weight.TOGETHER: f"up to {SMALL_NUMBERS[MOST]} to change who leads",
            Weight.PLAN_TOGETHER: f"up to {SMALL_NUMBERS[MOST_FOR_PLAN]} to change the plan",
        },
        "shared": Query(answers=shared, basis=basis),
        "shared_answers": {
            name: choices
            for name in (*rulebase.questions, *LABELS)
            if (choices := saying(shared, name).choices)
        },
        "constraints": LABELS,
    }


def letters(*numbers: int) -> str:
    """Return what results are called, by their places: `A, B and C`."""
    return listed([ascii_uppercase[number] for number in numbers])


def plans_apart(results: Collection[Collection[Plan]]) -> str:
    """Say in what plans of the same leaders differ: `only B ships`; nothing where they do not."""
    told = []
    for verb, doer in (("build", "builder"), ("ship", "shipper")):
        doing = [n for n, plans in enumerate(results) if any(getattr(p, doer) for p in plans)]
        if 0 < len(doing) < len(results):
            told.append(f"only {letters(*doing)} {verb}{'s' if len(doing) == 1 else ''}")
    plans = [plan for each in results for plan in each]
    shipped = [plan for plan in plans if plan.shipper]
    # What plans do differently: the same key comes with more than one value.
    pairs: dict[str, set[tuple[object, object]]] = {
        "ship with different tools": {(plan.lead, plan.shipper) for plan in shipped},
        "run on different backends": {(p.lead, p.backend) for p in plans if p.builder},
        "hand over in different ways": {((p.lead, p.shipper), p.edge) for p in shipped},
    }
    differently = [do for do, found in pairs.items() if len(dict(found)) < len(found)]
    return ", and ".join([*told, *([f"they {listed(differently)}"] if differently else [])])


def sayings(differing: Differing) -> Mapping[AnswerState, str]:
    """Return what is said to a question, each with the letters of those who say it."""
    who: dict[AnswerState, list[int]] = defaultdict(list)
    for number, said in enumerate(differing.sayings):
        who[said].append(number)
    return {said: letters(*numbers) for said, numbers in who.items()}
