"""The `advisor` command. Exit codes: 0 fine, 1 a finding, 2 misuse."""

import gc
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from advisor import __version__

MODULES = {
    "serve": "serve", "recommend": "recommend", "ask": "ask", "check": "check", "scan": "scan",
    "lint": "lint", "test": "lint", "verify": "verify", "refresh": "verify", "publish": "diff",
    "diff": "diff", "mcp": "scan", "schema": "new", "new": "new",
}  # fmt: skip
"""The module of each command. It is imported with its command, as no command needs all of them."""


@contextmanager
def all_stays() -> Iterator[None]:
    """Look for no garbage meanwhile: of what a start reads all stays, and looking takes a fifth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Commands(click.Group):
    """Commands that end without a traceback where a file, or who takes what they print, is gone."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in order."""
        return sorted({*super().list_commands(ctx), *MODULES})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None where there is none of this name."""
        if cmd_name not in MODULES:
            return super().get_command(ctx, cmd_name)
        with all_stays():
            module = import_module(f"advisor.cli.{MODULES[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; `advisor lint | head -1` ends as it would for other programs."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whatever is left to print has nowhere to go; 141 stands for the signal of the pipe.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(141)
        except OSError as error:
            message = f"{error.filename or 'the file'}: {error.strerror}"
            raise click.UsageError(message) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="advisor")
def main() -> None:
    """Recommend a framework for a project, with cited reasons, and say how sure that is.

    Exit codes: 0 fine, 1 a finding, 2 misuse.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a letter shows a question mark rather than a traceback.
            stream.reconfigure(errors="replace")
