"""The page of a comparison: made by a form, kept in its address, of one mind with the engine."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.browsing import HTML
from support.drawing import answers_to

from advisor.engine.compare import compare
from advisor.model.explanation import Weight
from advisor.output.changes import LABELS
from advisor.query.query import Query
from advisor.query.write import several_string
from advisor.web.middleware import MAX_ADDRESS
from advisor.web.pages.compare import WEIGHT_WORDS

BOX = "load=children&riding=new-bicycle&storage=garage"
STAIRS = "load=children&riding=new-bicycle&storage=upstairs"
DRAWN = ("svg", "chart-line")
TRAILER = "hills=flat&load=tools&riding=have-one"


def compared(browser, *links):
    return browser.open("/compare?" + urlencode([("with", link) for link in links]))


def part(page, begin, end):
    """The text of a page between two headings."""
    return page.text.partition(begin)[2].partition(end)[0]


def weighed(page):
    """For each weight the text of the differences that have it."""
    text = part(page, "Where the answers differ", "Reasons gained and lost")
    found = {}
    for weight, words in reversed(WEIGHT_WORDS.items()):
        text, heading, after = text.rpartition(f" {words} ")
        found[weight] = after if heading else ""
        text = text if heading else after
    return found


@pytest.mark.slow
@given(data=st.data())
def test_every_difference_is_told_with_its_weight(browser, rulebase, data):
    drawn = answers_to(rulebase).filter(lambda a: a.given or a.unsure or a.any)
    several = data.draw(
        st.lists(drawn, min_size=2, max_size=4, unique_by=lambda a: several_string([Query(a)]))
    )
    page = browser.open("/compare?" + several_string(map(Query, several)))
    assert page.status == 200
    told, comparison = weighed(page), compare(rulebase, several)
    for differing in comparison.differing:
        name = differing.question
        title = LABELS[name] if name in LABELS else rulebase.questions[name].title
        assert [w for w in Weight if title in told[w]] == [differing.weight]


def test_a_difference_that_matters_and_one_that_does_not(browser):
    page = compared(browser, f"{BOX}&hills=flat", STAIRS)
    told = weighed(page)
    assert "Where will the bicycle stand at night?" in told[Weight.ALONE]
    assert (
        "A: “In a garage or shed, at street level” B: “In the flat, up the stairs”"
        in told[Weight.ALONE]
    )
    assert "A: “No” B: not answered" in told[Weight.NONE]
    assert "They differ in two answers; one of them affects who leads." in page.text


def test_reasons_gained_lost_and_weighing_differently(browser):
    page = compared(browser, BOX, f"{BOX}&distance=short&important=load", "load=tools")
    text = part(page, "Reasons gained and lost", "What they share")
    assert "B against A: 1 gained and 1 weighing differently" in text
    assert "Only B has +1 On short ways a heavy bicycle is no burden." in text
    assert "+3 → +6" in text
    assert "Only A has" in text.partition("C against A")[2]


def test_what_all_share_is_recommended_with_a_link(browser):
    page = compared(browser, BOX, STAIRS)
    shared = part(page, "What they share", "Compare others")
    assert "They share two answers." in shared
    assert "Load: “Children”" in shared
    assert "/recommendation?load=children&riding=new-bicycle" in [link for link, _ in page.links]
    assert "They share no answer." in compared(browser, "hills=flat", "load=tools").text


def test_all_results_link_to_their_pages_with_the_same_answer(browser):
    page = compared(browser, f"{BOX}&project=A+shed", TRAILER)
    links = [link for link, _ in page.links if link.startswith("/recommendation?")][:2]
    assert links == [f"/recommendation?{BOX}&project=A+shed", f"/recommendation?{TRAILER}"]
    assert "A shed" in page.text
    for link in links:
        assert browser.open(link).heading in page.text


RIDDEN = "distance=short&riding=new-bicycle"
CARGO = f"{RIDDEN}&storage=garage"


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ([BOX, f"{BOX}&weather=fair"], "Both lead to Cargo bike. "),
        ([BOX, STAIRS], "They do not lead to the same recommendation. "),
        ([BOX, STAIRS, TRAILER], "They do not all lead to the same recommendation. "),
        (["hills=unsure", "weather=unsure"], "Neither of them leads to a recommendation. "),
        (["hills=any", "hills=unsure", "weather=any"], "None of them leads to a recommendation. "),
        (
            [f"{CARGO}&hills=hilly", f"{CARGO}&hills=flat"],
            "Both build with Cargo bike; they run on different backends. ",
        ),
        (
            [f"{CARGO}&hills=flat", f"{CARGO}&hills=flat&load=tools"],
            "Both build with Cargo bike; they ship with different tools and run on different bac",
        ),
        (
            [f"{CARGO}&hills=flat", f"{CARGO}&hills=hilly"],
            "it does not change who leads, but it affects what the leader ships with or runs on.",
        ),
        (
            [f"{CARGO}&load=none", f"{CARGO}&load=shopping", f"{CARGO}&load=none&weather=fair"],
            "All of them build with Cargo bike; only B ships",
        ),
        (
            ["load=children&riding=have-one", "load=children", "load=children&weather=fair"],
            "All of them lead to Cargo bike; only B and C build. ",
        ),
        (
            [f"{RIDDEN}&load=shopping", f"{RIDDEN}&load=shopping&hills=hilly"],
            "Both lead to Cargo bike and City bike; they run on different backends. ",
        ),
    ],
)
def test_whole_plans_are_compared_in_words(browser, links, said):
    assert said in compared(browser, *links).text


def test_what_changes_the_plan_alone_is_told_apart_from_what_changes_nothing(browser):
    told = weighed(compared(browser, f"{CARGO}&hills=hilly", f"{CARGO}&hills=flat"))
    assert "A: “Yes” B: “No”" in told[Weight.PLAN]
    assert not any(text for weight, text in told.items() if weight is not Weight.PLAN)


def test_all_are_compared_on_the_basis_of_the_first(browser):
    page = compared(browser, f"{BOX}&basis=documents", TRAILER)
    basis = "Both are looked at on one basis: the documents as written, as the first link has it."
    assert basis in page.text
    assert "The link of B has another basis, checked facts" in page.text
    links = [link for link, _ in page.links if link.startswith("/recommendation?")]
    assert all("basis=documents" in link for link in links)
    assert "another basis" not in compared(browser, BOX, STAIRS).text
    page = compared(browser, BOX, f"{STAIRS}&basis=documents", f"{TRAILER}&basis=documents")
    assert "All of them are looked at on one basis: checked facts" in page.text
    assert "The links of B and C have another basis, the documents as written" in page.text


def test_the_same_is_compared_on_the_other_basis_and_back(browser):
    page = compared(browser, f"{BOX}&project=A+shed", STAIRS)
    written = browser.open(page.link("the documents as written"))
    links = [f"{BOX}&basis=documents&project=A+shed", f"{STAIRS}&basis=documents"]
    assert written.form.inputs[0].value.split() == [f"/recommendation?{link}" for link in links]
    assert "on one basis: the documents as written." in written.text
    assert browser.open(written.link("checked facts")).address == page.address


def test_the_form_takes_pasted_links_and_leads_to_one_address(program, browser):
    form = browser.open("/compare").form
    pasted = f"https://elsewhere.example/recommendation?{TRAILER}#why\r\n{BOX}"
    response = program.get(f"{form.action}?{urlencode([('with', pasted)])}", headers=HTML)
    assert response.status_code == 303
    canonical = f"/compare?{urlencode([('with', TRAILER), ('with', BOX)])}"
    assert response.headers["location"] == canonical
    page = browser.open(canonical)
    assert page.address == canonical
    assert page.form.inputs[0].value.split() == [
        f"/recommendation?{TRAILER}",
        f"/recommendation?{BOX}",
    ]


def test_one_link_is_kept_while_another_is_asked_for(browser):
    page = compared(browser, BOX)
    assert page.heading == "Compare recommendations"
    assert page.form.inputs[0].value == f"/recommendation?{BOX}"
    assert "Add another link" in page.text


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (["", ""], "No link is given"),
        ([BOX, "https://elsewhere.example/cats"], "no link to a recommendation"),
        ([BOX, "/recommendation"], "It holds no answer"),
        ([BOX, BOX], "Both links hold the same answers, so there is nothing to compare. See the r"),
        ([BOX, BOX, BOX], "All of these links hold the same answers"),
        ([BOX, TRAILER, BOX], "Link 3: It has the same answers as link 1, and is left out. Every"),
        ([BOX, f"{BOX}&basis=documents"], "link 1 on another basis, and is left out, as all are"),
        ([BOX, f"{TRAILER}&hils=flat"], "Did you mean 'hills'?"),
        ([f"hills=flat&project=P{n}" for n in range(9)], "the first 8 are used"),
    ],
)
def test_what_cannot_be_used_is_told_and_stays_to_be_put_right(browser, links, said):
    page = compared(browser, *links)
    assert page.status == 200
    assert said in page.text
    assert "this address" not in page.text
    assert page.form.inputs[0].value.split("\n") == [link for link in links if link] or [""]


def test_eight_long_links_have_room_in_an_address(rulebase):
    answers = "&".join(
        f"{question.id}={choice.id}"
        for question in rulebase.questions.values()
        for choice in question.choices[: None if question.multiple else 1]
        if choice.id != "none"
    )
    whole = f"https://advisor.example.org/recommendation?{answers}&project=Eight+teams"
    assert len(urlencode([("with", whole)] * 8)) < MAX_ADDRESS


def test_all_bars_of_the_page_are_drawn_on_one_scale(browser):
    page = compared(browser, "distance=short&hills=hilly&load=tools", BOX, TRAILER)
    scales = [of.get("viewbox") for tag, of in page.elements if (tag, of.get("class")) == DRAWN]
    assert len(scales) > 3
    assert len(set(scales)) == 1


def test_answers_that_do_not_go_together_are_told_with_their_result(browser, rulebase):
    (conflict, *_) = rulebase.conflicts.values()
    (clause, *_) = conflict.when
    clash = "&".join(f"{each.question}={min(each.choices)}" for each in clause)
    page = compared(browser, clash, STAIRS)
    assert page.text.count(conflict.text) == 1
