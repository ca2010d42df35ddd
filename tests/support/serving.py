"""The application on a free port of this machine, in a thread; and waiting for what others do."""

import contextlib
import os
import socket
import threading
import time

import pytest
import uvicorn

PATIENCE = 60  # seconds, on a machine that does much else
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")


@contextlib.contextmanager
def served(app):
    """Serve an application; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        config = uvicorn.Config(
            app, log_config=None, server_header=False, timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            until(lambda: server.started)
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


def until(holds, within=PATIENCE):
    """Wait until something holds; fail where it does not within so many seconds."""
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
