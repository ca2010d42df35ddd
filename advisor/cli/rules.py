"""The `--rules` option that the commands share, and the rule base that it names."""

from pathlib import Path

import click

from advisor.cli.refusal import RulesRefused, unreadable
from advisor.errors import RuleBaseError
from advisor.model.rulebase import RuleBase
from advisor.rulebase.load import load
from advisor.settings import find_settings

rules_option = click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=lambda: find_settings().rules,
    show_default="the one that comes with the advisor",
    help="Folder of the rule base.",
)


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
