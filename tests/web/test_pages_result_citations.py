"""Numbered citations: which numbers sources get, and where the links lead."""

import re

from advisor.web.pages.result import Citations

LINK = re.compile(r'href="/claims/([^"]+)">\[<span class="unseen">source </span>(\d+)\]')


def of_different_sources(rulebase):
    return [*{claim.source: claim.id for claim in rulebase.claims.values()}.items()][:3]


def test_sources_get_numbers_in_the_order_in_which_they_are_cited(rulebase):
    (one, first), (two, second), (three, third) = of_different_sources(rulebase)
    citations = Citations(rulebase)
    assert LINK.findall(citations.cite([second, first])) == [(second, "1"), (first, "2")]
    assert LINK.findall(citations.cite([third, first])) == [(first, "2"), (third, "3")]
    assert [source.id for source in citations.sources()] == [two, one, three]


def test_of_several_claims_of_one_source_the_first_is_cited(rulebase):
    of_one = {}
    for claim in rulebase.claims.values():
        of_one.setdefault(claim.source, []).append(claim.id)
    several = next(claims for claims in of_one.values() if len(claims) > 1)
    assert LINK.findall(Citations(rulebase).cite(several)) == [(several[0], "1")]
