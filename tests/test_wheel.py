"""A built wheel, installed where no checkout is, serves from a folder of its own.

The rules, templates and static files lie outside the package in a checkout, so only a real
wheel shows whether they travel.
"""

import os
import re
import socket
import subprocess
import sys
import time
import venv
from importlib.metadata import distribution
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement

CHECKOUT = Path(__file__).parents[1]
LOCK = CHECKOUT / "requirements" / "serve.txt"
EMPTY = {"PATH": os.defpath, "HOME": os.environ.get("HOME", "/")}
PATIENCE = 30.0
"""Seconds to wait for the first answer; generous, since this is no measurement."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The command of an environment that holds the wheel and what is locked for serving."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", folder, CHECKOUT)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "environment")
    into = ("--python", folder / "environment" / "bin" / "python")
    _run(sys.executable, "-m", "pip", "--isolated", *into, "install", "--no-deps", wheel)
    (packages,) = (folder / "environment").glob("lib/*/site-packages")
    _lend(packages)
    return str(folder / "environment" / "bin" / "advisor")


def _lend(packages):
    """Link packages of this environment, which costs a tenth of installing them."""
    for line in re.findall(r"^\w[^\\\n]*==[^\\\n]*", LOCK.read_text(), re.MULTILINE):
        locked = Requirement(line)
        if locked.marker and not locked.marker.evaluate():
            continue
        found = distribution(locked.name)
        for top in {file.parts[0] for file in found.files} - {"..", "__pycache__"}:
            (packages / top).symlink_to(found.locate_file(top))


def _run(*command, **more):
    done = subprocess.run(  # noqa: S603 - ours
        list(map(str, command)), capture_output=True, text=True, check=False, **more
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_installed_wheel_serves_pages_styles_and_rules(installed, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [installed, "serve", "--port", str(port)]
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


def test_an_installed_wheel_passes_its_own_lint_with_all_cases(installed, tmp_path):
    _run(installed, "lint", cwd=tmp_path, env=EMPTY)
