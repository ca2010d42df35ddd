"""The decision record of a recommendation, as a file to keep beside the code that it decides on.

Strict, as all that programs ask for: a record must not leave out in silence what it was asked.
"""

from fastapi import APIRouter, Request, Response

from advisor.engine.explain import explain
from advisor.output.record import Heading, decision_record
from advisor.web import addresses, responses
from advisor.web.reading import TheSite, UncheckedQuery, origin_of
from advisor.web.thinking import thought

router = APIRouter(include_in_schema=False)


@router.get(addresses.RECORD_PATH)
async def record(request: Request, site: TheSite, query: UncheckedQuery) -> Response:
    """Give the decision record."""
    recommendation = thought(site.rulebase, query)
    link = origin_of(request) + addresses.result(query)
    heading = Heading(query.project, link, query.edition or "")
    explanation = explain(site.rulebase, recommendation)
    content = decision_record(site.rulebase, recommendation, explanation, heading)
    return responses.text(request, content, responses.MARKDOWN)
