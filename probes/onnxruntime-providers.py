# /// script
# requires-python = "==3.12.*"
# dependencies = ["onnxruntime==1.32.0", "onnx==1.23.2", "numpy==2.5.5"]
# ///
"""Which execution providers ONNX Runtime knows, and ONNX's converter between operator sets."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("onnxruntime", "onnx")
DECIDES = (
    "ort-providers-listed",
    "ort-hardware-providers",
    "onnx-version-converter",
    "ort-openvino",
    "ort-lists-what-it-was-built-with",
    "ort-packages-share-a-folder",
)
HARDWARE = ("CUDA", "Tensorrt", "CoreML", "Dml", "Nnapi", "QNN", "WebGpu", "WEBNN")
"""Names as the package gives them."""
ACCELERATORS = ("MIGraphX", "CoreML", "OpenVINO", "CUDA", "QNN")
GPU = """\
import json, sys
import onnxruntime
asked = ["CUDAExecutionProvider", "CPUExecutionProvider"]
session = onnxruntime.InferenceSession(sys.argv[1], providers=asked)
print(json.dumps([onnxruntime.get_available_providers(), session.get_providers()]))
"""
OPENVINO = """\
import json, sys
import numpy as np, onnxruntime
session = onnxruntime.InferenceSession(sys.argv[1], providers=["OpenVINOExecutionProvider"])
x = np.random.default_rng(0).random((2, 8), "float32")
print(json.dumps([session.get_providers(), session.run(None, {"x": x})[0].tolist(), onnxruntime.__version__]))
"""


def model(helper, opset):
    """Return a small network of an operator set."""
    import numpy as np
    from onnx import numpy_helper

    random = np.random.default_rng(1)
    ends = [[helper.make_tensor_value_info(n, 1, [2, s])] for n, s in (("x", 8), ("y", 4))]
    weights = numpy_helper.from_array(random.random((8, 4), "float32"), "w")
    nodes = [helper.make_node("MatMul", ["x", "w"], ["h"]), helper.make_node("Relu", ["h"], ["r"])]
    nodes.append(helper.make_node("Softmax", ["r"], ["y"], axis=1))
    graph = helper.make_graph(nodes, "g", *ends, [weights])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


def uv(*words):
    line = [os.environ.get("UV", "uv"), *words]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def alone(package, code):
    """Run a program on `model.onnx` in an environment with one package and NumPy."""
    with open("run.py", "w") as file:
        file.write(code)
    bare = "run", "--no-project", "--python", sys.executable
    return uv(*bare, "--with", package, "--with", "numpy==2.5.5", "run.py", "model.onnx")


def without_a_card():
    """Return what onnxruntime-gpu lists and takes where there is no card."""
    done = alone("onnxruntime-gpu==1.31.1", GPU)
    if done.returncode or shutil.which("nvidia-smi"):
        why = done.stderr.strip()[-150:] or "this machine has a card"
        return "ort-lists-what-it-was-built-with", None, f"not tried: {why}"
    listed, took = json.loads(done.stdout.splitlines()[-1])
    said = f"onnxruntime-gpu 1.31.1 without a card listed {', '.join(listed)}; asked for CUDA its session took {', '.join(took)}"
    idle = "CUDAExecutionProvider" in listed and took == ["CPUExecutionProvider"]
    return "ort-lists-what-it-was-built-with", idle, said


def after_a_removal():
    """Return whether a session opens after two packages were installed and one removed."""
    uv("venv", "--quiet", "--python", sys.executable, "both")
    python, both = "both/bin/python", ("onnxruntime==1.31.1", "onnxruntime-openvino==1.24.1")
    opens = [python, "-c", "import onnxruntime as o; o.InferenceSession('model.onnx')"]
    ended = []
    for words in (
        ("install", both[0], "numpy==2.5.5"),
        ("install", both[1]),
        ("uninstall", both[1]),
    ):
        done = uv("pip", *words, "--quiet", "--python", python)
        if done.returncode:
            return "ort-packages-share-a-folder", None, f"not tried: {done.stderr.strip()[-150:]}"
        done = subprocess.run(opens, capture_output=True, text=True, check=False)
        ended.append((done.stderr.strip().splitlines() or [""])[-1] if done.returncode else "")
    said = f"with {both[0]} alone a session opened; after {both[1]} was installed next to it and removed: {ended[-1] or 'it opened'}"
    return "ort-packages-share-a-folder", bool(ended[-1]) if not ended[0] else None, said


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import numpy as np
    import onnx
    import onnxruntime
    from onnx import helper, version_converter

    known = [name.removesuffix("ExecutionProvider") for name in onnxruntime.get_all_providers()]
    here = [
        name.removesuffix("ExecutionProvider") for name in onnxruntime.get_available_providers()
    ]
    said = f"the package knows {len(known)} providers by name: {', '.join(known)}; this build has {', '.join(here)}"
    edge = any("edgetpu" in name.lower() for name in known)
    yield "ort-providers-listed", {*ACCELERATORS, "CPU"} <= {*known} and not edge, said
    missing = {name.lower() for name in HARDWARE} - {name.lower() for name in known}
    yield (
        "ort-hardware-providers",
        not missing,
        f"{said}; not among them: {', '.join(sorted(missing)) or 'none of those named'}",
    )

    x = np.random.default_rng(0).random((2, 8), "float32")
    was = model(helper, 13)
    now = version_converter.convert_version(was, 21)
    outs = [
        onnxruntime.InferenceSession(m.SerializeToString()).run(None, {"x": x})[0]
        for m in (was, now)
    ]
    came = now.opset_import[0].version == 21 and bool(np.allclose(*outs))
    noticed = not np.allclose(outs[0], outs[1][::-1])
    try:
        version_converter.convert_version(now, 13)
        back = "came back"
    except RuntimeError as error:
        back = f"could not go back: {str(error).split(': ')[-1]}"
    said = f"a small network went from operator set 13 to 21 with the same outputs, and {back}"
    yield "onnx-version-converter", came if noticed else None, said

    # Another package takes the place of the plain one, so each gets an environment of its own.
    onnx.save(model(helper, 13), "model.onnx")
    yield without_a_card()
    yield after_a_removal()
    done = alone("onnxruntime-openvino==1.24.1", OPENVINO)
    if done.returncode:
        yield "ort-openvino", None, f"not tried: {done.stderr.strip()[-150:]}"
        return
    providers, out, number = json.loads(done.stdout.splitlines()[-1])
    right = onnxruntime.InferenceSession("model.onnx").run(None, {"x": x})[0]
    off = float(abs(np.array(out) - right).max())
    noticed = float(abs(np.array(out) - right[::-1]).max()) > 1e-4
    said = f"onnxruntime-openvino {number} ran a network by {providers[0]} on the processor, off by {off:.0e} from the plain package"
    yield (
        "ort-openvino",
        providers[0].startswith("OpenVINO") and off < 2e-2 if noticed else None,
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
