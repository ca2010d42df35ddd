"""The questionnaire by plain forms: every way through it ends, says where it is, loses nothing."""

import random
from dataclasses import replace

import pytest
from support.bases import STATES
from support.browsing import HTML, Browser, walk
from support.real import real_rulebase

from advisor.engine.recommend import recommend
from advisor.output.words import counted
from advisor.query.read import read_query_string
from advisor.settings import find_settings
from advisor.web.app import create_app

ERROR = "Choose an answer, or continue once more to leave this question unanswered."


def test_what_crawlers_may_open_is_told_in_plain_text(program):
    response = program.get("/robots.txt", headers=HTML)
    assert (response.status_code, response.headers["content-type"]) == (
        200,
        "text/plain; charset=utf-8",
    )
    assert response.text.count("User-agent: *\nDisallow: /ask\n") == 1


def say(value):
    def act(page):
        return page.form.address((page.form.question(), value))

    return act


def skip(page):
    return page.link("Skip this question")


def tick_nothing(page):
    return page.form.address()


def pick_first(page):
    first = page.form.choices(page.form.question())[0]
    return page.form.address((first.name, first.value))


def pick_at_random(seed):
    chance = random.Random(seed)  # noqa: S311 - a walk, not a secret

    def act(page):
        choice = chance.choice(page.form.choices(page.form.question()))
        mark = ("important", choice.name)
        return page.form.address((choice.name, choice.value), *([mark] * chance.choice([0, 1])))

    return act


@pytest.fixture(scope="module", params=["bicycles", "states", "ours"])
def visitor(request, browser, real):
    if request.param == "states":
        return Browser(create_app(find_settings(), STATES))
    return {"bicycles": browser, "ours": real}[request.param]


@pytest.mark.slow
@pytest.mark.parametrize("act", [skip, tick_nothing, say("unsure"), say("any")])
def test_walks_that_say_nothing_end_open(visitor, act):
    pages = walk(visitor, act)
    assert len(pages) > 3
    assert pages[-1].address.startswith("/recommendation")
    assert "Too little is known" in pages[-1].heading


@pytest.mark.slow
@pytest.mark.parametrize("act", [pick_first, *map(pick_at_random, range(2))])
def test_walks_that_answer_end_at_a_recommendation(visitor, act):
    assert walk(visitor, act)[-1].address.startswith("/recommendation?")


def test_ticking_nothing_says_so_once_for_each_question(browser):
    pages = walk(browser, tick_nothing)[:-1]
    wrong = [page for page in pages if page.title.startswith("Error: ")]
    assert len(wrong) * 2 == len(pages)
    assert all(page.text.count(ERROR) == 2 for page in wrong)


def test_the_error_links_to_the_first_input(browser):
    page = browser.open("/ask/load?asked=load")
    target = page.link(ERROR).removeprefix("#")
    assert target == page.form.choices("load")[0].id
    assert ("section", "alert") in [(tag, found.get("role")) for tag, found in page.elements]


def test_no_question_is_asked_twice(browser):
    asked = [page.form.question() for page in walk(browser, say("unsure"))[:-1]]
    assert len(asked) == len(set(asked))


def test_a_first_answer_comes_after_the_questions_that_decide_most(real):
    pages = walk(real, pick_first)
    questions = real_rulebase().questions
    asked = [page.form.question() for page in pages[:-1]]
    assert all(questions[name].first for name in asked)
    assert len(asked) == sum(question.first for question in questions.values())
    assert "to a first answer" in pages[0].text
    # Whoever answers more is asked on, up to the end.
    more = walk(real, pick_first, pages[-1].link("Answer more to be surer"))
    assert not any(questions[page.form.question()].first for page in more[:-1])
    assert len(more) > 2


def test_what_was_skipped_is_asked_by_no_result_that_follows(real):
    first = [name for name, each in real_rulebase().questions.items() if each.first]

    def skip_the_last(page):
        earlier = [name for name in first if f"{name}=" in page.address.replace("asked=", "")]
        return (skip if len(earlier) == len(first) - 1 else pick_first)(page)

    *asked, result = walk(real, skip_the_last)
    skipped = asked[-1].form.question()

    def passes_over(page):
        assert page.address.startswith("/recommendation?")
        return page.link("Answer more to be surer").partition("?")[0] != f"/ask/{skipped}"

    assert passes_over(result)
    # Nor by one that is come to by a change, an edit, a constraint or the page of all questions.
    changed = real.open(result.link("Change Purpose"))
    assert passes_over(real.open(pick_first(changed)))
    assert passes_over(
        real.open(real.open(changed.link("Remove this answer")).link("If you answered"))
    )
    assert passes_over(real.open(result.link("Leave ONNX Runtime out")))
    everything = real.open(result.link("Change several at once"))
    assert passes_over(real.open(everything.form.address()))
    assert passes_over(real.open(everything.link("one by one")))
    # Not even by the one at which all that is left is answered.
    *asked, last = walk(real, pick_first, result.link("Answer more to be surer"))
    assert skipped not in [page.form.question() for page in asked]
    assert "Answer more to be surer" not in last.text
    assert real.open(last.link("Answer what you left blank")).form.choices(skipped)


def test_a_change_leads_back_to_the_result_at_once(browser):
    page = browser.open("/recommendation?load=tools&riding=new-bicycle")
    changed = browser.open(page.link("Change Load"))
    assert changed.form.question() == "load"
    for address in (
        changed.form.address(("load", "children")),
        changed.link("Remove this answer"),
        browser.open(changed.form.address()).form.address(),
    ):
        back = browser.open(address)
        assert back.address.startswith("/recommendation?")
        assert "back=" not in back.address


def test_a_question_that_cannot_apply_is_left_out(browser):
    page = browser.open("/ask?riding=have-one&load=tools&distance=long&hills=flat&weather=fair")
    assert page.address.startswith("/recommendation")


def test_back_shows_the_earlier_answer_and_keeps_the_others(browser):
    page = browser.open("/ask/distance?load=children&load=tools&riding=new-bicycle")
    back = browser.open(page.link("Back"))
    assert back.form.question() == "load"
    assert [i.value for i in back.form.inputs if i.checked] == ["children", "tools"]
    assert back.form.address().startswith("/ask/load?riding=new-bicycle&asked=load")


def test_back_from_the_first_question_is_the_start_page(browser):
    assert browser.open("/ask").link("Back") == "/"


def test_back_leads_to_a_question_that_was_skipped(browser):
    first = browser.open("/ask")
    page = browser.open(first.link("Skip this question"))
    assert page.form.question() != first.form.question()
    assert browser.open(page.link("Back")).form.question() == first.form.question()


@pytest.mark.parametrize("other", ["none", "unsure", "any"])
def test_an_exclusive_answer_beside_another_comes_back_with_both_chosen(browser, other):
    page = browser.open("/ask/load")
    again = browser.open(page.form.address(("load", "children"), ("load", other)))
    assert again.title.startswith("Error: ")
    assert {i.value for i in again.form.inputs if i.checked} == {"children", other}
    assert "alone, or take it back" in again.text
    onward = browser.open(again.form.address(("load", "children")))
    assert "load=children" in onward.address
    assert onward.form.question() != "load"


def test_a_contradiction_sent_to_the_start_of_the_questions_comes_back_too(browser):
    blank = browser.open("/ask/load?asked=load")
    assert blank.form.action == "/ask"
    again = browser.open(blank.form.address(("load", "children"), ("load", "none")))
    assert again.address.startswith("/ask/load?")
    assert "alone, or take it back" in again.text


def test_a_fourth_mark_is_not_offered_and_the_page_says_why(browser):
    marks = "important=distance&important=hills&important=riding"
    fourth = browser.open(f"/ask/load?{marks}")
    assert not fourth.form.choices("important")
    assert "Three questions count double already" in fourth.text
    third = browser.open(f"/ask/hills?hills=flat&{marks}")
    assert [i.checked for i in third.form.choices("important")] == [True]


def test_a_mark_can_be_taken_back(browser):
    page = browser.open("/ask/hills?hills=flat&important=hills")
    kept = page.form.address(("hills", "flat"), ("important", "hills"))
    assert "important=hills" in browser.open(kept).address
    dropped = [i for i in page.form.inputs if i.name != "important"]
    page.form.inputs[:] = dropped
    assert "important" not in browser.open(page.form.address()).address


def test_the_early_result_is_offered_exactly_when_the_lead_is_settled(browser, rulebase):
    offered = []
    for seed in range(6):
        for page in walk(browser, pick_at_random(seed))[1:-1]:
            answers = read_query_string(rulebase, page.address.partition("?")[2]).query.answers
            offered.append("No further answer can change who leads." in page.text)
            assert offered[-1] == recommend(rulebase, answers).settled.lead
    assert set(offered) == {True, False}


def test_the_early_result_is_where_it_says(browser):
    page = browser.open("/ask/hills?load=none&riding=have-one")
    result = browser.open(page.link("See the result"))
    assert result.address == "/recommendation?load=none&riding=have-one"


def test_progress_never_promises_fewer_questions_than_come(browser):
    for seed in range(6):
        pages = walk(browser, pick_at_random(seed))
        for place, page in enumerate(pages[:-1]):
            words = page.text.split("At most " if "At most" in page.text else "at most ")[1]
            assert int(words.split()[0]) >= len(pages) - 1 - place


def test_changing_an_answer_returns_to_the_result(browser):
    result = browser.open("/recommendation?distance=short&load=children&riding=new-bicycle")
    page = browser.open(result.link("Change Distance"))
    assert page.form.question() == "distance"
    assert "o further answer" not in page.text
    assert "3 answered " in page.text
    assert " left" not in page.text
    back = browser.open(page.form.address(("distance", "long")))
    assert back.address == "/recommendation?distance=long&load=children&riding=new-bicycle"
    assert page.link("Back") == result.address


def test_an_answer_of_a_settled_result_may_change_it(browser):
    result = browser.open("/recommendation?load=none&riding=have-one")
    page = browser.open(result.link("Change Bicycle"))
    assert "Changing this may change the result." in page.text
    assert "o further answer" not in page.text
    assert page.link("See the result now") == result.address


def test_an_answer_can_be_removed(browser):
    page = browser.open("/ask/hills?hills=flat&important=hills&load=children")
    assert "hills=" not in browser.open(page.link("Remove this answer")).address.split("asked")[0]


def test_unused_answers_are_told_on_their_page(browser):
    page = browser.open("/ask/storage?riding=have-one&storage=garage")
    assert "kept, but not used" in page.text


def test_the_documents_are_counted_and_named_from_the_rules(browser, rulebase):
    page = browser.open("/")
    documents = [source for source in rulebase.sources.values() if source.document]
    assert page.link(counted(len(documents), "document")) == "/sources"
    named = {(f"/sources/{document.id}", document.title) for document in documents}
    assert named <= {(address, said) for address, said in page.links}


def test_where_there_is_no_document_none_is_spoken_of():
    sources = {name: s for name, s in STATES.sources.items() if not s.document}
    page = Browser(create_app(find_settings(), replace(STATES, sources=sources))).open("/")
    assert "The documents" not in page.text


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/recommendation", "/ask/riding?load=none&riding=have-one&"),
        ("/ask/distance", "/ask/riding?load=none&riding=have-one"),
        ("/questions", "#question-riding"),
    ],
)
def test_answers_that_do_not_go_together_are_told_with_links_to_them(browser, path, link):
    page = browser.open(f"{path}?load=none&riding=have-one")
    assert "These answers do not go together: “" in page.text
    assert "so there is nothing to choose." in page.text
    assert any(address.startswith(link) for address, _ in page.links)
    assert "do not go together" not in browser.open(f"{path}?load=tools&riding=have-one").text


def test_a_mark_that_changes_nothing_is_told_with_the_reason(browser):
    raw = "riding=new-bicycle&load=children&weather=all-year"
    page = browser.open(f"/recommendation?{raw}&important=weather&important=load")
    assert "You marked “Weather” to count double, but on checked facts" in page.text
    assert "You marked “Load”" not in page.text


def test_a_result_in_a_frame_says_what_its_page_says(browser):
    query = "distance=long&hills=flat&project=Ours"
    page = browser.open(f"/recommendation?{query}")
    framed = browser.open(f"/recommendation/embed?{query}")
    assert framed.heading == page.heading
    assert f"/recommendation?{query}" in {address for address, _ in framed.links}
    assert "could not be used" in browser.open("/recommendation/embed?hils=flat").text


def test_what_can_be_copied_to_other_pages_leads_here(browser):
    page = browser.open("/recommendation?distance=long&hills=flat")
    page = browser.open(page.link("Keep it in your repository"))
    badge = "](http://advisor.test/recommendation.svg?distance=long&hills=flat)]"
    assert f"{badge}(http://advisor.test/recommendation?distance=long&hills=flat)" in page.text
    frame = '<iframe src="http://advisor.test/recommendation/embed?distance=long&amp;hills=flat"'
    assert frame in page.text
