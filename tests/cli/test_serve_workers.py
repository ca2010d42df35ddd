"""Processes that are watched over, tried on processes of our own making."""

import os
import signal
import subprocess
import sys

import pytest
from support.serving import FORKS, PATIENCE, until

from advisor.cli.serve import Watch

pytestmark = [FORKS, pytest.mark.slow]

CODE = """
import os, socket, sys, time
from pathlib import Path
from advisor.cli.serve import supervise

folder = Path(sys.argv[1])

def serving(what):
    def serve():
        (folder / f"{what}-{os.getpid()}").touch()
        if what == "broken":
            raise SystemExit(3)
        time.sleep(60)
    return serve

def renewed():
    for new in folder.glob("new-*.ready"):
        new.unlink()
        return serving(new.stem)

sys.exit(supervise(2, serving(sys.argv[2]), renewed, socket.socket()))
"""


@pytest.fixture
def watching(tmp_path):
    """Watch over processes that do nothing but say that they are there."""
    begun = []

    def begin(what):
        begun.append(subprocess.Popen([sys.executable, "-c", CODE, str(tmp_path), what]))  # noqa: S603
        return begun[0]

    yield begin
    for process in begun:
        process.kill()
        process.wait()


def there(folder, what):
    """The processes of a kind that are alive."""
    found = {int(path.name.rpartition("-")[2]) for path in folder.glob(f"{what}-*[0-9]")}
    return {each for each in found if alive(each)}


def alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_ends_is_replaced_soon(watching, tmp_path, sign):
    watching("first")
    until(lambda: len(there(tmp_path, "first")) == 2)
    before = there(tmp_path, "first")
    os.kill(min(before), sign)
    # A tenth of a second where nothing else runs.
    until(lambda: len(there(tmp_path, "first") - {min(before)}) == 2, within=5)
    assert max(before) in there(tmp_path, "first")


def test_told_to_end_it_ends_all_of_them(watching, tmp_path):
    process = watching("first")
    until(lambda: len(there(tmp_path, "first")) == 2)
    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert there(tmp_path, "first") == set()


def test_all_are_replaced_when_there_is_something_new(watching, tmp_path):
    watching("first")
    until(lambda: len(there(tmp_path, "first")) == 2)
    (tmp_path / "new-1.ready").touch()
    until(lambda: len(there(tmp_path, "new-1")) == 2 and not there(tmp_path, "first"))


def test_a_server_that_cannot_start_is_not_started_for_ever(watching):
    assert watching("broken").wait(PATIENCE) == 3


def test_a_folder_has_changed_once_it_has_settled(monkeypatch, tmp_path):
    now = [0.0]
    monkeypatch.setattr("advisor.cli.serve.time.monotonic", lambda: now[0])

    def later():
        now[0] += 1
        return watch.changed()

    (tmp_path / "claims").mkdir()
    file = tmp_path / "claims" / "one.yaml"
    file.write_text("a")
    watch = Watch(tmp_path)
    assert [later() for _ in range(3)] == [False, False, False]
    file.write_text("ab")
    assert [later() for _ in range(3)] == [False, True, False]
    file.write_text("abc")
    assert not later()
    file.write_text("abcd")
    assert [later() for _ in range(3)] == [False, True, False]
    (tmp_path / "two.yaml").symlink_to("nowhere")
    file.unlink()
    assert [later() for _ in range(3)] == [False, True, False]
