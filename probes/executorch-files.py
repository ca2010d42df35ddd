# /// script
# requires-python = "==3.12.*"
# dependencies = ["executorch==1.5.1", "torch==2.14.1"]
# ///
"""From a PyTorch model to a file for ExecuTorch that gives the model's outputs, as the steps say."""

import json
import os
import resource
import sys
import tempfile
import time
from importlib.metadata import requires, version
from pathlib import Path

PACKAGES = ("executorch", "torch")
DECIDES = (
    "export-for-executorch",
    "compare-executorch-file",
    "executorch-export-flow",
    "executorch-fixes-batch",
    "executorch-names-no-torch",
    "executorch-changes-values",
)

EXPORT = """\
from executorch.backends.xnnpack.partition.xnnpack_partitioner import XnnpackPartitioner
from executorch.exir import to_edge_transform_and_lower
exported = torch.export.export(model.eval(), (example_input,))
program = to_edge_transform_and_lower(exported, partitioner=[XnnpackPartitioner()]).to_executorch()
open("model.pte", "wb").write(program.buffer)
"""
COMPARE = """\
from executorch.runtime import Runtime
method = Runtime.get().load_program("model.pte").load_method("forward")
for _ in range(2):
    x = torch.randn(example_input.shape)
    torch.testing.assert_close(method.execute([x])[0], model(x), rtol=1e-3, atol=1e-4)
"""


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import torch

    asked = [each for each in requires("executorch") or () if "extra" not in each]
    named = [each for each in asked if each.split(">")[0].split("=")[0].strip() == "torch"]
    ao = [each for each in asked if each.startswith("torchao")]
    said = f"its metadata asks for {', '.join(ao)} and for {', '.join(named) or 'no PyTorch'}"
    yield "executorch-names-no-torch", bool(ao) and not named, said

    torch.manual_seed(0)
    layers = torch.nn.Conv2d(3, 4, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(784, 5)
    model, example_input = torch.nn.Sequential(*layers).eval(), torch.randn(1, 3, 16, 16)
    names = {"torch": torch, "model": model, "example_input": example_input}
    exec(EXPORT, names)
    size = Path("model.pte").stat().st_size // 1024
    yield "export-for-executorch", size > 0, f"it wrote a file of {size} KB"
    yield "executorch-export-flow", size > 0, "torch.export, lowering and to_executorch gave a file"

    with torch.no_grad():
        exec(COMPARE, names)
        model[3].weight += 0.1
        try:
            exec(COMPARE, names)
            control = False
        except AssertionError:
            control = True
        model[3].weight -= 0.1
    said = "two batches gave the outputs of the model, and a changed weight was noticed"
    yield "compare-executorch-file", control or None, said
    try:
        output = names["method"].execute([torch.randn(3, 3, 16, 16)])[0]
        refused, ended = False, f"gave {len(output)} rows"
    except Exception as error:
        refused, ended = True, f"ended in {type(error).__name__}"
    said = f"made from a batch of 1, a batch of 3 {ended}"
    yield "executorch-fixes-batch", refused if control else None, said

    class Wrapped(torch.nn.Module):
        def forward(self, image, numbers):
            resize = torch.nn.functional.interpolate
            half = resize(image, scale_factor=1.5, mode="bilinear")
            return half, resize(image, scale_factor=1.7, mode="bilinear"), numbers % 3

    example = torch.randn(1, 1, 4, 4), torch.tensor([7, -7])
    names |= {"model": Wrapped(), "example_input": example}
    exec(EXPORT.replace("(example_input,)", "example_input"), names)
    given = names["Runtime"].get().load_program("model.pte").load_method("forward").execute(example)
    near, off, _ = (
        float((a - b).abs().max()) for a, b in zip(given, Wrapped()(*example), strict=True)
    )
    said = f"resized by 1.7 off by {off:.1f}, by 1.5 by {near:.0e}; -7 % 3 gave {int(given[2][1])}"
    changed = off > 0.1 and int(given[2][1]) == -1
    yield "executorch-changes-values", changed if near < 1e-4 else None, said


def main():
    """Print one line of JSON; what could not be tried is inconclusive."""
    started, seen, words = time.monotonic(), {}, {True: "holds", False: "fails"}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for name, holds, observed in observe():
                seen[name] = [words.get(holds, "inconclusive"), observed]
        except (ImportError, OSError, MemoryError) as error:
            said = f"not tried: {type(error).__name__}: {error}"[:200]
            seen = {name: ["inconclusive", said] for name in DECIDES} | seen
        os.chdir("/")
    usage = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "seen": seen,
        "versions": {name: version(name) for name in PACKAGES} | {"python": sys.version.split()[0]},
        "seconds": round(time.monotonic() - started),
        "memory": max(each.ru_maxrss for each in usage) // 1024,
    }
    print("\n" + json.dumps(told))  # a library may have left a line open


main()
