"""Security headers on every answer, the methods of each address, and how much may be sent."""

import asyncio

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

LIMIT = 64 * 1024
ADDRESS_LIMIT = 8 * 1024
POST = "/api/v1/recommendations"
JSON = {"Content-Type": "application/json"}

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


def test_a_result_in_short_may_be_framed_and_runs_no_script(program):
    framed, usual = (program.get(path) for path in ("/recommendation/embed", "/recommendation"))
    policy = set(framed.headers["content-security-policy"].split("; "))
    assert policy ^ POLICY == {
        "frame-ancestors *",
        "frame-ancestors 'none'",
        "script-src 'none'",
        "script-src 'self'",
    }
    assert "x-frame-options" not in framed.headers
    assert framed.headers["cross-origin-resource-policy"] == "cross-origin"
    same = WANTED.keys() - {"x-frame-options", "cross-origin-resource-policy"}
    assert {name: framed.headers[name] for name in same} == {
        name: usual.headers[name] for name in same
    }
    assert "<script" not in framed.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/recommendation.json", 200),
        ("/recommendation.json?hills=flat", 200),
        ("/recommendation.json?hils=flat", 422),
        ("/api/v1/questions", 200),
        ("/api/v1/nothing", 404),
        ("/openapi.json", 200),
    ],
)
def test_scripts_of_other_sites_may_read_json_errors_included(program, path, status):
    for method in ("GET", "HEAD"):
        response = program.request(method, path)
        assert response.status_code == status
        assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/healthz"), ("POST", POST)])
def test_scripts_of_other_sites_read_nothing_else(program, method, path):
    assert "access-control-allow-origin" not in program.request(method, path).headers


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


def test_a_failure_is_told_to_those_who_cannot_unpack_it_too(rulebase, monkeypatch):
    monkeypatch.setattr(pages, "show", None)
    client = Client(create_app(find_settings(), rulebase), HTML)
    packed, plain = (
        client.get("/", headers={"Accept-Encoding": encoding}) for encoding in ("gzip", "identity")
    )
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


@pytest.mark.parametrize("path", [*READABLE, "/ask"])
def test_head_is_get_without_a_body(program, path):
    got, head = program.get(path), program.request("HEAD", path)
    assert head.status_code == got.status_code
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("path", [*READABLE, "/ask"])
def test_other_methods_are_refused_with_those_that_are_answered(program, path):
    allowed = "GET, HEAD, POST" if path == "/api/v1/recommendations" else "GET, HEAD"
    for method in ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "BREW"):
        response = program.request(method, path)
        assert (response.status_code, response.headers["allow"]) == (405, allowed), method
        assert response.json()["title"]


def test_unknown_addresses_are_unknown_by_any_method(program):
    assert program.request("OPTIONS", "/nowhere").status_code == 404


@pytest.mark.parametrize("path", ["/ask/", "/questions/", "/docs/", "/api/v1/questions/"])
def test_addresses_have_one_form(program, path):
    assert program.get(path).status_code == 404


def of_length(length):
    body = b'{"project": "' + b"\\n" * length
    return body[:length]


def test_a_body_may_have_64_kilobytes_and_no_more(program):
    assert program.request("POST", POST, content=of_length(LIMIT), headers=JSON).status_code == 422
    more = program.request("POST", POST, content=of_length(LIMIT + 1), headers=JSON)
    assert more.status_code == 413
    assert more.json()["type"] == "/docs#problem-too-large"


def test_a_body_that_does_not_say_its_length_is_counted(program):
    async def pieces():
        for _ in range(70):
            yield b" " * 1024

    assert program.request("POST", POST, content=pieces(), headers=JSON).status_code == 413


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip;q=0", False), ("br, GZIP ; q=0.000, *", False), ("gzip;q=0.5", True),
     ("gzip;q=1.0", True), ("br;q=0, gzip", True)],
)  # fmt: skip
def test_who_refuses_gzip_gets_none(program, accepted, packed):
    response = program.get("/", headers={"Accept-Encoding": accepted})
    assert response.headers.get("content-encoding") == ("gzip" if packed else None)
    assert response.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("headers", [HTML, {}])
def test_an_address_may_have_8_kilobytes_and_no_more(program, headers):
    path = "/recommendation?project="
    fits = path + "a" * (ADDRESS_LIMIT - len(path) + 1)
    assert program.get(fits, headers=headers).status_code == 200
    assert program.get(fits + "a", headers=headers).status_code == 414
    assert program.get("/" + "a" * 9000, headers=headers).status_code == 414


def test_more_values_than_any_questionnaire_has_are_refused_at_once(program):
    query = "&".join(f"k{n}=v" for n in range(800))
    response = program.get(f"/api/v1/recommendations?{query}")
    assert response.status_code == 422
    assert [fault["code"] for fault in response.json()["faults"]] == ["too-many-values"]
    assert program.get(f"/recommendation?{query}", headers=HTML).status_code == 200


def test_a_client_that_hangs_up_is_no_failure(app, caplog):
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": POST,
        "query_string": b"",
        "headers": [(b"host", b"advisor.test"), (b"content-type", b"application/json")],
        "server": ("127.0.0.1", 8000),
    }
    sent = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    assert sent == []
    assert "failed" not in caplog.text
