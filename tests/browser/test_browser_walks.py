"""The questionnaire from start to result, in every way in which people go through it."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from support.hands import Keys, Mouse

ANSWERED = "goal=product&deploy=server&model=custom&os=linux"
MOST_QUESTIONS = 30
PARTS = ("#reasons", "#others", "#sources")
TITLING = "Use this title"


def heading(page):
    return page.locator("h1").inner_text()


@pytest.mark.parametrize(
    ("hands", "scripts", "number"),
    [(Mouse, False, 1), (Keys, True, 2)],
)
def test_a_walk_leads_from_the_start_to_a_recommendation(arrive, hands, scripts, number):
    page = arrive(java_script_enabled=scripts)
    person = hands(page)
    page.goto("/")
    person.follow("Start with the first question")
    seen = set()
    while "/ask/" in page.url:
        assert heading(page) not in seen
        assert len(seen) < MOST_QUESTIONS
        seen.add(heading(page))
        person.choose(number)
        person.go_on()
    assert "/recommendation?" in page.url
    assert len(seen) > 3
    assert page.locator("td.points").count() > 0


@pytest.mark.parametrize("scripts", [True, False])
def test_the_browsers_back_and_forward_show_pages_as_they_were_left(arrive, scripts):
    page = arrive(java_script_enabled=scripts)
    person = Mouse(page)
    page.goto("/ask/goal")
    headings = []
    for number in (1, 2, 1):
        headings.append(heading(page))
        person.choose(number)
        person.go_on()
    last = page.url
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text(headings[1])
    expect(page.locator(".options input").nth(1)).to_be_checked()
    page.go_forward()
    page.go_forward()
    assert page.url == last


def test_the_back_link_shows_the_answer_that_was_given(arrive):
    page = arrive()
    page.goto("/ask/goal")
    Mouse(page).choose(2)
    Mouse(page).go_on()
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.locator(".options input").nth(1)).to_be_checked()


@pytest.mark.parametrize("scripts", [True, False])
def test_going_on_without_an_answer_says_what_to_do_and_keeps_the_page(arrive, scripts):
    page = arrive(java_script_enabled=scripts)
    page.goto("/ask/goal")
    asked = heading(page)
    Mouse(page).go_on()
    summary = page.locator(".error-summary")
    expect(summary).to_be_visible()
    assert heading(page) == asked
    if scripts:
        expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.locator(".options input").first).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_answer_is_changed_from_the_result_and_leads_back_to_it(arrive, scripts):
    page = arrive(java_script_enabled=scripts)
    page.goto(f"/recommendation?{ANSWERED}&important=deploy")
    page.goto(f"{page.url}#answers")
    page.locator("#answers").get_by_role("link", name="Change").first.click()
    assert "/ask/goal?" in page.url
    page.locator("#goal-research").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/recommendation?*")
    assert "goal=research" in page.url
    for kept in ("deploy=server", "model=custom", "os=linux", "important=deploy"):
        assert kept in page.url


@pytest.mark.parametrize("scripts", [True, False])
def test_what_lies_in_a_folded_part_is_opened_by_its_anchor(arrive, scripts):
    page = arrive(java_script_enabled=scripts)
    page.goto(f"/recommendation?{ANSWERED}")
    deeper = [f"#{page.locator(f'{part} [id]').first.get_attribute('id')}" for part in PARTS]
    anchors = ("#next", "#answers", *PARTS, *deeper)
    assert not any(page.locator(anchor).is_visible() for anchor in anchors)
    for anchor in anchors:
        page.goto("about:blank")  # else the page would stay as it is
        page.goto(f"/recommendation?{ANSWERED}{anchor}")
        expect(page.locator(anchor)).to_be_in_viewport()


@pytest.mark.parametrize(
    ("address", "folded"),
    [
        ("/frameworks/pytorch", "[id^=step-]"),
        ("/disagreements", "details > [id]"),
        ("/tools", "[id^=tool-]"),
        ("/tradeoffs?subject=hardware", "[id^=claim-]"),
    ],
)
@pytest.mark.parametrize("scripts", [True, False])
def test_links_into_folded_knowledge_open_it(arrive, address, folded, scripts):
    page = arrive(java_script_enabled=scripts)
    page.goto(address)
    last = page.locator(folded).last
    assert not last.is_visible()
    anchor = f"#{last.get_attribute('id')}"
    page.goto("about:blank")
    page.goto(f"{address}{anchor}")
    expect(page.locator(anchor)).to_be_in_viewport()


def test_the_address_shows_the_same_in_a_fresh_browser(arrive):
    first, second = arrive(), arrive(java_script_enabled=False, color_scheme="dark")
    first.goto("/questions")
    first.locator("#goal-research").check()
    first.locator("#deploy-server").check()
    first.get_by_role("button", name="See the result").click()
    first.wait_for_url("**/recommendation?*")
    second.goto(first.url)
    assert second.url == first.url
    assert heading(second) == heading(first)
    assert second.locator("main").text_content() == first.locator("main").text_content()


def test_the_link_is_copied_as_the_address_bar_shows_it(arrive):
    page = arrive(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/recommendation?{ANSWERED}")
    page.get_by_text("Your answers").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("The link is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_without_scripts_no_button_is_shown_that_needs_them(arrive):
    page = arrive(java_script_enabled=False)
    page.goto(f"/recommendation?{ANSWERED}")
    page.get_by_text("Your answers").click()
    assert [button.inner_text() for button in page.get_by_role("button").all()] == [TITLING]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_title_is_given_on_the_page(arrive, scripts):
    page = arrive(java_script_enabled=scripts)
    page.goto(f"/recommendation?{ANSWERED}")
    page.get_by_text("Your answers").click()
    page.get_by_label("Title of your project").fill("Birds & bees")
    with page.expect_navigation():
        page.get_by_role("button", name=TITLING).click()
    expect(page.locator(".project")).to_have_text("Birds & bees")
    assert page.url.endswith("&project=Birds+%26+bees")


@pytest.mark.parametrize("scripts", [True, False])
def test_links_are_pasted_and_compared_and_the_comparison_is_shared(arrive, scripts):
    page, other = arrive(java_script_enabled=scripts), arrive()
    page.goto(f"/compare?with={quote(ANSWERED)}")
    links = page.get_by_label("Links to recommendations")
    links.fill(f"{links.input_value()}\nhttps://elsewhere.test/recommendation?goal=teaching")
    with page.expect_navigation():
        page.get_by_role("button", name="Compare").click()
    expect(page.locator("h1")).to_have_text("Two recommendations side by side")
    expect(page.locator(".compared > li")).to_have_count(2)
    assert page.locator(".differing dt").count() > 0
    assert page.locator(".shift li").first.is_visible()
    assert "elsewhere" not in page.url
    other.goto(page.url)
    assert other.url == page.url
    assert other.locator("main").inner_text() == page.locator("main").inner_text()
    with page.expect_navigation():
        page.locator(".compared a").first.click()
    assert page.url.endswith("/recommendation?deploy=server&goal=product&model=custom&os=linux")
