"""How the scan does on the trees of public projects: `PYTHONPATH=tests python -m support.trees`.

The trees stand in `tests/scan/trees.yaml`; those that were held back while detectors were tuned are
told apart.
"""

from pathlib import Path

import yaml

from advisor.rulebase.load import load
from advisor.scan.detect import answers_of
from advisor.scan.scan import scan
from advisor.scan.tree import pasted

SIX = ("existing", "deploy", "languages", "field", "spread", "hardware")
TREES = yaml.safe_load(
    (Path(__file__).parents[1] / "scan" / "trees.yaml").read_text(encoding="utf-8")
)["trees"]


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


def table(rulebase, *, held):
    """Give for each tree its name and the four sets of `judged`."""
    return [(t["of"], *judged(rulebase, t)) for t in TREES if bool(t.get("held")) is held]


def shares(rows):
    """Return how much was expected, found and wrong in a table."""
    expected, missed, wrong = (sum(len(row[n]) for row in rows) for n in (1, 3, 4))
    return expected, expected - missed, wrong


def main():
    rulebase = load(Path(__file__).parents[2] / "rules")
    for held, title in ((False, "Trees that the detectors were tuned on"), (True, "Held back")):
        rows = table(rulebase, held=held)
        print(
            f"## {title}\n\n| tree | expected | suggested | missed | wrong |\n|---|---|---|---|---|"
        )
        for of, *sets in rows:
            print("| " + " | ".join([of, *(", ".join(sorted(each)) for each in sets)]) + " |")
        expected, found, wrong = shares(rows)
        print(f"\n{len(rows)} trees, {found} of {expected} found, {wrong} wrong\n")


if __name__ == "__main__":
    main()
