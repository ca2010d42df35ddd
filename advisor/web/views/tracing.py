"""Every rule that was considered for a recommendation, and what became of it, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from advisor.engine.trace import Miss, Outcome, Traced, trace
from advisor.model.knowledge import Basis
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import Question, RuleBase
from advisor.model.rules import Prefer, Rule
from advisor.output.headline import headline
from advisor.output.words import BASIS_WORDS, ROLE_WORDS, listed, names, signed
from advisor.query.query import Query
from advisor.web import urls
from advisor.web.dependencies import Visit
from advisor.web.pages.answers import ANY_CHOICE, UNSURE_CHOICE, chosen_values
from advisor.web.pages.rules import effect_on, subjects_of_rules
from advisor.web.views.page import Link, Page, Shell, View
from advisor.web.views.unusable import unusable

NOT_ASKED = "nothing is asked here, given the other answers"
NOT_ANSWERED = "you have not answered"


class AnswerGiven(View):
    """An answer that let a rule fire or kept it from that."""

    question: str = Field(description="The question, in two or three words.")
    change: str = Field(description="The address at which the answer can be changed.")
    given: str = Field(description="What was answered, or why nothing counts.")
    wanted: str = Field(description="What would have been needed; empty where it fired.")


class TracedRule(View):
    """A rule and what became of it."""

    text: str = Field(description="What it says.")
    address: str = Field(description="The address of its page.")
    effect: str = Field(description="What it does, or would do, in a word; empty for nothing.")
    whom: str = Field(description="For whom, and in what.")
    doubled: bool = Field(description="Whether it counts double.")
    fired_on: tuple[AnswerGiven, ...] = Field(description="The answers that made it fire.")
    failed_on: tuple[tuple[AnswerGiven, ...], ...] = Field(
        description="For each way in which it could fire, the answers that were in the way."
    )


class TracedSubject(View):
    """The rules about one subject."""

    title: str = Field(description="The subject.")
    count: int = Field(description="How many rules.")
    rules: tuple[TracedRule, ...] = Field(description="The rules.")


class TracePage(Page):
    """Shows every rule that was considered."""

    template: ClassVar[str] = "pages/trace.html"

    project: str = Field(description="The title of the project; empty if it has none.")
    result: Link = Field(description="The recommendation that the rules led to, as a link.")
    basis: str = Field(description="What it rests on, in words.")
    other_basis: Link = Field(description="The same answers on the other basis, as a link.")
    total: int = Field(description="How many rules there are.")
    fired: tuple[TracedRule, ...] = Field(description="The rules that fired, by subject.")
    failed_count: int = Field(description="How many rules an answer kept from firing.")
    failed: tuple[TracedSubject, ...] = Field(description="These rules, by subject.")
    inactive: tuple[TracedRule, ...] = Field(description="The rules without ground on the basis.")


@dataclass(frozen=True, slots=True)
class _Tracing:
    """A trace on its way to a page.

    Attributes:
        changes: for each question the address at which its answer can be changed.
        said: for each question what was answered, or why nothing counts.
    """

    rulebase: RuleBase
    here: Recommendation
    changes: Mapping[str, str]
    said: Mapping[str, str]

    def rule(self, traced: Traced) -> TracedRule:
        """Tell one rule."""
        rule = self.rulebase.rules[traced.rule]
        return TracedRule(
            text=rule.text,
            address=f"/rules/{rule.id}",
            effect=self._effect(rule, traced),
            whom=self._whom(rule),
            doubled=traced.doubled,
            fired_on=tuple(self._given(question) for question in traced.questions),
            failed_on=tuple(
                tuple(self._given(miss.question, miss) for miss in misses)
                for misses in traced.misses
            ),
        )

    def _effect(self, rule: Rule, traced: Traced) -> str:
        """Say what a rule does, with its points as they count."""
        if traced.doubled and not isinstance(rule.effect, Prefer):
            return signed(2 * traced.points)
        return effect_on(self.rulebase, rule, self.here.basis)

    def _whom(self, rule: Rule) -> str:
        if isinstance(rule.effect, Prefer):
            return names(self.rulebase, [rule.effect.framework])
        whom = names(self.rulebase, rule.effect.frameworks)
        return f"{whom}, {ROLE_WORDS[rule.effect.role]}"

    def _given(self, question: str, miss: Miss | None = None) -> AnswerGiven:
        asked = self.rulebase.questions[question]
        wanted = [f"“{c.label}”" for c in asked.choices if miss and c.id in miss.wanted]
        return AnswerGiven(
            question=asked.label,
            change=self.changes[question],
            given=self.said[question],
            wanted=listed(wanted, "or"),
        )


def trace_page(rulebase: RuleBase, shell: Shell, visit: Visit, here: Recommendation) -> TracePage:
    """Make the page.

    Args:
        rulebase: whose rules were considered.
        shell: the frame of the page.
        visit: what was asked.
        here: the recommendation that they led to.
    """
    query = visit.query
    tracing = _tracing(rulebase, query, here)
    considered = _by_subject(rulebase, trace(rulebase, query.answers, query.basis))
    failed = tuple(_subjects(tracing, considered))
    return TracePage(
        shell=shell,
        title="Every rule that was considered",
        description="Which rules fired under some answers, and on which answer the others failed.",
        unusable=unusable(visit.faults),
        project=query.project,
        result=Link(label=headline(rulebase, here), address=urls.result(query)),
        basis=BASIS_WORDS[query.basis],
        other_basis=_other_basis(query),
        total=len(considered),
        fired=_told(tracing, considered, Outcome.FIRED),
        failed_count=sum(subject.count for subject in failed),
        failed=failed,
        inactive=_told(tracing, considered, Outcome.INACTIVE),
    )


def _tracing(rulebase: RuleBase, query: Query, here: Recommendation) -> _Tracing:
    """Begin to tell a trace: what is said of a question is put together once."""
    still_open = [asked.question for asked in here.open_questions if not asked.unsure]
    return _Tracing(
        rulebase=rulebase,
        here=here,
        changes={name: urls.change(query, name, still_open) for name in rulebase.questions},
        said={
            name: NOT_ASKED if name in here.ignored else _said(question, query)
            for name, question in rulebase.questions.items()
        },
    )


def _said(question: Question, query: Query) -> str:
    """Return what was answered to a question, or that nothing was."""
    chosen = chosen_values(query.answers, question.id)
    choices = (*question.choices, UNSURE_CHOICE, ANY_CHOICE)
    said = [f"“{choice.label}”" for choice in choices if choice.id in chosen]
    return f"you said {listed(said)}" if said else NOT_ANSWERED


def _by_subject(rulebase: RuleBase, traced: Iterable[Traced]) -> list[Traced]:
    """Put a trace in the order of the subjects."""
    order = [subject.id for subject in subjects_of_rules(rulebase)]
    return sorted(traced, key=lambda each: order.index(rulebase.rules[each.rule].topic))


def _subjects(tracing: _Tracing, considered: Iterable[Traced]) -> Iterable[TracedSubject]:
    """Yield the subjects with the rules on them that failed."""
    failed = [traced for traced in considered if traced.outcome is Outcome.FAILED]
    for subject in subjects_of_rules(tracing.rulebase):
        about = [t for t in failed if tracing.rulebase.rules[t.rule].topic == subject.id]
        if about:
            rules = tuple(tracing.rule(traced) for traced in about)
            yield TracedSubject(title=subject.title, count=len(rules), rules=rules)


def _told(
    tracing: _Tracing, considered: Iterable[Traced], outcome: Outcome
) -> tuple[TracedRule, ...]:
    return tuple(tracing.rule(traced) for traced in considered if traced.outcome is outcome)


def _other_basis(query: Query) -> Link:
    other = next(basis for basis in Basis if basis is not query.basis)
    return Link(label=BASIS_WORDS[other], address=urls.trace_on(query, other))
