# /// script
# requires-python = "==3.12.*"
# dependencies = ["tensorflow==2.21.0", "tf2onnx==1.17.0", "onnx==1.23.2", "onnxruntime==1.32.0"]
# ///
"""From a graph of TensorFlow 1 style to an ONNX file by tf2onnx, as the steps say, and such graphs on several servers."""

import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("tensorflow", "tf2onnx", "onnx", "onnxruntime")
DECIDES = (
    "export-tensorflow1-graph-for-tf2onnx",
    "compare-onnx-of-tensorflow1",
    "tf1-graph-to-onnx",
    "tf2onnx-changes-values",
    "export-a-tensorflow1-savedmodel",
    "compare-the-tensorflow1-savedmodel",
    "tf1-savedmodel-same-outputs",
    "tf1-spreads-by-sessions",
)
os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3"}

EXPORT = """\
tf.compat.v1.saved_model.simple_save(session, "saved_model", inputs={"input": x}, outputs={"output": y})
"""
CONVERT = "python -m tf2onnx.convert --saved-model saved_model --output model.onnx"
COMPARE = """\
import numpy as np, onnxruntime, tensorflow as tf
served = tf.saved_model.load("saved_model").signatures["serving_default"]
session = onnxruntime.InferenceSession("model.onnx")
for batch in (1, 3):
    x = np.random.rand(batch, *session.get_inputs()[0].shape[1:]).astype("float32")
    (wanted,) = served(tf.constant(x)).values()
    (outputs,) = session.run(None, {session.get_inputs()[0].name: x})
    np.testing.assert_allclose(outputs, wanted, rtol=1e-3, atol=1e-4)
"""
SAVE = """\
tf.compat.v1.saved_model.simple_save(session, "models/my_model/1", inputs={"input": x}, outputs={"output": y})
"""
COMPARE_SAVED = """\
import numpy as np
served = tf.compat.v1.Session(graph=tf.Graph())
with served.graph.as_default():
    tf.compat.v1.saved_model.load(served, ["serve"], "models/my_model/1")
for batch in (1, 3):
    values = np.random.rand(batch, *x.shape.as_list()[1:]).astype("float32")
    wanted = session.run(y, {x: values})
    np.testing.assert_allclose(served.run(y.name, {x.name: values}), wanted, rtol=1e-3, atol=1e-4)
"""


def compared(command=COMPARE, **names):
    """Say how a file compares with the model: `same`, or the name of what went wrong."""
    try:
        exec(command, names)
    except Exception as error:
        return type(error).__name__
    return "same"


def spread():
    """Train one table from two workers, as TensorFlow 1 does; give where it lies, the first and the last loss."""
    import numpy as np
    import tensorflow as tf

    v1 = tf.compat.v1
    free = [socket.create_server(("localhost", 0)) for _ in range(3)]
    first, *others = (f"localhost:{each.getsockname()[1]}" for each in free)
    for each in free:
        each.close()
    cluster = {"ps": [first], "worker": others}
    jobs = (("ps", 0), ("worker", 0), ("worker", 1))
    servers = [tf.distribute.Server(cluster, job, number) for job, number in jobs]
    sessions, fed = [], {"ids:0": np.arange(8), "wanted:0": np.ones((8, 4))}
    for number in (0, 1):
        here = v1.train.replica_device_setter(
            cluster=cluster, worker_device=f"/job:worker/task:{number}"
        )
        with tf.Graph().as_default() as graph, v1.device(here):
            table = v1.get_variable("table", [1000, 4], initializer=v1.zeros_initializer())
            ids = v1.placeholder(tf.int32, [None], name="ids")
            wanted = v1.placeholder(tf.float32, [None, 4], name="wanted")
            loss = tf.reduce_mean((tf.nn.embedding_lookup(table, ids) - wanted) ** 2, name="loss")
            v1.train.GradientDescentOptimizer(0.5).minimize(loss, name="train")
            begin = v1.global_variables_initializer()
        sessions.append(v1.Session(servers[number + 1].target, graph=graph))
        if number == 0:
            sessions[0].run(begin)
    losses = [sessions[turn % 2].run(["loss:0", "train"], fed)[0] for turn in range(20)]
    return table.device, losses[0], losses[-1]


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import tensorflow as tf

    def write(seed):
        """Write two dense layers with variables, from a session, as TensorFlow 1 has them."""
        v1 = tf.compat.v1
        with tf.Graph().as_default(), v1.Session() as session:
            v1.set_random_seed(seed)
            x = v1.placeholder(tf.float32, [None, 4], name="x")
            hidden = tf.nn.relu(tf.matmul(x, v1.get_variable("first", [4, 8])))
            y = tf.nn.softmax(tf.matmul(hidden, v1.get_variable("second", [8, 3])))
            session.run(v1.global_variables_initializer())
            names = {"tf": tf, "session": session, "x": x, "y": y}
            exec(EXPORT, names)
            if not os.path.exists("models"):
                exec(SAVE, names)
            return compared(COMPARE_SAVED, **names)

    saved = write(1)
    there = os.path.exists("saved_model/saved_model.pb")
    yield "export-tensorflow1-graph-for-tf2onnx", there, "it wrote saved_model"
    done = subprocess.run(["bash", "-c", CONVERT], capture_output=True, check=False)
    result = compared()
    os.rename("saved_model", "first")
    other = write(2)
    noticed = compared() == "AssertionError"
    there = os.path.exists("models/my_model/1/saved_model.pb")
    yield "export-a-tensorflow1-savedmodel", there, "it wrote models/my_model/1"
    said = (
        f"batches of 1 and 3 gave the outputs of the session: {saved}; with other weights: {other}"
    )
    for name in ("compare-the-tensorflow1-savedmodel", "tf1-savedmodel-same-outputs"):
        yield name, saved == "same" if other == "AssertionError" else None, said
    said = "batches of 1 and 3 gave the outputs of the model, and other weights were noticed"
    yield "compare-onnx-of-tensorflow1", result == "same" if noticed else None, said
    said = f"tf2onnx ended with {done.returncode}; the outputs of two dense layers were {result}"
    yield "tf1-graph-to-onnx", result == "same" if noticed else None, said

    import numpy as np
    import onnxruntime

    os.rename("saved_model", "second")
    numbers = np.array([[-7, 7, 8]], "int32")
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        x = tf.compat.v1.placeholder(tf.int32, [None, 3], name="x")
        y = x // 2
        wanted = session.run(y, {x: numbers})
        exec(EXPORT, {"tf": tf, "session": session, "x": x, "y": y})
    done = subprocess.run(["bash", "-c", CONVERT], capture_output=True, check=False)
    file = onnxruntime.InferenceSession("model.onnx")
    (got,) = file.run(None, {file.get_inputs()[0].name: numbers})
    right = got[0, 1:].tolist() == wanted[0, 1:].tolist()
    said = f"-7 // 2 is {wanted[0, 0]} in TensorFlow and {got[0, 0]} in the file; it ended with {done.returncode}"
    yield "tf2onnx-changes-values", got[0, 0] != wanted[0, 0] if right else None, said

    where, before, after = spread()
    said = f"two workers took turns at a table on {where}; the loss went from {before:.2f} to {after:.2f}"
    yield "tf1-spreads-by-sessions", "ps" in where and after < before / 2, said


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
