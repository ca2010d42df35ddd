"""What a person does with a page: choose by mouse or by keys, go on, read the answer."""

MOST_STOPS = 60


class Mouse:
    """Clicks rows and buttons."""

    def __init__(self, page):
        self.page = page

    def follow(self, words):
        """Follow a link."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=words).first.click()

    def choose(self, number):
        """Choose an option by its row, the first one being 1."""
        self.page.locator(".options label").nth(number - 1).click()

    def go_on(self):
        """Send the form."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Continue").click()


class Keys:
    """Uses Tab, arrows, Space and Enter, and nothing that needs a script."""

    def __init__(self, page):
        self.page = page

    def follow(self, words):
        """Follow a link."""
        self._tab_to(self.page.get_by_role("link", name=words).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, number):
        """Choose an option, the first one being 1."""
        options = self.page.locator(".options input")
        if options.first.get_attribute("type") == "checkbox":
            self._tab_to(options.nth(number - 1))
        else:
            self._tab_to(options.first)
            for _ in range(number - 1):
                self.page.keyboard.press("ArrowDown")
        if not options.nth(number - 1).is_checked():
            self.page.keyboard.press("Space")

    def go_on(self):
        """Send the form."""
        self._tab_to(self.page.get_by_role("button", name="Continue"))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _tab_to(self, target):
        for _ in range(MOST_STOPS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        message = f"{MOST_STOPS} times Tab do not lead to {target}"
        raise AssertionError(message)
