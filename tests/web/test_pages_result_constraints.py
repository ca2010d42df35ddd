"""Constraints on the page of a recommendation: set by a link, told, and taken back by another."""


def test_a_framework_can_be_left_out_on_the_page_and_be_allowed_again(browser):
    page = browser.open("/recommendation?load=children&riding=new-bicycle")
    without = browser.open(page.link("Leave Cargo bike out"))
    assert without.address.endswith("riding=new-bicycle&without=cargo-bike")
    assert "You left Cargo bike out. Without that, Cargo bike would lead" in without.text
    assert browser.open(without.link("See that result")).address == page.address
    assert browser.open(without.link("Allow Cargo bike again")).address == page.address
    single = browser.open(without.link("Build and ship with one framework"))
    assert "one-tool=1&without=cargo-bike" in single.address
    assert browser.open(single.link("Allow more than one framework")).address == without.address
    chosen = browser.open(single.link("Change several at once")).form
    assert {(i.name, i.value) for i in chosen.inputs if i.checked} >= {
        ("one-tool", "1"), ("without", "cargo-bike"),
    }  # fmt: skip


def test_where_constraints_leave_nothing_the_page_says_what_to_allow(browser, rulebase):
    without = "&".join(f"without={name}" for name in rulebase.frameworks)
    page = browser.open(f"/recommendation?load=children&riding=new-bicycle&{without}")
    assert page.heading == "Your constraints leave nothing"
    assert "Nothing is left. Allow" in page.text
    assert page.link("Take a constraint back") == "#constraints"
    assert "What would change it" not in page.text
