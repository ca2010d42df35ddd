# /// script
# requires-python = "==3.12.*"
# dependencies = ["keras==3.15.1", "torch==2.15.0", "onnx==1.23.2", "onnxscript==0.7.2", "onnxruntime==1.32.0"]
# ///
"""From Keras on PyTorch to a PyTorch package and an ONNX file with the model's outputs, as the steps say."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("keras", "torch", "onnx", "onnxscript", "onnxruntime")
DECIDES = (
    "export-keras-to-pytorch",
    "compare-package-of-keras",
    "export-keras-to-onnx",
    "compare-onnx-of-keras",
    "keras-torch-package-by-torch-export",
    "keras-torch-package-fixes-batch",
    "keras-torch-onnx-layer-norms",
    "keras-torch-devices",
    "keras-onnx-other-backends",
    "keras3-in-pytorch-loops",
    "keras-quantises",
)
os.environ["KERAS_BACKEND"] = "torch"

EXPORT = """\
import torch
model.export("model.pt2", format="torch", dynamic_shapes={0: torch.export.Dim("batch", min=1, max=1024)})
"""
COMPARE = """\
import numpy as np
package = torch.export.load("model.pt2").module()
for batch in (1, 3):
    x = np.random.rand(batch, *model.input_shape[1:]).astype("float32")
    outputs = package(torch.from_numpy(x)).detach()
    np.testing.assert_allclose(outputs, model.predict(x), rtol=1e-3, atol=1e-4)
"""
ONNX = """\
spec = keras.InputSpec(shape=model.input_shape, dtype="float32")
model.export("model.onnx", format="onnx", input_signature=[spec])
"""
COMPARE_ONNX = """\
import numpy as np, onnxruntime
session = onnxruntime.InferenceSession("model.onnx")
for batch in (1, 3):
    x = np.random.rand(batch, *model.input_shape[1:]).astype("float32")
    (outputs,) = session.run(None, {session.get_inputs()[0].name: x})
    np.testing.assert_allclose(outputs, model.predict(x), rtol=1e-3, atol=1e-4)
"""
DEVICE = "export KERAS_TORCH_DEVICE=cpu"
ON_DEVICE = "import keras; print(keras.ops.ones(2).device)"


def ended(action, *arguments, **more):
    """Return the name and the first words of the error of an action; empty where it has none."""
    try:
        action(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).strip().splitlines()[0][:90]}"
    return ""


def compared(check, names):
    """Return whether the outputs agree, None where changed weights are not noticed."""
    model, same = names["model"], not ended(exec, check, names)
    weights = model.get_weights()
    model.set_weights([weight + 0.5 for weight in weights])
    noticed = ended(exec, check, names).startswith("AssertionError")
    model.set_weights(weights)
    return same if noticed else None


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import keras
    import numpy as np
    import torch

    keras.utils.disable_interactive_logging()
    keras.utils.set_random_seed(0)
    layers, random = keras.layers, np.random.default_rng(0)
    parts = layers.Conv2D(8, 3, activation="relu"), layers.BatchNormalization(), layers.Flatten()
    model = keras.Sequential([layers.Input((16, 16, 3)), *parts, layers.Dense(4, "softmax")])
    images, labels = random.random((64, 16, 16, 3), "float32"), random.integers(0, 4, 64)
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.fit(images, labels)
    names = {"keras": keras, "model": model}
    agree = "batches of 1 and 3 gave the outputs of the model, and changed weights were noticed"

    exec(EXPORT, names)
    yield "export-keras-to-pytorch", os.path.exists("model.pt2"), "it wrote model.pt2"
    same = compared(COMPARE, names)
    yield "compare-package-of-keras", same, agree
    kind = type(torch.export.load("model.pt2")).__name__
    yield "keras-torch-package-by-torch-export", kind == "ExportedProgram", f"the file is an {kind}"
    model.export("fixed.pt2", format="torch", verbose=False)
    package = torch.export.load("fixed.pt2").module()
    wrong, own = (ended(package, torch.from_numpy(images[:n])) for n in (5, 1))
    said = f"without dynamic_shapes a batch of 5 ended in {wrong}"
    yield "keras-torch-package-fixes-batch", bool(wrong) if not own else None, said

    exec(ONNX, names)
    yield "export-keras-to-onnx", os.path.exists("model.onnx"), "it wrote model.onnx"
    same = compared(COMPARE_ONNX, names)
    yield "compare-onnx-of-keras", same, agree
    exporter, calls = torch.onnx.export, []
    torch.onnx.export = lambda *given, **more: calls.append(1) or exporter(*given, **more)
    exec(ONNX, names)
    torch.onnx.export = exporter
    said = f"the export called torch.onnx.export {len(calls)} time(s)"
    yield "keras-onnx-other-backends", bool(calls), said + "; JAX is seen by another probe"

    came = {}
    for name, shape, layer in (
        ("LayerNormalization", (8,), layers.LayerNormalization()),
        ("Conv3D", (8, 8, 8, 1), layers.Conv3D(2, 3)),
        ("Dense", (8,), layers.Dense(2)),
    ):
        net = keras.Sequential([layers.Input(shape), layer])
        for batch in (None, 1):
            spec = keras.InputSpec(shape=(batch, *shape), dtype="float32")
            more = {"format": "onnx", "verbose": False, "input_signature": [spec]}
            came[name, batch] = ended(net.export, "net.onnx", **more)
    opened, fixed = came["LayerNormalization", None], came["LayerNormalization", 1]
    said = (
        f"LayerNormalization with an open batch: {opened or 'worked'}; fixed: {fixed or 'worked'}"
    )
    said += (
        f"; Conv3D open: {came['Conv3D', None] or 'worked'}; fixed: {came['Conv3D', 1] or 'worked'}"
    )
    control = not came["Dense", None] and not came["Dense", 1]
    fails = opened and came["Conv3D", None] and not fixed and not came["Conv3D", 1]
    yield "keras-torch-onnx-layer-norms", bool(fails) if control else None, said

    line = f"{DEVICE}; python -c '{ON_DEVICE}'"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    here = str(keras.ops.ones(2).device)
    found = "cuda" if torch.cuda.is_available() else "cpu"
    asked = done.stdout.strip()
    said = f"unasked a tensor was on {here}, where PyTorch finds {found}; asked for cpu on {asked}"
    yield "keras-torch-devices", here.startswith(found) and asked == "cpu", said

    net = keras.Sequential([layers.Input((8,)), layers.Dense(8, "relu"), layers.Dense(1)])
    whole = torch.nn.Sequential(net, torch.nn.Linear(1, 1))
    optimiser = torch.optim.SGD(whole.parameters(), 0.05)
    x = torch.rand(64, 8)
    losses = []
    for _ in range(50):
        loss = (whole(x) - x.sum(1, keepdim=True)).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    said = f"inside a PyTorch module its loss fell from {losses[0]:.2f} to {losses[-1]:.2f}"
    yield "keras3-in-pytorch-loops", losses[-1] < losses[0] / 2, said

    x = random.random((16, 8), "float32")
    off = {}
    for mode in ("int8", "int4"):
        wide = keras.Sequential([layers.Input((8,)), layers.Dense(64), layers.Dense(4)])
        before = wide.predict(x)
        wide.quantize(mode)
        kinds = {str(weight.dtype) for weight in wide.weights}
        off[mode] = abs(wide.predict(x) - before).max(), kinds
    said = ", ".join(f"{mode} were off by {error:.2f}" for mode, (error, _) in off.items())
    small = all("int8" in kinds for _, kinds in off.values())
    near = all(0 < error < 0.5 for error, _ in off.values())
    yield "keras-quantises", small and near, f"outputs in {said}"


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
