# /// script
# requires-python = "==3.12.*"
# dependencies = ["keras==3.15.1", "tensorflow==2.21.0", "ai-edge-litert==2.3.0"]
# ///
"""A recurrent layer from Keras runs on LiteRT with a batch of 1 and not with an open one."""

import json
import os
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("keras", "tensorflow", "ai-edge-litert")

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def observe():
    """Return whether it holds, None where the control was not seen, and what was observed."""
    import keras
    import numpy as np

    keras.utils.set_random_seed(0)
    layers = keras.layers
    from ai_edge_litert.interpreter import Interpreter

    model = keras.Sequential([layers.Input((12, 3)), layers.LSTM(8), layers.Dense(2)])
    x = np.random.default_rng(0).random((1, 12, 3), "float32")

    def difference(file):
        try:
            runner = Interpreter(file).get_signature_runner()
            (name,) = runner.get_input_details()
            (output,) = runner(**{name: x}).values()
        except (RuntimeError, ValueError) as error:
            return f"{type(error).__name__}: {error}"[:120]
        return float(abs(output - model.predict(x, verbose=0)).max())

    shape = keras.InputSpec(shape=(1, 12, 3), dtype="float32")
    model.export("open.tflite", format="litert", verbose=False)
    model.export("fixed.tflite", format="litert", verbose=False, input_signature=[shape])
    observed = {"open": difference("open.tflite"), "fixed": difference("fixed.tflite")}
    model.layers[-1].kernel.assign_add(np.full((8, 2), 0.5))
    observed["perturbed weight"] = difference("fixed.tflite")
    if not isinstance(observed["perturbed weight"], float) or observed["perturbed weight"] < 1e-3:
        return None, observed
    fixed = observed["fixed"]
    return isinstance(observed["open"], str) and isinstance(fixed, float) and fixed < 1e-4, observed


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
