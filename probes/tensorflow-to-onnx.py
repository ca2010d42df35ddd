# /// script
# requires-python = "==3.12.*"
# dependencies = ["keras==3.15.1", "tensorflow==2.21.0", "tf2onnx==1.17.0", "onnx==1.23.2", "onnxruntime==1.32.0"]
# ///
"""From TensorFlow to an ONNX file by tf2onnx, as the steps say, and what Keras writes by itself."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("keras", "tensorflow", "tf2onnx", "onnx", "onnxruntime")
DECIDES = (
    "export-savedmodel-for-tf2onnx",
    "convert-tensorflow-to-onnx",
    "compare-onnx-of-tensorflow",
    "tf2onnx-on-todays-tensorflow",
    "tf2onnx-success-proves-nothing",
    "keras-onnx-success-proves-nothing",
    "tf2onnx-changes-values",
    "keras-onnx-rests-on-tf2onnx",
)
os.environ |= {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}

EXPORT = """\
model.export("saved_model")
"""
CONVERT = "python -m tf2onnx.convert --saved-model saved_model --output model.onnx"
COMPARE = """\
import numpy as np, onnxruntime
session = onnxruntime.InferenceSession("model.onnx")
for batch in (1, 3):
    x = np.random.rand(batch, *model.input_shape[1:]).astype("float32")
    (outputs,) = session.run(None, {session.get_inputs()[0].name: x})
    np.testing.assert_allclose(outputs, model.predict(x), rtol=1e-3, atol=1e-4)
"""


def same(model):
    """Say how the file of a model compares: `same`, or the name of what went wrong."""
    try:
        exec(COMPARE, {"model": model})
    except Exception as error:
        return type(error).__name__
    return "same"


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import keras
    import numpy as np

    keras.utils.disable_interactive_logging()
    keras.utils.set_random_seed(0)
    layers, random = keras.layers, np.random.default_rng(0)

    def made(shape, *parts):
        model = keras.Sequential([layers.Input(shape), *parts])
        model.predict(np.zeros((1, *shape), "float32"))
        return model

    def by_tf2onnx(model):
        exec(EXPORT, {"model": model})
        done = subprocess.run(["bash", "-c", CONVERT], capture_output=True, check=False)
        return done.returncode, same(model)

    adapted = layers.Normalization()
    adapted.adapt(random.random((64, 8), "float32") * 5)
    conv = layers.Conv2D(4, 3, activation="relu"), layers.BatchNormalization(), layers.Flatten()
    models = {
        "convolutions": made((16, 16, 3), *conv, layers.Dense(4)),
        "a bidirectional LSTM": made((12, 3), layers.Bidirectional(layers.LSTM(4))),
        "a GRU": made((12, 3), layers.GRU(4)),
        "normalisation": made((8,), adapted, layers.Dense(4)),
        "layer norms": made((8,), layers.LayerNormalization(), layers.Dense(4)),
    }
    results = {name: by_tf2onnx(model) for name, model in models.items()}
    status, compared = results["convolutions"]
    there = Path("saved_model/saved_model.pb").exists()
    yield "export-savedmodel-for-tf2onnx", there, "it wrote saved_model"
    said = f"it ended with {status} and wrote model.onnx"
    yield "convert-tensorflow-to-onnx", status == 0 and Path("model.onnx").exists(), said
    by_tf2onnx(models["convolutions"])
    weights = models["convolutions"].get_weights()
    models["convolutions"].set_weights([weight + 0.5 for weight in weights])
    noticed = same(models["convolutions"]) == "AssertionError"
    models["convolutions"].set_weights(weights)
    said = "batches of 1 and 3 gave the outputs of the model, and changed weights were noticed"
    yield "compare-onnx-of-tensorflow", compared == "same" if noticed else None, said
    agree = [name for name, (_, result) in results.items() if result == "same"]
    said = f"same outputs on batches of 1 and 3 for {', '.join(agree)}"
    yield "tf2onnx-on-todays-tensorflow", len(agree) == 5 if noticed else None, said

    gelu = made((8,), layers.Dense(4, activation="gelu"))
    status, result = by_tf2onnx(gelu)
    said = f"for an exact gelu it ended with {status}, and ONNX Runtime with {result}"
    yield (
        "tf2onnx-success-proves-nothing",
        status == 0 and result not in {"same", "AssertionError"},
        said,
    )

    import onnxruntime
    import tensorflow as tf
    import tf2onnx

    def off(function, *values):
        """Return how far the file of a function is from it."""
        specs = [
            tf.TensorSpec(v.shape, tf.as_dtype(v.dtype), f"in{n}") for n, v in enumerate(values)
        ]
        file, _ = tf2onnx.convert.from_function(tf.function(function), specs, opset=17)
        session = onnxruntime.InferenceSession(file.SerializeToString())
        given = dict(zip((each.name for each in session.get_inputs()), values, strict=True))
        right = tf.function(function)(*(tf.constant(value) for value in values)).numpy()
        return float(abs(session.run(None, given)[0] - right).max())

    seven, three = np.array([7, -7, 7, -7], "int32"), np.array([3, 3, -3, -3], "int32")
    changed = {
        "//": off(lambda a, b: a // b, seven, three),
        "%": off(lambda a, b: a % b, seven, three),
        "one_hot of -1": off(lambda a: tf.one_hot(a, 3), np.array([-1, 0, 2], "int32")),
    }
    right = off(lambda a, b: a * b, seven, three)
    said = ", ".join(f"{name} off by {value:.0f}" for name, value in changed.items())
    said = f"the file ran, and was wrong for negative integers: {said}; a product was right"
    yield "tf2onnx-changes-values", any(changed.values()) if right == 0 else None, said

    def by_keras(model):
        Path("model.onnx").unlink()
        model.export("model.onnx", format="onnx", verbose=False)
        return same(model)

    came = {"dense": by_keras(made((8,), layers.Dense(4, activation="relu")))}
    came["normalisation"], came["gelu"] = by_keras(models["normalisation"]), by_keras(gelu)
    said = ", ".join(f"{name}: {result}" for name, result in came.items())
    wrong = came["normalisation"] != "same" and came["gelu"] != "same"
    yield "keras-onnx-success-proves-nothing", wrong if came["dense"] == "same" else None, said

    for module in [name for name in sys.modules if name.split(".")[0] == "tf2onnx"]:
        sys.modules[module] = None
    try:
        by_keras(models["layer norms"])
        hidden = "wrote a file"
    except ImportError as error:
        hidden = f"ended with: {str(error)[:80]}"
    said = f"with tf2onnx hidden the export {hidden}"
    yield "keras-onnx-rests-on-tf2onnx", "tf2onnx" in hidden, said


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
