# /// script
# requires-python = "==3.12.*"
# dependencies = ["litert-torch==0.10.0", "torch==2.14.1", "keras==3.15.1", "ai-edge-litert==2.3.0"]
# ///
"""From PyTorch, and from Keras on PyTorch, to a LiteRT file with the model's outputs, as the steps say."""

import importlib.metadata
import json
import os
import resource
import sys
import tempfile
import time
from importlib.metadata import requires, version
from pathlib import Path

PACKAGES = ("litert-torch", "torch", "keras", "ai-edge-litert")
DECIDES = (
    "convert-pytorch-to-litert",
    "compare-litert-of-pytorch",
    "export-keras-on-pytorch-to-litert",
    "compare-litert-of-keras-on-pytorch",
    "litert-torch-converter",
    "litert-torch-older-torch",
    "litert-torch-brings",
    "litert-torch-resized-drops-rows",
    "keras-litert-by-litert-torch",
    "keras-torch-litert-ignores-options",
)
os.environ |= {"KERAS_BACKEND": "torch", "TF_CPP_MIN_LOG_LEVEL": "3"}

CONVERT = """\
import litert_torch
edge_model = litert_torch.convert(model.eval(), (example_input,))
edge_model.export("model.tflite")
"""
COMPARE = """\
from ai_edge_litert.interpreter import Interpreter
runner = Interpreter("model.tflite").get_signature_runner()
(name,) = runner.get_input_details()
for _ in range(2):
    x = torch.randn(example_input.shape)
    (output,) = runner(**{name: x.numpy()}).values()
    torch.testing.assert_close(torch.from_numpy(output), model(x), rtol=1e-3, atol=1e-4)
"""
EXPORT_KERAS = """\
import keras
model = keras.saving.load_model("model.keras")
spec = keras.InputSpec(shape=(1, *model.input_shape[1:]), dtype="float32")
model.export("model.tflite", format="litert", input_signature=[spec])
"""
COMPARE_KERAS = """\
import numpy as np
from ai_edge_litert.interpreter import Interpreter
runner = Interpreter("model.tflite").get_signature_runner()
(name,) = runner.get_input_details()
for batch in (1, 3):
    x = np.random.rand(batch, *model.input_shape[1:]).astype("float32")
    rows = [list(runner(**{name: row[None]}).values())[0] for row in x]
    np.testing.assert_allclose(np.concatenate(rows), model.predict(x), rtol=1e-3, atol=1e-4)
"""


def passes(check, names):
    """Say whether a comparison raises nothing."""
    try:
        exec(check, names)
    except AssertionError:
        return False
    return True


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import keras
    import torch

    bounds = [each for each in requires("litert-torch") or () if each.startswith("torch<")]
    bounds += [
        e for e in requires("litert-torch") or () if e.startswith("torch>") or e[:6] == "torch="
    ]
    said = f"its metadata asks for {', '.join(bounds)}"
    yield "litert-torch-older-torch", any("<2.15" in each for each in bounds), said
    packages = {each.name: each for each in importlib.metadata.distributions() if each.files}
    sizes = sum(file.size or 0 for each in packages.values() for file in each.files) / 1e9
    brought = [name for name in ("torch", "jax", "transformers") if name in packages]
    said = f"the environment has {', '.join(brought)} and takes {sizes:.1f} GB"
    yield "litert-torch-brings", len(brought) == 3 and sizes > 4, said

    torch.manual_seed(0)
    layers = torch.nn.Conv2d(3, 4, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(784, 5)
    model, example_input = torch.nn.Sequential(*layers).eval(), torch.randn(1, 3, 16, 16)
    names = {"torch": torch, "model": model, "example_input": example_input}
    exec(CONVERT, names)
    size = Path("model.tflite").stat().st_size // 1024
    yield "convert-pytorch-to-litert", size > 0, f"it wrote a file of {size} KB"
    with torch.no_grad():
        same = passes(COMPARE, names)
        model[3].weight += 0.1
        control = not passes(COMPARE, names)
    said = "two batches gave the outputs of the model, and a changed weight was noticed"
    yield "compare-litert-of-pytorch", same if control else None, said
    tensorflow = "tensorflow" in sys.modules
    said = f"a convolutional network came over, {'with' if tensorflow else 'without'} TensorFlow"
    yield "litert-torch-converter", same and not tensorflow, said

    class Last(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm = torch.nn.LSTM(4, 8, batch_first=True)

        def forward(self, x):
            return self.lstm(x)[0][:, -1]

    from ai_edge_litert.interpreter import Interpreter

    recurrent = Last().eval()
    names["litert_torch"].convert(recurrent, (torch.randn(2, 6, 4),)).export("lstm.tflite")
    interpreter = Interpreter("lstm.tflite")
    place = interpreter.get_input_details()[0]["index"]
    rows = {}
    for batch in (2, 3):
        interpreter.resize_tensor_input(place, (batch, 6, 4))
        try:
            interpreter.allocate_tensors()
            interpreter.set_tensor(place, torch.randn(batch, 6, 4).numpy())
            interpreter.invoke()
            rows[batch] = len(interpreter.get_tensor(interpreter.get_output_details()[0]["index"]))
        except (RuntimeError, ValueError) as error:
            rows[batch] = type(error).__name__
    said = f"an LSTM made for a batch of 2 and resized to 3 gave: {rows[3]}, to 2: {rows[2]}"
    yield "litert-torch-resized-drops-rows", rows[3] == 2 if rows[2] == 2 else None, said

    keras.utils.set_random_seed(0)
    conv = keras.layers.Conv2D(4, 3, activation="relu"), keras.layers.Flatten()
    net = keras.Sequential([keras.layers.Input((16, 16, 3)), *conv, keras.layers.Dense(5)])
    net.save("model.keras")
    names = {}
    exec(EXPORT_KERAS, names)
    plain = Path("model.tflite").read_bytes()
    yield "export-keras-on-pytorch-to-litert", True, f"it wrote a file of {len(plain) // 1024} KB"
    same = passes(COMPARE_KERAS, names)
    weights = names["model"].get_weights()
    names["model"].set_weights([weight + 0.1 for weight in weights])
    control = not passes(COMPARE_KERAS, names)
    names["model"].set_weights(weights)
    said = "batches of 1 and 3 gave the outputs of the model, and changed weights were noticed"
    yield "compare-litert-of-keras-on-pytorch", same if control else None, said
    names["model"].export(
        "small.tflite", format="litert", input_signature=[names["spec"]], optimizations=["DEFAULT"]
    )
    small = len(Path("small.tflite").read_bytes())
    said = f"with optimizations the file has {small} bytes, without {len(plain)}"
    yield "keras-torch-litert-ignores-options", small == len(plain), said
    for module in [name for name in sys.modules if name.split(".")[0] == "litert_torch"]:
        sys.modules[module] = None
    try:
        names["model"].export("none.tflite", format="litert", input_signature=[names["spec"]])
        hidden = "wrote a file"
    except ImportError as error:
        hidden = f"ended with: {str(error).splitlines()[0][:80]}"
    said = f"with litert-torch hidden the export {hidden}"
    yield "keras-litert-by-litert-torch", same and "litert" in hidden, said


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
