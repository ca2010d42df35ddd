"""How the scan does on the trees of public projects: `python tests/scan/figures.py [held]`."""

import sys
from pathlib import Path

import yaml

from advisor.rulebase.load import load
from advisor.scan.detect import answers_of
from advisor.scan.scan import scan
from advisor.scan.tree import pasted

SIX = ("existing", "deploy", "languages", "field", "spread", "hardware")
TREES = yaml.safe_load((Path(__file__).parent / "trees.yaml").read_text(encoding="utf-8"))["trees"]


def pairs(answers):
    several = {q: c if isinstance(c, list) else [c] for q, c in answers.items()}
    return {f"{q}: {c}" for q, choices in several.items() for c in choices}


def judged(rulebase, tree):
    """Return what of a tree was expected, suggested, missed and wrong."""
    given = answers_of(scan(rulebase, pasted(tree["files"])).findings).given
    said = pairs({q: sorted(choices) for q, choices in given.items()})
    wanted = pairs(tree["expect"])
    counted = {pair for pair in wanted if pair.split(":")[0] in SIX}
    return counted, said, counted - said, said - wanted - pairs(tree.get("may", {}))


def main():
    rulebase = load(Path(__file__).parents[2] / "rules")
    held = sys.argv[1:] == ["held"]
    chosen = [tree for tree in TREES if bool(tree.get("held")) is held]
    table = [(tree["of"], *judged(rulebase, tree)) for tree in chosen]
    print("| tree | expected | suggested | missed | wrong |\n|---|---|---|---|---|")  # noqa: T201
    for of, *sets in table:
        print("| " + " | ".join([of, *(", ".join(sorted(each)) for each in sets)]) + " |")  # noqa: T201
    expected, missed, wrong = (sum(len(row[n]) for row in table) for n in (1, 3, 4))
    share = f"{expected - missed} of {expected} found ({(expected - missed) / expected:.0%})"
    print(f"\n{len(table)} trees: {share}, {wrong} wrong")  # noqa: T201


if __name__ == "__main__":
    main()
