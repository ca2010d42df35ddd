"""What answers lead to, in short: where they are still being given, and beside others."""

from collections.abc import Collection

from pydantic import Field

from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.output.headline import headline, verdict_sentence, verdict_word
from advisor.web.pages.standings import StandingRow, standing_rows
from advisor.web.views.page import View


class SoFar(View):
    """A recommendation in a few lines, in the words of its page."""

    heading: str = Field(description="The answer in a sentence.")
    verdict_word: str = Field(description="The verdict in a word or two.")
    verdict_sentence: str = Field(description="The verdict with its margin.")
    rows: tuple[StandingRow, ...] = Field(description="Where everyone stands, by name: none moves.")


def so_far(
    rulebase: RuleBase, recommendation: Recommendation, beside: Collection[Recommendation] = ()
) -> SoFar:
    """Tell in short what answers lead to.

    Args:
        rulebase: what names the frameworks.
        recommendation: what they lead to.
        beside: what else is told on the page, with bars on the same scale.
    """
    told = standing_rows(rulebase, recommendation, beside)
    return SoFar(
        heading=headline(rulebase, recommendation),
        verdict_word=verdict_word(recommendation),
        verdict_sentence=verdict_sentence(rulebase, recommendation),
        rows=tuple(sorted(told, key=lambda row: row.name)),
    )
