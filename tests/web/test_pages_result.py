"""The page of a recommendation: what it says in each state, that it adds up, how sure it is."""

import gzip
import random
from dataclasses import replace

import pytest
from support.bases import STATES, VERDICTS
from support.browsing import Browser
from support.builders import EVERYWHERE, base, framework, question, rule, when
from support.real import real_rulebase

from advisor.engine.recommend import recommend
from advisor.model.answers import Answers
from advisor.model.recommendation import Verdict, leading_plans
from advisor.model.rules import Cost, Edge, Role, Score
from advisor.output.changes import leaders_in_words
from advisor.output.headline import doubtful_claims
from advisor.output.words import counted
from advisor.settings import find_settings
from advisor.web.app import create_app

MOST_BYTES = 40_000
NOTHING_ALONE = "Finding out would not change who leads by itself."


@pytest.fixture(scope="module")
def states():
    return Browser(create_app(find_settings(), STATES))


def dated_claims(page):
    """The claims that the story of the bases tells, by the links that say when each was checked."""
    links = (link for link, said in page.links if said.startswith("checked on"))
    return {link.removeprefix("/claims/") for link in links}


def verdict_page(states, verdict, more=""):
    return states.open(f"/recommendation?wood={VERDICTS[verdict]}{more}")


@pytest.mark.parametrize(
    ("verdict", "heading", "sentence"),
    [
        ("clear", "Use Ash", "Clear. No reason speaks for any other."),
        ("close", "Use Ash", "A close call. One point ahead of Birch."),
        ("tie", "Ash and Birch are level", "A tie, not settled. Three points each"),
        ("open", "Too little is known yet to recommend one", "Open. Ash is ahead, but"),
        ("none", "Nothing fits all of these answers", "A hard fact rules out each of them"),
    ],
)
def test_the_answer_comes_first(states, verdict, heading, sentence):
    page = verdict_page(states, verdict)
    assert page.heading == heading
    assert page.title.startswith(heading)
    assert sentence in page.text
    assert page.text.index(heading) < page.text.index(sentence)


def test_a_tie_shows_every_plan_that_leads(states):
    page = verdict_page(states, "tie")
    assert {"plan-ash", "plan-birch"} <= set(page.ids)
    assert "none is first" in page.text
    assert page.text.count("+3") == 4  # on the first screen, and in the sums


@pytest.mark.parametrize(
    ("verdict", "title"),
    [
        ("clear", "The others"),
        ("open", "The others"),
        ("tie", "Why none of them leads alone"),
        ("none", "What rules each of them out"),
    ],
)
def test_the_others_are_told_under_a_title_that_fits_the_verdict(states, verdict, title):
    page = verdict_page(states, verdict)
    assert title in page.text
    assert "others" in page.ids


def test_where_nobody_leads_yet_the_page_says_so(states):
    assert "Why none of them leads yet" in states.open("/recommendation").text


def test_an_open_result_offers_the_next_question(states):
    page = verdict_page(states, "open")
    assert states.open(page.link("Answer the next question")).form.question() == "tools"


def test_where_nothing_is_left_every_stop_names_its_answer_and_a_way_out(states):
    page = verdict_page(states, "none")
    assert page.text.count("Way out:") == 2
    assert "Take oak." in page.text
    change = states.open(page.link("wood: neither"))
    assert change.form.question() == "wood"
    assert page.text.count("A hard fact rules it out") == 2
    assert {"other-ash", "other-birch"} <= set(page.ids)
    assert "reasons" not in page.ids
    assert page.link("See which answers rule them out") == "#others"
    assert not [said for _, said in page.links if said == "Answer the next question"]


def test_migrations_and_notes_are_told(states):
    page = verdict_page(states, "clear")
    assert "Birch to Ash" in page.text
    assert "Cost: small" in page.text
    assert "A note" in page.text


def test_a_doubled_reason_says_so(states):
    page = verdict_page(states, "clear", "&important=wood")
    assert "+6 counts double" in page.text
    assert "Counts double." in page.text


def test_points_against_have_a_sign(states):
    page = states.open("/recommendation?tools=axe&wood=both")
    assert "\N{MINUS SIGN}2" in page.text


def test_an_expectation_is_told_and_kept_in_the_address(states):
    page = verdict_page(states, "clear", "&expect=birch")
    assert "Expected birch; Ash leads: clear, " in page.text
    assert "Expected ash; Ash leads: clear, " in verdict_page(states, "clear", "&expect=ash").text
    assert "so it shares the lead: a tie, " in verdict_page(states, "tie", "&expect=birch").text


def test_the_project_stands_above_the_answer_and_in_the_title(states):
    page = verdict_page(states, "clear", "&project=A+shed")
    assert page.text.strip().startswith("A shed Use Ash")
    assert "Use Ash (A shed)" in page.title


def test_a_title_that_the_card_cannot_show_whole_is_told(states):
    assert "shows a box" not in verdict_page(states, "clear", "&project=A+shed").text
    assert "shows a box" in verdict_page(states, "clear", "&project=%E6%9D%B1%E4%BA%AC").text


def test_unused_answers_are_listed_as_such(states):
    page = states.open("/recommendation?shed=yes&tools=axe&wood=oak")
    assert "yes Not used" in page.text


def test_each_basis_leads_to_the_other(browser):
    here = browser.open("/grounds?hills=hilly&load=children&riding=new-bicycle")
    assert "checked facts" in here.text
    there = browser.open(here.link("See it"))
    assert there.address.startswith("/recommendation?")
    assert there.address.endswith("&basis=documents")
    grounds = browser.open(there.link("What the documents say"))
    assert browser.open(grounds.link("See it")).address == here.link("Back to the recommendation")


def test_a_title_can_be_given_on_the_page_and_taken_away_again(browser):
    query = "basis=documents&important=load&load=children&riding=new-bicycle"
    page = browser.open(f"/recommendation?{query}")
    titled = browser.open(f"{page.form.address()}&project=A+van+for+four")
    assert "A van for four" in titled.text
    assert titled.link("Decision record").endswith("&project=A+van+for+four")
    assert {item.value for item in titled.form.inputs if item.name == "project"} == {
        "A van for four"
    }
    assert browser.open(f"{titled.form.address()}&project=").address == page.address


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("distance=long&storage=garage", "the same answers give the same, and clearly"),
        ("hills=hilly&load=children", "the same answers give the same, but by a narrow margin"),
        ("distance=long&storage=upstairs", "the same answers lead to the same recommendation"),
    ],
)
def test_where_the_same_leads_on_both_bases_the_page_says_so(browser, query, words):
    assert words in browser.open(f"/grounds?{query}").text


def test_where_the_bases_differ_the_page_says_what_makes_the_difference(browser, rulebase):
    query = "distance=short&hills=hilly&load=tools&riding=new-bicycle&storage=garage"
    page = browser.open(f"/grounds?{query}")
    assert "the same answers give something else" in page.text
    fallen = rulebase.claims["book-no-cargo-on-hills"]
    told = [rulebase.rules["hills-need-light"].text, fallen.text, "Out of date since"]
    told += [rulebase.claims[name].text for name in fallen.shown_by]
    places = [
        page.text.index(text.rstrip("."), page.text.index("What was written")) for text in told
    ]
    assert places == sorted(places)
    assert (
        rulebase.rules["room-in-the-garage"].text
        in page.text[page.text.index("What counts today") :]
    )
    assert {fallen.id, *fallen.shown_by, "garage-floor"} <= dated_claims(page)


def test_the_story_is_the_same_from_the_other_side(browser):
    query = "distance=short&hills=hilly&load=tools&riding=new-bicycle&storage=garage"
    here, there = (browser.open(f"/grounds?{basis}{query}") for basis in ("", "basis=documents&"))
    assert dated_claims(here) == dated_claims(there)


def test_where_the_same_leads_for_the_same_reasons_the_page_looks_at_the_others(browser):
    page = browser.open("/grounds?hills=hilly&load=children&riding=new-bicycle")
    assert "the points of the others differ" in page.text


def test_sources_are_numbered_in_the_order_in_which_they_are_cited(browser, rulebase):
    query = "distance=short&hills=hilly&load=children&load=tools&riding=new-bicycle"
    page = browser.open(f"/recommendation?{query}&weather=all-year")
    cited = [link for link, said in page.links if said.startswith("[")]
    sources = [rulebase.claims[link.removeprefix("/claims/")].source for link in cited]
    listed = list(dict.fromkeys(sources))
    assert [i for i in page.ids if i.startswith("source-")] == [
        f"source-{number}" for number in range(1, len(listed) + 1)
    ]
    links = [link for link, _ in page.links if link.startswith("/sources/")]
    assert links == [f"/sources/{name}" for name in listed]


def test_what_another_lacks_and_what_it_is_spared_are_told_as_such():
    known = base(
        [question("goal", "x")],
        [framework("ash"), framework("birch")],
        [
            rule("builds", Score(Role.BUILD, ("ash",), 3), when({"goal": ["x"]})),
            rule("suits", Score(Role.BUILD, ("birch",), 1), when({"goal": ["x"]})),
            rule("ships", Score(Role.SHIP, ("birch",), 3), when({"goal": ["x"]})),
        ],
        edges=[
            Edge(
                "ash-to-birch",
                "ash",
                "birch",
                "A way.",
                (),
                EVERYWHERE,
                (Cost("slow", "It takes a day.", 1, when(), EVERYWHERE),),
            ),
        ],
    )
    text = Browser(create_app(find_settings(), known)).open("/recommendation?goal=x").text
    minus = "\N{MINUS SIGN}"
    assert f"What puts it behind Ash: {minus}3 Because of builds." in text
    assert "What puts it ahead of Ash: +1 Ash pays this cost: It takes a day." in text
    assert f"That makes {minus}1 in all." in text


def test_matters_beyond_three_are_counted_in_words(real):
    shared = "goal=product&training=nothing&deploy=server&serving=shared-gpu&existing=tensorflow"
    assert "And one more like these." in real.open(f"/grounds?{shared}").text


def test_a_backend_says_with_whom_it_can_be_shipped(real):
    page = real.open("/recommendation?goal=comparison")
    assert "It runs on PyTorch, from which it can be shipped with PyTorch." in page.text


def test_a_mark_on_what_counts_for_a_role_that_nobody_takes_says_so(real):
    page = real.open("/recommendation?goal=research&training=nothing&important=goal")
    assert (
        "your answer favours none of them: You train nothing, so no framework has to" in page.text
    )
    page = real.open("/recommendation?goal=product&important=goal")
    assert "your answer favours none of them: All of them are open source" in page.text


@pytest.mark.parametrize("query", ["", "hardware=unsure", "training=nothing&hardware=nvidia"])
def test_a_mark_without_an_answer_that_counts_is_told(real, query):
    page = real.open(f"/recommendation?{query}&important=hardware")
    assert "You marked “Accelerator” to count double, but no answer to it counts." in page.text
    page = real.open("/recommendation?hardware=nvidia&os=linux&important=hardware")
    assert "no answer to it counts" not in page.text


@pytest.fixture(scope="module")
def rules():
    return real_rulebase()


@pytest.fixture(scope="module")
def site(real):
    return real


@pytest.fixture(scope="module")
def drawn(rules):
    """Complete answers to the rules that we ship, the same ones every time."""
    chance = random.Random(4)  # noqa: S311 - examples, not secrets
    return [
        {
            question.id: frozenset({chance.choice([choice.id for choice in question.choices])})
            for question in rules.questions.values()
        }
        for _ in range(8)
    ]


def written(given, unsure=()):
    pairs = sorted((name, choice) for name, choices in given.items() for choice in choices)
    pairs += [(name, "unsure") for name in unsure]
    return "&".join(f"{name}={choice}" for name, choice in sorted(pairs))


def test_what_somebody_is_not_sure_of_says_what_it_could_bring(site, rules, drawn):
    seen = set()
    for given in drawn:
        unsure = sorted(given)[::3]
        known = {name: choices for name, choices in given.items() if name not in unsure}
        told = recommend(rules, Answers(given=known, unsure=frozenset(unsure)))
        waiting = [item for item in told.open_questions if item.unsure]
        page = site.open(f"/grounds?{written(known, unsure)}")
        assert ("What you are not sure of" in page.text) == bool(waiting)
        for item in waiting:
            title = rules.questions[item.question].title
            words = [leaders_in_words(rules, leaders) for leaders in item.leaders]
            brings = f"Possible leaders: {'; '.join(words)}." if item.matters else NOTHING_ALONE
            assert f"{title} {brings}" in page.text
            seen.add(item.matters)
    assert seen == {True, False}


def test_the_margin_the_tolerance_and_the_method_are_told(site, rules, drawn):
    firm = 0
    for given in drawn:
        told = recommend(rules, Answers(given=given))
        page = site.open(f"/grounds?{written(given)}")
        assert {"/method"} < {link for link, _ in page.links}
        survives = "each in the direction that hurts most" in page.text
        assert survives == (told.tolerance is not None)
        if told.tolerance is not None:
            assert f" {int(told.tolerance * 100)}%" in page.text
            firm += 1
            short = told.margin - rules.margins.tie
            missing = f"{counted(short, 'point').capitalize()} more for "
            assert (missing in page.text) == (told.verdict is Verdict.CLOSE)
    assert firm


def test_steps_name_the_tools_with_their_state_and_leaning_claims_are_told(site, rules, drawn):
    leant = 0
    learner = {"goal": frozenset({"learning"}), "deploy": frozenset({"none"})}
    for given in (*drawn, learner):
        told = recommend(rules, Answers(given=given))
        page = site.open(f"/recommendation?{written(given)}")
        steps = [rules.steps[name] for names in told.steps.values() for name in names]
        links = {link for link, _ in page.links}
        assert {f"/tools#tool-{tool}" for step in steps for tool in step.tools} <= links
        assert all(step.text in page.text for step in steps)
        plans = leading_plans(told.standings)
        reasons = [r for plan in plans for r in (*plan.reasons, *plan.backend_reasons)]
        doubtful = doubtful_claims(rules, reasons)
        assert ("verify" in page.ids) == bool(doubtful)
        assert {f"/claims/{name}" for name in doubtful} <= links
        leant += len(doubtful)
    assert leant


def test_the_longest_results_stay_light(site, drawn):
    for given in drawn:
        response = site.get(f"/recommendation?{written(given)}")
        assert response.status_code == 200
        assert len(gzip.compress(response.content, 5)) < MOST_BYTES


def test_texts_of_the_rule_base_are_escaped_in_reasons_answers_and_sources(rulebase):
    hostile = "<b>\"'&"

    def named(things, *fields):
        return {
            name: replace(thing, **{field: f"{hostile}{field}." for field in fields})
            for name, thing in things.items()
        }

    questions = {
        name: replace(each, choices=tuple(named(dict(enumerate(each.choices)), "label").values()))
        for name, each in named(rulebase.questions, "label").items()
    }
    shadowed = replace(
        rulebase,
        questions=questions,
        frameworks=named(rulebase.frameworks, "name"),
        rules=named(rulebase.rules, "text"),
        claims=named(rulebase.claims, "text"),
        sources=named(rulebase.sources, "title"),
    )
    settings = replace(find_settings(), issue_form='https://forms.test/?a="<b>')
    site = Browser(create_app(settings, shadowed))
    page = site.open("/recommendation?hills=hilly&load=children&load=tools&riding=new-bicycle")
    assert "b" not in {tag for tag, _ in page.elements}
    for field in ("name", "label", "text", "title"):
        assert f"{hostile}{field}." in page.text
    reports = [link for link, words in page.links if words == "report this reason"]
    assert reports
    assert all(link.startswith('https://forms.test/?a="<b>&') for link in reports)
