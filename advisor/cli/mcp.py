"""`advisor mcp`: answers a coding agent on standard input and output."""

from importlib.util import find_spec
from pathlib import Path

import click

from advisor.cli.rules import opened_shelf, rules_option


@click.command()
@rules_option
def mcp(rules: Path) -> None:
    """Offer tools to a coding agent by the Model Context Protocol, until it leaves.

    An agent starts this by itself once its settings name it; see docs/agents.md.
    """
    if find_spec("mcp") is None:
        message = "agents need a package more: pip install 'framework-advisor[agents]'"
        raise click.UsageError(message)
    # Imported here, since they come with an extra.
    import anyio  # noqa: PLC0415

    from advisor.agents.server import talk  # noqa: PLC0415

    anyio.run(talk, opened_shelf(rules).current)
