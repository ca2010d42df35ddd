# /// script
# requires-python = "==3.12.*"
# dependencies = ["tensorflow==2.21.0", "tf-keras==2.21.0", "keras==3.15.1", "tensorflow-model-optimization==0.8.1", "setuptools==80.9.0"]
# ///
"""What Keras 3 makes of files and code of Keras 2, and what the optimization toolkit does to both."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("tensorflow", "keras", "tf-keras", "tensorflow-model-optimization")
DECIDES = (
    "keras2-as-tf-keras",
    "keras2-files-in-keras3",
    "keras3-migration-drop-in",
    "tfmot-turns-keras-back",
    "tfmot-rejects-keras3",
)
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

SAVE = """\
import tf_keras as k
for name, last in (("dense", k.layers.Flatten()), ("lstm", k.layers.LSTM(4))):
    x = k.Input((6, 3))
    model = k.Model(x, k.layers.Dense(1)(last(x)))
    model.compile("sgd", "mse")
    model.save(name + ".keras")
    model.save(name + ".h5")
    model.save_weights(name + ".weights.h5")
print(k.__version__)
"""
LOAD = """\
import keras
def tried(file, **more):
    try:
        keras.saving.load_model(file, **more)
        return "loads"
    except Exception as error:
        return type(error).__name__
for name, last in (("dense", keras.layers.Flatten()), ("lstm", keras.layers.LSTM(4))):
    x = keras.Input((6, 3))
    model = keras.Model(x, keras.layers.Dense(1)(last(x)))
    try:
        model.load_weights(name + ".weights.h5")
        weights = "loads"
    except Exception as error:
        weights = type(error).__name__
    print(name, tried(name + ".keras"), tried(name + ".h5"), tried(name + ".h5", compile=False), weights)
"""
DROP_IN = """\
import numpy as np
import tensorflow as tf
model = tf.keras.Sequential([tf.keras.layers.Input((4,)), tf.keras.layers.Dense(8, "relu"), tf.keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse", metrics=["mae"])
stop = tf.keras.callbacks.EarlyStopping(monitor="loss", patience=2)
model.fit(np.ones((16, 4)), np.ones((16, 1)), epochs=3, callbacks=[stop], verbose=0)
print(tf.keras.__name__, "trained")
"""
TOOLKIT = """\
import tensorflow as tf
if {first}: tf.keras.layers
import tensorflow_model_optimization as tfmot
tf.keras.layers
kind = tf.keras.Model.__module__.split(".")[0]
model = tf.keras.Sequential([tf.keras.layers.InputLayer((4,)), tf.keras.layers.Dense(2)])
try:
    tfmot.quantization.keras.quantize_model(model)
    print(kind, "quantised")
except Exception as error:
    print(kind, type(error).__name__)
"""


def run(code, **more):
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or (done.stderr.strip().splitlines() or ["nothing"])[-1][:120]


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    number = run(SAVE)
    yield "keras2-as-tf-keras", number == version("tf-keras"), f"tf_keras calls itself {number}"
    lines = dict(line.split(" ", 1) for line in run(LOAD, KERAS_BACKEND="tensorflow").splitlines())
    said = "; ".join(
        "{}: .keras {}, .h5 {}, .h5 without compiling {}, weights {}".format(name, *line.split())
        for name, line in lines.items()
    )
    dense, lstm = (lines[name].split() for name in ("dense", "lstm"))
    files = dense[0] != "loads" and dense[1] != "loads" and dense[2] == "loads"
    lstms = "loads" not in lstm[:3] and dense[3] == lstm[3] == "loads"
    yield "keras2-files-in-keras3", files and lstms, said
    printed = run(DROP_IN)
    said = f"code of tf.keras with callbacks and metrics: {printed}"
    yield "keras3-migration-drop-in", printed.endswith("trained"), said
    later, earlier = run(TOOLKIT.format(first=True)), run(TOOLKIT.format(first=False))
    said = f"imported after tf.keras was used: {later}; before: {earlier}"
    yield (
        "tfmot-turns-keras-back",
        later.startswith("keras V") and earlier == "tf_keras quantised",
        said,
    )
    yield "tfmot-rejects-keras3", later.startswith("keras V"), said


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
