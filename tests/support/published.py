"""Editions of rule bases in folders of tests: published by the command, or frozen in no time."""

import datetime
from dataclasses import replace

from click.testing import CliRunner

from advisor.cli.main import main
from advisor.editions import edition as editions
from advisor.model.recommendation import MODEL
from advisor.rulebase.load import load


def publish(rules, name, *options):
    """Run `advisor publish` and return how it ended."""
    return CliRunner().invoke(main, ["publish", name, "--rules", str(rules), *options])


def edition_of(rulebase, name="2026.12", **more):
    """Make an edition of a rule base, without cases and proofs unless they are given."""
    values = {
        "day": datetime.date(2026, 12, 1), "model": MODEL, "format": editions.FORMAT,
        "written": "", "cases": (), "digests": (),
    }  # fmt: skip
    values |= {"rulebase": replace(rulebase, edition=name), **more}
    return editions.Edition(name, **values)


def frozen(rules, name):
    """Freeze the rules in a folder as an edition, without cases and proofs; return its file."""
    made = edition_of(load(rules), name, written=editions.written_hash(rules))
    return editions.freeze(rules, made)
