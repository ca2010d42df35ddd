# /// script
# requires-python = "==3.12.*"
# dependencies = ["keras==3.15.1", "tensorflow==2.21.0", "torch==2.15.0", "jax==0.12.0.1", "jaxlib==0.12.0.1"]
# ///
"""Branches on the data inside a Keras model: where a plain if trains, and where keras.ops.cond does."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("keras", "tensorflow", "torch", "jax")
DECIDES = ("keras-traces-branches", "branch-with-keras-ops", "branch-without-python")
BACKENDS = ("tensorflow", "jax", "torch")

COND = """\
x = keras.ops.cond(keras.ops.sum(x) > 0, lambda: -x, lambda: x)
"""
TRAIN = f"""\
import keras, numpy as np
keras.utils.disable_interactive_logging()

class Plain(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(4)
    def call(self, x):
        x = self.dense(x)
        if keras.ops.sum(x) > 0:
            x = -x
        return x

class Neutral(Plain):
    def call(self, x):
        x = self.dense(x)
        {COND.strip()}
        return x

class Nothing(Plain):
    def call(self, x):
        return self.dense(x)

for made in (Plain, Neutral, Nothing):
    model = made()
    model.compile("sgd", "mse")
    try:
        model.fit(np.ones((8, 4), "float32"), np.ones((8, 4), "float32"), verbose=0)
        told = "trained"
    except Exception as error:
        told = type(error).__name__
    print(made.__name__, told)
"""


def run(backend):
    """Train on a backend in a process of its own; return what came of each kind of layer."""
    quiet = {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3", "JAX_PLATFORMS": "cpu"}
    command = [sys.executable, "-c", TRAIN]
    done = subprocess.run(
        command, env={**os.environ, **quiet}, capture_output=True, text=True, check=False
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    return {words[0]: words[1] for words in lines if len(words) == 2}


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    came = {backend: run(backend) for backend in BACKENDS}
    control = all(came[each].get("Nothing") == "trained" for each in BACKENDS)
    plain = {each: came[each].get("Plain", "nothing") for each in BACKENDS}
    by_ops = all(came[each].get("Neutral") == "trained" for each in BACKENDS)
    said = ", ".join(f"{each} {told}" for each, told in plain.items())
    said = f"a plain if on the data under fit: {said}; keras.ops.cond trained on {'all' if by_ops else 'not all'}"
    fine = plain["torch"] == "trained" and "trained" not in (plain["tensorflow"], plain["jax"])
    yield "keras-traces-branches", (fine and by_ops) if control else None, said
    for step in ("branch-with-keras-ops", "branch-without-python"):
        yield step, by_ops if control else None, said


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
