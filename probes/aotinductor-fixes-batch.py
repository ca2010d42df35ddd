# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0"]
# ///
"""A package of one example from AOTInductor gives wrong rows for more, without an error."""

import json
import os
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("torch",)


def observe():
    """Return whether it holds, None where the control was not seen, and what was observed."""
    import shutil

    import torch

    torch.manual_seed(0)
    layers = torch.nn.Conv2d(3, 4, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(784, 5)
    model, example = torch.nn.Sequential(*layers).eval(), torch.randn(2, 3, 16, 16)

    if not shutil.which("g++"):
        return None, {"not tried": "no C++ compiler"}

    def difference(package, batch):
        """Return the difference of each row; a row that is missing differs without end."""
        x = torch.randn(batch, 3, 16, 16)
        output = package(x)
        rows = (output - model(x)[: len(output)]).abs().amax(dim=1).tolist()
        return rows + [float("inf")] * (batch - len(rows))

    def packaged(file, **shapes):
        exported = torch.export.export(model, (example,), **shapes)
        torch._inductor.aoti_compile_and_package(exported, package_path=str(Path(file).resolve()))
        return torch._inductor.aoti_load_package(file)

    with torch.no_grad():
        fixed = packaged("fixed.pt2")
        anew = packaged("open.pt2", dynamic_shapes=({0: torch.export.Dim("batch", max=64)},))
        right = max(*difference(anew, 1), *difference(anew, 3), *difference(fixed, 2))
        try:
            wrong = difference(fixed, 4)
        except Exception as error:
            return False, {"fixed, 4": f"{type(error).__name__}: {error}"[:200]}
        model[3].weight += 0.1
        control = max(difference(anew, 3))
    holds = right < 1e-4 and max(wrong[:2]) < 1e-4 and max(wrong[2:]) > 1e-3
    observed = {
        "open 1 and 3, fixed 2": right,
        "fixed, 4, each row": [str(row) for row in wrong],
        "perturbed weight": control,
    }
    return holds if control > 1e-3 else None, observed


def main():
    """Print one line of JSON; what could not be tried is inconclusive."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            holds, observed = observe()
        except (ImportError, OSError, MemoryError) as error:
            holds, observed = None, {"not tried": f"{type(error).__name__}: {error}"}
        os.chdir("/")
    verdict = {True: "holds", False: "fails", None: "inconclusive"}[holds]
    versions = {name: version(name) for name in PACKAGES} | {"python": sys.version.split()[0]}
    seconds = round(time.monotonic() - started, 1)
    print(
        json.dumps(
            {"verdict": verdict, "observed": observed, "versions": versions, "seconds": seconds}
        )
    )


main()
