# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0", "onnx==1.23.2", "onnxscript==0.7.2", "onnxruntime==1.32.0", "scikit-learn==1.9.1", "skl2onnx==1.20.0", "numpy==2.5.5"]
# ///
"""Converters that report success and change values: PyTorch's exporter, ONNX's tools, trees."""

import json
import os
import resource
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("torch", "onnx", "onnxscript", "onnxruntime", "scikit-learn", "skl2onnx")
DECIDES = (
    "pytorch-onnx-changes-values",
    "onnx-tools-change-values",
    "tree-converters-change-values",
    "ort-takes-many-frameworks",
    "onnx-format-portable",
)


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import numpy as np
    import onnx
    import onnxruntime
    import torch
    from onnx import TensorProto, helper, version_converter

    def ran(model, x):
        """Return the first output of a model for one input."""
        session = onnxruntime.InferenceSession(model)
        return session.run(None, {session.get_inputs()[0].name: x})[0]

    class Function(torch.nn.Module):
        def __init__(self, function):
            super().__init__()
            self.function = function

        def forward(self, x):
            return self.function(x)

    x, came = torch.tensor([-200.0, -1.0, 0.0, 3.0]), {}
    for name in ("logsigmoid", "silu"):
        function = getattr(torch.nn.functional, name)
        torch.onnx.export(Function(function).eval(), (x,), f"{name}.onnx", dynamo=True)
        came[name] = ran(f"{name}.onnx", x.numpy())[0], float(function(x)[0])
    exported, right = came["logsigmoid"]
    said = f"logsigmoid of -200 became {exported}, PyTorch gives {right:.0f}; silu came out right"
    control = abs(came["silu"][0] - came["silu"][1]) < 1e-4
    yield "pytorch-onnx-changes-values", abs(exported - right) > 1 if control else None, said

    def one(operator, opset):
        ends = [
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, [2, 3, 4])] for n in ("x", "y")
        ]
        graph = helper.make_graph([helper.make_node(operator, ["x"], ["y"])], "g", *ends)
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8
        )

    x, off = np.random.default_rng(0).random((2, 3, 4), "float32"), {}
    for operator in ("Hardmax", "Relu"):
        old = one(operator, 11)
        new = version_converter.convert_version(old, 13)
        onnx.checker.check_model(new)
        off[operator] = float(
            abs(ran(old.SerializeToString(), x) - ran(new.SerializeToString(), x)).max()
        )
    said = f"Hardmax converted from operator set 11 to 13 was off by {off['Hardmax']:.0f}, Relu by {off['Relu']:.0f}"
    yield "onnx-tools-change-values", off["Hardmax"] > 0 if off["Relu"] == 0 else None, said

    import skl2onnx
    from sklearn.linear_model import LogisticRegression
    from sklearn.tree import DecisionTreeClassifier

    random = np.random.default_rng(0)
    table = random.random((300, 4), "float32")
    labels = (table[:, 0] > 0.5).astype(int)
    missing = table.copy()
    low = labels == 0
    missing[low, 0] = np.where(random.random(low.sum()) < 0.6, np.nan, missing[low, 0])
    tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(missing, labels)
    line = LogisticRegression().fit(table, labels)
    agree = {}
    for name, model, rows in (
        ("tree", tree, missing),
        ("no NaN", tree, table),
        ("line", line, table),
    ):
        file = skl2onnx.to_onnx(model, table[:1]).SerializeToString()
        agree[name] = float((ran(file, rows) == model.predict(rows)).mean())
    said = f"of rows with NaN a tree's file gave {agree['tree']:.0%} as scikit-learn does, without NaN {agree['no NaN']:.0%}"
    yield "tree-converters-change-values", agree["tree"] < 1 if agree["no NaN"] == 1 else None, said
    said = "models of PyTorch and of scikit-learn came over and gave the same outputs"
    yield "ort-takes-many-frameworks", agree["line"] == 1 and control, said
    yield "onnx-format-portable", agree["line"] == 1 and control, said


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
