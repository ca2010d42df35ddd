"""Visits to the site, each on a page of its own and watched until it ends.

Consoles stay silent, nothing is asked of another host, nothing is kept in the browser.
"""

from urllib.parse import urlsplit

KEPT = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
BAD_STATUS = "Failed to load resource: the server responded with a status of"
PATIENCE = 20_000  # milliseconds


class Guard:
    """Notes everything during a visit that must not be there.

    Attributes:
        expected: a part of what the console may say.
    """

    def __init__(self, context, site):
        self._context, self._site, self.expected = context, site, ""
        self._documents, self._noted = set(), []
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._noted.append(f"error: {error.error}"))

    def leave(self):
        """Close all pages; return what was noted, and what the browser keeps of the site."""
        kept = [f"cookie {cookie['name']}" for cookie in self._context.cookies()]
        for page in self._context.pages:
            if page.url.startswith(self._site):
                kept += [f"stored {key}" for key in page.evaluate(KEPT)]
            page.close()
        found, self._noted, self.expected = self._noted + kept, [], ""
        return found

    def _on_request(self, request):
        if request.is_navigation_request():
            self._documents.add(request.url)
        if urlsplit(request.url).netloc != urlsplit(self._site).netloc:
            self._noted.append(f"asked for {request.url}")

    def _on_console(self, message):
        # Browsers report the status of a problem's page, which such a page has to have.
        of_page = message.location["url"] in self._documents and message.text.startswith(BAD_STATUS)
        if not of_page and not (self.expected and self.expected in message.text):
            self._noted.append(f"console: {message.text} at {message.location['url']}")


class Windows:
    """Browser windows, one for each set of options; as it keeps nothing, one visit after another.

    A window costs Chromium six times as much processor time as a page in it.
    """

    def __init__(self, chromium, site):
        self._chromium, self._site = chromium, site
        self._windows = {}

    def arrive(self, expected="", **options):
        """Open an empty page."""
        key = repr(sorted(options.items()))
        if key not in self._windows:
            context = self._chromium.new_context(base_url=self._site, **options)
            context.set_default_timeout(PATIENCE)
            self._windows[key] = context, Guard(context, self._site)
        context, guard = self._windows[key]
        guard.expected = guard.expected or expected
        return context.new_page()

    def leave(self):
        """End all visits; nothing may have been found on them."""
        found = [finding for _, guard in self._windows.values() for finding in guard.leave()]
        assert found == [], found
