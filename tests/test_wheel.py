"""A built wheel, installed where nothing else is, serves from a folder of its own.

The rules, templates and static files lie outside the package in a checkout, so only a real
wheel shows whether they travel.
"""

import os
import socket
import subprocess
import sys
import time
import venv
from pathlib import Path

import httpx
import pytest

CHECKOUT = Path(__file__).parents[1]
LOCK = CHECKOUT / "requirements" / "serve.txt"
EMPTY = {"PATH": os.defpath, "HOME": os.environ.get("HOME", "/")}
PATIENCE = 30.0
"""Seconds to wait for the first answer; generous, since this is no measurement."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--no-isolation", "--wheel")
    _run(*build, "--outdir", str(folder), str(CHECKOUT))
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "environment", with_pip=True)
    python = folder / "environment" / "bin" / "python"
    install = (str(python), "-m", "pip", "--quiet", "install")
    _run(*install, "--require-hashes", "--requirement", str(LOCK))
    _run(*install, "--no-deps", str(wheel))
    return python


def _run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_installed_wheel_serves_pages_styles_and_rules(installed, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(installed.with_name("advisor")), "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=EMPTY) as server:  # noqa: S603 - ours
        try:
            base = f"http://127.0.0.1:{port}"
            page = _first_answer(f"{base}/")
            assert "<h1" in page.text
            stylesheet = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
            assert httpx.get(base + stylesheet).status_code == 200
            questions = httpx.get(f"{base}/api/v1/questions").json()["questions"]
            assert questions
        finally:
            server.terminate()


def _first_answer(url):
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return httpx.get(url).raise_for_status()
        except httpx.ConnectError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_an_installed_wheel_passes_its_own_lint_and_cases(installed, tmp_path):
    for command in ("lint", "test"):
        done = subprocess.run(  # noqa: S603 - ours
            [str(installed.with_name("advisor")), command],
            cwd=tmp_path,
            env=EMPTY,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
