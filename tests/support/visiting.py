"""Visits to the site, each in a browser window of its own and watched until it ends.

Consoles stay silent, nothing is asked of another host, nothing is kept in the browser.
"""

import contextlib
from urllib.parse import urlsplit

KEPT = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
BAD_STATUS = "Failed to load resource: the server responded with a status of"
PATIENCE = 20_000  # milliseconds


class Guard:
    """Notes everything during a visit that must not be there.

    Attributes:
        expected: a part of what the console may say.
    """

    def __init__(self, context, site, expected):
        self._context, self._site, self.expected = context, site, expected
        self._documents, self._noted = set(), []
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._noted.append(f"error: {error.error}"))

    def findings(self):
        """Return what was noted, and what the browser keeps of the site."""
        kept = [f"cookie {cookie['name']}" for cookie in self._context.cookies()]
        for page in self._context.pages:
            if page.url.startswith(self._site):
                kept += [f"stored {key}" for key in page.evaluate(KEPT)]
        return self._noted + kept

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


@contextlib.contextmanager
def visitors(chromium, site):
    """Give a way to open browser windows that share nothing."""
    with contextlib.ExitStack() as visits:
        guards = []

        def arrive(expected="", **options):
            context = chromium.new_context(base_url=site, **options)
            visits.callback(context.close)
            context.set_default_timeout(PATIENCE)
            guards.append(Guard(context, site, expected))
            return context.new_page()

        yield arrive
        found = [finding for guard in guards for finding in guard.findings()]
        assert found == [], found
