"""The page of a recommendation: the answer first, then how sure, then why, then all the rest."""

from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from advisor.model.recommendation import Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.changes import closeness
from advisor.output.headline import ground, headline, verdict_sentence, verdict_word
from advisor.output.summary import summary
from advisor.query.expect import meets
from advisor.query.query import MAX_PROJECT
from advisor.query.write import links
from advisor.web import urls
from advisor.web.dependencies import Explained, Visit
from advisor.web.views.hidden import Hidden, hidden_fields
from advisor.web.views.page import Link, Page, Shell
from advisor.web.views.recommendation.parts import Parts, contents, parts_of, titles_of
from advisor.web.views.recommendation.preview import Preview, preview
from advisor.web.views.recommendation.sureness import settled_in_words
from advisor.web.views.recommendation.telling import Telling, telling_of
from advisor.web.views.unusable import unusable


class RecommendationPage(Page):
    """Shows a recommendation."""

    template: ClassVar[str] = "pages/recommendation.html"

    correct: str = Field(description="Where unusable answers can be put right; empty if none.")
    heading: str = Field(description="The answer in a sentence.")
    project: str = Field(description="The title of the project; empty if it has none.")
    longest_title: int = Field(description="How many characters such a title can have.")
    carried: tuple[Hidden, ...] = Field(description="All but the title, for a form that sets it.")
    verdict: str = Field(description="The id of the verdict, for its looks.")
    verdict_word: str = Field(description="The verdict in a word or two.")
    verdict_sentence: str = Field(description="The verdict with its margin.")
    settled: str = Field(description="What further answers could change.")
    shipping: str = Field(description="That the choice of the shipper is close; empty if not.")
    ground: str = Field(description="What it rests on, in a sentence.")
    expected: str = Field(description="Whether what was expected leads; empty if nothing was.")
    switches: tuple[str, ...] = Field(description="Roles that nobody has to take, in sentences.")
    onward: Link | None = Field(description="What to do first; None where nothing is left to ask.")
    titles: dict[str, str] = Field(description="The titles of all parts, by their names.")
    contents: tuple[Link, ...] = Field(description="The parts that have something in them.")
    parts: Parts = Field(description="Everything below the head.")
    address: str = Field(description="The address of this page.")
    link: str = Field(description="The same with its host, for paper.")
    trace: str = Field(description="The address of every rule that was considered.")
    preview: Preview = Field(description="What other sites show of a link to this page.")
    all_questions: str = Field(description="The address of all questions with these answers.")


SHARED = {
    "record": "Decision record in Markdown",
    "json": "For programs: the same as JSON",
    "badge": "Badge (SVG)",
    "card": "Preview card (PNG)",
}
"""Where else a recommendation can be had, by the name of the link, with what it is called."""


def recommendation_page(
    rulebase: RuleBase, shell: Shell, visit: Visit, explained: Explained, issue_form: str = ""
) -> RecommendationPage:
    """Make the page of a recommendation.

    Args:
        rulebase: what it was made with.
        shell: the frame of the page.
        visit: what was asked.
        explained: the recommendation, taken apart.
        issue_form: address of a form that takes reports; empty where there is none.
    """
    query, here = visit.query, explained.recommendation
    telling = telling_of(rulebase, visit, explained, issue_form)
    heading, sure = headline(rulebase, here), verdict_sentence(rulebase, here)
    written = links(query)
    share = (
        *(Link(label=label, address=written[name]) for name, label in SHARED.items()),
        Link(label="Compare with another link", address=urls.compare([query])),
    )
    parts, titles = parts_of(telling, share), titles_of(here)
    return RecommendationPage(
        shell=shell,
        title=f"{heading} ({query.project})" if query.project else heading,
        description=summary(rulebase, here),
        unusable=unusable(visit.faults),
        correct=f"/questions?{visit.raw}" if visit.faults else "",
        heading=heading,
        project=query.project,
        longest_title=MAX_PROJECT,
        carried=hidden_fields(replace(query, project=""), urls.RESULT_KEEPS),
        verdict=here.verdict,
        verdict_word=verdict_word(here),
        verdict_sentence=sure,
        settled=settled_in_words(here),
        shipping=closeness(rulebase, here, explained.explanation),
        ground=ground(rulebase, here),
        expected=_expected(telling),
        switches=tuple(rulebase.switches[name].text for name in here.switches),
        onward=_onward(telling),
        titles=titles,
        contents=contents(parts, titles),
        parts=parts,
        address=urls.result(query),
        link=telling.link,
        trace=urls.trace(query),
        preview=preview(rulebase, visit, here),
        all_questions=urls.all_questions(query),
    )


def _onward(telling: Telling) -> Link | None:
    """Lead to the next question, or to the answers that leave nothing."""
    here = telling.recommendation
    if here.verdict is Verdict.NONE:
        return Link(label="See which answers rule them out", address="#others")
    if here.next_question:
        address = urls.question(telling.query, here.next_question)
        return Link(label="Answer the next question", address=address)
    return None


def _expected(telling: Telling) -> str:
    """Say whether what was expected leads."""
    expectation = telling.query.expect
    if expectation is None:
        return ""
    what = telling.name(expectation.lead)
    if expectation.shipper:
        what += f", shipped with {telling.name(expectation.shipper)}"
    if not meets(expectation, telling.recommendation):
        return f"Expected was {what}: it does not lead."
    shared = len(telling.recommendation.leaders) > 1
    return f"Expected was {what}: {'it shares the lead' if shared else 'it leads'}."
