# /// script
# requires-python = "==3.12.*"
# dependencies = ["keras==3.15.1", "tensorflow==2.21.0", "tf2onnx==1.17.0", "onnxruntime==1.32.0"]
# ///
"""On TensorFlow Keras reports an ONNX file as saved that a layer in it made unusable."""

import json
import os
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("keras", "tensorflow", "tf2onnx", "onnxruntime")

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def observe():
    """Return whether it holds, None where the control was not seen, and what was observed."""
    import keras
    import numpy as np
    import onnxruntime

    keras.utils.set_random_seed(0)
    layers, random = keras.layers, np.random.default_rng(0)

    def run(name, *parts):
        model = keras.Sequential([layers.Input((8,)), *parts])
        model.predict(np.zeros((1, 8), "float32"), verbose=0)
        model.export(f"{name}.onnx", format="onnx", verbose=False)
        x = random.random((3, 8), "float32")
        try:
            session = onnxruntime.InferenceSession(f"{name}.onnx")
            output = session.run(None, {session.get_inputs()[0].name: x})[0]
        except Exception as error:
            return type(error).__name__
        return float(abs(output - model.predict(x, verbose=0)).max())

    adapted = layers.Normalization()
    adapted.adapt(random.random((64, 8), "float32") * 5)
    observed = {
        "dense": run("dense", layers.Dense(4, activation="relu")),
        "normalization": run("normalization", adapted, layers.Dense(4)),
        "gelu": run("gelu", layers.Dense(4, activation="gelu")),
    }
    if not isinstance(observed["dense"], float) or observed["dense"] > 1e-4:
        return None, observed
    return all(isinstance(observed[name], str) for name in ("normalization", "gelu")), observed


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
