"""A result that somebody has, or that was told a moment ago, costs no thought."""

import asyncio
import dataclasses

import pytest
from support.browsing import Client
from support.real import real_rulebase

from advisor.query.write import PATHS
from advisor.settings import find_settings
from advisor.web import dependencies, middleware
from advisor.web.app import create_app
from advisor.web.middleware import Memory, tag_of
from advisor.web.urls import EMBED_PATH

QUERY = "distance=long&hills=flat"
RESULTS = [f"{path}?{QUERY}" for path in (*PATHS.values(), EMBED_PATH)]


@pytest.fixture
def thoughts(monkeypatch):
    """What the engine was asked while a test runs."""
    asked = []
    think = dependencies.recommend

    def counted(*arguments):
        asked.append(arguments)
        return think(*arguments)

    monkeypatch.setattr(dependencies, "recommend", counted)
    return asked


@pytest.fixture
def client(rulebase):
    return Client(create_app(find_settings(), rulebase))


@pytest.mark.parametrize("address", RESULTS)
def test_who_has_a_result_is_told_so_without_a_thought_by_any_process(
    rulebase, client, thoughts, address
):
    first = Client(create_app(find_settings(), rulebase)).get(address)
    assert thoughts or "/recommendation.png" in address
    thoughts.clear()
    for sent in (first.headers["etag"], first.headers["etag"].removeprefix("W/")):
        again = client.get(address, headers={"If-None-Match": f'"other", {sent}'})
        assert (again.status_code, again.content, thoughts) == (304, b"", [])
        assert again.headers["vary"] == "Accept-Encoding"
        kept = ("etag", "cache-control", "cross-origin-resource-policy")
        assert [again.headers[name] for name in kept] == [first.headers[name] for name in kept]


@pytest.mark.parametrize("encoding", ["gzip", "identity", "gzip;q=0"])
@pytest.mark.parametrize("address", RESULTS)
def test_what_was_told_is_told_again_as_it_was(client, thoughts, address, encoding):
    first, count = client.get(address, headers={"Accept-Encoding": encoding}), len(thoughts)
    again = client.get(address, headers={"Accept-Encoding": encoding, "If-None-Match": '"other"'})
    assert count == len(thoughts)
    assert (again.status_code, again.content, again.headers) == (200, first.content, first.headers)


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_body_that_was_answered_is_answered_again_as_it_was(client, thoughts, encoding):
    def post(body, **headers):
        headers = {"Accept-Encoding": encoding, "Content-Type": "application/json"} | headers
        return client.request("POST", PATHS["api"], content=body, headers=headers)

    body = b'{"answers": {"hills": "flat"}}'
    first, count = post(body), len(thoughts)
    again = post(body, **{"If-None-Match": "*"})
    assert first.status_code == 200
    assert count == len(thoughts)
    assert (again.status_code, again.content, again.headers) == (200, first.content, first.headers)
    assert "etag" not in again.headers
    assert post(body, **{"Content-Type": "text/plain"}).status_code == 415
    assert post(b" " + body).content == first.content
    assert len(thoughts) > count
    assert post(b" " * 70_000).status_code == 413


@pytest.mark.parametrize("length", [b"70000", b"9" * 5000])
def test_a_body_that_is_said_to_be_too_long_is_refused_before_it_is_read(app, length):
    sent = []

    async def receive():
        raise AssertionError

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": PATHS["api"], "raw_path": PATHS["api"].encode(), "query_string": b"",
        "headers": [(b"host", b"here"), (b"content-length", length)],
        "server": ("here", 80), "client": ("127.0.0.1", 1), "root_path": "",
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 413


@pytest.mark.parametrize(
    "change",
    [
        {"query_string": b"a=c"},
        {"path": "/recommendation.md"},
        {"scheme": "https"},
        {"headers": [(b"host", b"there")]},
    ],
)
def test_another_address_has_another_tag(app, change):
    scope = {
        "app": app,
        "scheme": "http",
        "path": "/recommendation",
        "query_string": b"a=b",
        "headers": [(b"host", b"here")],
    }
    assert tag_of(scope) == tag_of(scope | {"headers": [(b"accept", b"*"), (b"host", b"here")]})
    assert tag_of(scope) != tag_of(scope | change)


def test_another_rule_base_another_form_or_another_template_has_another_version(rulebase, tmp_path):
    usual = find_settings()
    templates = tmp_path / "templates"
    for path in usual.templates.rglob("*.*"):
        copy = templates / path.relative_to(usual.templates)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (templates / "pages/claim.html").write_text("{# another #}")
    form = find_settings(issue_form="https://example.org/form")
    other = type(usual)(usual.rules, templates, usual.static)
    apps = [create_app(usual), *(create_app(each, rulebase) for each in (usual, form, other))]
    assert len({app.state.site.version for app in apps}) == 4


def test_other_detectors_have_another_version():
    usual = real_rulebase()
    fewer = dataclasses.replace(usual, detectors=dict([*usual.detectors.items()][1:]))
    apps = [create_app(find_settings(), each) for each in (usual, fewer)]
    assert len({app.state.site.version for app in apps}) == 2


@pytest.mark.parametrize(
    "address", ["/recommendation.json?hils=flat", "/recommendation?hills=flat&distance=long"]
)
def test_errors_and_redirects_are_not_remembered(client, address):
    first = client.get(address)
    again = client.get(address)
    assert first.status_code == again.status_code != 200
    assert "etag" not in first.headers


def test_memory_is_bounded_and_keeps_what_was_asked_for_last(app, monkeypatch):
    monkeypatch.setattr(middleware, "MOST_BYTES", 3 * 10_000)
    asked = []

    async def sized(scope, _, send):
        asked.append(scope["query_string"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x" * 7_000})

    async def surrounded(scope, receive, send):
        await layer({**scope, "app": app}, receive, send)

    layer, client = Memory(sized), Client(surrounded)
    for each in "abcadabca":
        assert len(client.get(f"/recommendation?{each}=").content) == 7_000
    # Three fit: `d` drives out `b`, which `a` was asked after; `b` then drives out `c`.
    assert b"".join(asked) == b"a=b=c=d=b=c="
