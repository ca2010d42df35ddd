"""Coding agents ask by the protocol's own client, over both transports."""

import asyncio
import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from mcp import Client as Agent
from mcp import StdioServerParameters, stdio_client
from support.bicycles import BICYCLES
from support.browsing import Client
from support.serving import served

from advisor.agents.tools import tools_of
from advisor.cli import scan as command
from advisor.cli.main import main
from advisor.editions.edition import Shelf
from advisor.rulebase.load import load
from advisor.settings import find_settings
from advisor.web import app as application
from advisor.web.app import create_app

ASKED = {"answers": {"riding": "new-bicycle", "storage": "garage"}}
LISTED = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
HEADERS = {
    "Accept": "application/json, text/event-stream",
    "Content-Type": "application/json",
    "MCP-Protocol-Version": "2025-06-18",
}
HERE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def rulebase():
    return load(BICYCLES)


@pytest.fixture(scope="module")
def app(rulebase):
    return create_app(find_settings(), rulebase)


@pytest.fixture(scope="module", params=["stdio", "http"])
def session(request, app):
    """All that an agent hears in one session: its tools, and the answers to some calls."""

    async def talk(agent):
        async with agent:
            tools = await agent.list_tools()
            called = {
                name: await agent.call_tool(name, arguments)
                for name, arguments in (
                    ("questions", {}),
                    ("recommend", ASKED),
                    ("explain", ASKED),
                    ("scan", {"files": {"requirements.txt": "numpy\n"}}),
                    ("check", ASKED | {"expect": "nobody"}),
                    ("recomend", ASKED),
                    ("weather", {}),
                )
            }
            return tools.tools, called

    if request.param == "stdio":
        started = StdioServerParameters(
            command=sys.executable,
            args=["-m", "advisor", "mcp", "--rules", str(BICYCLES)],
            env=dict(os.environ),
        )
        return asyncio.run(talk(Agent(stdio_client(started))))
    with served(app) as address:
        return asyncio.run(talk(Agent(f"{address}/mcp")))


@pytest.mark.slow
def test_the_tools_are_listed_with_their_schemas(session, rulebase):
    listed, ours = session[0], tools_of(Shelf(rulebase))
    assert [tool.name for tool in listed] == ["questions", "recommend", "explain", "scan", "check"]
    for tool in listed:
        assert tool.input_schema == ours[tool.name].takes
        assert (tool.output_schema or {}) == ours[tool.name].gives
        assert tool.annotations.read_only_hint


@pytest.mark.slow
def test_calls_are_answered_in_words_and_as_data(session, rulebase):
    ours = tools_of(Shelf(rulebase))
    for name in ("questions", "recommend", "explain"):
        told = session[1][name]
        data = ours[name].call({} if name == "questions" else ASKED)[1]
        if name == "recommend":
            assert told.structured_content.pop("read_on").endswith(data.pop("read_on"))
        assert not told.is_error
        assert told.structured_content == data
        assert told.content[0].text


@pytest.mark.slow
def test_what_cannot_be_used_is_told_to_the_agent(session):
    for name, said in (
        ("check", "unknown-expect"),
        ("recomend", "did you mean 'recommend'"),
        ("weather", "expected one of questions, recommend, explain, scan, check."),
    ):
        told = session[1][name]
        assert told.is_error
        assert said in told.content[0].text


def post(app, host=HERE, **headers):
    return Client(app).request("POST", f"{host}/mcp", json=LISTED, headers=HEADERS | headers)


def test_every_answer_is_secured_and_nothing_is_kept_between_requests(app):
    answers = [post(app) for _ in range(2)]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"]
        assert "mcp-session-id" not in answer.headers
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("http://elsewhere.test", {}, 421),
        (HERE, {"Origin": "http://elsewhere.test"}, 403),
        (HERE, {"Origin": HERE}, 200),
        (HERE, {"Content-Type": "text/plain"}, 415),
        (HERE, {"Content-Encoding": "gzip"}, 415),
        (HERE, {"Accept": "text/html"}, 406),
    ],
)
def test_a_browser_does_not_ask_under_another_name(app, host, headers, status):
    answer = post(app, host, **headers)
    assert answer.status_code == status
    assert answer.headers["x-frame-options"] == "DENY"


def test_a_host_that_the_settings_name_may_be_asked(rulebase):
    app = create_app(find_settings(host_names=("advisor.test",)), rulebase)
    assert post(app, "http://advisor.test").status_code == 200
    assert post(app, "http://elsewhere.test").status_code == 421
    assert post(app, "http://advisor.test", Origin="http://elsewhere.test").status_code == 403


def test_bodies_have_a_limit_also_when_they_do_not_say_how_long_they_are(app):
    async def endless():
        for _ in range(20):
            yield b" " * 100_000

    for content in (b" " * 1_100_000, endless()):
        answer = Client(app).request("POST", f"{HERE}/mcp", content=content, headers=HEADERS)
        assert answer.status_code == 413


NO_JSON, NO_OBJECT = "the body is no JSON", "the body is no object"


@pytest.mark.parametrize(
    ("body", "name", "wrong"),
    [
        (b"", None, NO_JSON),
        (b"{", None, NO_JSON),
        (b"\xff", None, NO_JSON),
        (b"[" * 100_000, None, NO_JSON),
        (b"null", None, NO_OBJECT),
        (json.dumps([LISTED]).encode(), None, NO_OBJECT),
        (LISTED | {"jsonrpc": "1.0"}, 1, "'jsonrpc' is not '2.0'"),
        ({"jsonrpc": "2.0", "id": "a"}, "a", "'method' is not the name of a method"),
        (LISTED | {"method": 3, "params": []}, 1, "'method' is not the name of a method, and "),
        (LISTED | {"params": "x"}, 1, "'params' is not an object"),
        (LISTED | {"id": {}}, None, "'id' is not text or a whole number"),
        (LISTED | {"id": True}, None, "'id' is not text or a whole number"),
        ({}, None, "'jsonrpc' is not '2.0', and 'method'"),
    ],
)
def test_rubbish_is_refused_in_our_words_by_its_own_id(app, body, name, wrong):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = Client(app).request("POST", f"{HERE}/mcp", content=content, headers=HEADERS)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/json")
    told = answer.json()
    assert (told["jsonrpc"], told["id"]) == ("2.0", name)
    assert told["error"]["code"] in {-32700, -32600}
    assert told["error"]["message"].startswith(wrong)
    assert "expected" in told["error"]["message"]


def test_the_address_takes_an_edition_and_nothing_else(app):
    client, asked = Client(app), {"json": LISTED, "headers": HEADERS}
    assert client.request("POST", f"{HERE}/mcp?edition=latest", **asked).status_code == 200
    for query in ("edition=2020.1", "goal=fun"):
        assert client.request("POST", f"{HERE}/mcp?{query}", **asked).status_code == 422


def test_other_methods_are_refused(app):
    answer = Client(app).get(f"{HERE}/mcp", headers=HEADERS)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.slow
def test_without_the_extra_it_is_not_there_and_the_command_says_what_to_install(
    rulebase, monkeypatch
):
    for module in (application, command):
        monkeypatch.setattr(module, "find_spec", lambda _: None)
    app = create_app(find_settings(), rulebase)
    assert post(app).status_code == 404
    # Nothing of it is even read, as it may not be installed.
    lacking = "import sys; sys.modules['mcp'] = None; import advisor.cli.serve, advisor.cli.scan"
    subprocess.run([sys.executable, "-c", lacking], check=True)  # noqa: S603 - ours
    done = CliRunner().invoke(main, ["mcp", "--rules", str(BICYCLES)])
    assert done.exit_code == 2
    assert "pip install 'framework-advisor[agents]'" in done.stderr
