"""Records what the advisor tells, as digests, and shows what moved since.

    make golden    write the digests of this working tree
    make moved     show every text that differs from the recorded commit's

A digest stands for twenty texts, so that the file stays small; the texts of the recorded commit
are made again from a worktree of it.
"""

import argparse
import difflib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from golden import net

RECORDED = Path(__file__).with_name("recorded.json")
MOST_LINES = 12
"""How many differing lines of one text are shown."""


def digests(told: Sequence[net.Told]) -> list[str]:
    """Return a digest for every twenty of what was asked and told."""
    parts = [told[start : start + net.TOGETHER] for start in range(0, len(told), net.TOGETHER)]
    return [hashlib.sha256(json.dumps(part).encode()).hexdigest()[:12] for part in parts]


def record() -> None:
    """Write the digests of everything that this working tree tells."""
    groups = {
        f"{rules}: {group}": digests(net.tell(rules, group))
        for rules in net.RULE_BASES
        for group in net.groups()
    }
    commit = _git("rev-parse", "HEAD").strip()
    RECORDED.write_text(json.dumps({"commit": commit, "groups": groups}, indent=0) + "\n")


def moved() -> int:
    """Print what differs from the recorded commit; return how many texts do."""
    commit = json.loads(RECORDED.read_text())["commit"]
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        _git("worktree", "add", "--detach", folder, commit)
        try:
            for rules in net.RULE_BASES:
                for group in net.groups():
                    before = _told_by(folder, rules, group)
                    count += _show(before, dict(net.tell(rules, group)), f"{rules}: {group}")
        finally:
            _git("worktree", "remove", "--force", folder)
    return count


def _told_by(folder: str, rules: str, group: str) -> dict[str, str]:
    """Ask the code in another folder the same."""
    program = (
        f"import json; from golden import net; print(json.dumps(net.tell({rules!r}, {group!r})))"
    )
    path = os.pathsep.join([folder, str(Path(__file__).parents[1])])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603
    return dict(json.loads(done.stdout))


def _show(before: dict[str, str], after: dict[str, str], group: str) -> int:
    differ = [asked for asked in {**before, **after} if before.get(asked) != after.get(asked)]
    print(f"{group}: {len(differ)} of {len(after)} moved")
    for asked in differ:
        print(f"\n--- {asked}")
        texts = (_lines(told.get(asked, "(was not asked)")) for told in (before, after))
        lines = [
            line for line in difflib.unified_diff(*texts, n=0, lineterm="") if line[:2] != "@@"
        ]
        print("\n".join(line[:300] for line in lines[2 : 2 + MOST_LINES]))
    return len(differ)


def _lines(text: str) -> list[str]:
    """Break a text where a reader would: HTML and JSON have no lines of their own."""
    if "application/json" in text[:40]:
        head, _, body = text.partition("\n")
        return [head, *json.dumps(json.loads(body), indent=1).splitlines()]
    return text.replace("> <", ">\n<").splitlines()


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(Path(__file__).parent), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moved", action="store_true", help="show what moved instead")
    if parser.parse_args().moved:
        sys.exit(1 if moved() else 0)
    record()
