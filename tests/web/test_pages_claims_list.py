"""The list of claims: what can be chosen, how it is counted, and what could not be used."""

import itertools
import re
from dataclasses import replace

import pytest
from support.browsing import HTML

from advisor.model.knowledge import Status
from advisor.query.fields import address_form
from advisor.web.pages.claims import PER_PAGE, ClaimFilter, claims_list


def listed(page):
    return [found["id"] for tag, found in page.elements if found.get("id", "").startswith("claim-")]


def codes(rulebase, raw):
    return [fault.code for fault in claims_list(rulebase, address_form(raw)).faults]


def facets(rulebase, chosen):
    return claims_list(rulebase, address_form(chosen.address().partition("?")[2])).facets


def test_however_much_of_an_address_is_of_no_use_the_page_stays_small(browser):
    plain = len(browser.open("/claims").text)
    page = browser.open("/claims?" + "&".join(f"a{number:x}" for number in range(1500)))
    assert "and 1480 others" in page.text
    assert len(page.text) < plain + 3000


def test_nothing_chosen_shows_every_subject_and_no_claim(browser, rulebase):
    page = browser.open("/claims")
    assert not listed(page)
    assert all(subject.title in page.text for subject in rulebase.subjects.values())


def test_the_table_counts_every_claim_once(browser, rulebase):
    page = browser.open("/claims")
    cells = [
        (address, int(words.split()[-1]))
        for address, words in page.links
        if re.fullmatch(r"/claims\?status=.+&topic=.+", address)
    ]
    assert sum(number for _, number in cells) == len(rulebase.claims)
    for address, number in cells:
        assert len(listed(browser.open(address))) == number


def test_every_claim_is_listed_under_its_subject(browser, rulebase):
    for topic in {claim.topic for claim in rulebase.claims.values()}:
        found = listed(browser.open(f"/claims?topic={topic}"))
        own = [f"claim-{c.id}" for c in rulebase.claims.values() if c.topic == topic]
        assert sorted(found) == sorted(own)


def test_a_facet_leaves_as_many_claims_as_it_says(rulebase):
    choices = [
        ClaimFilter(topic=topic, status=status, source=source)
        for topic, status, source in itertools.product(
            ["", *rulebase.subjects], ["", *Status], ["", "errands-book", "makers-manuals"]
        )
    ]
    offered = [
        (count, chosen.address(**{key: value}))
        for chosen in choices
        for key, counts in facets(rulebase, chosen).items()
        for value, count in counts.items()
    ]
    assert len({address for _, address in offered}) > 20
    for count, address in offered:
        found = claims_list(rulebase, address_form(address.partition("?")[2]))
        assert found.faults == []
        assert len(found.chosen.matches(rulebase)) == found.total == count


def test_every_word_has_to_occur_in_text_title_or_id_whatever_the_case(rulebase):
    def ids(words):
        return {claim.id for claim in ClaimFilter(words=words).matches(rulebase)}

    assert ids("BASKET days") == {"book-basket"}
    assert ids("book-basket") == {"book-basket"}
    assert "book-basket" in ids("errands by bicycle")
    assert ids("basket errands-nothing") == set()


def test_words_are_kept_in_the_form_and_can_be_taken_back(browser):
    page = browser.open("/claims?q=basket&status=partly")
    assert [i.value for i in page.form.inputs if i.name == "q"] == ["basket"]
    chosen = [found["value"] for tag, found in page.elements if "selected" in found]
    assert chosen == ["partly"]
    assert page.link("Take back with the words") == "/claims?status=partly"
    assert page.link("Take back holds in part") == "/claims?q=basket"


def test_words_that_look_like_markup_are_text(browser):
    page = browser.open("/claims?q=%3Cb%3Ebasket%3C%2Fb%3E")
    assert "<b>basket</b>" in page.text
    assert "b" not in {tag for tag, _ in page.elements}


def test_nothing_found_says_so_and_leads_on(browser):
    page = browser.open("/claims?q=unheard-of")
    assert page.heading == "No claim"
    assert "No claim fits all of that" in page.text


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/claims?topic=loads&status=holds", "/claims?status=holds&topic=loads"),
        ("/claims?q=&status=holds&topic=&source=", "/claims?status=holds"),
        ("/claims?q=+basket++days+", "/claims?q=basket+days"),
        ("/claims?status=holds&page=1", "/claims?status=holds"),
    ],
)
def test_other_addresses_lead_to_the_canonical_one(program, address, canonical):
    response = program.get(address, headers=HTML)
    assert (response.status_code, response.headers["location"]) == (303, canonical)
    assert program.get(canonical, headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("colour=red", ["unknown-key"]),
        ("riding=have-one&basis=checked", ["unknown-key", "unknown-key"]),
        ("topic=laods", ["unknown-topic"]),
        ("status=true&source=none", ["unknown-status", "unknown-source"]),
        ("status=holds&status=partly", ["repeated-key"]),
        ("status=holds&status=holds", ["repeated-key"]),
        ("page=2", ["unknown-page"]),
        ("status=holds&page=01", ["unknown-page"]),
        ("status=holds&page=-1", ["unknown-page"]),
        ("q=%ff", ["bad-encoding"]),
        ("topic", ["empty-value"]),
        (f"q={'a' * 201}", ["too-long"]),
    ],
)
def test_what_cannot_be_used_is_told(rulebase, raw, expected):
    assert codes(rulebase, raw) == expected


def test_the_rest_of_an_address_is_used_and_the_nearest_name_told(browser):
    page = browser.open("/claims?topic=laods&status=partly&sauce=errands-book")
    assert "Did you mean 'loads'?" in page.text
    assert "Did you mean 'source'?" in page.text
    assert listed(page) == listed(browser.open("/claims?status=partly"))


@pytest.mark.parametrize(
    ("claims", "expected"), [(0, 1), (1, 1), (PER_PAGE, 1), (PER_PAGE + 1, 2), (450, 8)]
)
def test_pages_are_as_many_as_claims_need(rulebase, claims, expected):
    one = replace(next(iter(rulebase.claims.values())), status=Status.HOLDS)
    many = {f"c{n}": replace(one, id=f"c{n}") for n in range(claims)}
    found = claims_list(replace(rulebase, claims=many), address_form("status=holds"))
    assert (found.total, found.last) == (claims, expected)


def test_pages_of_a_long_list_hold_every_claim_once(real):
    address, found = "/claims?status=holds", []
    while address:
        page = real.open(address)
        assert len(listed(page)) <= PER_PAGE
        found += listed(page)
        address = next((a for a, words in page.links if words == "Further claims"), "")
    total = int(page.heading.split()[0])
    assert len(found) == len(set(found)) == total > PER_PAGE
    assert "Earlier claims" in [words for _, words in page.links]
