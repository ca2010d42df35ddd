"""Keeps processes serving: replaces those that end, and all of them when the rules have changed."""

import gc
import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from uvicorn.config import STARTUP_FAILURE

log = logging.getLogger("uvicorn.error")

LOOK_SECONDS = 0.1
"""How long it takes at most to notice that a process has ended."""
SETTLED_SECONDS = 1.0
"""How long a folder has to stay as it is before it is read: whoever writes it has finished."""

Serve = Callable[[], None]
"""Serves until it is told to end. It is called in a process that was forked for it."""

ENDING = {signal.SIGTERM, signal.SIGINT}


def supervise(
    count: int, serve: Serve, renewed: Callable[[], Serve | None], door: socket.socket
) -> int:
    """Keep that many processes serving until this one is told to end; return the exit code.

    Forked, not started anew: another one is there at once, has all that was read, and reads nothing
    of its own, so that all of them show the same. `renewed` is asked again and again whether
    there is something new to serve. The door is the socket that all of them share.
    """
    told: list[int] = []
    before = {sign: signal.signal(sign, lambda sign, _: told.append(sign)) for sign in ENDING}
    workers: set[int] = set()
    code = 0
    _settle()
    while not told and not code:
        leaving: set[int] = set()
        if new := renewed():
            serve, leaving, workers = new, workers, set()
            _settle()
        while len(workers) < count:
            workers.add(_fork(serve))
        _tell(leaving)
        time.sleep(LOOK_SECONDS)
        for worker, ended in _ended():
            if worker in workers:
                workers.remove(worker)
                log.warning("Worker %d ended with %d", worker, ended)
                code = STARTUP_FAILURE if ended == STARTUP_FAILURE else code
    # Nobody waits at a door behind which nobody is left.
    door.close()
    _tell(workers)
    while list(_ended(wait=True)):
        pass
    for sign, handler in before.items():
        signal.signal(sign, handler)
    return code


def _settle() -> None:
    """Let what there is now stay: to look through it for garbage would copy it in each process."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _fork(serve: Serve) -> int:
    """Serve in another process; return its number."""
    # No signal may come between the fork and its own handlers: it would be taken for ours.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    worker = os.fork()
    if not worker:
        for sign in ENDING:
            signal.signal(sign, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        code = 1
        try:
            serve()
            code = 0
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        finally:
            os._exit(code)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    return worker


def _tell(workers: set[int]) -> None:
    for worker in workers:
        os.kill(worker, signal.SIGTERM)


def _ended(*, wait: bool = False) -> Iterator[tuple[int, int]]:
    """Give the processes that have ended, each with its exit code; with `wait`, all there are."""
    try:
        while True:
            worker, status = os.waitpid(-1, 0 if wait else os.WNOHANG)
            if not worker:
                return
            yield worker, os.waitstatus_to_exitcode(status)
    except ChildProcessError:
        return


class Watch:
    """Watches a folder for changes that are complete."""

    def __init__(self, folder: Path) -> None:
        """Take the folder as it is now for read."""
        self.folder = folder
        self._read = self._seen = self._state()
        self._since = time.monotonic()

    def changed(self) -> bool:
        """Say whether the folder has changed since this was last said, and has settled."""
        now = time.monotonic()
        if now - self._since < SETTLED_SECONDS:
            return False
        self._since = now
        state, self._seen = self._seen, self._state()
        if state != self._seen or state == self._read:
            return False
        self._read = state
        return True

    def _state(self) -> frozenset[tuple[str, int, int]]:
        found = set()
        for path in self.folder.rglob("*"):
            try:
                facts = path.stat()
            except OSError:  # gone since it was listed, or leads nowhere
                continue
            found.add((str(path), facts.st_mtime_ns, facts.st_size))
        return frozenset(found)
