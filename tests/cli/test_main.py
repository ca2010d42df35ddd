"""The command as a whole: help, version, exit codes."""

import os
import runpy
import subprocess
import sys

import pytest
from click.testing import CliRunner
from support.bicycles import BICYCLES

import advisor
from advisor.cli.main import main

COMMANDS = [
    "ask",
    "check",
    "diff",
    "lint",
    "mcp",
    "new",
    "publish",
    "recommend",
    "refresh",
    "scan",
    "schema",
    "serve",
    "test",
    "verify",
]


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


@pytest.mark.slow
@pytest.mark.parametrize("command", [["lint", "--format", "json"], ["test"], ["recommend"]])
def test_who_stops_reading_ends_a_command_quietly(command):
    reading, writing = os.pipe()
    os.close(reading)
    arguments = [sys.executable, "-m", "advisor", *command, "--rules", str(BICYCLES)]
    done = subprocess.run(arguments, stdout=writing, stderr=subprocess.PIPE, check=False)  # noqa: S603 - our own command
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")
