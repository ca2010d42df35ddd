"""`advisor serve`: the pages and the interface for programs, on one address."""

from pathlib import Path

import click
import uvicorn

from advisor.cli.rules import load_rules, rules_option
from advisor.settings import find_settings


@click.command()
@rules_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port."
)
def serve(rules: Path, host: str, port: int) -> None:
    """Serve the pages and the interface for programs."""
    # Imported here so that the other commands start without the web.
    from advisor.web.app import create_app  # noqa: PLC0415

    app = create_app(find_settings(rules), load_rules(rules))
    uvicorn.run(app, host=host, port=port, server_header=False, access_log=False)
