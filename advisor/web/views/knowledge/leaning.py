"""How the rule base leans: who leads over all answers that could be given, on one basis."""

from collections.abc import Mapping

from pydantic import Field

from advisor.engine.bias import Bias
from advisor.model.knowledge import Basis
from advisor.model.rulebase import RuleBase
from advisor.output.words import BASIS_WORDS
from advisor.web.views.page import Link, View

THOUSAND = 1000
FULL_WIDTH = 100


class LeaningRow(View):
    """How often one of them leads."""

    framework: str = Field(description="Its id, for its colour.")
    name: str = Field(description="Its name.")
    alone: str = Field(description="How often it leads alone, in per cent.")
    shared: str = Field(description="How often it shares the lead, in per cent.")
    width: int = Field(description="The width of its bar for the first, out of a hundred.")
    more: int = Field(description="The width of its bar for the second.")


class Leaning(View):
    """How the rule base leans on one basis."""

    id: str = Field(description="The id of the basis.")
    basis: str = Field(description="The basis in words.")
    alone: str = Field(description="How often one leads alone, in per cent.")
    several: str = Field(description="How often several share the lead, in per cent.")
    nobody: str = Field(description="How often nobody leads, in per cent; empty if never.")
    rows: tuple[LeaningRow, ...] = Field(description="Who leads how often, by name.")
    never_decide: tuple[Link, ...] = Field(description="Rules that never change who leads.")
    never_matter: tuple[Link, ...] = Field(description="Questions that never change who leads.")


def leanings(rulebase: RuleBase, found: Mapping[Basis, Bias]) -> tuple[Leaning, ...]:
    """Tell how the rule base leans on each basis."""
    return tuple(_leaning(rulebase, basis, bias) for basis, bias in found.items())


def _leaning(rulebase: RuleBase, basis: Basis, bias: Bias) -> Leaning:
    alone = sum(bias.alone.values())
    by_name = sorted(rulebase.frameworks.values(), key=lambda framework: framework.name)
    return Leaning(
        id=basis,
        basis=BASIS_WORDS[basis],
        alone=share(alone, bias.total),
        several=share(bias.total - alone - bias.nobody, bias.total),
        nobody=share(bias.nobody, bias.total) if bias.nobody else "",
        rows=tuple(_row(framework.id, framework.name, bias) for framework in by_name),
        never_decide=tuple(
            Link(label=rulebase.rules[name].text, address=f"/rules/{name}")
            for name in bias.never_decide
        ),
        never_matter=tuple(
            Link(label=rulebase.questions[name].title, address=f"/ask/{name}")
            for name in bias.never_matter
        ),
    )


def _row(framework: str, name: str, bias: Bias) -> LeaningRow:
    alone, shared = bias.alone[framework], bias.shared[framework]
    return LeaningRow(
        framework=framework,
        name=name,
        alone=share(alone, bias.total),
        shared=share(shared, bias.total),
        width=FULL_WIDTH * alone // bias.total,
        more=FULL_WIDTH * shared // bias.total,
    )


def share(part: int, total: int) -> str:
    """Return a share in per cent with one decimal, never rounded to nothing or to all.

    Args:
        part: a number from 0 to `total`.
        total: a number above 0.
    """
    tenths = (2 * THOUSAND * part + total) // (2 * total)
    if part and not tenths:
        return "under 0.1%"
    if part < total and tenths == THOUSAND:
        return "over 99.9%"
    return f"{tenths // 10}.{tenths % 10}%" if tenths % THOUSAND else f"{tenths // 10}%"
