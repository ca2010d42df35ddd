"""What goes wrong is told in our words: nothing that a library says by itself reaches anybody."""

import asyncio
import json

import pytest
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from support.browsing import HTML, Client

from advisor.settings import find_settings
from advisor.web.app import create_app

THEIRS = "their own words"


def raising(rulebase, error):
    """An application with an address at which a library raises an error."""
    app = create_app(find_settings(), rulebase)

    async def raises():
        raise error

    app.add_api_route("/raises", raises)
    return app


def sent(app, path, query=b"", headers=()):
    """Ask for an address as a server passes it on, whatever bytes are in it; return the answer."""
    messages = []
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "headers": [(b"host", b"advisor.test"), *headers],
        "server": ("127.0.0.1", 8000),
    }

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        messages.append(message)

    asyncio.run(app(scope, receive, send))
    return messages[0]["status"], b"".join(message.get("body", b"") for message in messages)


@pytest.mark.parametrize("headers", [HTML, {}])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (HTTPException(404, THEIRS, {"X-Theirs": THEIRS}), 404),
        (HTTPException(405, THEIRS, {"X-Theirs": THEIRS, "Allow": "BREW"}), 405),
        (HTTPException(400, THEIRS, {"X-Theirs": THEIRS}), 500),
        (HTTPException(401, THEIRS, {"X-Theirs": THEIRS}), 500),
        (RequestValidationError([{"msg": THEIRS, "loc": ("query",), "type": "missing"}]), 500),
        (RuntimeError(THEIRS), 500),
    ],
)
def test_what_a_library_says_by_itself_is_not_passed_on(rulebase, error, status, headers):
    response = Client(raising(rulebase, error), headers).get("/raises")
    assert response.status_code == status
    assert THEIRS not in response.text
    assert "x-theirs" not in response.headers
    assert "BREW" not in response.headers.get("allow", "")
    assert ("text/html" if headers else "problem+json") in response.headers["content-type"]


def test_no_handler_but_ours_is_left(app):
    assert {handler.__module__ for handler in app.exception_handlers.values()} == {
        "advisor.web.responses"
    }


def test_a_body_that_turns_out_too_large_is_told_in_full(program):
    async def pieces():
        for _ in range(70):
            yield b" " * 1024

    headers = {"Content-Type": "application/json"}
    path = "/api/v1/recommendations"
    response = program.request("POST", path, content=pieces(), headers=headers)
    assert response.json() == {
        "type": "/docs#problem-too-large",
        "title": "The request is too large",
        "status": 413,
        "code": "too-large",
        "detail": "The body has more than 65536 bytes.",
        "faults": [],
    }


@pytest.mark.parametrize("path", ["/a?b", "/a#b", "//a", "/a b", "/\N{SNOWMAN}"])
def test_an_address_is_told_as_it_is_whatever_a_library_makes_of_it(app, path):
    status, content = sent(app, path)
    assert status == 404
    assert json.loads(content)["detail"] == f"There is no page at {path}."


@pytest.mark.parametrize("path", ["/", "/recommendation", "/compare", "/tools", "/docs"])
def test_bytes_that_are_no_text_are_told_on_pages(app, path):
    status, content = sent(app, path, b"hills=\xff", [(b"accept", b"text/html")])
    assert status == 200
    assert b"hills" in content


@pytest.mark.parametrize("path", ["/recommendation.json", "/recommendation.md", "/openapi.json"])
def test_bytes_that_are_no_text_are_refused_for_programs(app, path):
    status, content = sent(app, path, b"hills=\xff")
    assert status == 422
    assert json.loads(content)["faults"]


def test_the_kinds_of_files_do_not_depend_on_the_machine(program, monkeypatch):
    monkeypatch.setattr("mimetypes.guess_type", lambda *_, **__: ("application/theirs", None))
    kinds = {
        "/static/site.css": "text/css; charset=utf-8",
        "/static/site.js": "text/javascript; charset=utf-8",
        "/static/icon.svg": "image/svg+xml; charset=utf-8",
    }
    assert {path: program.get(path).headers["content-type"] for path in kinds} == kinds
