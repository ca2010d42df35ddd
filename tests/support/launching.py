"""Which browser the tests drive, and how it is started."""

import contextlib
import os
import shutil

from playwright.sync_api import Error, sync_playwright

QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
MISSING = (
    "No browser can be started. Install Chromium (Debian: apt-get install chromium), or run"
    " `python -m playwright install --with-deps chromium`; `make test` does one of the two."
)


@contextlib.contextmanager
def chromium():
    """Start the system's Chromium, or else the one that Playwright installed; close it later."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=QUIET + _as_root()
            )
        except Error as error:
            raise AssertionError(MISSING) from error
        try:
            yield browser
        finally:
            browser.close()


def _as_root():
    """Chromium keeps its sandbox from the superuser; containers of build servers have no other."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
