"""The `advisor` command. Exit codes: 0 fine, 1 a finding, 2 misuse."""

import io
import sys

import click

from advisor import __version__
from advisor.cli.lint import lint, test
from advisor.cli.recommend import recommend
from advisor.cli.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="advisor")
def main() -> None:
    """Recommend a framework for a project, with cited reasons and honest doubt.

    Exit codes: 0 fine, 1 a finding, 2 misuse.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a letter shows a question mark rather than a traceback.
            stream.reconfigure(errors="replace")


for command in (serve, recommend, lint, test):
    main.add_command(command)
