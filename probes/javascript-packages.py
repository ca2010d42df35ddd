# /// script
# requires-python = "==3.12.*"
# dependencies = ["onnx==1.23.2", "numpy==2.5.5"]
# ///
"""The npm packages of the steps: what npm takes, and an ONNX file in Node.js."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("onnx",)
DECIDES = (
    "install-onnx-runtime-web",
    "install-litert-js",
    "call-onnx-from-node",
    "measured-ort-node",
    "ort-web",
    "ort-web-behind",
    "ort-node-package",
    "ort-react-native-package",
    "litertjs-package",
    "tfjs-npm-old",
    "tfjs-node-package",
    "executorch-react-native",
    "rn-fast-tflite",
)
WEB = "npm install onnxruntime-web"
LITERT = "npm install @litertjs/core"
NODE = "npm install onnxruntime-node --onnxruntime-node-install=skip"
CALL = """\
import * as ort from 'onnxruntime-node';
const session = await ort.InferenceSession.create('model.onnx');
const input = new ort.Tensor('float32', values, [1, 4]);
const results = await session.run({ [session.inputNames[0]]: input });
"""


def bash(code, folder):
    Path(folder).mkdir(exist_ok=True)
    done = subprocess.run(
        ["bash", "-ec", code], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode and any(
        word in done.stderr for word in ("ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN")
    ):
        raise OSError(done.stderr.strip().splitlines()[-1][:120])
    return done


def installed(folder, package):
    file = Path(folder) / "node_modules" / package / "package.json"
    return json.loads(file.read_text())["version"] if file.exists() else ""


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import numpy as np
    import onnx

    if not shutil.which("npm"):
        raise OSError("no npm on this machine")
    for step, command, package in (
        ("install-onnx-runtime-web", WEB, "onnxruntime-web"),
        ("install-litert-js", LITERT, "@litertjs/core"),
    ):
        done = bash(f"npm init -y >/dev/null; {command}", step)
        number = installed(step, package)
        wasm = len(list(Path(step, "node_modules", package).rglob("*.wasm")))
        said = f"npm brought {package} {number} with {wasm} WebAssembly files"
        yield step, done.returncode == 0 and wasm > 0, said
        claim = "ort-web" if "onnx" in step else "litertjs-package"
        wanted = "1.30.0" if "onnx" in step else "2.5.3"
        yield claim, number == wanted, said
    web = installed("install-onnx-runtime-web", "onnxruntime-web")

    bash(f"npm init -y >/dev/null; {NODE}", "node")
    number = installed("node", "onnxruntime-node")
    weights = np.arange(12, dtype="float32").reshape(4, 3)
    kind = onnx.TensorProto.FLOAT
    ends = [
        [onnx.helper.make_tensor_value_info(n, kind, s)] for n, s in (("x", [1, 4]), ("y", [1, 3]))
    ]
    nodes = [onnx.helper.make_node("MatMul", ["x", "w"], ["y"])]
    graph = onnx.helper.make_graph(nodes, "g", *ends, [onnx.numpy_helper.from_array(weights, "w")])
    opset = [onnx.helper.make_opsetid("", 17)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=opset, ir_version=8), "node/model.onnx")
    Path("node/run.mjs").write_text(
        f"{CALL.splitlines()[0]}\nconst values = Float32Array.from([1, 2, 3, 4]);\n"
        + "\n".join(CALL.splitlines()[1:])
        + "\nconsole.log([...results[session.outputNames[0]].data].join(' '));\n"
    )
    done = bash("node --version; node run.mjs", "node")
    node, *printed = done.stdout.split("\n")
    right = " ".join(str(int(v)) for v in np.array([1, 2, 3, 4]) @ weights)
    same = bool(printed) and printed[0].strip() == right
    said = f"onnxruntime-node {number} in Node.js {node} gave {printed[0] if printed else done.stderr[-80:]}"
    yield "call-onnx-from-node", same, f"{said}, and {right} is right"
    yield "measured-ort-node", same and number == "1.30.0", said
    yield "ort-node-package", same and number == "1.30.0", f"{said}, installed without CUDA's files"

    def newest(package):
        return bash(f"npm view {package} version", "view").stdout.strip()

    yield (
        "ort-web-behind",
        web == "1.30.0",
        f"npm brought onnxruntime-web {web}; pip's onnxruntime is seen by other probes",
    )
    for claim, package, wanted in (
        ("ort-react-native-package", "onnxruntime-react-native", "1.24.3"),
        ("tfjs-npm-old", "@tensorflow/tfjs", "4.22.0"),
        ("tfjs-node-package", "@tensorflow/tfjs-node", "4.22.0"),
        ("executorch-react-native", "react-native-executorch", "0.10.2"),
        ("rn-fast-tflite", "react-native-fast-tflite", "3.0.1"),
    ):
        number = newest(package)
        yield claim, number == wanted, f"npm's newest {package} is {number}"


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
