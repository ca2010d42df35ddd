# /// script
# requires-python = "==3.12.*"
# dependencies = ["keras==3.15.1", "tensorflow==2.21.0", "torch==2.15.0", "jax==0.12.0.1", "jaxlib==0.12.0.1"]
# ///
"""One Keras model on TensorFlow, JAX and PyTorch: what goes over, and what does not."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import requires, version

PACKAGES = ("keras", "tensorflow", "torch", "jax")
DECIDES = (
    "keras3-backends",
    "keras3-backend-fixed-at-import",
    "keras3-custom-code-ports",
    "keras3-loads-both-data",
    "keras3-default-in-tf",
    "keras-torch-savedmodel-none",
    "jax-savedmodel-too-new",
    "tf-to-pytorch-by-keras3",
    "keras-progressive",
)
BACKENDS = ("tensorflow", "jax", "torch")

MODEL = """\
import keras, numpy as np
keras.utils.disable_interactive_logging()
x = np.random.default_rng(0).random((64, 8, 8, 3)).astype("float32")
y = x.mean(axis=(1, 2, 3))[:, None]
"""
TRAIN = (
    MODEL
    + """\
import sys
keras.utils.set_random_seed(0)
layers = keras.layers
parts = layers.Conv2D(4, 3), layers.BatchNormalization(), layers.Flatten()
model = keras.Sequential([layers.Input((8, 8, 3)), *parts, layers.Dense(1)])
model.compile("adam", "mse")
losses = model.fit(x, y, epochs=4).history["loss"]
model.save(f"{keras.backend.backend()}.keras")
np.save(f"{keras.backend.backend()}.npy", np.asarray(model.predict(x)))
import tensorflow as tf, torch
by_tf = tf.data.Dataset.from_tensor_slices((x, y)).batch(16)
by_torch = torch.utils.data.DataLoader(
    torch.utils.data.TensorDataset(torch.tensor(x), torch.tensor(y)), batch_size=16)
both = [float(model.evaluate(each)) for each in (by_tf, by_torch)]
print("\\n", losses[-1] < losses[0], abs(both[0] - both[1]) < 1e-5)
"""
)
LOAD = (
    MODEL
    + """\
model = keras.saving.load_model("tensorflow.keras")
off = abs(np.asarray(model.predict(x)) - np.load("tensorflow.npy")).max()
model.fit(x, y)
print("\\n", off < 1e-5)
"""
)
OWN_STEP = (
    MODEL
    + """\
import tensorflow as tf
class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(1)
    def call(self, x):
        return self.dense(keras.ops.mean(x, (1, 2)))
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((self(x) - y) ** 2)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"loss": loss}
model = Own()
model.compile("sgd")
model.fit(x, y)
print("\\n trained")
"""
)
NEUTRAL = """\
import keras, numpy as np
class Layer(keras.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], 1))
    def call(self, x):
        return keras.ops.matmul(x, self.w)
keras.utils.set_random_seed(0)
model = keras.Sequential([Layer()])
model.compile("sgd", "mse")
model.fit(np.ones((8, 4)), np.ones((8, 1)), verbose=0)
print("\\n trained")
"""
CHANGE = """\
import keras
before = keras.backend.backend()
keras.config.set_backend("jax")
keras.ops.ones(2)
print("\\n", before, keras.backend.backend(), type(keras.ops.ones(2)).__module__.split(".")[0])
"""
SAVED = """\
import keras, numpy as np, tensorflow as tf
model = keras.Sequential([keras.layers.Input((8, 8, 3)), keras.layers.Conv2D(2, 3), keras.layers.Flatten()])
spec = keras.InputSpec(shape=(1, 8, 8, 3), dtype="float32")
print()
for name, more in (("open", {}), ("fixed", {"input_signature": [spec]})):
    try:
        model.export(name, verbose=False, **more)
        x = np.ones((1, 8, 8, 3), "float32")
        loaded = tf.saved_model.load(name)
        off = abs(loaded.serve(x).numpy() - np.asarray(model.predict(x))).max()
        print(name, "ran, off by", f"{off:.0e}")
    except Exception as error:
        written = " after it was written" if __import__("os").path.exists(name + "/saved_model.pb") else ""
        print(name, type(error).__name__ + written, str(error).strip().splitlines()[0][:70])
"""


def run(code, backend):
    """Run code on a backend; return its status, what it printed last, and the end of its errors."""
    quiet = {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3", "JAX_PLATFORMS": "cpu"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=False,
    )
    last = (done.stderr.strip().splitlines() or [""])[-1][:100]
    return done.returncode, done.stdout.strip(), last


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    trained = {backend: run(TRAIN, backend) for backend in BACKENDS}
    good = {backend: done[1].endswith("True True") for backend, done in trained.items()}
    said = f"the same code trained on {', '.join(name for name, fine in good.items() if fine)}"
    yield "keras3-backends", all(good.values()), said
    said = "tf.data and a DataLoader gave the same loss on each of the three backends"
    yield "keras3-loads-both-data", all(good.values()), said
    loaded = {backend: run(LOAD, backend)[1].endswith("True") for backend in ("torch", "jax")}
    said = f"saved on TensorFlow, it gave the same outputs and went on training on {' and '.join(loaded)}"
    yield "tf-to-pytorch-by-keras3", all(loaded.values()), said

    own = {backend: run(OWN_STEP, backend) for backend in BACKENDS}
    neutral = {backend: run(NEUTRAL, backend)[0] for backend in BACKENDS}
    said = f"a training step with GradientTape worked on TensorFlow and on PyTorch ended in {own['torch'][2]}"
    fails = own["torch"][0] and own["jax"][0] and not any(neutral.values())
    yield "keras3-custom-code-ports", bool(fails) if own["tensorflow"][0] == 0 else None, said
    said = "a layer and a training step of one's own worked inside the usual fit"
    yield "keras-progressive", own["tensorflow"][0] == 0 and neutral["tensorflow"] == 0, said

    status, printed, last = run(CHANGE, "torch")
    said = f"set_backend after the import: {printed or last}"
    yield "keras3-backend-fixed-at-import", bool(status) or printed.endswith("torch"), said

    asked = [each for each in requires("tensorflow") if each.startswith("keras")]
    status, printed, _ = run("import tensorflow as tf; print(tf.keras.__version__)", "tensorflow")
    said = f"TensorFlow asks for {asked[0] if asked else 'no Keras'}; tf.keras is {printed[-6:].strip()}"
    yield (
        "keras3-default-in-tf",
        ">=3" in "".join(asked) and printed.endswith(version("keras")),
        said,
    )

    _, printed, last = run(SAVED, "torch")
    lines = [line for line in printed.splitlines() if line.startswith(("open", "fixed"))]
    fails = len(lines) == 2 and not any(" ran" in line for line in lines)
    yield "keras-torch-savedmodel-none", fails, "; ".join(lines) or last
    _, printed, last = run(SAVED, "jax")
    lines = [line for line in printed.splitlines() if line.startswith(("open", "fixed"))]
    written = len(lines) == 2 and "after it was written" in lines[0]
    yield "jax-savedmodel-too-new", written and " ran" in lines[1], "; ".join(lines) or last


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
