"""What the commands share: how a rule base is named and loaded, and how misuse is told."""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from advisor.editions.edition import Shelf, open_shelf
from advisor.errors import Fault, FaultsError
from advisor.model.rulebase import RuleBase
from advisor.settings import find_settings

F = TypeVar("F", bound=Callable[..., Any])

FINDING, MISUSE = 1, 2
"""Exit codes, beside 0 for fine."""

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

rules_option = click.option(
    "--rules",
    envvar="ADVISOR_RULES",
    type=FOLDER,
    default=lambda: find_settings().rules,
    show_default="the one that comes with the advisor",
    help="Folder of the rule base.",
)


def format_option(*forms: str, told: str = "") -> Callable[[F], F]:
    """Return the option `--format`, whose first form is the default; told is what to add to help.

    The command gets it as `form`.
    """
    choice = click.Choice(forms)
    text = f"Output format{told}."
    return click.option(
        "--format", "form", type=choice, default=forms[0], show_default=True, help=text
    )


def echo_json(data: object) -> None:
    """Print data for programs."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


class Refusal(click.ClickException):
    """Something cannot be used: every fault goes to standard error, and the exit code is 2."""

    exit_code = MISUSE

    def __init__(self, faults: Iterable[Fault], of: str) -> None:
        """Say what cannot be used, such as `the answers`, and why."""
        super().__init__("\n".join([f"{of} cannot be used:", *map(str, faults)]))


@contextmanager
def refusing(of: str) -> Iterator[None]:
    """Turn the faults of what cannot be used meanwhile, such as `the answers`, into a refusal."""
    try:
        yield
    except FaultsError as error:
        raise Refusal(error.faults, of) from None


def opened_shelf(folder: Path) -> Shelf:
    """Open the editions of a rule base, and the rules as they are written.

    Raises:
        Refusal: if they cannot be used.
        OSError: if a file cannot be read.
    """
    with refusing("the rule base"):
        return open_shelf(folder)


def age_of(shelf: Shelf, rulebase: RuleBase) -> int:
    """Return how many days ago a rule base was released; 0 where it is no edition."""
    today = datetime.datetime.now(datetime.UTC).date()
    return (today - shelf.edition(rulebase.edition).day).days if rulebase.edition else 0


def load_rules(folder: Path, *, sound: bool = True) -> RuleBase:
    """Load a rule base; one that need not be sound is not held against the checks.

    Raises:
        Refusal: if it cannot be used.
        OSError: if a file of it cannot be read.
    """
    # Imported here so that a command that reads no YAML starts without its reader and shapes.
    from advisor.rulebase.load import load  # noqa: PLC0415

    with refusing("the rule base"):
        return load(folder, sound=sound)
