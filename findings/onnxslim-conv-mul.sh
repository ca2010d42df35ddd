#!/usr/bin/env bash
# onnxslim multiplies the channels of a convolution by what the model multiplies its columns by, where there are as many of both.
#
# Versions   onnxslim 0.1.98, onnxsim 0.8.1, onnx 1.23.2, onnxruntime 1.32.0, numpy 2.4.6, Python 3.11
# Behaviour  1. Conv or ConvTranspose, then Mul by a constant that lies along the columns, the rows or the steps of a sequence (a window,
#               a mask, a positional weight). If the constant has as many entries as the convolution has channels, onnxslim.slim folds it
#               into the kernel of each channel and takes the Mul away.
#            2. A batch of a size that is left open, and an Expand that repeats a batch of 1 to 3: the file wants batches of 3.
# Output     4 channels, 4 columns, image and kernels of ones, constant 1, 2, 3, 4: the second channel is 1, 2, 3, 4 in each row, slimmed 2, 2, 2, 2
#            5 columns, or a factor for each channel: right; Add in place of Mul: right; onnxsim and ONNX Runtime's optimiser: right
#            the open batch: "Got: 1 Expected: 3"
# Surprise   Whether the numbers change depends on the size of the image alone. The shape stays right.
# Known      Looked in vain in the issues of inisis/OnnxSlim for Conv with Mul; its pass for Conv with Add looks where the constant lies.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet onnxslim==0.1.98 onnxsim==0.8.1 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import numpy as np
import onnx
import onnxruntime
import onnxsim
import onnxslim
from onnx import helper, numpy_helper

plain = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
best = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL


def built(nodes, shape, fixed):
    inputs = [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, shape)]
    fixed = [numpy_helper.from_array(np.array(each), name) for name, each in fixed.items()]
    graph = helper.make_graph(nodes, "one", inputs, [helper.make_empty_tensor_value_info("y")], fixed)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    model = onnx.shape_inference.infer_shapes(model, strict_mode=True)
    onnx.checker.check_model(model, full_check=True)
    return model


def run(model, x, level=plain):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = level
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


def compared(title, factor, columns=4, kind="Conv", then="Mul", wrong=False, steps=False):
    """A convolution by ones into four channels, and a factor; NumPy gives the right answer."""
    x = np.ones((1, 1, columns) if steps else (1, 1, columns, columns), dtype=np.float32)
    kernel = np.ones(((4, 1) if kind == "Conv" else (1, 4)) + (1,) * (x.ndim - 2), dtype=np.float32)
    factor = factor.astype(np.float32)
    nodes = [helper.make_node(kind, ["x", "kernel"], ["channels"]), helper.make_node(then, ["channels", "factor"], ["y"])]
    model = built(nodes, x.shape, {"kernel": kernel, "factor": factor})
    ones = np.ones((1, 4) + x.shape[2:], dtype=np.float32)
    right = ones * factor if then == "Mul" else ones + factor
    slim = run(onnxslim.slim(model), x)
    print(title, "is", right[0, 1].ravel()[:4].tolist(), "slimmed", slim[0, 1].ravel()[:4].tolist())
    for given in (run(model, x), run(model, x, best), run(onnxsim.simplify(model)[0], x)):
        assert np.array_equal(given, right)
    assert np.array_equal(slim, right) != wrong, "onnxslim looks where the constant lies now"
    if wrong:
        assert np.array_equal(slim, ones * np.arange(1, 5).reshape((1, 4) + (1,) * (x.ndim - 2)))


row = np.arange(1, 5)
compared("columns", row, wrong=True)
compared("rows", row.reshape(4, 1), wrong=True)
compared("steps", row, wrong=True, steps=True)
compared("columns of ConvTranspose", row, kind="ConvTranspose", wrong=True)
compared("5 columns", np.arange(1, 6), columns=5)
compared("channels", row.reshape(4, 1, 1))
compared("columns added", row, then="Add")

repeat = built([helper.make_node("Expand", ["x", "shape"], ["y"])], ["batch", 2], {"shape": [3, 2]})
one = np.array([[1.0, 2.0]], dtype=np.float32)
assert np.array_equal(run(repeat, one), np.repeat(one, 3, axis=0))
assert np.array_equal(run(onnxsim.simplify(repeat)[0], one), np.repeat(one, 3, axis=0))
try:
    run(onnxslim.slim(repeat), one)
except Exception as error:
    print(next(line for line in str(error).splitlines() if "Expected" in line).strip())
else:
    raise SystemExit("the batch stays open now")
PY
