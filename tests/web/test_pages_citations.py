"""Numbered citations: which numbers claims get, where they are listed, what leads back."""

import re
from dataclasses import replace

from advisor.web.pages.citations import Citations


def shown(citations):
    return re.findall(r"source </span>(\d+)", citations)


def led_back(entry):
    return re.findall(r'href="#([^"]+)"', "".join(entry.back))


def test_claims_get_numbers_in_the_order_in_which_they_are_cited(rulebase):
    first, second, third = list(rulebase.claims)[:3]
    citations = Citations(rulebase)
    assert shown(citations.cite([second, first], aside=False)) == ["1", "2"]
    assert shown(citations.cite([third, first], aside=False)) == ["2", "3"]
    entries = citations.sources(aside=False)
    assert [(entry.number, entry.claim) for entry in entries] == [
        (1, second),
        (2, first),
        (3, third),
    ]
    assert [entry.uses for entry in entries] == [1, 2, 1]
    assert led_back(entries[1]) == ["cited-2-1", "cited-2-2"]


def test_what_is_cited_aside_alone_is_listed_apart_and_decides_nothing(rulebase):
    first, second = list(rulebase.claims)[:2]
    citations = Citations(rulebase)
    citations.cite([first], aside=False)
    citations.cite([first, second], aside=True)
    citations.cite([second], aside=False)
    (lead,), (other,) = citations.sources(aside=False), citations.sources(aside=True)
    assert (lead.claim, led_back(lead)) == (first, ["cited-1-1"])
    assert (other.claim, led_back(other)) == (second, ["cited-2-1"])


def test_titles_of_sources_are_escaped(rulebase):
    claim = next(iter(rulebase.claims.values()))
    source = rulebase.sources[claim.source]
    sources = {**rulebase.sources, source.id: replace(source, title='<b>"')}
    shadowed = replace(rulebase, sources=sources)
    assert 'title="&lt;b&gt;&#34;"' in Citations(shadowed).cite([claim.id], aside=False)
