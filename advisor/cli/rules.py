"""The ways to name a rule base that the commands share, and the rule base that is named."""

from pathlib import Path

import click
from click.core import ParameterSource

from advisor.cli.refusal import RulesRefused, unreadable
from advisor.errors import RuleBaseError
from advisor.model.rulebase import RuleBase
from advisor.rulebase.load import load
from advisor.settings import find_settings

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

rules_option = click.option(
    "--rules",
    type=_FOLDER,
    default=lambda: find_settings().rules,
    show_default="the one that comes with the advisor",
    help="Folder of the rule base.",
)


folder_argument = click.argument("folder", type=_FOLDER, required=False)
"""For commands that look at nothing but a rule base: `advisor lint DIR`."""


def named_rules(context: click.Context, folder: Path | None, rules: Path) -> Path:
    """Return the folder that the argument names, or else the option.

    Raises:
        click.UsageError: if both name one.
    """
    if folder is None:
        return rules
    if context.get_parameter_source("rules") is not ParameterSource.DEFAULT:
        message = "FOLDER and --rules are two ways to name the rule base; choose one."
        raise click.UsageError(message)
    return folder


def load_rules(folder: Path) -> RuleBase:
    """Load a rule base.

    Raises:
        RulesRefused: if it cannot be used.
        click.UsageError: if a file of it cannot be read.
    """
    try:
        return load(folder)
    except RuleBaseError as error:
        raise RulesRefused(error.faults) from None
    except OSError as error:
        raise unreadable(error) from None
