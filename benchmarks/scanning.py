"""Measures a scan of a repository of 10,000 files, 200 of which a reader reads.

Run alone: `python -m benchmarks.scanning`. The files are made anew: requirements, project files,
Dockerfiles and notebooks of a few lines, and sources of some hundred. Time and memory are those of
the whole command, with the start of Python and the loading of the rules; beside them stands the
start of the command alone.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

FILES, RELEVANT, ROUNDS = 10_000, 200, 5
SOURCE = "import torch\nfrom torch import nn\n" + "".join(
    f"\nclass Net{n}(nn.Module):\n    def forward(self, x):\n"
    f"        y = self.layer(x, mode='a{n}', size={n})\n        return [y for y in y.cuda()]\n"
    for n in range(60)
)
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": ["a = 1\n"] * 80}]}, indent=1)
KINDS = {
    "requirements.txt": "torch>=2\ntorchvision\nfastapi\n"
    + "".join(f"p{n}==1\n" for n in range(60)),
    "pyproject.toml": '[project]\nname = "a"\ndependencies = ["torch>=2", "numpy"]\n',
    "Dockerfile": "FROM nvidia/cuda:12.6\nRUN pip install torch && \\\n  pip install fastapi\n",
    "package.json": '{"dependencies": {"onnxruntime-web": "1.20.0"}}',
    "train.ipynb": NOTEBOOK,
}


def make(root: Path) -> None:
    """Fill a folder."""
    for number in range(FILES):
        folder = root / f"part{number % 100}" / f"piece{number % 10}"
        folder.mkdir(parents=True, exist_ok=True)
        if number >= RELEVANT:
            (folder / f"data{number}.csv").write_text("1,2\n")
        elif number % 2:
            (folder / f"module{number}.py").write_text(SOURCE)
        else:
            name, text = list(KINDS.items())[number // 2 % len(KINDS)]
            (folder / str(number)).mkdir()
            (folder / str(number) / name).write_text(text)


def run(*arguments: str) -> tuple[float, str]:
    """Run the command once; return its CPU seconds and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-m", "advisor", *arguments], check=True, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return used, done.stdout


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        make(Path(name))
        empty = Path(name) / "empty"
        empty.mkdir()
        took, alone = [], []
        for _ in range(ROUNDS):
            alone.append(run("scan", str(empty), "--json")[0])
            seconds, printed = run("scan", name, "--json")
            took.append(seconds)
    told = json.loads(printed)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"scan of {told['files']} files, {told['read']} read, {len(SOURCE.splitlines())} lines a "
        f"source: {statistics.median(took):.2f} s of CPU (an empty folder "
        f"{statistics.median(alone):.2f} s), at most {max(took):.2f} s, {peak:.0f} MiB"
    )


if __name__ == "__main__":
    main()
