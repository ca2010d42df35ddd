"""Headers on every answer, whoever made it, and the methods that each address answers."""

import pytest
from support.browsing import HTML, Client

from advisor.settings import find_settings
from advisor.web.app import create_app
from advisor.web.routes import pages

PAGES = [
    "/",
    "/ask/load",
    "/questions",
    "/recommendation",
    "/changes",
    "/trace",
    "/compare",
    "/method",
    "/docs",
]
DATA = [
    "/recommendation.json",
    "/recommendation.md",
    "/api/v1/recommendations",
    "/api/v1/questions",
    "/api/v1/rulebase",
    "/healthz",
    "/openapi.json",
]
FILES = ["/static/site.css", "/static/icon.svg", "/favicon.ico", "/theme.css"]
READABLE = [*PAGES, *DATA, *FILES]
ERRORS = ["/nowhere", "/ask/nothing", "/static/nothing.css", "/static/../app.py", "/api/v1/nothing"]

WANTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "x-permitted-cross-domain-policies": "none",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def assert_secured(response):
    headers = response.headers
    assert {name: headers.get(name) for name in WANTED} == WANTED
    assert set(headers["content-security-policy"].split("; ")) == POLICY
    assert "max-age=" in headers["strict-transport-security"]
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"]
    assert "set-cookie" not in headers
    assert "server" not in headers


@pytest.mark.parametrize("path", READABLE)
def test_every_address_is_secured(program, path):
    response = program.get(path)
    assert response.status_code == 200
    assert_secured(response)


def test_the_icon_is_found_where_browsers_look_for_one(program):
    found, linked = program.get("/favicon.ico"), program.get("/static/icon.svg")
    assert (found.content, found.headers) == (linked.content, linked.headers)
    assert found.headers["content-type"] == "image/svg+xml; charset=utf-8"


@pytest.mark.parametrize("headers", [HTML, {}])
@pytest.mark.parametrize("path", ERRORS)
def test_every_error_is_secured(program, path, headers):
    response = program.get(path, headers=headers)
    assert response.status_code == 404
    assert_secured(response)


@pytest.mark.parametrize("path", ["/ask", "/recommendation?hills=flat&distance=long"])
def test_redirects_are_secured(program, path):
    response = program.get(path)
    assert response.status_code == 303
    assert_secured(response)


def test_limits_and_refusals_are_secured(program):
    refused = [
        program.get("/?" + "a" * 9000),
        program.request("POST", "/api/v1/recommendations", content=b"x" * 70_000),
        program.request("POST", "/api/v1/recommendations", content=b"x"),
        program.get("/api/v1/recommendations?what=ever"),
        program.request("DELETE", "/"),
        program.get("/", headers={"If-None-Match": "*"}),
    ]
    assert [r.status_code for r in refused] == [414, 413, 415, 422, 405, 304]
    for response in refused:
        assert_secured(response)


@pytest.mark.parametrize("headers", [HTML, {}])
def test_a_failure_nobody_foresaw_is_secured_and_tells_nothing(
    rulebase, monkeypatch, caplog, headers
):
    def broken(*_):
        message = "the secret of the house"
        raise RuntimeError(message)

    monkeypatch.setattr(pages, "show", broken)
    response = Client(create_app(find_settings(), rulebase), headers).get("/?hills=flat")
    assert response.status_code == 500
    assert_secured(response)
    assert "secret" not in response.text
    assert ("text/html" if headers else "problem+json") in response.headers["content-type"]
    assert "GET / failed" in caplog.text
    assert "hills" not in caplog.messages[0]


@pytest.mark.parametrize("path", [*READABLE, "/ask"])
def test_head_is_get_without_a_body(program, path):
    got, head = program.get(path), program.request("HEAD", path)
    assert head.status_code == got.status_code
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("path", [*READABLE, "/ask"])
def test_other_methods_are_refused_with_those_that_are_answered(program, method, path):
    response = program.request(method, path)
    allowed = "GET, HEAD, POST" if path == "/api/v1/recommendations" else "GET, HEAD"
    assert response.status_code == 405
    assert response.headers["allow"] == allowed
    assert response.json()["title"]


def test_unknown_addresses_are_unknown_by_any_method(program):
    assert program.request("OPTIONS", "/nowhere").status_code == 404


@pytest.mark.parametrize("path", ["/ask/", "/questions/", "/docs/", "/api/v1/questions/"])
def test_addresses_have_one_form(program, path):
    assert program.get(path).status_code == 404
