"""Exit codes, and what is raised when something that was given cannot be used at all."""

from collections.abc import Iterable

import click

from advisor.errors import Fault

FINDING = 1
MISUSE = 2


class Refusal(click.ClickException):
    """Something cannot be used: every fault goes to standard error, and the exit code is 2."""

    exit_code = MISUSE
    what = "what was given"

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Say what cannot be used, and why."""
        super().__init__("\n".join([f"{self.what} cannot be used:", *map(str, faults)]))


class RulesRefused(Refusal):
    """The rule base is broken."""

    what = "the rule base"


class CasesRefused(Refusal):
    """The cases are broken."""

    what = "the cases"


class AnswersRefused(Refusal):
    """The answers, or the way they were asked for, are broken."""

    what = "the answers"


def unreadable(error: OSError) -> click.UsageError:
    """Return what to raise, with exit code 2, for a file that cannot be read."""
    return click.UsageError(f"{error.filename or 'the file'}: {error.strerror}")
