# /// script
# requires-python = "==3.12.*"
# dependencies = ["tensorflow==2.21.0", "keras==3.15.1", "ai-edge-litert==2.3.0", "tflite-micro==0.dev20261023182759", "litert-torch==0.10.0", "torch==2.14.1", "jax==0.12.0.1"]
# ///
"""TensorFlow's graphs and old code, and LiteRT: from three frameworks, on chips, and in training."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("tensorflow", "keras", "ai-edge-litert", "tflite-micro", "litert-torch", "torch", "jax")
DECIDES = (
    "tf-graph-optimised",
    "tf1-migration-guide",
    "litert-any-framework",
    "litert-micro-from-tensorflow",
    "litert-trains-on-devices",
)
OLD = """\
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 2])
w = tf.get_variable("w", [2, 1])
y = tf.contrib.layers.fully_connected(tf.matmul(x, w), 1)
session = tf.Session()
session.run(tf.global_variables_initializer())
"""
MICRO = """\
import sys, numpy as np
from tflite_micro import runtime
interpreter = runtime.Interpreter.from_file(sys.argv[1])
interpreter.set_input(np.load("micro.npy"), 0)
interpreter.invoke()
np.save("micro-out.npy", interpreter.get_output(0))
"""
TORCH = """\
import litert_torch, torch, numpy as np
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 3)).eval()
x = torch.from_numpy(np.load("x.npy"))
litert_torch.convert(net, (x,)).export("torch.tflite")
np.save("torch-right.npy", net(x).detach().numpy())
"""


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import numpy as np
    import tensorflow as tf
    from ai_edge_litert.interpreter import Interpreter
    from tensorflow.python.eager import context

    def nodes(**options):
        tf.config.optimizer.set_experimental_options(options)

        @tf.function
        def compute(a):
            weights = tf.eye(8) @ tf.ones((8, 8)) * 2.0
            return tf.transpose(tf.transpose(a @ weights)) + tf.reduce_sum(tf.zeros((8, 8)))

        context.enable_run_metadata()
        compute(tf.ones((2, 8)))
        graphs = context.export_run_metadata().function_graphs[-1]
        context.disable_run_metadata()
        return len(graphs.pre_optimization_graph.node), len(graphs.post_optimization_graph.node)

    before, after = nodes()
    off = nodes(disable_meta_optimizer=True)
    said = f"a function of {before} nodes ran as a graph of {after}; with the optimiser switched off as one of {off[1]}"
    yield "tf-graph-optimised", after < before if off[1] > after else None, said

    Path("old.py").write_text(OLD)
    Path("new.py").write_text("import tensorflow as tf\nprint(tf.ones((2, 2)) @ tf.ones((2, 2)))\n")
    for name in ("old", "new"):
        lines = ["tf_upgrade_v2", "--infile", f"{name}.py", "--outfile", f"{name}-2.py"]
        subprocess.run([*lines, "--reportfile", f"{name}.txt"], capture_output=True, check=False)
    made, report = Path("old-2.py").read_text(), Path("old.txt").read_text()
    same = Path("new-2.py").read_text() == Path("new.py").read_text()
    renamed = made.count("tf.compat.v1.")
    left = "tf.contrib" in made and "contrib" in report
    said = f"the script renamed {renamed} calls to tf.compat.v1 and left tf.contrib to be done by hand; code of version 2 stayed as it was"
    yield "tf1-migration-guide", renamed >= 4 and left if same else None, said

    import jax
    import jax.numpy as jnp
    import keras

    random = np.random.default_rng(0)
    x = random.random((1, 4), "float32")
    np.save("x.npy", x)
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((4,), batch_size=1), keras.layers.Dense(8, "tanh"), keras.layers.Dense(3)]
    )
    Path("keras.tflite").write_bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())
    w = jnp.asarray(random.random((4, 3), "float32"))

    def net(a):
        return jnp.tanh(a @ w)

    made = tf.lite.TFLiteConverter.experimental_from_jax([net], [[("a", x)]]).convert()
    Path("jax.tflite").write_bytes(made)
    done = subprocess.run(
        [sys.executable, "-c", TORCH], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise OSError(done.stderr.strip()[-150:])
    rights = {
        "keras": model.predict(x, verbose=0),
        "jax": np.asarray(jax.jit(net)(x)),
        "torch": np.load("torch-right.npy"),
    }

    def ran(file, value):
        interpreter = Interpreter(file)
        interpreter.allocate_tensors()
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], value)
        interpreter.invoke()
        return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])

    off = {
        name: float(abs(ran(f"{name}.tflite", x) - right).max()) for name, right in rights.items()
    }
    noticed = all(
        abs(ran(f"{name}.tflite", x + 1) - right).max() > 1e-3 for name, right in rights.items()
    )
    said = "files of TensorFlow, JAX and PyTorch ran in LiteRT, off by " + ", ".join(
        f"{value:.0e}" for value in off.values()
    )
    yield "litert-any-framework", max(off.values()) < 1e-5 if noticed else None, said

    def micro(name, network, rows):
        """Quantise a network to 8 bits and run it as a microcontroller would."""
        converter = tf.lite.TFLiteConverter.from_keras_model(network)
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: ([row[None]] for row in rows)
        Path(name).write_bytes(converter.convert())
        np.save("micro.npy", rows[:1])
        Path("micro-out.npy").unlink(missing_ok=True)
        lines = [sys.executable, "-c", MICRO, name]
        return subprocess.run(lines, capture_output=True, text=True, check=False)

    rows = random.random((64, 16, 3), "float32")
    chain = keras.Sequential(
        [
            keras.Input((16, 3), batch_size=1),
            keras.layers.Conv1D(8, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(4),
        ]
    )
    done = micro("chain.tflite", chain, rows)
    near = Path("micro-out.npy").exists()
    off = (
        float(abs(np.load("micro-out.npy") - chain.predict(rows[:1], verbose=0)).max())
        if near
        else 9
    )
    large = random.random((8, 6, 6, 6, 1), "float32")
    cube = keras.Sequential([keras.Input((6, 6, 6, 1), batch_size=1), keras.layers.Conv3D(2, 3)])
    refused = micro("cube.tflite", cube, large)
    missing = [
        line for line in (refused.stderr + refused.stdout).splitlines() if "op" in line.lower()
    ]
    size = Path("chain.tflite").stat().st_size
    said = f"a convolution over time, quantised to {size} bytes, ran in tflite-micro, off by {off:.3f}; one in three dimensions: {missing[0][:90] if missing else 'ran'}"
    yield (
        "litert-micro-from-tensorflow",
        near and off < 0.05 if refused.returncode > 0 else None,
        said,
    )

    class Trained(tf.Module):
        def __init__(self):
            super().__init__()
            self.w = tf.Variable(tf.zeros((2, 1)))

        @tf.function(input_signature=[tf.TensorSpec((8, 2)), tf.TensorSpec((8, 1))])
        def train(self, a, b):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((a @ self.w - b) ** 2)
            self.w.assign_sub(0.3 * tape.gradient(loss, self.w))
            return {"loss": loss}

        @tf.function(input_signature=[tf.TensorSpec((8, 2))])
        def infer(self, a):
            return {"out": a @ self.w}

    thing = Trained()
    signatures = {"train": thing.train, "infer": thing.infer}
    tf.saved_model.save(thing, "trained", signatures=signatures)
    converter = tf.lite.TFLiteConverter.from_saved_model("trained")
    converter.target_spec.supported_ops = [
        tf.lite.OpsSet.TFLITE_BUILTINS,
        tf.lite.OpsSet.SELECT_TF_OPS,
    ]
    converter.experimental_enable_resource_variables = True
    interpreter = tf.lite.Interpreter(model_content=converter.convert())
    a = random.random((8, 2), "float32")
    b = a @ np.array([[1.0], [-2.0]], "float32")
    train, infer = (interpreter.get_signature_runner(name) for name in ("train", "infer"))
    start = float(abs(infer(a=a)["out"] - b).max())
    losses = [float(train(a=a, b=b)["loss"]) for _ in range(300)]
    end = float(abs(infer(a=a)["out"] - b).max())
    said = f"by a signature of its own a file went on training under Linux: its loss fell from {losses[0]:.2f} to {losses[-1]:.4f} (a phone was not tried)"
    yield "litert-trains-on-devices", losses[-1] < losses[0] / 50 and end < start / 5, said


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
