# /// script
# requires-python = "==3.12.*"
# dependencies = ["keras==3.15.1", "jax==0.12.0.1", "jaxlib==0.12.0.1", "jax2onnx==0.17.1", "onnxruntime==1.32.0"]
# ///
"""From Keras on JAX to an ONNX file with the model's outputs, as the steps say; what JAX and Keras do on it."""

import json
import os
import resource
import sys
import tempfile
import time
from importlib.metadata import requires, version

PACKAGES = ("keras", "jax", "jax2onnx", "onnxruntime")
DECIDES = (
    "export-keras-on-jax-to-onnx",
    "compare-onnx-of-keras-on-jax",
    "keras-jax-onnx-gaps",
    "keras-export-limits",
    "keras-distribution",
    "keras-distribution-jax",
    "spread-keras-on-jax",
    "keras-model-parallel-jax",
    "divide-keras-on-jax",
    "jax-derivatives",
    "jax-autodiff",
    "jax-extras",
    "keras-jax-savedmodel-by-jax2tf",
    "keras-mlx-none",
)
os.environ |= {"KERAS_BACKEND": "jax", "XLA_FLAGS": "--xla_force_host_platform_device_count=2"}

EXPORT = """\
spec = keras.InputSpec(shape=model.input_shape, dtype="float32")
model.export("model.onnx", format="onnx", input_signature=[spec])
"""
COMPARE = """\
import numpy as np, onnxruntime
session = onnxruntime.InferenceSession("model.onnx")
for batch in (1, 3):
    x = np.random.rand(batch, *model.input_shape[1:]).astype("float32")
    (outputs,) = session.run(None, {session.get_inputs()[0].name: x})
    np.testing.assert_allclose(outputs, model.predict(x), rtol=1e-3, atol=1e-4)
"""
SPREAD = "keras.distribution.set_distribution(keras.distribution.DataParallel())"
DIVIDE = """\
mesh = keras.distribution.DeviceMesh((1, len(keras.distribution.list_devices())), ["batch", "model"])
layout = keras.distribution.LayoutMap(mesh)
layout[".*large[^/]*/kernel"] = (None, "model")
keras.distribution.set_distribution(keras.distribution.ModelParallel(layout_map=layout, batch_dim_name="batch"))
"""


def ended(action, *arguments, **more):
    """Return the name and the first words of the error of an action; empty where it has none."""
    try:
        action(*arguments, **more)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).strip().splitlines()[0][:90]}"
    return ""


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import jax
    import jax.numpy as jnp
    import keras
    import numpy as np

    keras.utils.disable_interactive_logging()
    keras.utils.set_random_seed(0)
    layers, random = keras.layers, np.random.default_rng(0)
    parts = layers.Conv2D(8, 3, activation="relu"), layers.BatchNormalization(), layers.Flatten()
    model = keras.Sequential([layers.Input((16, 16, 3)), *parts, layers.Dense(4, "softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy")
    model.fit(random.random((64, 16, 16, 3), "float32"), random.integers(0, 4, 64))
    names = {"keras": keras, "model": model}
    exec(EXPORT, names)
    yield "export-keras-on-jax-to-onnx", os.path.exists("model.onnx"), "it wrote model.onnx"
    failed = ended(exec, COMPARE, names)
    weights = model.get_weights()
    model.set_weights([weight + 0.5 for weight in weights])
    noticed = ended(exec, COMPARE, names).startswith("AssertionError")
    model.set_weights(weights)
    said = (
        failed
        or "batches of 1 and 3 gave the outputs of the model, and changed weights were noticed"
    )
    yield "compare-onnx-of-keras-on-jax", not failed if noticed else None, said

    came = {}
    for name, shape, layer in (
        ("max pooling", (8, 8, 3), layers.MaxPooling2D()),
        ("a layer norm", (8,), layers.LayerNormalization()),
        ("a dense layer", (8,), layers.Dense(2)),
    ):
        names["model"] = keras.Sequential([layers.Input(shape), layer])
        came[name] = ended(exec, EXPORT, names) or ended(exec, COMPARE, names) or "same outputs"
    said = "; ".join(f"{name}: {result}" for name, result in came.items())
    gaps = came["max pooling"] != "same outputs" and came["a layer norm"] != "same outputs"
    yield "keras-jax-onnx-gaps", gaps if came["a dense layer"] == "same outputs" else None, said

    lite, package = (
        ended(model.export, "none", format=f, verbose=False) for f in ("litert", "torch")
    )
    said = f"from JAX a LiteRT file ended in {lite or 'a file'}, a PyTorch package in {package or 'a file'}"
    yield "keras-export-limits", bool(lite and package), said
    saved = ended(model.export, "saved", verbose=False)
    said = f"without TensorFlow the export of a SavedModel ended in {saved or 'a folder'}"
    yield "keras-jax-savedmodel-by-jax2tf", "tensorflow" in saved.lower(), said

    def looped(x):
        for _ in range(3):
            x = jnp.sin(x) * x if x > 0 else x
        return x

    third = jax.grad(jax.grad(jax.grad(lambda x: x**4)))(2.0)
    slope = (looped(1.1 + 1e-3) - looped(1.1 - 1e-3)) / 2e-3
    off = abs(float(jax.grad(looped)(1.1)) - float(slope))
    said = f"the third derivative of x**4 at 2 was {third:.0f}; through a loop with a branch off by {off:.0e}"
    yield "jax-autodiff", bool(third == 48 and off < 1e-2), said
    compiled = float(abs(jax.jit(lambda x: jnp.sin(x) * x)(1.1) - np.sin(1.1) * 1.1))
    yield (
        "jax-derivatives",
        bool(third == 48 and off < 1e-2 and compiled < 1e-5),
        f"{said}; compiled too",
    )
    extras = sorted(
        {each.split("extra ==")[1].strip(" \"'") for each in requires("jax") if "extra ==" in each}
    )
    devices = {device.platform for device in jax.devices()}
    wanted = {"cuda13", "tpu"} <= set(extras) and devices == {"cpu"}
    yield (
        "jax-extras",
        wanted,
        f"the plain package saw the processor; its extras are {', '.join(extras)}",
    )

    shares = []
    exec(SPREAD, {"keras": keras})

    class Looks(layers.Layer):
        def call(self, x):
            jax.debug.inspect_array_sharding(
                x, callback=lambda s: shares.append(s.shard_shape((16, 8)))
            )
            return x

    net = keras.Sequential([layers.Input((8,)), Looks(), layers.Dense(1)])
    net.compile("sgd", "mse")
    net.fit(random.random((16, 8), "float32"), random.random((16, 1), "float32"), batch_size=16)
    said = f"of a batch of 16 each of two devices had {sorted({s[0] for s in shares})} rows"
    halves = bool(shares) and all(s[0] == 8 for s in shares)
    yield "keras-distribution-jax", halves, said
    yield "spread-keras-on-jax", halves, said
    yield "keras-distribution", bool(shares), said

    parts, large = {}, ".*large[^/]*/kernel"
    for pattern in (large, "large.*kernel", ".*kernel"):
        exec(DIVIDE.replace(large, pattern), {"keras": keras})
        net = keras.Sequential([layers.Input((8,)), layers.Dense(64, name="large_1")])
        net.add(layers.Dense(4))
        net.compile("adam", "mse")
        net.fit(random.random((16, 8), "float32"), random.random((16, 4), "float32"))
        values = [
            each
            for each in [*net.weights, *net.optimizer.variables]
            if "large_1_kernel" in each.path.replace("/", "_")
        ]
        parts[pattern] = {v.value.sharding.shard_shape(v.shape)[1] / v.shape[1] for v in values}
    odd = ended(layers.Dense(3).build, (None, 8))
    said = "of a kernel and of what Adam keeps of it each of two devices had " + "; ".join(
        f"{', '.join(map(str, sorted(share)))} with the pattern {pattern}"
        for pattern, share in parts.items()
    )
    said = f"{said}; a kernel of width 3 ended in {odd or 'no error'}"
    yield "divide-keras-on-jax", parts[large] == {0.5}, said
    copied = parts["large.*kernel"] == {1.0}
    yield "keras-model-parallel-jax", parts[large] == {0.5} and copied and bool(odd), said

    os.environ["KERAS_BACKEND"] = "mlx"
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", "import keras"], capture_output=True, text=True, check=False
    )
    last = done.stderr.strip().splitlines()[-1][:90] if done.returncode else "it was imported"
    yield "keras-mlx-none", bool(done.returncode), f"with the backend mlx: {last}"


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
