# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0", "onnx==1.23.2", "onnxscript==0.7.2", "onnxruntime==1.32.0"]
# ///
"""From a PyTorch model to an ONNX file that ONNX Runtime runs, as the steps say."""

import inspect
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("torch", "onnx", "onnxscript", "onnxruntime")
DECIDES = (
    "torch-onnx-writes",
    "export-pytorch-to-onnx",
    "compare-onnx-of-pytorch",
    "check-providers",
    "pytorch-onnx-exporter",
    "pytorch-onnx-default-changed",
    "pytorch-onnx-needs-onnxscript",
    "pytorch-onnx-fixes-batch",
    "pytorch-onnx-two-files",
    "pytorch-onnx-opset-a-wish",
    "ort-lists-azure",
    "ort-providers-in-order",
    "ort-backward-compatible",
)

EXPORT = """\
torch.onnx.export(model.eval(), (example_input,), "model.onnx", dynamo=True,
                  dynamic_shapes=({0: "batch"},), external_data=False)
"""
COMPARE = """\
import onnxruntime
session = onnxruntime.InferenceSession("model.onnx")
for batch in (1, 3):
    x = torch.randn(batch, *example_input.shape[1:])
    outputs = session.run(None, {session.get_inputs()[0].name: x.numpy()})
    torch.testing.assert_close(torch.from_numpy(outputs[0]), model(x), rtol=1e-3, atol=1e-4)
"""
PROVIDERS = """\
import onnxruntime
onnxruntime.preload_dlls()
wanted = ["CUDAExecutionProvider", "CPUExecutionProvider"]
session = onnxruntime.InferenceSession("model.onnx", providers=wanted)
assert session.get_providers() == wanted, session.get_providers()
"""
WITHOUT_ONNXSCRIPT = """\
import sys, torch
sys.modules["onnxscript"] = None
torch.onnx.export(torch.nn.Linear(2, 2), (torch.randn(1, 2),), "none.onnx", dynamo=True)
"""


def unmet(command):
    """Return what an assertion of a command says; empty where it is met."""
    try:
        exec(command, {})
    except AssertionError as error:
        return str(error)
    return ""


def trained():
    """Return a small convolutional network after a few steps, and an example for it."""
    import torch

    torch.manual_seed(0)
    layers = torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8), torch.nn.ReLU()
    model = torch.nn.Sequential(*layers, torch.nn.Flatten(), torch.nn.Linear(8 * 14 * 14, 4))
    optimiser = torch.optim.SGD(model.parameters(), 0.01)
    for _ in range(3):
        loss = model(torch.randn(8, 3, 16, 16)).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return model, torch.randn(2, 3, 16, 16)


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import onnx
    import onnxruntime
    import torch

    model, example_input = trained()
    names = {"torch": torch, "model": model, "example_input": example_input}

    exec(EXPORT, names)
    files = sorted(path.name for path in Path().glob("model.onnx*"))
    yield "export-pytorch-to-onnx", files == ["model.onnx"], f"it wrote {' and '.join(files)}"

    with torch.no_grad():
        exec(COMPARE, names)
        model[-1].weight += 0.1
        try:
            exec(COMPARE, names)
            control = False
        except AssertionError:
            control = True
        model[-1].weight -= 0.1
    said = "batches of 1 and 3 gave the outputs of the model, and a changed weight was noticed"
    yield "compare-onnx-of-pytorch", control or None, said
    public = [name for name in dir(torch.onnx) if not name.startswith("_")]
    reads = [name for name in public if "import" in name.lower() or "load" in name.lower()]
    said = f"it wrote an ONNX graph that ran; what would read one, it has {', '.join(reads) or 'nothing'}"
    yield "torch-onnx-writes", not reads if control else None, said

    def refused(file, batch):
        session = onnxruntime.InferenceSession(file)
        try:
            session.run(None, {session.get_inputs()[0].name: torch.randn(batch, 3, 16, 16).numpy()})
        except Exception as error:
            return type(error).__name__
        return ""

    torch.onnx.export(model, (example_input,), "fixed.onnx", dynamo=True)
    fixed, own, opened = (
        refused("fixed.onnx", 3),
        refused("fixed.onnx", 2),
        refused("model.onnx", 3),
    )
    said = f"without dynamic_shapes a batch of 3 after an example of 2 ended in {fixed}"
    yield "pytorch-onnx-fixes-batch", bool(fixed and not own and not opened), said

    pair = sorted(path.name for path in Path().glob("fixed.onnx*"))
    Path("alone").mkdir()
    Path("alone/fixed.onnx").write_bytes(Path("fixed.onnx").read_bytes())
    try:
        onnxruntime.InferenceSession("alone/fixed.onnx")
        alone = "loaded"
    except Exception as error:
        alone = f"ended in {type(error).__name__}"
    said = f"it wrote {' and '.join(pair)}; the first alone {alone}"
    yield "pytorch-onnx-two-files", len(pair) == 2 and alone != "loaded", said

    defaults = inspect.signature(torch.onnx.export).parameters
    program = torch.onnx.export(model, (example_input,), dynamo=True)
    kind = type(program.exported_program).__name__
    yield "pytorch-onnx-exporter", kind == "ExportedProgram", f"what it exported was an {kind}"
    default = defaults["dynamo"].default
    yield "pytorch-onnx-default-changed", default is True, f"the default of dynamo is {default}"

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_ONNXSCRIPT], capture_output=True, text=True, check=False
    )
    last = done.stderr.strip().splitlines()[-1][:120]
    said = f"without onnxscript the export ended with: {last}"
    yield "pytorch-onnx-needs-onnxscript", bool(done.returncode and "onnxscript" in last), said

    got = {}
    for wanted in (9, 13, 17, 18, 20, 22):
        torch.onnx.export(model, (example_input,), "wish.onnx", dynamo=True, opset_version=wanted)
        got[wanted] = onnx.load("wish.onnx").opset_import[0].version
    missed = [f"{wanted} gave {came}" for wanted, came in got.items() if wanted != came]
    met = [str(wanted) for wanted, came in got.items() if wanted == came]
    said = f"of the operator sets asked for {', '.join(missed)}; {', '.join(met)} came as asked"
    yield "pytorch-onnx-opset-a-wish", bool(missed and met), said

    offered = onnxruntime.get_available_providers()
    missed = unmet(PROVIDERS)
    met = not unmet(PROVIDERS.replace('"CUDAExecutionProvider", ', ""))
    said = f"asked for CUDA where there is none it stopped with {missed or 'nothing'}; with the processor alone it went on"
    yield "check-providers", bool(missed) if met else None, said
    two = ["AzureExecutionProvider", "CPUExecutionProvider"]
    yield "ort-lists-azure", sorted(offered) == two, f"it listed {' and '.join(offered)}"
    unasked = onnxruntime.InferenceSession("model.onnx").get_providers()
    asked = onnxruntime.InferenceSession("model.onnx", providers=two[1:]).get_providers()
    said = f"without a list the session took {unasked}, asked for the processor alone {asked}"
    yield "ort-providers-in-order", asked == two[1:] and set(unasked) <= set(offered), said

    ran = []
    for opset in (7, 9, 11, 13, 15, 17, 19, 21):
        numbers = onnx.TensorProto.FLOAT
        node = onnx.helper.make_node("Relu", ["x"], ["y"])
        ends = [[onnx.helper.make_tensor_value_info(n, numbers, [2])] for n in ("x", "y")]
        graph = onnx.helper.make_graph([node], "relu", *ends)
        versions = [onnx.helper.make_opsetid("", opset)]
        old = onnx.helper.make_model(graph, opset_imports=versions, ir_version=8)
        session = onnxruntime.InferenceSession(old.SerializeToString())
        (y,) = session.run(None, {"x": torch.tensor([-1.0, 2.0]).numpy()})
        ran += [str(opset)] if y.tolist() == [0, 2] else []
    said = f"a file of one operator ran in operator sets {', '.join(ran)}"
    yield "ort-backward-compatible", len(ran) == 8, said


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
