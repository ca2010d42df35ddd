"""What the pages of knowledge say, over the example rule base."""

import itertools
import re

import pytest
from support.bicycles import BICYCLES
from support.browsing import Browser
from support.real import real_rulebase

from advisor.engine.scoring.items import Kind, items_of
from advisor.model.knowledge import Basis
from advisor.model.rules import Rule
from advisor.settings import find_settings
from advisor.web.app import create_app


def section(page, title, until=""):
    """The words of a page from one heading up to another."""
    after = page.text.split(title, 1)[1]
    return after.split(until, 1)[0] if until else after


def test_a_claim_says_how_it_stands_what_shows_that_and_who_uses_it(browser):
    page = browser.open("/claims/book-basket")
    assert page.heading == "A basket holds the shopping of two or three days."
    assert "holds in part" in page.text
    assert "Shown by the project's own pages or packages." in page.text
    assert "It depends on the household" in page.text
    assert "Up to two points: it holds only in part." in page.text
    assert "Up to three points: one of the documents says it" in page.text
    links = {address for address, _ in page.links}
    assert {"/claims/basket-carries", "/rules/shopping-in-the-basket"} <= links
    assert "/sources/errands-book#claim-book-basket" in links


def test_a_claim_names_the_claims_that_rest_on_it(browser, rulebase):
    for claim in rulebase.claims.values():
        for needed in claim.rests_on:
            page = browser.open(f"/claims/{needed}")
            assert claim.text in section(page, "What rests on it")


def test_every_use_of_a_claim_is_linked_from_its_page(browser, rulebase):
    cited = [(rule.claims, rule.text) for rule in rulebase.rules.values()] + [
        (tool.claims, tool.name) for tool in rulebase.tools.values()
    ]
    cited += [(edge.claims, edge.text) for edge in rulebase.edges.values()]
    cited += [(note.claims, note.title) for note in rulebase.notes.values()]
    cited += [(d.settled_by, d.title) for d in rulebase.disagreements.values()]
    cited += [(side.claims, d.title) for d in rulebase.disagreements.values() for side in d.sides]
    cited += [(route.claims, route.text) for route in rulebase.migrations.values()]
    for claims, text in cited:
        for claim in claims:
            assert text in section(browser.open(f"/claims/{claim}"), "Where it is used")


def test_a_claim_names_ways_and_costs_of_handing_over_once_each(real):
    edges = real_rulebase().edges.values()
    costs = [cost for edge in edges for cost in edge.costs]
    for heading, things in (
        ("Ways of handing over", edges),
        ("Costs of handing over", costs),
    ):
        for claim in {claim for thing in things for claim in thing.claims}:
            assert real.open(f"/claims/{claim}").text.count(heading) == 1, claim


def test_a_claim_that_no_rule_uses_says_so(browser, rulebase):
    background = [claim.id for claim in rulebase.claims.values() if claim.background]
    assert background
    for claim in background:
        assert "No rule rests on it" in browser.open(f"/claims/{claim}").text


def test_a_source_lists_its_claims_in_the_order_of_its_sections(browser, rulebase):
    for source in rulebase.sources.values():
        text = browser.open(f"/sources/{source.id}").text.split("Last read")[1]
        places = [text.index(f" {title}") for title in source.sections]
        assert places == sorted(places)
        own = [claim for claim in rulebase.claims.values() if claim.source == source.id]
        assert all(claim.text in text for claim in own)


def test_a_claim_that_is_said_again_stands_in_each_of_its_sections(real):
    page = real.open("/sources/doc-001")
    assert "Repeated here; it comes first in" in page.text
    assert "Said again in:" in page.text


def test_a_source_without_an_address_says_that_none_is_known(browser):
    assert "None is known." in browser.open("/sources/errands-book").text


def test_a_rule_is_told_in_the_words_of_the_questionnaire(browser):
    page = browser.open("/rules/shopping-in-the-basket")
    assert "Gives City bike one point for shipping." in page.text
    assert section(page, "When it counts", "How much").strip().startswith("Load")
    assert "/ask/load" in {address for address, _ in page.links}


def test_a_rule_says_what_is_left_of_it_on_each_basis(browser, rulebase):
    for basis in Basis:
        items = {i.id: i for i in items_of(rulebase, basis) if isinstance(i.origin, Rule)}
        for rule in rulebase.rules:
            page = browser.open(f"/rules/{rule}")
            words = {"checked": "On checked facts", "documents": "On the documents"}[basis]
            told = section(page, words).split(" On the documents")[0].split("The claims that")[0]
            if rule not in items:
                assert " none " in told
            elif items[rule].kind is Kind.SCORE:
                sign = "+" if items[rule].points > 0 else "\N{MINUS SIGN}"
                assert f" {sign}{abs(items[rule].points)} " in told


def test_a_cost_of_handing_over_has_the_page_of_a_rule(browser):
    page = browser.open("/rules/towing-uphill")
    assert "Costs two points where City bike builds and Trailer ships." in page.text
    assert page.link("The trailer is coupled").endswith("#edge-city-bike-pulls-trailer")


def test_a_stop_tells_the_way_out(browser, rulebase):
    stops = [r for r in rulebase.rules.values() if hasattr(r.effect, "way_out")]
    assert stops
    for rule in stops:
        page = browser.open(f"/rules/{rule.id}")
        assert rule.effect.way_out in page.text
        name = rulebase.frameworks[rule.effect.frameworks[0]].name
        assert f"Rules {name} out" in page.text


def test_tools_say_how_they_stand_and_what_took_their_place(browser):
    page = browser.open("/tools")
    assert "1 ended" in page.text
    assert "Its place was taken by Axle coupling" in page.text
    assert "It took the place of Seat-post coupling" in page.text
    assert page.link("Seat-post coupling") == "/tools#tool-seatpost-coupling"


def test_a_disagreement_tells_both_sides_where_they_say_it_and_what_settles_it(browser):
    page = browser.open("/disagreements")
    assert "Both cannot be true" in page.text
    assert "A loaded cargo bike is not for hills." in page.text
    assert "Errands by bicycle , Hills." in page.text
    assert "Settled: The motor settles it" in page.text
    assert "/claims/motor-climbs" in {address for address, _ in page.links}


def test_a_framework_tells_its_plans_with_their_costs_from_both_ends(browser):
    for name in ("city-bike", "trailer"):
        page = browser.open(f"/frameworks/{name}")
        assert "City bike builds, Trailer ships" in page.text.replace(" ,", ",")
        assert "/rules/towing-uphill" in {address for address, _ in page.links}


def test_a_framework_tells_its_backends_and_the_rules_that_choose_among_them(browser):
    page = browser.open("/frameworks/cargo-bike")
    assert "Electric motor" in section(page, "Backends")
    assert "(backend)" in section(page, "Backends")


def test_a_framework_tells_the_routes_that_lead_to_it(browser):
    page = browser.open("/frameworks/trailer")
    assert "From the bicycle in the shed" in page.text
    assert "Cost: small" in page.text


def test_a_framework_lists_every_rule_about_it(browser, rulebase):
    for name in rulebase.frameworks:
        links = {address for address, _ in browser.open(f"/frameworks/{name}").links}
        for rule in rulebase.rules.values():
            about = getattr(rule.effect, "frameworks", None) or (rule.effect.framework,)
            assert (f"/rules/{rule.id}" in links) == (name in about)


def test_next_steps_stand_on_the_page_of_the_one_who_needs_them(real):
    pages = [real.open(f"/frameworks/{name}") for name in ("pytorch", "tensorflow")]
    assert all("Next steps" in page.text for page in pages)


def test_notes_stand_beside_the_list_of_what_can_be_recommended(browser):
    page = browser.open("/frameworks")
    assert "note-borrow-a-van" in page.ids
    assert "With Distance: “" in page.text


def test_the_head_to_head_counts_what_the_engine_has_active(browser, rulebase):
    page = browser.open("/tradeoffs")
    gains = sum(
        len(item.slots)
        for item in items_of(rulebase, Basis.CHECKED)
        if item.kind is Kind.SCORE and item.points > 0
    )
    cells = [words for words in page.text.replace("As written: ", "@").split() if words]
    told = sum(
        int(number)
        for number, word in itertools.pairwise(cells)
        if word.rstrip(",") == "for" and number.isdecimal()
    )
    assert told == gains


def test_the_head_to_head_on_a_subject_has_a_row_for_every_rule_and_numbers_its_claims(
    browser, rulebase
):
    for subject in {rule.topic for rule in rulebase.rules.values()}:
        page = browser.open(f"/tradeoffs?subject={subject}")
        rules = [rule for rule in rulebase.rules.values() if rule.topic == subject]
        claims = {claim for rule in rules for claim in rule.claims}
        assert {f"/rules/{rule.id}" for rule in rules} <= {a for a, _ in page.links}
        assert {i for i in page.ids if i.startswith("claim-")} == {f"claim-{c}" for c in claims}
        assert sum("[" in words for _, words in page.links) == sum(len(r.claims) for r in rules)


def test_an_unknown_subject_opens_the_whole_head_to_head_and_says_so(browser):
    page = browser.open("/tradeoffs?subject=laods")
    assert page.status == 200
    assert "Did you mean 'loads'?" in page.text
    assert "/tradeoffs?subject=loads" in {address for address, _ in page.links}


@pytest.mark.parametrize("path", ["/claims", "/tools", "/disagreements"])
def test_every_sign_has_its_word_beside_it(browser, path):
    page = browser.open(path)
    signs = [found for tag, found in page.elements if found.get("class") == "sign"]
    assert signs
    assert all(found["aria-hidden"] == "true" for found in signs)


def test_all_rules_are_listed_once_by_subject(browser, rulebase):
    page = browser.open("/rules")
    for rule in rulebase.rules.values():
        assert [address for address, _ in page.links].count(f"/rules/{rule.id}") == 1
    titles = {rulebase.subjects[rule.topic].title for rule in rulebase.rules.values()}
    assert all(title in page.text for title in titles)


@pytest.mark.parametrize(
    ("path", "kind", "file"),
    [
        ("/rules/basket-limit", "Rule", "tradeoffs/"),
        ("/claims/{claim}", "Claim", "claims/"),
    ],
)
def test_what_to_name_in_a_report_has_file_and_line(rulebase, path, kind, file):
    path = path.format(claim=next(iter(rulebase.claims)))
    name = path.rpartition("/")[2]
    text = Browser(create_app(find_settings(BICYCLES))).open(path).text
    said = re.search(rf"{kind} {name}, ({file}[\w-]+\.yaml):(\d+), http://advisor.test{path}", text)
    lines = (BICYCLES / said[1]).read_text().splitlines()
    assert name in lines[int(said[2]) - 1]
