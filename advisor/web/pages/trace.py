"""What the page says of every rule that was considered, and what became of it."""

from dataclasses import dataclass

from advisor.engine.trace import Miss, RuleOutcome, Traced, trace
from advisor.model.knowledge import Basis, Subject
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.model.rules import Prefer
from advisor.output.words import ROLE_WORDS, listed, names, quoted, signed
from advisor.query.query import Query
from advisor.web import urls
from advisor.web.pages.answers import chosen_values, quoted_answer
from advisor.web.pages.rules import effect_on, subjects_of_rules


@dataclass(frozen=True, slots=True)
class TraceContext:
    """A trace, and what the template asks of it."""

    rulebase: RuleBase
    query: Query
    here: Recommendation
    considered: list[Traced]
    """The rules, by subject."""
    changes: dict[str, str]
    """For each question the address at which its answer can be changed."""

    def with_outcome(self, outcome: str) -> list[Traced]:
        """Return the rules that fired, failed or are inactive."""
        return [traced for traced in self.considered if traced.outcome is RuleOutcome(outcome)]

    def failed_on(self, subject: Subject) -> list[Traced]:
        """Return the rules on a subject that an answer kept from firing."""
        rules = self.rulebase.rules
        failed = self.with_outcome(RuleOutcome.FAILED)
        return [traced for traced in failed if rules[traced.rule].topic == subject.id]

    def effect(self, traced: Traced) -> str:
        """Say what a rule does, with its points as they count: `+4`, `ruled out`."""
        rule = self.rulebase.rules[traced.rule]
        if traced.doubled and not isinstance(rule.effect, Prefer):
            return signed(2 * traced.points)
        return effect_on(self.rulebase, rule, self.here.basis)

    def whom(self, traced: Traced) -> str:
        """Say for whom a rule is, and in what: `Ash, building`."""
        effect = self.rulebase.rules[traced.rule].effect
        if isinstance(effect, Prefer):
            return names(self.rulebase, [effect.framework])
        return f"{names(self.rulebase, effect.frameworks)}, {ROLE_WORDS[effect.role]}"

    def said(self, name: str) -> str:
        """Say what was answered to a question, or why nothing counts."""
        if name in self.here.ignored:
            return "nothing is asked here, given the other answers"
        said = quoted_answer(self.rulebase, name, chosen_values(self.query.answers, name))
        return f"you said {said}" if said else "you have not answered"

    def wanted(self, miss: Miss) -> str:
        """Say what would have been needed of a question."""
        choices = self.rulebase.questions[miss.question].choices
        return listed([quoted(each.label) for each in choices if each.id in miss.wanted], "or")


def trace_context(rulebase: RuleBase, query: Query, here: Recommendation) -> dict[str, object]:
    """Return what the template is given.

    Args:
        rulebase: whose rules were considered.
        query: what was asked.
        here: the recommendation that they led to.
    """
    order = [subject.id for subject in subjects_of_rules(rulebase)]
    considered = sorted(
        trace(rulebase, query.answers, query.basis),
        key=lambda traced: order.index(rulebase.rules[traced.rule].topic),
    )
    still_open = [asked.question for asked in here.open_questions if not asked.unsure]
    changes = {name: urls.change(query, name, still_open) for name in rulebase.questions}
    return {
        "query": query,
        "here": here,
        "trace": TraceContext(rulebase, query, here, considered, changes),
        "subjects": subjects_of_rules(rulebase),
        "other_basis": next(basis for basis in Basis if basis is not query.basis),
    }
