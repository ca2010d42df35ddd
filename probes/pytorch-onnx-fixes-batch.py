# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0", "onnx==1.23.2", "onnxscript==0.7.2", "onnxruntime==1.32.0"]
# ///
"""PyTorch's exporter to ONNX fixes the batch to the example's, unless dynamic_shapes names it."""

import json
import os
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("torch", "onnx", "onnxscript", "onnxruntime")


def observe():
    """Return whether it holds, None where the control was not seen, and what was observed."""
    import onnxruntime
    import torch

    torch.manual_seed(0)
    layers = torch.nn.Conv2d(3, 4, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(784, 5)
    model, example = torch.nn.Sequential(*layers).eval(), torch.randn(2, 3, 16, 16)

    def difference(file, batch):
        session, x = onnxruntime.InferenceSession(file), torch.randn(batch, 3, 16, 16)
        output = session.run(None, {session.get_inputs()[0].name: x.numpy()})[0]
        return float((torch.from_numpy(output) - model(x)).abs().max())

    torch.onnx.export(
        model, (example,), "fixed.onnx", dynamo=True, external_data=False, verbose=False
    )
    torch.onnx.export(
        model,
        (example,),
        "open.onnx",
        dynamo=True,
        external_data=False,
        verbose=False,
        dynamic_shapes=({0: "batch"},),
    )
    tries = ("open.onnx", 1), ("open.onnx", 3), ("fixed.onnx", 2)
    right = {f"{file}, {batch}": difference(file, batch) for file, batch in tries}
    try:
        other = f"ran, difference {difference('fixed.onnx', 3)}"
    except Exception as error:
        other = type(error).__name__
    with torch.no_grad():
        model[3].weight += 0.1
    control = difference("open.onnx", 3)
    holds = max(right.values()) < 1e-4 and other == "InvalidArgument"
    return holds if control > 1e-3 else None, {
        "differences": right,
        "fixed.onnx, 3": other,
        "perturbed weight": control,
    }


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
