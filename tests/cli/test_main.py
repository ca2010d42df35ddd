"""The command as a whole: help, version, exit codes, and serving."""

import os
import runpy
import socket
import subprocess
import sys
import time
from dataclasses import replace

import pytest
import uvicorn
from click.testing import CliRunner
from support.bicycles import BICYCLES, changed

import advisor
from advisor.cli.main import main
from advisor.settings import find_settings

COMMANDS = ["lint", "recommend", "refresh", "serve", "test", "verify"]


def test_the_version_is_the_package_s():
    done = CliRunner().invoke(main, ["--version"])
    assert done.stdout == f"advisor, version {advisor.__version__}\n"


def test_help_names_every_command_and_the_exit_codes():
    text = CliRunner().invoke(main, ["--help"]).stdout
    assert main.list_commands(None) == COMMANDS
    assert all(f"\n  {name} " in text for name in COMMANDS)
    assert "0 fine, 1 a finding, 2 misuse" in text


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["--nonsense"], ["lint", "extra"], ["serve", "x"]]
)
def test_misuse_ends_with_2(arguments):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2


def test_the_package_can_be_run_as_a_module(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["advisor", "test", "--rules", str(BICYCLES)])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("advisor", run_name="__main__")
    assert left.value.code == 0
    assert capsys.readouterr().out == "9 cases, 17 results, none not as expected\n"


@pytest.mark.parametrize("command", [["lint", "--format", "json"], ["test"], ["recommend"]])
def test_who_stops_reading_ends_a_command_quietly(command):
    reading, writing = os.pipe()
    os.close(reading)
    arguments = [sys.executable, "-m", "advisor", *command, "--rules", str(BICYCLES)]
    done = subprocess.run(arguments, stdout=writing, stderr=subprocess.PIPE, check=False)  # noqa: S603 - our own command
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_serve_hands_the_application_to_the_server_on_loopback(monkeypatch):
    served = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: served.update(options, app=app))
    done = CliRunner().invoke(main, ["serve", "--rules", str(BICYCLES), "--port", "8123"])
    assert done.exit_code == 0, done.output
    assert callable(served.pop("app"))
    quiet = {"server_header": False, "access_log": False, "timeout_graceful_shutdown": 5}
    assert served == {"host": "127.0.0.1", "port": 8123, **quiet}


def test_serve_refuses_to_start_without_its_templates(monkeypatch, tmp_path):
    monkeypatch.setattr(uvicorn, "run", lambda *_, **__: pytest.fail("it listened"))
    lacking = replace(find_settings(BICYCLES), templates=tmp_path)
    monkeypatch.setattr("advisor.cli.main.find_settings", lambda *_, **__: lacking)
    done = CliRunner().invoke(main, ["serve", "--rules", str(BICYCLES)])
    assert done.exit_code == 2
    assert "home.html" in done.stderr


def test_serve_ends_though_a_request_is_never_finished():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    arguments = ["serve", "--rules", str(BICYCLES), "--port", str(port)]
    code = "import advisor.cli.main as m; m.PATIENCE = 1; m.main()"
    serving = subprocess.Popen([sys.executable, "-c", code, *arguments])  # noqa: S603 - our own command
    try:
        client = connected(port)
        head = b"POST /api/v1/recommendations HTTP/1.1\r\nHost: a\r\n"
        client.sendall(head + b"Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{")
        time.sleep(0.2)
        serving.terminate()
        assert serving.wait(10) is not None
        client.close()
    finally:
        serving.kill()


def connected(port):
    """Connect to a server as soon as it listens."""
    end = time.monotonic() + 20
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            assert time.monotonic() < end
            time.sleep(0.05)


def test_serve_refuses_a_broken_rule_base_before_it_listens(monkeypatch, tmp_path):
    monkeypatch.setattr(uvicorn, "run", lambda *_, **__: pytest.fail("it listened"))
    rules = changed(tmp_path, "tie: 0", "tie: none", file="rulebase.yaml")
    done = CliRunner().invoke(main, ["serve", "--rules", str(rules)])
    assert done.exit_code == 2
    assert "the rule base cannot be used" in done.stderr
    assert CliRunner().invoke(main, ["serve", "--port", "70000"]).exit_code == 2


@pytest.mark.parametrize("by", ["option", "environment"])
def test_serve_takes_the_address_of_a_form_for_reports(monkeypatch, by):
    served = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **_: served.append(app))
    form = "https://forge.test/new?labels=reason"
    option = ["--issue-form", form] if by == "option" else []
    environment = {"ADVISOR_ISSUE_FORM": form} if by == "environment" else {}
    arguments = ["serve", "--rules", str(BICYCLES), *option]
    done = CliRunner().invoke(main, arguments, env=environment)
    assert done.exit_code == 0, done.output
    assert served[0].state.site.issue_form == form


@pytest.mark.parametrize(
    "address",
    ["forge.test/new", "javascript:alert(1)", "//forge.test", "https://", "http://[", "ftp://a.b"],
)
def test_serve_refuses_an_address_that_is_no_form(monkeypatch, address):
    monkeypatch.setattr(uvicorn, "run", lambda *_, **__: pytest.fail("it listened"))
    done = CliRunner().invoke(main, ["serve", "--issue-form", address])
    assert done.exit_code == 2
    said = " ".join(done.stderr.split())
    assert "no address of a form" in said
    assert "https://" in said
