"""The documentation for programs: what it prints works, and what is sent is told."""

import json
import re
import shlex
from html import unescape
from urllib.parse import urlsplit

import pytest
from support.browsing import HTML, Client
from support.builders import base, framework, question, rule, when
from support.small import SMALL

from advisor.model.rules import Role, Score
from advisor.settings import find_settings
from advisor.web.app import create_app
from advisor.web.openapi import example
from advisor.web.routes import api


@pytest.fixture(scope="module", params=["ours", "bicycles", "small"])
def client(request, program):
    """Sites over three rule bases."""
    if request.param == "bicycles":
        return program
    return Client(create_app(find_settings(), SMALL if request.param == "small" else None))


def documentation(client):
    return client.get("/docs", headers=HTML).text


def commands(page):
    """The commands that the page prints, as a shell takes them apart."""
    blocks = re.findall(r'<pre class="command"><code>(.*?)</code></pre>', page, re.DOTALL)
    return [shlex.split(unescape(block)) for block in blocks]


def run(client, command):
    assert command[:2] == ["curl", "--fail-with-body"]
    address = urlsplit(next(word for word in command if word.startswith("$ADVISOR")))
    path = f"{address.path.removeprefix('$ADVISOR')}?{address.query}".rstrip("?")
    if "-H" not in command:
        return client.get(path)
    content = command[-1].encode() if "-d" in command else b'{"answers": {}}\n{}'
    name, _, value = command[command.index("-H") + 1].partition(": ")
    return client.request("POST", path, content=content, headers={name: value})


def test_the_examples_pass_as_printed_and_give_the_same_result(client):
    responses = [run(client, command) for command in commands(documentation(client))]
    assert [response.status_code for response in responses] == [200, 200, 200, 200]
    many = [line for line in responses if line.text.count("\n") > 1]
    assert [len(line.text.splitlines()) for line in many] == [2]
    responses = [response for response in responses if response not in many]
    assert len({json.dumps(response.json()["result"]) for response in responses}) == 1
    assert ["expect" in response.json() for response in responses] == [False, True, True]


def test_every_field_of_an_answer_and_every_key_is_told(client):
    page = documentation(client)
    told = set(re.findall(r"<dt><code>([^<]*)</code></dt><dd>[^<]", page))
    query = "?trace=1&expect=" + run(client, commands(page)[0]).json()["result"]["leaders"][0]
    sent = client.get(f"/api/v1/recommendations{query}").json()
    parameters = client.get("/openapi.json").json()["paths"]["/recommendation.json"]["get"]
    questions = {each["id"] for each in client.get("/api/v1/questions").json()["questions"]}
    keys = {parameter["name"] for parameter in parameters["parameters"]} - questions
    assert sent.keys() | sent["result"].keys() | keys <= told


def test_every_address_for_programs_is_told(client):
    paths = {route.path for route in api.router.routes}
    told = set(re.findall(r"<code>(?:GET|POST) (/[^?<]*)", documentation(client)))
    assert paths
    assert told == paths


def test_every_status_of_a_failed_request_is_told(client):
    paths = client.get("/openapi.json").json()["paths"].values()
    sent = {status for path in paths for method in path.values() for status in method["responses"]}
    told = re.findall(r'<div id="problem-[a-z-]+"><dt>(\d+) ', documentation(client))
    assert sent - {"200"} <= set(told)
    assert told == sorted(told)


def test_an_example_waits_until_something_is_recommended():
    asked = [question("first", "a", "b"), question("second", "a", "b"), question("third", "a")]
    rules = [rule("r", Score(Role.BUILD, ("ash",), 3), when({"third": ["a"]}))]
    query = example(base(asked, [framework("ash"), framework("birch")], rules))
    assert list(query.answers.given) == ["first", "second", "third"]
    assert str(query.expect) == "ash"


def test_an_example_expects_nothing_where_nothing_can_be_recommended():
    query = example(base([question("goal", "a")], [framework("ash")], []))
    assert (list(query.answers.given), query.expect) == (["goal"], None)


def test_no_key_is_explained_twice_in_one_list(client):
    for listed in re.findall(r"<dl.*?</dl>", documentation(client), re.DOTALL):
        names = re.findall(r"<dt>(.*?)</dt>", listed)
        assert sorted(set(names)) == sorted(names)
