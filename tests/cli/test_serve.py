"""`advisor serve`: what it refuses, what its options say, and what it does while rules change."""

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from click.testing import CliRunner
from support.bicycles import BICYCLES, changed, copied
from support.serving import FORKS, PATIENCE, until

from advisor.cli import serve as command
from advisor.cli.main import main
from advisor.settings import find_settings


@pytest.fixture
def served(monkeypatch):
    """Take what would be served instead of serving it."""
    apps = []
    monkeypatch.setattr(command, "serving", lambda app, *_: lambda: apps.append(app))
    monkeypatch.setattr(command, "supervise", lambda count, serve, *_: serve() or count)
    return apps


def run(*arguments, env=None):
    return CliRunner().invoke(main, ["serve", "--port", "0", *arguments], env=env)


def settings_of(apps):
    return apps[0].state.site.settings


@pytest.mark.parametrize("by", ["option", "environment"])
def test_options_can_be_set_in_the_environment(served, by):
    given = {
        "rules": str(BICYCLES),
        "issue-form": "https://forge.test/new?labels=reason",
        "root-path": "/advisor",
        "host-name": "advice.test",
        "forwarded-allow-ips": "10.0.0.0/8",
    }
    if by == "option":
        done = run(*[part for name, value in given.items() for part in (f"--{name}", value)])
    else:
        done = run(env={f"ADVISOR_{k.upper().replace('-', '_')}": v for k, v in given.items()})
    assert done.exit_code == 0, done.output
    told = settings_of(served)
    assert (told.rules, told.issue_form) == (BICYCLES, given["issue-form"])
    assert (told.root_path, told.host_names) == ("/advisor", ("advice.test",))
    assert told.proxies == "10.0.0.0/8"
    assert "/advisor/" in done.stderr


def test_any_name_leads_to_a_site_on_loopback_and_elsewhere_its_own(served):
    assert run("--rules", str(BICYCLES)).exit_code == 0
    assert settings_of(served).host_names == ("*",)
    served.clear()
    done = run("--rules", str(BICYCLES), "--host", "0.0.0.0")  # noqa: S104 - nothing listens
    assert done.exit_code == 0
    assert "*" not in settings_of(served).host_names


def test_proxies_are_not_believed_where_that_is_not_wanted(served):
    assert run("--rules", str(BICYCLES), "--no-proxy-headers").exit_code == 0
    assert settings_of(served).proxies == ""


@FORKS
def test_several_processes_are_watched_over(served):
    assert run("--rules", str(BICYCLES), "--workers", "3").exit_code == 3
    assert len(served) == 1


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--issue-form", "forge.test/new", "is no address of a form"),
        ("--issue-form", "javascript:alert(1)", "is no address of a form"),
        ("--issue-form", "//forge.test", "is no address of a form"),
        ("--issue-form", "https://", "is no address of a form"),
        ("--issue-form", "http://[", "is no address of a form"),
        ("--root-path", "advisor", "is no path to live below"),
        ("--root-path", "/advisor/", "is no path to live below"),
        ("--root-path", '/a"b', "is no path to live below"),
        ("--root-path", "/..", "is no path to live below"),
        ("--workers", "0", "is not in the range"),
        ("--port", "70000", "is not in the range"),
        ("--host", "nowhere.invalid", "nothing can listen on nowhere.invalid"),
    ],
)
def test_what_cannot_be_used_is_refused_before_it_listens(served, option, value, said):
    done = run("--rules", str(BICYCLES), option, value)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert not served


def test_a_port_that_is_taken_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--rules", str(BICYCLES), "--port", str(port))
    assert done.exit_code == 2
    assert f"port {port}" in done.stderr


def test_it_refuses_to_start_without_its_templates(served, monkeypatch, tmp_path):
    lacking = replace(find_settings(BICYCLES), templates=tmp_path)
    monkeypatch.setattr(command, "find_settings", lambda *_, **__: lacking)
    done = run("--rules", str(BICYCLES))
    assert done.exit_code == 2
    assert "home.html" in done.stderr
    assert not served


def test_it_refuses_a_broken_rule_base(served, tmp_path):
    rules = changed(tmp_path, "tie: 0", "tie: none", file="rulebase.yaml")
    done = run("--rules", str(rules))
    assert done.exit_code == 2
    assert "the rule base cannot be used" in done.stderr
    assert not served


@pytest.fixture
def start(tmp_path):
    """Start a server of its own; give the process and its port."""
    begun = []

    def begin(*options, rules=BICYCLES):
        arguments = ["-m", "advisor", "serve", "--rules", str(rules), "--port", "0", *options]
        with (tmp_path / "log").open("w") as log:
            process = subprocess.Popen([sys.executable, *arguments], stderr=log)  # noqa: S603
        begun.append(process)
        until(lambda: process.poll() is not None or "Serving on" in (tmp_path / "log").read_text())
        said = (tmp_path / "log").read_text()
        assert process.poll() is None, said
        port = int(said.partition("127.0.0.1:")[2].partition("/")[0])
        return process, port

    yield begin
    for process in begun:
        process.kill()
        process.wait()


def ask(port, path="/readyz", body=None):
    """Ask once, by a connection of its own; give status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def ready(port):
    return json.loads(ask(port)[1])


@pytest.mark.slow
def test_it_ends_though_a_request_is_never_finished(start, tmp_path):
    process, port = start()
    with socket.create_connection(("127.0.0.1", port)) as client:
        head = b"POST /api/v1/recommendations HTTP/1.1\r\nHost: a\r\n"
        client.sendall(head + b"Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{")
        time.sleep(0.2)
        process.terminate()
        assert process.wait(10) == -signal.SIGTERM  # far less than a request may take
        assert client.recv(99).startswith(b"HTTP/1.1 408 ")
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.slow
@FORKS
def test_the_end_loses_no_answer(start, tmp_path):
    """Whoever was taken in gets an answer, over new connections and over kept ones.

    A new connection that is reset before a word of an answer was still waiting at the door when it
    closed: the system refuses it then, as it does those that come later.
    """
    process, port = start("--workers", "2")
    lost, answered, going, ending = [], [], True, False

    def load(keep):
        connection, fresh = None, True
        while going:
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                connection.connect() if not connection.sock else None
            except ConnectionRefusedError:
                return
            try:
                connection.request("GET", "/recommendation.json?load=tools&storage=street")
                answer = connection.getresponse()
                assert answer.status == 200
                json.loads(answer.read())
                answered.append(1)
                if not keep:
                    connection.close()
                fresh = not keep
            except Exception as error:  # noqa: BLE001 - each is an answer that was lost
                refused = ending and fresh and isinstance(error, ConnectionResetError)
                lost.extend([] if refused else [repr(error)])
                connection.close()
                fresh = True

    threads = [threading.Thread(target=load, args=[keep]) for keep in (True, False) * 3]
    for thread in threads:
        thread.start()
    until(lambda: len(answered) > 40)
    ending = True
    process.terminate()
    assert process.wait(PATIENCE) == 0
    for thread in threads:
        thread.join(PATIENCE)
    going = False
    assert lost == []
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.slow
@FORKS
def test_changed_rules_are_served_once_they_are_sound(start, tmp_path):
    rules = copied(tmp_path)
    process, port = start("--workers", "2", "--reload-rules", rules=rules)
    first = ready(port)
    assert first["faults"] == []
    manifest = rules / "rulebase.yaml"
    sound = manifest.read_text()

    manifest.write_text(sound.replace("tie: 0", "tie: none"))
    until(lambda: all(ready(port)["faults"] for _ in range(20)))
    broken = ready(port)
    assert broken["rules_hash"] == first["rules_hash"]
    assert "rulebase.yaml" in broken["faults"][0]
    assert "The changed rules are not served" in (tmp_path / "log").read_text()

    manifest.write_text(sound.replace("title: Errands by bicycle", "title: Errands on wheels"))
    until(lambda: all(ready(port)["rules_hash"] != first["rules_hash"] for _ in range(20)))
    assert ready(port)["faults"] == []
    until(lambda: all(b"Errands on wheels" in ask(port, "/")[1] for _ in range(20)))
    process.terminate()
    assert process.wait(PATIENCE) == 0
