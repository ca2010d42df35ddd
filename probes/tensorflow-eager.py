# /// script
# requires-python = "==3.12.*"
# dependencies = ["tensorflow==2.21.0", "keras==3.15.1", "tf-keras==2.21.0"]
# ///
"""What TensorFlow does line by line and in graphs: debugging, data, derivatives, several devices."""

import bdb
import contextlib
import json
import os
import pdb
import resource
import socket
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("tensorflow", "keras", "tf-keras")
DECIDES = (
    "debug-eagerly",
    "read-with-tf-data",
    "spread-with-a-strategy",
    "spread-keras-with-a-strategy",
    "tf-eager-default",
    "tf-function-opt-in",
    "tf-values-concrete",
    "tf-session-v1-only",
    "tf-layers-v1-only",
    "tf-gradient-tape",
    "tf-math-functions",
    "tf-eager-python-debugger",
    "tf-run-functions-eagerly",
    "tf-run-eagerly-not-in-tf-data",
    "tf-data-debug-mode",
    "tf-data-pipelines",
    "tf-distribute-strategy",
    "keras-mirrored-on-tensorflow",
    "tf-strategies-copy-variables",
    "keras-distribution-idle-on-tensorflow",
    "keras-fit-fails-over-machines",
)
os.environ |= {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}

EAGERLY = """\
tf.config.run_functions_eagerly(True)
"""
READ = """\
dataset = dataset.map(prepare, num_parallel_calls=tf.data.AUTOTUNE).batch(64).prefetch(tf.data.AUTOTUNE)
"""
SPREAD = """\
with tf.distribute.MirroredStrategy().scope():
    model = build_model()
    model.compile(optimizer, loss)
"""
SPREAD_KERAS = """\
with tf.distribute.MirroredStrategy().scope():
    model = build_model()
    model.compile(optimizer, loss)
"""
MACHINE = """\
import keras, numpy as np, tensorflow as tf, tf_keras
keras.utils.disable_interactive_logging()
strategy = tf.distribute.MultiWorkerMirroredStrategy()
x = np.random.default_rng(0).random((64, 4)).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, x.sum(1, keepdims=True))).batch(64)

def made(k):
    with strategy.scope():
        model = k.Sequential([k.layers.Input((4,)), k.layers.Dense(1)])
        model.compile(k.optimizers.SGD(0.1), "mse")
        return model

try:
    made(keras).fit(data)
    by_fit = "trained"
except Exception as error:
    by_fit = type(error).__name__
model = made(keras)
with strategy.scope():
    model.optimizer.build(model.trainable_variables)

@tf.function
def step(inputs):
    def own(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum((model(x) - y) ** 2) / 64
        gradients = tape.gradient(loss, model.trainable_variables)
        model.optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss, tf.shape(x)[0]
    return [strategy.reduce("sum", each, axis=None) for each in strategy.run(own, args=inputs)]

steps = [[float(v) for v in step(b)] for _ in range(3) for b in strategy.experimental_distribute_dataset(data)]
old = made(tf_keras).fit(data, epochs=3, verbose=0).history["loss"]
print("\\n", by_fit, steps[-1][0] < steps[0][0], int(steps[0][1]), old[-1] < old[0])
"""


def over_machines():
    """Run a script as on two machines; give what the first of them printed last."""
    free = [socket.socket() for _ in range(2)]
    for each in free:
        each.bind(("localhost", 0))
    workers = [f"localhost:{each.getsockname()[1]}" for each in free]
    for each in free:
        each.close()
    both = []
    for index in range(2):
        told = {"cluster": {"worker": workers}, "task": {"type": "worker", "index": index}}
        where = {**os.environ, "TF_CONFIG": json.dumps(told)}
        run = [sys.executable, "-c", MACHINE]
        both.append(subprocess.Popen(run, env=where, stdout=-1, stderr=-1, text=True))
    try:
        printed = [each.communicate(timeout=400) for each in both]
    except subprocess.TimeoutExpired:
        return "nothing in 400 seconds"
    finally:
        for each in both:
            each.kill()
    return (printed[0][0].strip() or printed[0][1].strip()[-150:]).splitlines()[-1].strip()


class Stops(pdb.Pdb):
    """A debugger that looks at a value where it stops, as a person would."""

    found = None

    def user_line(self, frame):
        if self.break_here(frame):
            value = frame.f_locals["doubled"]
            self.found = type(value).__name__, float(value) if hasattr(value, "numpy") else None
        self.set_continue()


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import keras
    import numpy as np
    import tensorflow as tf

    keras.utils.disable_interactive_logging()
    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    total = tf.add(1, 2)
    yield "tf-eager-default", tf.executing_eagerly() and int(total) == 3, "1 + 2 was 3 at once"
    branch = "positive" if tf.constant(2.0) > 1 else "negative"
    yield "tf-values-concrete", branch == "positive", "an if of Python decided by a tensor's value"

    def double(x):
        doubled = x * 2
        return doubled + 1

    line = double.__code__.co_firstlineno + 2

    def stopped(function):
        debugger = Stops(stdout=open(os.devnull, "w"), nosigint=True, readrc=False)
        debugger.set_break(__file__, line)
        with contextlib.suppress(bdb.BdbQuit):
            debugger.runcall(function, tf.constant(2.0))
        return debugger.found

    eager, graph = stopped(double), stopped(tf.function(double))
    said = f"pdb stopped and showed {eager[1]}"
    yield "tf-eager-python-debugger", eager == ("EagerTensor", 4.0), said
    said = f"plain, a breakpoint saw a value; under tf.function {'one of a graph' if graph else 'it was never reached'}"
    yield "tf-function-opt-in", eager[0] == "EagerTensor" and (not graph or graph[1] is None), said

    seen = []

    def watched(x):
        seen.append(hasattr(x, "numpy"))
        return x + 1

    rows = tf.data.Dataset.range(2)
    list(rows.map(watched))
    tf.function(watched)(tf.constant(1))
    before = list(seen)
    seen.clear()
    exec(EAGERLY, {"tf": tf})
    tf.function(watched)(tf.constant(1))
    inside = list(seen)
    after = stopped(tf.function(double))
    said = f"afterwards a breakpoint in a tf.function showed {after and after[1]}"
    good = inside == [True] and after == ("EagerTensor", 4.0) and not any(before)
    yield "debug-eagerly", good, said
    yield "tf-run-functions-eagerly", good, said
    seen.clear()
    list(rows.map(watched))
    said = "a function given to tf.data still saw no values"
    yield "tf-run-eagerly-not-in-tf-data", not any(seen) if good else None, said
    tf.config.run_functions_eagerly(run_eagerly=False)

    missing = [name for name in ("Session", "placeholder", "layers") if not hasattr(tf, name)]
    old = hasattr(tf.compat.v1, "Session") and hasattr(tf.compat.v1, "placeholder")
    said = f"tf has no {', '.join(missing)}; tf.compat.v1 has Session and placeholder"
    yield "tf-session-v1-only", len(missing) == 3 and old, said
    yield "tf-layers-v1-only", not hasattr(tf, "layers") and hasattr(tf.keras.layers, "Dense"), said

    x = tf.Variable(1.5)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as tape:
            y = tf.sin(x) * x**2
        first = tape.gradient(y, x)
    second = outer.gradient(first, x)
    a = 1.5
    exact = np.cos(a) * a**2 + 2 * a * np.sin(a), (2 - a**2) * np.sin(a) + 4 * a * np.cos(a)
    off = max(abs(float(first) - exact[0]), abs(float(second) - exact[1]))
    yield "tf-gradient-tape", off < 1e-4, f"first and second derivative were right to {off:.0e}"
    off = max(
        abs(float(getattr(tf, f)(a)) - getattr(np, f)(a)) for f in ("sin", "cos", "tan", "exp")
    )
    yield "tf-math-functions", off < 1e-4, f"sin, cos, tan and exp were right to {off:.0e}"

    def prepare(value):
        return tf.cast(value, tf.float32) / 2

    names = {"tf": tf, "prepare": prepare, "dataset": tf.data.Dataset.range(200)}
    exec(READ, names)
    batches = [batch.numpy() for batch in names["dataset"]]
    every = np.concatenate(batches).tolist() == [n / 2 for n in range(200)]
    said = f"200 values came prepared, in order, in {len(batches)} batches of up to 64"
    yield "read-with-tf-data", every and len(batches) == 4, said
    cached = names["dataset"].cache()
    again = [np.concatenate(list(cached.as_numpy_iterator())).sum() for _ in range(2)]
    yield "tf-data-pipelines", every and again[0] == again[1], f"{said}; cached, a second time too"

    inputs, targets = np.ones((64, 4), "float32"), np.ones((64, 1), "float32")

    def build_model():
        return keras.Sequential([keras.layers.Input((4,)), Looks(), keras.layers.Dense(1)])

    shares = []

    class Looks(keras.layers.Layer):
        def call(self, value):
            context = tf.distribute.get_replica_context()
            name = context.replica_id_in_sync_group if context else 0
            tf.py_function(lambda v, n: shares.append((int(n), len(v))), [value, name], [])
            return value

    names = {"tf": tf, "build_model": build_model, "optimizer": "sgd", "loss": "mse"}
    two = tf.distribute.MirroredStrategy
    tf.distribute.MirroredStrategy = lambda: two(["CPU:0", "CPU:1"])
    for step, code in (
        ("spread-with-a-strategy", SPREAD),
        ("spread-keras-with-a-strategy", SPREAD_KERAS),
    ):
        exec(code, names)
        shares.clear()
        history = (
            names["model"].fit(inputs, targets, batch_size=64, epochs=2, verbose=0).history["loss"]
        )
        split = {size for _, size in shares}
        said = f"on two logical devices each had {sorted(split)} of 64 rows, and the loss fell"
        fine = split == {32} and history[-1] < history[0]
        yield step, fine, said
    yield "keras-mirrored-on-tensorflow", fine, said
    yield "tf-distribute-strategy", fine, said
    weight = names["model"].weights[0].value
    shapes = [tuple(copy.shape) for copy in weight.values]
    said = f"a weight of shape {tuple(weight.shape)} lay on the two devices in the shapes {shapes}"
    yield "tf-strategies-copy-variables", shapes == 2 * [tuple(weight.shape)], said

    keras.distribution.set_distribution(
        keras.distribution.DataParallel(devices=["cpu:0", "cpu:1"], auto_shard_dataset=False)
    )
    shares.clear()
    model = build_model()
    model.compile("sgd", "mse")
    model.fit(inputs, targets, batch_size=64, verbose=0)
    said = f"the model saw batches of {sorted({size for _, size in shares})} rows, without an error"
    yield "keras-distribution-idle-on-tensorflow", {size for _, size in shares} == {64}, said

    printed = over_machines()
    said = f"two processes: fit, falling loss of an own step, rows of a step, falling loss of tf-keras: {printed}"
    yield "keras-fit-fails-over-machines", printed == "ValueError True 64 True", said

    tf.data.experimental.enable_debug_mode()
    seen.clear()
    list(tf.data.Dataset.range(2).map(watched))
    yield "tf-data-debug-mode", any(seen), "in debug mode a function given to tf.data saw values"


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
