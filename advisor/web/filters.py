"""What templates can ask: filters over the things of a rule base, and the words for them.

A filter takes a thing of the model, or ids, and returns words, an address or other things:

    {{ plan.score | signed }}                      +3
    {{ 2 | counted("point") }}                     two points
    {{ claim | url }}                              /claims/m12
    {{ rule.effect.frameworks | names }}           X, Y and Z
    {{ role | words }}                             building
    {% for claim in rule.claims | claims %}        the claims with these ids, best first
    {% set sign = claim.status | sign %}           sign.word, sign.tone, sign.shape

The rule base itself is the global `rulebase`: `{{ rulebase.sources[claim.source].title }}`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from textwrap import shorten

from jinja2 import pass_context
from jinja2.runtime import Context

from advisor.model.answers import MAX_IMPORTANT
from advisor.model.knowledge import EVIDENCE_CAP, OPINIONS, REPORTED_CAP, STATUS_CAP, Basis, Status
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Phase, Role
from advisor.output import changes, diff, drawing, headline, text, words
from advisor.output.card import HEIGHT, WIDTH
from advisor.output.diff import moved_in_words, since_in_words
from advisor.output.expectation import outcome_sentence
from advisor.query.query import MAX_PROJECT
from advisor.query.write import answers_file, links
from advisor.web import urls
from advisor.web.pages import claims, question, result, rules
from advisor.web.pages.result import bars

SECTIONS = {
    "/tradeoffs": "Head to head",
    "/frameworks": "One by one",
    "/rules": "Rules",
    "/claims": "Claims",
    "/sources": "Sources",
    "/disagreements": "Disagreements",
    "/tools": "Tools",
    "/method": "How it scores",
    "/editions": "Editions",
}
"""The pages of knowledge by address, in the order in which they are offered."""

TITLE_LENGTH = 70
"""Longest title that is made of a text, in characters."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How something stands: `Sign("holds today", "good", "tick")`.

    Attributes:
        tone: the name of its colour: good, part, gone or open.
        shape: what is drawn beside the word, by the name that `parts/claims.html` has for it.
    """

    word: str
    tone: str
    shape: str


CLAIM_SIGNS: Mapping[str, Sign] = {
    status: Sign(words.STATUS_WORDS[status], tone, shape)
    for status, tone, shape in (
        (Status.HOLDS, "good", "tick"),
        (Status.PARTLY, "part", "half"),
        (Status.SUPERSEDED, "gone", "arrow"),
        (Status.CONTRADICTED, "gone", "cross"),
        (Status.UNVERIFIABLE, "open", "ring"),
    )
}
"""How a claim stands, by its status, from best to worst."""

TOOL_SIGNS: Mapping[str, Sign] = {
    "active": Sign("active", "good", "tick"),
    "preview": Sign("in preview", "part", "dot"),
    "slow": Sign("maintained slowly", "part", "half"),
    "renamed": Sign("renamed", "part", "arrow"),
    "deprecated": Sign("deprecated", "gone", "bar"),
    "ended": Sign("ended", "gone", "cross"),
    "unclear": Sign("state unclear", "open", "ring"),
}
"""How a tool stands, by its status, from best to worst."""

_SIGNS = {**CLAIM_SIGNS, **TOOL_SIGNS}


def short_title(text: str) -> str:
    """Return a text cut down to a title, without its full stop."""
    return shorten(text.removesuffix("."), TITLE_LENGTH, placeholder="…")


ASKING: Mapping[str, Callable[..., object]] = {
    "claims": claims.claims_of,
    "names": words.names,
    "url": urls.address_of,
    "choices": rules.choices_in_words,
    "effect": rules.effect_on,
    "does": rules.effect_in_words,
    "why": rules.why_that_much,
    "weightiest_first": rules.weightiest_first,
    "items": rules.items_on,
    "cap": claims.cap_on,
    "plan": words.plan_in_words,
    "answer": words.answer_in_words,
    "said": question.quoted_answer,
    "headline": headline.headline,
    "outcome": outcome_sentence,
    "verdict_sentence": headline.verdict_sentence,
    "strongest": headline.strongest,
    "tolerance_sentences": headline.tolerance_sentences,
    "contested": headline.contested,
    "idle_marks": headline.idle_marks,
    "basis_sentence": headline.basis_sentence,
    "description": headline.description,
    "card": headline.alt_text,
    "closeness": changes.closeness,
    "alternative": changes.distance_in_words,
    "differences": changes.differences,
    "too_few": changes.too_few,
    "nearest": changes.nearest_changes,
    "counterfactual": changes.counterfactual_in_words,
    "clash": changes.clash_in_words,
    "mark": changes.mark_in_words,
    "lifted": changes.lifted_in_words,
    "to_reconsider": changes.to_reconsider,
    "left_out": changes.why_left_out,
    "leaders": changes.leaders_in_words,
    "whom": words.whom_in_words,
}
"""Filters that ask the rule base, which is their first argument."""

PLAIN: dict[str, Callable[..., object]] = {
    "backends": rules.backends_in_words,
    "concerned": rules.concerned,
    "tally": rules.tally,
    "summary": claims.summary,
    "offered": words.offered,
    "can_be_marked": question.can_be_marked,
    "verdict": headline.verdict_word,
    "outlook": headline.outlook,
    "sums": headline.sums_in_words,
    "links": links,
    "answers_file": answers_file,
    "worth_telling": changes.worth_telling,
    "bars": bars,
    "matters": result.matters,
    "worth_answering": changes.worth_answering,
    "line": words.line_in_words,
    "total": words.total,
    "parts": words.parts_in_words,
    "words": words.in_words,
    "sign": _SIGNS.__getitem__,
    "evidence": words.evidence_in_words,
    "signed": words.signed,
    "boxed": drawing.boxed,
    "counted": words.counted,
    "day": words.date_in_words,
    "listed": words.listed,
    "quoted": words.quoted,
    "sentence": words.sentence,
    "share": diff.share,
    "ended": words.ended,
    "short": short_title,
    "fault": question.fault_in_words,
    "since": since_in_words,
    "moved": moved_in_words,
    "at": urls.pinned,
    "sections": diff.read_sections,
    "file_place": text.seen_in_words,
}
"""Filters that need no rule base."""


def filters(rulebase: RuleBase, pin: str = "") -> dict[str, Callable[..., object]]:
    """Return the filters of templates by name; `ASKING` are bound to a rule base.

    Addresses carry the pin as their edition, if there is one; `here` gives it to one of any page.
    """

    # With the context, so that the code of a template, which all editions share, holds no address.
    @pass_context
    def here(_: Context, address: str) -> str:
        return urls.pinned(address, pin)

    asking: dict[str, Callable[..., object]]
    asking = {name: partial(function, rulebase) for name, function in ASKING.items()}
    asking["url"] = lambda thing: urls.pinned(urls.address_of(rulebase, thing), pin)
    return PLAIN | asking | {"here": here}


def globals_of(rulebase: RuleBase) -> dict[str, object]:
    """Return what templates can name without being given it."""
    return {
        "rulebase": rulebase,
        "urls": urls,
        "CARD_SIZE": (WIDTH, HEIGHT),
        "CONFLICTS_TITLE": headline.CONFLICTS_TITLE,
        "VERDICT_MEANS": headline.VERDICT_MEANS,
        "MAX_PROJECT": MAX_PROJECT,
        "MAX_IMPORTANT": MAX_IMPORTANT,
        "Basis": Basis,
        "reason_texts": words.reason_texts(rulebase),
        "OPINIONS": OPINIONS,
        "STATUS_CAP": {status: STATUS_CAP.get(status, 0) for status in Status},
        "EVIDENCE_CAP": EVIDENCE_CAP,
        "REPORTED_CAP": REPORTED_CAP,
        "ROLES": tuple(Role),
        "Phase": Phase,
        "SECTIONS": SECTIONS,
        "CLAIM_SIGNS": CLAIM_SIGNS,
        "TOOL_SIGNS": TOOL_SIGNS,
    }
