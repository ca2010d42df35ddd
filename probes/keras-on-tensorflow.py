# /// script
# requires-python = "==3.12.*"
# dependencies = ["keras==3.15.1", "tensorflow==2.21.0", "ai-edge-litert==2.3.0"]
# ///
"""From Keras on TensorFlow to a SavedModel and LiteRT files with the model's outputs, as the steps say."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("keras", "tensorflow", "ai-edge-litert")
DECIDES = (
    "export-a-savedmodel",
    "compare-the-savedmodel",
    "export-keras-to-savedmodel",
    "compare-savedmodel-of-keras",
    "export-a-litert-file",
    "compare-the-litert-file",
    "export-keras-to-litert",
    "compare-litert-of-keras",
    "export-quantised-for-the-microcontroller",
    "compare-the-quantised-file",
    "export-keras-quantised-for-the-microcontroller",
    "compare-quantised-of-keras",
    "fit-the-microcontroller",
    "keras-savedmodel-for-serving",
    "keras-savedmodel-same-outputs",
    "keras-litert-export",
    "keras-litert-optimises",
    "keras-litert-fixed-shapes",
    "litert-softplus-overflows",
    "tflite-files-still-run",
    "litert-interpreter-kept",
)
os.environ |= {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}

SAVEDMODEL = """\
model.export("models/my_model/1")
"""
COMPARE_SAVEDMODEL = """\
import numpy as np, tensorflow as tf
served = tf.saved_model.load("models/my_model/1")
for batch in (1, 3):
    x = np.random.rand(batch, *model.input_shape[1:]).astype("float32")
    np.testing.assert_allclose(served.serve(x), model.predict(x), rtol=1e-3, atol=1e-4)
"""
LITERT = """\
spec = keras.InputSpec(shape=(1, *model.input_shape[1:]), dtype="float32")
model.export("model.tflite", format="litert", input_signature=[spec])
"""
COMPARE_LITERT = """\
import numpy as np
from ai_edge_litert.interpreter import Interpreter
runner = Interpreter("model.tflite").get_signature_runner()
(name,) = runner.get_input_details()
for batch in (1, 3):
    x = np.random.rand(batch, *model.input_shape[1:]).astype("float32")
    rows = [list(runner(**{name: row[None]}).values())[0] for row in x]
    np.testing.assert_allclose(np.concatenate(rows), model.predict(x), rtol=1e-3, atol=1e-4)
"""
QUANTISED = """\
spec = keras.InputSpec(shape=(1, *model.input_shape[1:]), dtype="float32")
model.export("model_int8.tflite", format="litert", input_signature=[spec],
             optimizations=[tf.lite.Optimize.DEFAULT], representative_dataset=samples)
"""
COMPARE_QUANTISED = """\
import numpy as np
from ai_edge_litert.interpreter import Interpreter
runner = Interpreter("model_int8.tflite").get_signature_runner()
(name,) = runner.get_input_details()
x = np.concatenate([sample for (sample,) in samples()])
for batch in (x[:1], x[1:4]):
    rows = [list(runner(**{name: row[None]}).values())[0] for row in batch]
    np.testing.assert_allclose(np.concatenate(rows), model.predict(batch), atol=0.1)
"""
ARRAY = "xxd -i model_int8.tflite | sed 's/^unsigned char/alignas(16) extern const unsigned char/' > model_data.cc"


def passes(check, names):
    """Say whether a comparison raises nothing."""
    try:
        exec(check, names)
    except AssertionError:
        return False
    return True


def compared(check, names):
    """Return whether the outputs agree, None where changed weights are not noticed."""
    model, same = names["model"], passes(check, names)
    weights = model.get_weights()
    model.set_weights([weight + 0.5 for weight in weights])
    noticed = not passes(check, names)
    model.set_weights(weights)
    return same if noticed else None


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import keras
    import numpy as np
    import tensorflow as tf
    from ai_edge_litert.interpreter import Interpreter

    keras.utils.disable_interactive_logging()
    keras.utils.set_random_seed(0)
    layers, random = keras.layers, np.random.default_rng(0)
    parts = layers.Conv2D(8, 3, activation="relu"), layers.BatchNormalization(), layers.Flatten()
    model = keras.Sequential([layers.Input((16, 16, 3)), *parts, layers.Dense(4, "softmax")])
    images, labels = random.random((64, 16, 16, 3), "float32"), random.integers(0, 4, 64)
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.fit(images, labels)
    names = {"keras": keras, "tf": tf, "model": model}
    names["samples"] = lambda: ([images[i : i + 1]] for i in range(32))
    agree = "batches of 1 and 3 gave the outputs of the model, and changed weights were noticed"

    exec(SAVEDMODEL, names)
    there = Path("models/my_model/1/saved_model.pb").exists()
    for step in ("export-a-savedmodel", "export-keras-to-savedmodel"):
        yield step, there, "it wrote models/my_model/1"
    same = compared(COMPARE_SAVEDMODEL, names)
    for step in ("compare-the-savedmodel", "compare-savedmodel-of-keras"):
        yield step, same, agree
    yield "keras-savedmodel-same-outputs", same, agree
    loaded = tf.saved_model.load("models/my_model/1")
    signatures, tags = sorted(loaded.signatures), "serve" in loaded.signatures
    said = f"the folder of a version has the signatures {', '.join(signatures)}; no server was run"
    yield "keras-savedmodel-for-serving", tags and "serving_default" in signatures, said

    exec(LITERT, names)
    whole = Path("model.tflite").stat().st_size
    for step in ("export-a-litert-file", "export-keras-to-litert"):
        yield step, whole > 0, f"it wrote a file of {whole} bytes"
    same = compared(COMPARE_LITERT, names)
    for step in ("compare-the-litert-file", "compare-litert-of-keras"):
        yield step, same, agree
    yield "keras-litert-export", same, agree
    yield "litert-interpreter-kept", same, "the interpreter's interface of TensorFlow Lite ran it"
    converted = tf.lite.TFLiteConverter.from_saved_model("models/my_model/1").convert()
    old = Interpreter(model_content=converted).get_signature_runner()
    (name,) = old.get_input_details()
    off = abs(list(old(**{name: images[:1]}).values())[0] - model.predict(images[:1])).max()
    said = f"a file of TensorFlow's own converter ran on LiteRT and was off by {off:.0e}"
    yield "tflite-files-still-run", bool(off < 1e-4), said

    exec(QUANTISED, names)
    small = Path("model_int8.tflite").stat().st_size
    for step in (
        "export-quantised-for-the-microcontroller",
        "export-keras-quantised-for-the-microcontroller",
    ):
        yield step, small < whole, f"the file has {small} bytes instead of {whole}"
    yield "keras-litert-optimises", small < whole / 2, f"{small} bytes instead of {whole}"
    same = compared(COMPARE_QUANTISED, names)
    for step in ("compare-the-quantised-file", "compare-quantised-of-keras"):
        yield step, same, "two batches agreed to 0.1, and changed weights were noticed"
    if shutil.which("xxd"):
        subprocess.run(["bash", "-ec", ARRAY], check=True)
        text = Path("model_data.cc").read_text()
        said = f"the array has {text.count('0x')} bytes, the file {small}; it begins {text[:45]}"
        const = text.startswith("alignas(16) extern const ")
        yield "fit-the-microcontroller", text.count("0x") == small and const, said
    else:
        yield "fit-the-microcontroller", None, "no xxd on this machine"

    recurrent = keras.Sequential([layers.Input((12, 3)), layers.LSTM(8), layers.Dense(1)])
    recurrent.export("open.tflite", format="litert")
    spec = keras.InputSpec(shape=(1, 12, 3), dtype="float32")
    recurrent.export("fixed.tflite", format="litert", input_signature=[spec])
    x, ran = random.random((1, 12, 3), "float32"), {}
    for file in ("open", "fixed"):
        try:
            runner = Interpreter(f"{file}.tflite").get_signature_runner()
            (name,) = runner.get_input_details()
            off = abs(list(runner(**{name: x}).values())[0] - recurrent.predict(x)).max()
            ran[file] = "nothing" if off < 1e-4 else f"other numbers, off by {off:.0e}"
        except (RuntimeError, ValueError) as error:
            flex = "TensorFlow op" in str(error)
            ran[file] = (
                "a Select TensorFlow op" if flex else f"{type(error).__name__}: {error}"[:99]
            )
    said = f"open it asked for: {ran['open']}; with a batch of 1 for: {ran['fixed']}"
    holds = ran["open"] == "a Select TensorFlow op" and ran["fixed"] == "nothing"
    yield "keras-litert-fixed-shapes", holds, said

    soft = keras.Sequential([layers.Input((5,)), layers.Activation("softplus")])
    spec = keras.InputSpec(shape=(1, 5), dtype="float32")
    soft.export("soft.tflite", format="litert", input_signature=[spec])
    runner = Interpreter("soft.tflite").get_signature_runner()
    (name,) = runner.get_input_details()
    x = np.array([[-20, 0, 1, 80, 100]], "float32")
    lite, right = list(runner(**{name: x}).values())[0][0], soft.predict(x)[0]
    said = (
        f"of 100 it gave {lite[4]}, of -20 {lite[0]:.1e}; TensorFlow {right[4]} and {right[0]:.1e}"
    )
    wrong = abs(lite[4] - 100) > 1 and lite[0] == 0 and abs(right[4] - 100) < 1e-3 and right[0] > 0
    near = np.allclose(lite[1:4], right[1:4], atol=1e-3)
    yield "litert-softplus-overflows", bool(wrong) if near else None, said


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
