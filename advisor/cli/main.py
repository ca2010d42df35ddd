"""The `advisor` command, and `advisor serve`. Exit codes: 0 fine, 1 a finding, 2 misuse."""

import io
import os
import sys
from functools import partial
from importlib import import_module
from pathlib import Path

import click

from advisor import __version__
from advisor.cli.rules import load_rules, rules_option
from advisor.settings import find_settings

PATIENCE = 5
"""Seconds that a server which is to end waits for requests that are not finished."""

MODULES = {
    "recommend": "recommend",
    "lint": "lint",
    "test": "lint",
    "refresh": "verify",
    "verify": "verify",
}
"""The module of each command. It is imported with its command, as no command needs all of them."""


class Commands(click.Group):
    """Commands that end without a traceback where a file, or who takes what they print, is gone."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in order."""
        return sorted({*super().list_commands(ctx), *MODULES})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None where there is none of this name."""
        if cmd_name not in MODULES:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(
            import_module(f"advisor.cli.{MODULES[cmd_name]}"), cmd_name
        )
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
    """Recommend a framework for a project, with cited reasons and honest doubt.

    Exit codes: 0 fine, 1 a finding, 2 misuse.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a letter shows a question mark rather than a traceback.
            stream.reconfigure(errors="replace")


@click.command()
@rules_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port."
)
@click.option(
    "--issue-form",
    envvar="ADVISOR_ISSUE_FORM",
    default="",
    help="Address of a form that takes reports on reasons.",
)
def serve(rules: Path, host: str, port: int, issue_form: str) -> None:
    """Serve the pages and the interface for programs."""
    try:
        settings = find_settings(rules, issue_form=issue_form)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--issue-form'") from None
    # Imported here so that the other commands start without the web, in half the time.
    import uvicorn  # noqa: PLC0415

    from advisor.web.app import create_app  # noqa: PLC0415

    try:
        app = create_app(settings, load_rules(rules))
    except FileNotFoundError as error:
        message = f"missing files: {error}"
        raise click.UsageError(message) from None
    run = partial(uvicorn.run, server_header=False, access_log=False)
    run(app, host=host, port=port, timeout_graceful_shutdown=PATIENCE)


main.add_command(serve)
