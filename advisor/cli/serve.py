"""`advisor serve`: the pages and the interface for programs, by one process or several.

Processes that end are replaced, and all of them when the rules have changed.
"""

import contextlib
import gc
import logging
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

import click
import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE

from advisor.cli.main import all_stays
from advisor.cli.rules import opened_shelf, rules_option
from advisor.editions.diff import differences
from advisor.editions.edition import Shelf, open_shelf
from advisor.errors import RuleBaseError
from advisor.output.diff import counts_in_words
from advisor.settings import find_settings
from advisor.web.app import create_app
from advisor.web.protocol import BACKLOG, PATIENCE, LimitedProtocol, Server, open_files

F = TypeVar("F", bound=Callable[..., Any])

log = logging.getLogger("uvicorn.error")

OWN_NAMES = (
    "localhost",
    socket.gethostname().lower(),
    "*:*",
    "*.[0-9]",
    "*.[0-9][0-9]",
    "*.[0-9][0-9][0-9]",
)
"""The names by which a machine can be asked for: its own, and its addresses. No other name ends in
a number."""

MOST_LOGGED = 20
"""How many faults of a changed folder the log tells at most."""


def setting(name: str, *names: str, **details: Any) -> Callable[[F], F]:  # noqa: ANN401 - click's
    """Return an option that can be set in the environment as well: `ADVISOR_ROOT_PATH`."""
    variable = f"ADVISOR_{name.strip('-').partition('/')[0].replace('-', '_').upper()}"
    return click.option(
        name, *names, envvar=variable, show_envvar=True, show_default=True, **details
    )


@click.command()
@rules_option
@setting("--host", default="127.0.0.1", help="Address to listen on.")
@setting("--port", type=click.IntRange(0, 65535), default=8000, help="Port; 0 takes a free one.")
@setting("--workers", type=click.IntRange(1, 256), default=1, help="Number of processes.")
@setting("--root-path", default="", help="Path below which a proxy shows the site: /advisor.")
@setting(
    "--host-name",
    "host_names",
    multiple=True,
    help="Host name that the site answers to, such as advisor.example.org or *.example.org;"
    " repeat it for several, in the environment with spaces between. Without one: any name where"
    " it listens on loopback, else the machine's own name and addresses.",
)
@setting(
    "--proxy-headers/--no-proxy-headers",
    default=True,
    help="Trust a proxy that says by which host and scheme a request came.",
)
@setting(
    "--forwarded-allow-ips",
    "proxies",
    default="127.0.0.1,::1",
    help="Addresses and networks of the proxies to trust, or *.",
)
@setting("--reload-rules", is_flag=True, help="Serve changed rules as soon as they have no faults.")
@setting("--issue-form", default="", help="Address of a form that takes reports on reasons.")
def serve(
    rules: Path,
    host: str,
    port: int,
    workers: int,
    *,
    reload_rules: bool,
    **described: Any,  # noqa: ANN401 - what `Settings` says of the rest
) -> None:
    """Serve the pages and the interface for programs."""
    watched = workers > 1 or reload_rules
    if watched and not hasattr(os, "fork"):
        message = "--workers and --reload-rules need a system that can fork processes"
        raise click.UsageError(message)
    if not described.pop("proxy_headers"):
        described["proxies"] = ""
    loopback = host in {"localhost", "::1"} or host.startswith("127.")
    described["host_names"] = described["host_names"] or (("*",) if loopback else OWN_NAMES)
    try:
        settings = find_settings(rules, **described)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    watch = Watch(rules)
    try:
        with all_stays():
            shelf = opened_shelf(rules)
            app = create_app(settings, shelf)
    except FileNotFoundError as error:
        message = f"missing files: {error}"
        raise click.UsageError(message) from None
    parent = os.getpid() if watched else None

    def renewed() -> Callable[[], None] | None:
        nonlocal shelf
        if not reload_rules or not watch.changed():
            return None
        shelf, faults = read_again(rules, shelf)
        return serving(create_app(settings, shelf, faults), door, parent)

    LimitedProtocol.most = open_files()
    with listening(host, port) as door:
        server = serving(app, door, parent)
        place = f"{f'[{host}]' if ':' in host else host}:{door.getsockname()[1]}"
        address = f"http://{place}{settings.root_path}/"
        click.echo(f"Serving on {address}", err=True)
        if shelf.draft:
            apart = counts_in_words(differences(shelf.current, shelf.draft)) or "words"
            told = f"A draft differs from edition {shelf.current.edition} in {apart}"
            click.echo(f"{told}: {address}?edition=draft", err=True)
        if watched:
            raise SystemExit(supervise(workers, server, renewed, door))
        gc.freeze()
        server()


def read_again(rules: Path, shelf: Shelf) -> tuple[Shelf, tuple[str, ...]]:
    """Return the rules in a folder that has changed, or those read before and why; log either."""
    # Imported here, since serving an edition needs nothing of what reads and checks files.
    from advisor.cli.lint import examined  # noqa: PLC0415

    try:
        found = open_shelf(rules, examined(rules)[0])
    except RuleBaseError as error:
        faults = tuple(map(str, error.faults))
    except Exception as error:  # noqa: BLE001 - whatever a folder holds, what was read is served on
        faults = (f"{rules}: {error}",)
    else:
        hashed = (found.draft or found.current).rules_hash
        log.info("Serving the changed rules, %s", hashed[:12])
        return found, ()
    told = [*faults[:MOST_LOGGED], *(["..."] if len(faults) > MOST_LOGGED else [])]
    log.error("The changed rules are not served:\n%s", "\n".join(told))
    return shelf, faults


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that waits for connections.

    Raises:
        click.UsageError: nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        message = f"nothing can listen on {host}, port {port}: {error.strerror}"
        raise click.UsageError(message) from None


def serving(app: FastAPI, door: socket.socket, parent: int | None) -> Callable[[], None]:
    """Return what serves an application to whoever comes to the door, until it is told to end."""
    server = Server(
        uvicorn.Config(
            app,
            http=LimitedProtocol,
            ws="none",
            server_header=False,
            access_log=False,
            proxy_headers=False,  # the application has its own, which believes the host as well
            backlog=1,  # taken in at once, so that workers share; how many may wait, `Server` says
            timeout_graceful_shutdown=PATIENCE,
        )
    )

    server.parent = parent

    def run() -> None:
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[door])

    return run


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
    workers: list[BaseProcess] = []
    code = 0
    _settle()
    while not told and not code:
        leaving: list[BaseProcess] = []
        if new := renewed():
            serve, leaving, workers = new, workers, []
            _settle()
        workers += [_forked(serve) for _ in range(count - len(workers))]
        for worker in leaving:
            worker.terminate()
        time.sleep(LOOK_SECONDS)
        multiprocessing.active_children()  # the system keeps all that ended until this is asked
        for worker in [each for each in workers if each.exitcode is not None]:
            workers.remove(worker)
            log.warning("Worker %d ended with %d", worker.pid, worker.exitcode)
            code = STARTUP_FAILURE if worker.exitcode == STARTUP_FAILURE else code
    # Nobody waits at a door behind which nobody is left.
    door.close()
    for worker in workers:
        worker.terminate()
    for worker in multiprocessing.active_children():
        worker.join()
    for sign, handler in before.items():
        signal.signal(sign, handler)
    return code


def _settle() -> None:
    """Let what there is now stay: to look through it for garbage would copy it in each process."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _forked(serve: Serve) -> BaseProcess:
    """Serve in another process."""

    def run() -> None:
        for sign in ENDING:
            signal.signal(sign, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        serve()

    worker = multiprocessing.get_context("fork").Process(target=run)
    # No signal may come between the fork and its own handlers: it would be taken for ours.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    worker.start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    return worker


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
