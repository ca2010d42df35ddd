# /// script
# requires-python = "==3.12.*"
# dependencies = ["keras==3.15.1", "tensorflow==2.21.0", "jax==0.11.1", "jaxlib==0.11.1"]
# ///
"""From Keras on JAX to a SavedModel that TensorFlow runs, as the steps say."""

import json
import os
import resource
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("keras", "tensorflow", "jax")
DECIDES = (
    "export-keras-on-jax-to-savedmodel",
    "compare-savedmodel-of-keras-on-jax",
    "keras-savedmodel-backends",
)
os.environ |= {"KERAS_BACKEND": "jax", "TF_CPP_MIN_LOG_LEVEL": "3"}

EXPORT = """\
import keras
model = keras.saving.load_model("model.keras")
model.export("models/my_model/1")
"""
COMPARE = """\
import numpy as np, tensorflow as tf
served = tf.saved_model.load("models/my_model/1")
for batch in (1, 3):
    x = np.random.rand(batch, *model.input_shape[1:]).astype("float32")
    np.testing.assert_allclose(served.serve(x), model.predict(x), rtol=1e-3, atol=1e-4)
"""


def ended(code, names):
    """Return the name and the first words of the error of some code; empty where it has none."""
    try:
        exec(code, names)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).strip().splitlines()[0][:90]}"
    return ""


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import keras

    keras.utils.disable_interactive_logging()
    keras.utils.set_random_seed(0)
    layers = keras.layers
    parts = layers.Conv2D(8, 3, activation="relu"), layers.BatchNormalization(), layers.Flatten()
    keras.Sequential([layers.Input((16, 16, 3)), *parts, layers.Dense(4)]).save("model.keras")
    names = {}
    exec(EXPORT, names)
    there = os.path.exists("models/my_model/1/saved_model.pb")
    yield "export-keras-on-jax-to-savedmodel", there, "it wrote models/my_model/1"
    failed = ended(COMPARE, names)
    weights = names["model"].get_weights()
    names["model"].set_weights([weight + 0.5 for weight in weights])
    noticed = ended(COMPARE, names).startswith("AssertionError")
    said = (
        failed
        or "batches of 1 and 3 gave the outputs of the model, and changed weights were noticed"
    )
    yield "compare-savedmodel-of-keras-on-jax", not failed if noticed else None, said
    said = (
        "a SavedModel of the JAX backend ran in TensorFlow; those of the others are seen elsewhere"
    )
    yield "keras-savedmodel-backends", not failed, failed or said


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
