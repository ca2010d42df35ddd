"""Publishes editions of rule bases in folders of tests."""

from click.testing import CliRunner

from advisor.cli.main import main


def publish(rules, name, *options):
    """Run `advisor publish` and return how it ended."""
    return CliRunner().invoke(main, ["publish", name, "--rules", str(rules), *options])


def published(rules, name, day="2026-11-29"):
    """Publish an edition, which has to succeed, and return its file."""
    done = publish(rules, name, "--day", day)
    assert done.exit_code == 0, done.output
    (path,) = (rules / "editions").glob(f"{name}-*")
    return path
