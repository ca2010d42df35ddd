"""A browser without JavaScript for tests: asks the application, reads its HTML, sends its forms."""

import asyncio
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

HOST = "http://advisor.test"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
MOST_REDIRECTS = 5


class Client:
    """Sends requests to an application, without a network."""

    def __init__(self, app, headers=None):
        self._app = app
        # To pack and unpack each answer costs a twentieth of what a page costs.
        self._headers = {"Accept-Encoding": "identity"} | (headers or {})

    def request(self, method, path, **more):
        return asyncio.run(self._request(method, path, **more))

    def get(self, path, **more):
        return self.request("GET", path, **more)

    async def _request(self, method, path, **more):
        headers = self._headers | more.pop("headers", {})
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            return await client.request(method, path, headers=headers, **more)


@dataclass
class Input:
    kind: str
    name: str
    value: str
    id: str
    checked: bool


@dataclass
class Form:
    action: str
    inputs: list[Input] = field(default_factory=list)

    def choices(self, name):
        return [i for i in self.inputs if i.name == name and i.kind in {"radio", "checkbox"}]

    def question(self):
        """The name of the question that is asked: the first input that can be chosen."""
        return next(i.name for i in self.inputs if i.kind in {"radio", "checkbox"})

    def address(self, *chosen):
        """Where the form leads when these (name, value) pairs are chosen, and what was already."""
        pairs = []
        for item in self.inputs:
            given = item.kind == "hidden" or (item.name, item.value) in chosen
            if given or (item.checked and not any(name == item.name for name, _ in chosen)):
                pairs.append((item.name, item.value))
        return f"{self.action}?{urlencode(pairs)}"


class Page(HTMLParser):
    """What a person can see and do on a page."""

    VOID = frozenset({"meta", "link", "input"})

    def __init__(self, response):
        super().__init__()
        self.address = response.url.raw_path.decode()
        self.status = response.status_code
        self.forms, self.links, self.ids, self.labels = [], [], [], set()
        self.elements, self.described = [], []
        self.heading = self.title = self.text = ""
        self._open = []
        if response.headers.get("content-type", "").startswith("text/html"):
            self.feed(response.text)
        self.close()
        self.unclosed = list(self._open)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.elements.append((tag, found))
        if tag not in self.VOID:
            self._open.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "form":
            self.forms.append(Form(found["action"]))
        elif tag == "input":
            keys = ("type", "name", "value", "id")
            values = [found.get(key, "") for key in keys]
            self.forms[-1].inputs.append(Input(*values, checked="checked" in found))
        elif tag == "textarea":
            values = [tag, found["name"], "", found["id"]]
            self.forms[-1].inputs.append(Input(*values, checked=True))
        elif tag == "a":
            self.links.append([found.get("href", ""), ""])
        elif tag == "label":
            self.labels.add(found["for"])
        for key in ("aria-describedby", "aria-labelledby"):
            self.described += found.get(key, "").split()

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self._open, f"{tag} closes nothing"
        assert self._open.pop() == tag, f"{tag} closes something else"

    def handle_data(self, data):
        words = " ".join(data.split())
        if not words:
            return
        if "h1" in self._open:
            self.heading = f"{self.heading} {words}".strip()
        if "title" in self._open:
            self.title += words
        if "a" in self._open:
            self.links[-1][1] = f"{self.links[-1][1]} {words}".strip()
        if "textarea" in self._open:
            self.forms[-1].inputs[-1].value += data
        if "main" in self._open:
            self.text += f" {words}"

    def link(self, words):
        """The address of the one link that says this."""
        return next(address for address, said in self.links if words in said)

    @property
    def asks(self):
        """Whether there is anything to choose."""
        kinds = {item.kind for form in self.forms for item in form.inputs}
        return not kinds.isdisjoint({"radio", "checkbox"})

    @property
    def form(self):
        (form,) = self.forms
        return form


class Browser(Client):
    """Opens pages as a person would, following redirects."""

    def __init__(self, app):
        super().__init__(app, HTML)

    def open(self, address):
        return Page(self.follow(address))

    def follow(self, address):
        for _ in range(MOST_REDIRECTS):
            response = self.get(address)
            if response.status_code != httpx.codes.SEE_OTHER:
                return response
            location = response.headers["location"]
            assert not urlsplit(location).netloc, "a redirect leaves the site"
            address = urljoin(address, location)
        message = f"no end of redirects at {address}"
        raise AssertionError(message)


def walk(browser, act, start="/ask"):
    """Go through the questions; `act` returns where to go from each page.

    Returns:
        All pages, the last of which asks nothing.
    """
    pages = [browser.open(start)]
    while pages[-1].asks:
        assert pages[-1].status == httpx.codes.OK
        pages.append(browser.open(act(pages[-1])))
        addresses = [page.address for page in pages]
        assert len(set(addresses)) == len(addresses), f"{addresses[-1]} comes again"
    return pages
