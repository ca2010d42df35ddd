"""A site with two editions and a draft: each link is answered by the edition that it names."""

import xml.etree.ElementTree as ET
from urllib.parse import quote_plus, urlencode

import pytest
from openapi_spec_validator import validate
from support.bicycles import copied
from support.browsing import Browser, Client
from support.published import frozen

from advisor.editions.edition import open_shelf
from advisor.errors import Fault, Place, RuleBaseError
from advisor.settings import find_settings
from advisor.web.app import create_app

ANSWERS = "distance=long&load=children&riding=new-bicycle"
TODAY = "errand=long&load=children&riding=new-bicycle"
OLD, NEW = f"{ANSWERS}&edition=2026.06", f"{TODAY}&edition=2026.12"


def rewrite(rules, *pairs):
    """Replace words in every file of a rule base."""
    for path in rules.rglob("*.yaml"):
        text = path.read_text()
        for old, new in pairs:
            text = text.replace(old, new)
        path.write_text(text)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """Between the editions a rule lost points and its name, as did a question and a choice."""
    rules = copied(tmp_path_factory.mktemp("editions"))
    frozen(rules, "2026.06")
    rewrite(
        rules,
        ("children-in-the-box", "children-aboard"),
        ("frameworks: [cargo-bike], points: 3", "frameworks: [cargo-bike], points: 1"),
        ("distance", "errand"),
        ("id: tools,", "id: boards,"),
        ("load: [tools]", "load: [boards]"),
        ("load: [children, tools]", "load: [children, boards]"),
    )
    (rules / "renames.yaml").write_text("""
renames:
  - {kind: rule, was: children-in-the-box, now: children-aboard}
  - {kind: question, was: distance, now: errand}
  - {kind: choice, was: "load:tools", now: "load:boards"}
  - {kind: question, was: bell, text: "Every bicycle has one."}
""")
    frozen(rules, "2026.12").with_name("2026.12.md").write_text(
        "# Edition 2026.12\n\nIn short.\n\n## Reasons & rules\n\n* Less <b>, more.\n* Two.\n"
    )
    rewrite(rules, ("A bell", "The bell"), ("Errands by bicycle", "Errands by bike"))
    return create_app(find_settings(), open_shelf(rules))


@pytest.fixture(scope="module")
def browser(app):
    return Browser(app)


@pytest.fixture(scope="module")
def program(app):
    return Client(app)


def result(program, query):
    response = program.get(f"/api/v1/recommendations?{query}")
    assert response.status_code == 200, response.text
    return response.json()


def test_a_link_is_answered_by_the_edition_that_it_names(program):
    old, new = result(program, OLD), result(program, NEW)
    assert (old["result"]["edition"], old["result"]["leaders"]) == ("2026.06", ["cargo-bike"])
    assert (new["result"]["edition"], new["result"]["leaders"]) == ("2026.12", ["city-bike"])
    assert old["links"]["badge"] == f"/recommendation.svg?{OLD}"
    body = {"answers": {"distance": "long", "load": "children", "riding": "new-bicycle"}}
    sent = program.request("POST", "/api/v1/recommendations", json=body | {"edition": "2026.06"})
    assert sent.json() == old


def test_what_changed_since_stands_beside_the_result(program):
    old, new = result(program, OLD), result(program, NEW)
    assert old["since"] == {
        "state": "changed",
        "edition": "2026.12",
        "leaders": ["city-bike"],
        "verdict": new["result"]["verdict"],
        "reasons": [
            {
                "rule": "children-aboard", "framework": "cargo-bike", "role": "ship", "was": 3,
                "now": 1, "text": "Two small children sit best in a box, in sight and belted.",
            }
        ],
        "lost": [],
    }  # fmt: skip
    assert "since" not in new
    same = result(program, "distance=long&riding=new-bicycle&edition=2026.06")["since"]
    assert (same["state"], same["reasons"]) == ("same", [])


def test_however_the_newest_edition_is_asked_the_result_is_the_same(program):
    newest = result(program, NEW)["result"]
    for query in (TODAY, f"{TODAY}&edition=latest", ANSWERS):
        assert result(program, query)["result"] == newest
    assert result(program, f"{TODAY}&edition=latest")["links"]["page"].endswith("edition=latest")
    assert result(program, TODAY)["links"]["page"] == f"/recommendation?{NEW}"


def test_a_page_names_the_newest_edition_and_keeps_what_is_named(browser):
    assert browser.open(f"/recommendation?{TODAY}").address == f"/recommendation?{NEW}"
    for query in (OLD, f"{TODAY}&edition=latest", f"{TODAY}&edition=draft"):
        page = browser.open(f"/recommendation?{query}")
        assert page.address == f"/recommendation?{query}"
        assert query.rpartition("&")[2] in page.link("Change")


def test_an_old_page_says_what_the_newest_recommends_and_leads_there(browser):
    page = browser.get(f"/recommendation?{OLD}").text
    assert "Edition 2026.12 is the newest, and recommends something else: City bike leads" in page
    assert "+1 instead of +3 for Cargo bike" in page
    there = browser.open(browser.open(f"/recommendation?{OLD}").link("This page by edition"))
    assert there.heading.startswith("Use City bike")
    assert "Carried over from an older link" in there.text
    assert "The question 'distance' is called 'errand' now." in there.text
    assert "could not be used" not in there.text
    assert "Put it right" not in there.text


def test_pages_of_knowledge_stay_in_their_edition(browser):
    addresses = [address for address, _ in browser.open(f"/recommendation?{OLD}").links]
    here = "/rules/children-in-the-box?edition=2026.06"
    assert here in addresses
    rule = browser.open(here)
    assert rule.address == here
    assert browser.open("/rules/children-aboard?edition=2026.12").status == 200
    assert browser.open("/rules/children-aboard?edition=2026.06").status == 404
    assert browser.open("/notes").status == 404
    claims = browser.open("/claims?q=box&edition=2026.06")
    assert claims.status == 200
    hrefs = {address for address, _ in rule.links if address.startswith(("/rules", "/claims"))}
    hrefs -= {"/rules/children-in-the-box"}  # this page by the newest edition
    assert hrefs
    assert all("edition=2026.06" in address for address in hrefs)


def test_a_rule_that_was_renamed_leads_on_to_where_it_is(program):
    for query in ("", "?edition=latest", "?utm_source=mail&edition=draft", "?a=%20&b"):
        page = program.get(f"/rules/children-in-the-box{query}")
        assert page.status_code == 303
        assert page.headers["location"] == f"/rules/children-aboard{query}"


@pytest.mark.parametrize(
    ("query", "path"),
    [("errand=long", "errand"), ("load=boards", "load"), ("riding=new-bicycle&important=errand",
     "important"), ("asked=errand&riding=new-bicycle", "asked")],
)  # fmt: skip
def test_what_an_older_edition_does_not_know_yet_is_said_to_be_newer(browser, program, query, path):
    query = f"{query}&edition=2026.06"
    (fault,) = program.get(f"/recommendation.json?{query}").json()["faults"]
    assert (fault["path"], fault["nearest"]) == (path, "")
    assert fault["message"].endswith(", which is known since edition 2026.12")
    assert fault["expected"] == "edition 2026.12 or a later one"
    page = browser.open(f"/recommendation?{query}")
    assert "which is known since edition 2026.12" in page.text
    link = quote_plus(f"/recommendation?hills=flat&{query}")
    assert "known since edition 2026.12" in browser.open(f"/compare?with={link}").text


@pytest.mark.parametrize("ending", ["svg", "png", "md"])
@pytest.mark.parametrize(
    ("query", "said"),
    [("errand=long&edition=2026.06", "is known since edition 2026.12"),
     ("bell=loud&hills=flat", "was dropped"), ("zzz=1&hills=flat", None)],
)  # fmt: skip
def test_what_people_share_drops_no_question_of_another_edition(program, ending, query, said):
    told = program.get(f"/recommendation.{ending}?{query}")
    assert told.status_code == (422 if said else 200)
    if said:
        (fault,) = told.json()["faults"]
        assert said in fault["message"]


def test_a_question_that_an_older_edition_does_not_ask_yet_is_said_to_be_newer(browser):
    page = browser.open("/ask/errand?edition=2026.06")
    assert page.status == 404
    assert "This question is known since edition 2026.12." in page.text


def test_what_only_the_draft_knows_is_said_to_be_in_the_draft(tmp_path):
    rules = copied(tmp_path)
    frozen(rules, "2026.06")
    rewrite(rules, ("distance", "errand"), ("children-in-the-box", "children-aboard"))
    site = create_app(find_settings(), open_shelf(rules))
    for path in ("/ask/errand", "/rules/children-aboard"):
        page = Browser(site).open(path)
        assert page.status == 404
        assert "Only the draft of the next edition has this " in page.text
        assert f"{path}?edition=draft" in [address for address, _ in page.links]
        assert Browser(site).open(f"{path}?edition=draft").status == 200
    (fault,) = Client(site).get("/recommendation.json?errand=long").json()["faults"]
    assert fault["message"].endswith(", which is known in the draft alone")
    # Once it is released, an older edition does not send anybody to a draft for it.
    frozen(rules, "2026.12")
    rewrite(rules, ("shed-to-trailer", "shed-and-trailer"))
    page = Browser(create_app(find_settings(), open_shelf(rules))).open(
        "/rules/children-aboard?edition=2026.06"
    )
    assert (page.status, "Only the draft" in page.text) == (404, False)
    assert fault["expected"] == "edition draft"


def test_what_no_edition_knows_is_not_said_to_be_newer(program):
    told = program.get("/recommendation.json?errant=long&edition=2026.06").json()
    assert "known since" not in told["faults"][0]["message"]


def test_an_edition_that_cannot_be_read_is_told_in_words(program, app, monkeypatch):
    def refuse(_):
        raise RuleBaseError([Fault(Place("editions/x"), "other-model", "it needs another")])

    monkeypatch.setattr(app.state.site.shelf, "_load", refuse)
    told = program.get(f"/recommendation.json?{OLD}&project=New")
    assert (told.status_code, told.json()["code"]) == (404, "not-found")
    assert "cannot be read" in told.json()["detail"]


def test_an_edition_that_is_not_here_is_refused_and_a_page_opens_on_the_newest(browser, program):
    query = f"{TODAY}&edition=2026.11"
    refused = program.get(f"/recommendation.json?{query}")
    (fault,) = refused.json()["faults"]
    assert (refused.status_code, fault["code"], fault["nearest"]) == (422, "unknown-edition", "")
    page = browser.open(f"/recommendation?{query}")
    assert (page.status, page.heading.startswith("Use City bike")) == (200, True)
    assert "'edition' cannot be '2026.11'" in page.text
    assert (
        "Did you mean '2026.12'?" in browser.open(f"/recommendation?{TODAY}&edition=2026-12").text
    )


@pytest.mark.parametrize(
    ("query", "status"),
    [(OLD, "changed"), (NEW, "same"), (f"{TODAY}&edition=2020.1", "gone"), (ANSWERS, "same"),
     (f"{TODAY}&edition=2026.06", "gone")],
)  # fmt: skip
def test_the_status_of_a_link_is_a_few_bytes_with_a_tag(program, query, status):
    told = program.get(f"/api/v1/status?{query}")
    assert (told.json()["status"], len(told.content) < 220) == (status, True)
    tagged = {"If-None-Match": told.headers["etag"]}
    assert program.get(f"/api/v1/status?{query}", headers=tagged).status_code == 304
    assert (told.json()["then"] is None) == (status == "gone")
    assert program.get("/api/v1/status?gaol=fun").status_code == 422


def test_the_badge_names_its_edition_and_says_when_it_is_overtaken(program):
    old = program.get(f"/recommendation.svg?{OLD}").text
    new = program.get(f"/recommendation.svg?{NEW}").text
    assert "· 2026.06<" in old
    assert ">now City bike<" in old
    assert "· 2026.12<" in new
    assert "now" not in new
    cargo_bike, city_bike = "#8a4b08", "#1d6f5c"  # who leads by the older edition, and by the newer
    assert cargo_bike not in old
    assert city_bike in new


def test_the_record_names_its_edition_and_day(program):
    record = program.get(f"/recommendation.md?{OLD}").text
    assert "Made with edition 2026\\.06" in record
    assert f"(http://advisor.test/recommendation?{OLD})" in record


def test_editions_stand_side_by_side(browser):
    links = urlencode([("with", OLD), ("with", TODAY)])
    page = browser.open(f"/compare?{links}")
    assert (
        "They do not lead to the same recommendation. "
        "The answers are the same; what differs are the editions." in page.text
    )
    assert "Edition 2026.06" in page.text
    assert "All of it is judged by edition 2026.12." in page.text
    assert page.link("Two small children") == "/rules/children-in-the-box?edition=2026.06"
    other = urlencode([("with", OLD), ("with", NEW.replace("long", "short"))])
    assert "They differ in one answer" in browser.open(f"/compare?{other}").text


def test_the_draft_is_told_apart(browser, program):
    told = result(program, f"{TODAY}&edition=draft")
    assert told["result"]["edition"] is None
    assert "since" not in told
    page = browser.get(f"/recommendation?{TODAY}&edition=draft").text
    assert "<strong>A draft.</strong>" in page
    assert "Errands by bike" in page
    assert "Errands by bike" not in browser.get(f"/recommendation?{NEW}").text


def test_questions_and_rules_can_be_had_of_an_edition(program):
    for path in ("questions", "rulebase"):
        old = program.get(f"/api/v1/{path}?edition=2026.06")
        assert (old.status_code, '"distance"' in old.text) == (200, True)
        assert old.text != program.get(f"/api/v1/{path}").text
        assert program.get(f"/api/v1/{path}?edition=1.1").status_code == 422
        assert program.get(f"/api/v1/{path}?x=1").status_code == 422


@pytest.mark.slow
def test_an_edition_is_described_with_its_own_questions(program):
    for edition, words, asked in (
        ("latest", ["2026.12", "latest"], "errand"),
        ("draft", ["draft"], "errand"),
        ("2026.06", ["2026.06"], "distance"),
    ):
        told = program.get(f"/openapi.json?edition={edition}").json()
        body = told["components"]["schemas"]["Body"]["properties"]
        assert body["edition"]["enum"] == words
        assert asked in body["answers"]["properties"]
        for path, known in (("questions", ["2026.06", "2026.12", "draft", "latest"]),
                            ("recommendations", words)):  # fmt: skip
            parameters = told["paths"][f"/api/v1/{path}"]["get"]["parameters"]
            (named,) = [each for each in parameters if each["name"] == "edition"]
            assert named["schema"]["enum"] == known
    validate(told)
    assert program.get("/openapi.json?goal=fun").status_code == 422


def test_the_editions_are_listed_with_the_draft(browser):
    page = browser.open("/editions")
    assert "The rules have changed" in page.text
    assert page.text.index("2026.12 Released") < page.text.index("2026.06 Released")
    assert page.link("all that changed") == "/editions/2026.06..2026.12"


def test_what_changed_between_two_editions_is_told_the_advice_first(browser):
    page = browser.open("/editions/2026.06..2026.12")
    assert page.heading == "From 2026.06 to 2026.12"
    assert "Both were released on 1 December 2026." in page.text
    assert page.text.index("Who leads: another one in") < page.text.index(" Rules: ")
    assert "children-aboard (was called children-in-the-box, points 3 → 1" in page.text
    for pair in ("2026.06", "2026.06..2026.07", "2026.06..2026.12..1"):
        assert browser.open(f"/editions/{pair}").status == 404


def test_the_feed_has_an_entry_for_each_edition(program):
    told = program.get("/editions.atom")
    assert told.headers["content-type"].startswith("application/atom+xml")
    root = ET.fromstring(told.content)  # noqa: S314 - our own feed
    titles = [entry.findtext("{*}title") for entry in root.findall("{*}entry")]
    assert titles == ["Edition 2026.12", "Edition 2026.06"]
    ids = [element.text for element in root.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(set(ids)) == 3
    links = [entry.find("{*}link").get("href") for entry in root.findall("{*}entry")]
    assert links[0] == "http://advisor.test/editions/2026.06..2026.12"
    contents = [entry.find("{*}content") for entry in root.findall("{*}entry")]
    html = "{http://www.w3.org/1999/xhtml}"
    assert [each.get("type") for each in contents] == ["xhtml", "xhtml"]
    assert [each.text for each in contents[0].iter(f"{html}h3")] == ["Reasons & rules"]
    assert [each.text for each in contents[0].iter(f"{html}li")] == ["Less <b>, more.", "Two."]
    assert [each.text for each in contents[0].iter(f"{html}p")] == ["In short."]
