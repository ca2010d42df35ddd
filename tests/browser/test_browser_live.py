"""The page of all questions: its standings and its address follow the answers."""

import random
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from support.forms import random_form

from advisor.model.recommendation import State
from advisor.output.words import STATE_WORDS, counted

FORMS = 10
FILL = """
(ticked) => {
  const form = document.querySelector("form.sheet");
  for (const box of form.querySelectorAll("input:not([type=hidden])")) {
    box.checked = ticked.some(([name, value]) => name === box.name && value === box.value);
  }
  form.dispatchEvent(new Event("change"));
}
"""
WATCH_SHIFTS = """
() => {
  window.shifts = [];
  const note = (list) => window.shifts.push(...list.getEntries().map((entry) => entry.value));
  new PerformanceObserver(note).observe({type: "layout-shift"});
}
"""


@pytest.fixture
def sheet(arrive):
    """The page of all questions, with nothing answered."""
    page = arrive()
    page.goto("/questions")
    return page


def lines(rulebase, result):
    """Say standings as the page says them, by name."""
    said = {
        rulebase.frameworks[item["framework"]].name: _said(item["score"], State(item["state"]))
        + _moving(*result["reach"].get(item["framework"], (0, 0)))
        + (", leads" if item["state"] == "leads" else "")
        for item in result["standings"]
    }
    return [f"{name} {said[name]}" for name in sorted(said)]


def _moving(least, most):
    moving = f", could be {least} to {most}".replace("-", "\N{MINUS SIGN}")
    return moving if least < most else ""


def _said(score, state):
    if state not in {State.LEADS, State.FOLLOWS}:
        return STATE_WORDS[state]
    return counted(score, "point") if score >= 0 else f"\N{MINUS SIGN}{-score} points"


def rows(page):
    return page.locator("#so-far-rows li")


def test_standings_and_address_are_the_servers_for_many_forms(sheet, rulebase):
    sheet.evaluate(WATCH_SHIFTS)
    chance = random.Random(50)  # noqa: S311 - forms, not secrets
    for _ in range(FORMS):
        form = random_form(rulebase, chance)
        told = sheet.request.get(f"/api/v1/recommendations?{urlencode(form)}").json()
        sheet.evaluate(FILL, form)
        expect(sheet).to_have_url(told["links"]["page"].replace("/recommendation", "/questions"))
        expect(rows(sheet)).to_have_text(lines(rulebase, told["result"]))
    assert sheet.evaluate("window.shifts") == []


def test_the_words_are_those_of_the_result(sheet):
    sheet.locator("#goal-research").check()
    sheet.locator("#deploy-mobile").check()
    sheet.wait_for_url("**/questions?deploy=mobile&goal=research")
    said = sheet.locator(".so-far-lead").inner_text()
    sheet.get_by_role("button", name="See the result").click()
    expect(sheet.locator("h1")).to_have_text(said)


def test_beside_a_single_question_the_standings_follow_its_answer_and_the_address_stays(arrive):
    page = arrive()
    page.goto("/recommendation?deploy=mobile&goal=research")
    heading = page.locator("h1").inner_text()
    page.goto("/ask/goal?deploy=mobile")
    expect(page.locator(".so-far-lead")).not_to_have_text(heading)
    page.locator("#goal-research").check()
    expect(page.locator(".so-far-lead")).to_have_text(heading)
    expect(page.locator("#so-far-rows .leads")).to_have_count(1)
    assert page.url.endswith("/ask/goal?deploy=mobile")


def test_going_back_from_the_result_shows_the_answers_and_their_standings(sheet):
    sheet.locator("#goal-research").check()
    sheet.get_by_role("button", name="See the result").click()
    sheet.wait_for_url("**/recommendation?goal=research")
    heading = sheet.locator("h1").inner_text()
    sheet.go_back()
    expect(sheet.locator("#goal-research")).to_be_checked()
    expect(sheet.locator(".so-far-lead")).to_have_text(heading)
    sheet.wait_for_url("**/questions?goal=research")
    sheet.go_forward()
    expect(sheet.locator("h1")).to_have_text(heading)


def test_following_answers_adds_no_pages_to_go_back_through(arrive):
    page = arrive()
    page.goto("/")
    page.goto("/questions")
    page.locator("#goal-research").check()
    page.locator("#deploy-server").check()
    page.wait_for_url("**/questions?deploy=server&goal=research")
    page.go_back()
    page.wait_for_url("**/")


def test_the_link_to_single_questions_carries_the_answers_too(sheet):
    sheet.locator("#goal-research").check()
    link = sheet.get_by_role("link", name="one by one")
    expect(link).to_have_attribute("href", "/ask?goal=research")


def test_what_is_new_is_said_politely_and_what_is_not_is_left_alone(sheet):
    words = sheet.locator("#so-far-words")
    assert words.get_attribute("role") == "status"
    said = words.inner_text()
    old = words.locator("p").first.element_handle()
    sheet.locator("#goal-unsure").check()
    sheet.wait_for_url("**/questions?goal=unsure")
    assert old.evaluate("element => element.isConnected")
    sheet.locator("#goal-research").check()
    expect(words).not_to_have_text(said)
    assert not old.evaluate("element => element.isConnected")


def test_an_answer_that_stands_alone_takes_back_the_others_and_the_other_way(sheet):
    sheet.locator("#deploy-server").check()
    sheet.locator("#deploy-mobile").check()
    sheet.locator("#deploy-none").check()
    expect(sheet.locator("#deploy-server")).not_to_be_checked()
    expect(sheet.locator("#deploy-mobile")).not_to_be_checked()
    sheet.wait_for_url("**/questions?deploy=none")
    sheet.locator("#deploy-web").check()
    expect(sheet.locator("#deploy-none")).not_to_be_checked()
    sheet.wait_for_url("**/questions?deploy=web")


def test_no_more_questions_can_be_marked_than_count_double(sheet):
    marks = sheet.locator("[name=important]")
    for number in range(3):
        marks.nth(number).check()
    expect(marks.nth(3)).to_be_disabled()
    expect(marks.nth(0)).to_be_enabled()
    marks.nth(0).uncheck()
    expect(marks.nth(3)).to_be_enabled()


def test_number_keys_choose_only_while_the_focus_is_among_the_options(sheet):
    sheet.keyboard.press("2")
    assert sheet.locator(".options :checked").count() == 0
    group = sheet.locator(".options").first
    group.locator("input").first.focus()
    sheet.keyboard.press("2")
    expect(group.locator("input").nth(1)).to_be_checked()
    expect(group.locator("input").nth(1)).to_be_focused()
    sheet.keyboard.press("Control+3")
    expect(group.locator("input").nth(1)).to_be_checked()


def test_when_the_server_cannot_be_asked_the_page_stays_and_offers_the_way_by_hand(arrive):
    page = arrive(expected="Failed to load resource")
    page.goto("/questions")
    by_hand = page.get_by_role("button", name="Update the standings")
    expect(by_hand).to_be_hidden()
    before = rows(page).all_inner_texts()
    page.route("**/questions?*", lambda route: route.fulfill(status=500, body="no"))
    page.locator("#goal-research").check()
    expect(by_hand).to_be_visible()
    assert rows(page).all_inner_texts() == before
    page.unroute_all()
    by_hand.click()
    page.wait_for_url("**/questions?goal=research")
    expect(rows(page)).not_to_have_text(before)


def test_without_scripts_standings_are_updated_by_hand(arrive):
    page = arrive(java_script_enabled=False)
    page.goto("/questions")
    page.locator("#goal-research").check()
    page.get_by_role("button", name="Update the standings").click()
    page.wait_for_url("**/questions?goal=research")
    expect(page.locator("#goal-research")).to_be_checked()
    expect(page.locator("#so-far-rows .leads")).to_have_count(1)
