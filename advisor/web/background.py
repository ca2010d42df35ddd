"""Work that takes seconds: begun when somebody first asks, done once, beside the requests.

In a thread, not in a process of its own: what is worked on need not be sent or read again,
nothing is left running when the server ends, and since threads take turns every few
milliseconds, pages that are asked for meanwhile come a little later, not seconds later. Not
before somebody asks, so that a server answers as soon as it is started.
"""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Background(Generic[T]):
    """Something that is worked out once."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin nothing yet.

        Args:
            work: returns what is wanted, after seconds.
        """
        self._work = work
        self._future: Future[T] | None = None
        self._lock = Lock()

    def peek(self) -> T | None:
        """Return what was worked out; None, and the work begins, where it is not there yet.

        Raises:
            Exception: whatever the work ended with.
        """
        with self._lock:
            if self._future is None:
                self._future = Future()
                Thread(target=self._run, args=(self._future,), daemon=True).start()
        return self._future.result() if self._future.done() else None

    def _run(self, future: Future[T]) -> None:
        """Do the work; what it ends with is for those who ask."""
        try:
            future.set_result(self._work())
        except Exception as error:  # noqa: BLE001 - raised again by `peek`
            future.set_exception(error)
