# /// script
# requires-python = "==3.12.*"
# dependencies = ["tensorflowjs==4.22.0", "tensorflow==2.19.0", "keras==3.15.1", "ydf==0.13.0", "setuptools==80.9.0", "onnx==1.17.0"]
# ///
"""TensorFlow.js: whether its converter starts, what it writes that loads, and running in Node.js."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("tensorflowjs", "tensorflow", "keras", "ydf")
DECIDES = (
    "tfjs-converter-does-not-start",
    "tfjs-works",
    "tfjs-loads-no-keras3-layers",
    "ort-javascript",
    "transformersjs-on-ort",
)
NODE = """\
import * as tf from '@tensorflow/tfjs';
import fs from 'node:fs';
function files(folder) {
  const told = JSON.parse(fs.readFileSync(folder + '/model.json'));
  const parts = told.weightsManifest.flatMap(g => g.paths).map(p => fs.readFileSync(folder + '/' + p));
  const weights = new Uint8Array(Buffer.concat(parts)).buffer;
  return tf.io.fromMemory({...told, weightSpecs: told.weightsManifest.flatMap(g => g.weights), weightData: weights});
}
const x = tf.tensor2d(JSON.parse(fs.readFileSync('x.json')));
const told = {};
const graph = await tf.loadGraphModel(files('graph'));
told.graph = Array.from(graph.predict(x).dataSync());
for (const name of ['layers-keras', 'layers-h5']) {
  try { (await tf.loadLayersModel(files(name))).predict(x); told[name] = 'loaded'; }
  catch (error) { told[name] = error.message.slice(0, 90); }
}
const small = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});
small.compile({loss: 'meanSquaredError', optimizer: tf.train.sgd(0.1)});
const a = tf.tensor2d([[0], [1], [2], [3]]);
const history = await small.fit(a, a.mul(2).add(1), {epochs: 150, verbose: 0});
told.losses = [history.history.loss[0], history.history.loss.at(-1)];
console.log(JSON.stringify(told));
"""
WEB = """\
import * as ort from 'onnxruntime-web';
import fs from 'node:fs';
const session = await ort.InferenceSession.create(new Uint8Array(fs.readFileSync('model.onnx')));
const input = new ort.Tensor('float32', Float32Array.from([1, 2, 3, 4]), [1, 4]);
console.log([...(await session.run({x: input})).y.data].join(' '));
"""


def bash(code):
    """Run lines in bash; a network that fails is no verdict."""
    done = subprocess.run(["bash", "-ec", code], capture_output=True, text=True, check=False)
    if any(
        word in done.stderr for word in ("ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN", "Could not connect")
    ):
        raise OSError(done.stderr.strip().splitlines()[-1][:120])
    return done


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    if not shutil.which("npm"):
        raise OSError("no npm on this machine")
    uv = os.environ.get("UV", "uv")
    fresh = bash(
        f"env -u VIRTUAL_ENV {uv} run -q --isolated --no-project --python 3.12 --with tensorflowjs==4.22.0 "
        "tensorflowjs_converter --version"
    )
    started = bash("tensorflowjs_converter --version")
    last = fresh.stderr.strip().splitlines()[-1][:160] if fresh.returncode else "it started"
    said = f"the fresh install ended in {last}; with ydf 0.13.0 and setuptools 80.9.0 it {'started' if not started.returncode else 'did not start'}"
    yield "tfjs-converter-does-not-start", bool(fresh.returncode) and not started.returncode, said

    os.environ |= {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_USE_LEGACY_KERAS": "0",
        "KERAS_BACKEND": "tensorflow",
    }
    import keras
    import numpy as np

    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).random((3, 6), "float32")
    model = keras.Sequential(
        [keras.Input((6,)), keras.layers.Dense(5, "relu"), keras.layers.Dense(2)]
    )
    right = model.predict(x, verbose=0)
    model.save("model.keras")
    model.save("model.h5")
    model.export("saved")
    with open("x.json", "w") as file:
        json.dump(x.tolist(), file)
    with open("run.mjs", "w") as file:
        file.write(NODE)
    bash("tensorflowjs_converter --input_format=tf_saved_model saved graph")
    bash(
        "tensorflowjs_converter --input_format=keras_keras --output_format=tfjs_layers_model model.keras layers-keras"
    )
    bash("tensorflowjs_converter --input_format=keras model.h5 layers-h5")
    bash("npm init -y >/dev/null; npm install @tensorflow/tfjs@4.22.0 onnxruntime-web@1.30.0")
    done = bash("node run.mjs")
    if done.returncode:
        yield "tfjs-works", False, done.stderr.strip()[-150:]
    else:
        told = json.loads(done.stdout.splitlines()[-1])
        out = np.array(told["graph"]).reshape(right.shape)
        off, noticed = float(abs(out - right).max()), float(abs(out - right[::-1]).max()) > 1e-4
        first, last = told["losses"]
        said = f"in Node.js a converted SavedModel was off by {off:.0e}, and a layer trained there from a loss of {first:.2f} to {last:.4f}"
        yield "tfjs-works", off < 1e-5 and last < first / 100 if noticed else None, said
        files = [told[name] for name in ("layers-keras", "layers-h5")]
        said = f"the SavedModel loaded as a graph model; as layers models the .keras file: {files[0]}; the .h5 file: {files[1]}"
        yield "tfjs-loads-no-keras3-layers", "loaded" not in files and off < 1e-5, said

    import onnx

    weights = np.arange(12, dtype="float32").reshape(4, 3)
    ends = [
        [onnx.helper.make_tensor_value_info(n, 1, s)] for n, s in (("x", [1, 4]), ("y", [1, 3]))
    ]
    nodes = [onnx.helper.make_node("MatMul", ["x", "w"], ["y"])]
    graph = onnx.helper.make_graph(nodes, "g", *ends, [onnx.numpy_helper.from_array(weights, "w")])
    opset = [onnx.helper.make_opsetid("", 17)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=opset, ir_version=8), "model.onnx")
    with open("web.mjs", "w") as file:
        file.write(WEB)
    done = bash("node web.mjs")
    wanted = " ".join(str(int(v)) for v in np.array([1, 2, 3, 4]) @ weights)
    got = done.stdout.strip() or done.stderr.strip()[-100:]
    yield (
        "ort-javascript",
        got == wanted,
        f"onnxruntime-web 1.30.0 gave {got} from JavaScript in Node.js, and {wanted} is right",
    )

    needs = json.loads(
        bash("npm view @huggingface/transformers version dependencies --json").stdout
    )
    runtimes = {n: v for n, v in needs["dependencies"].items() if n.startswith("onnxruntime-")}
    said = f"Transformers.js {needs['version']} depends on " + ", ".join(
        f"{n} {v}" for n, v in runtimes.items()
    )
    yield (
        "transformersjs-on-ort",
        "onnxruntime-web" in runtimes and "onnxruntime-node" in runtimes,
        said,
    )


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
