#!/usr/bin/env bash
# MNN converts ONNX norms and logarithmic sums over one axis into those of the whole tensor, and leaves out what four other operators say.
#
# Versions   mnn 3.6.1 (its converter and its CPU backend), onnx 1.23.2, onnxruntime 1.32.0, numpy 2.5.5 on Python 3.12
# Behaviour  1. ReduceL1, ReduceL2, ReduceSumSquare, ReduceLogSum and ReduceLogSumExp of opset 18 and newer, which have their axes as an
#               input: every axis is reduced. ReduceSum, ReduceMean, ReduceMax, and opset 17, which has an attribute: right.
#            2. GridSample with mode="cubic": bilinear; with padding_mode="reflection": the border is repeated.
#            3. Gemm with transA=1, square matrices, constant weights: the product transposed.
#            4. Shrink keeps small values below zero and drops the large ones.
#            5. Cast to bool keeps the whole part of the number.
# Output     the L2 norms of [[3, 4], [6, 8]] over the last axis: [5, 10]; MNN [11.2]
#            shrink(-2, -0.25, 2): -2, 0, 2; MNN 0, -0.25, 2; 2.75 as a bool: 1; MNN 2
# Surprise   The converter ends with success.
# Known      Looked in vain in the issues of alibaba/MNN for ReduceL2, axes and the modes of GridSample. openvinotoolkit/openvino issue 38238 is
#            the same fault the other way round, in opsets 13 to 17.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet mnn==3.6.1 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.5.5
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PY'
import subprocess
import sys

import MNN
import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

arguments = "mnnconvert -f ONNX --modelFile m.onnx --MNNModel m.mnn --bizCode x --keepInputFormat=1"
converter = f"import _tools; _tools.mnnconvert({arguments.split()})"


def both(kind, x, *constants, opset=18, **attributes):
    """What MNN and what ONNX Runtime return for one node of one input."""
    x = np.array(x, dtype=np.float32)
    fixed = [numpy_helper.from_array(np.array(each), f"c{place}") for place, each in enumerate(constants)]
    graph = helper.make_graph(
        [helper.make_node(kind, ["x", *(each.name for each in fixed)], ["y"], **attributes)],
        "one",
        [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, x.shape)],
        [helper.make_empty_tensor_value_info("y")],
        fixed,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)
    model = onnx.shape_inference.infer_shapes(model, strict_mode=True)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, "m.onnx")
    subprocess.run([sys.executable, "-c", converter], check=True, capture_output=True)
    given = MNN.expr.placeholder(list(x.shape), MNN.expr.NCHW)
    given.write(x)
    (result,) = MNN.nn.load_module_from_file("m.mnn", ["x"], ["y"]).forward([given])
    session = onnxruntime.InferenceSession("m.onnx", providers=["CPUExecutionProvider"])
    return np.array(result.read()), session.run(None, {"x": x})[0]


x = np.array([[3.0, 4.0], [6.0, 8.0]])
reduced = {
    "ReduceL1": lambda x, axis: abs(x).sum(axis),
    "ReduceL2": lambda x, axis: np.sqrt((x**2).sum(axis)),
    "ReduceSumSquare": lambda x, axis: (x**2).sum(axis),
    "ReduceLogSum": lambda x, axis: np.log(x.sum(axis)),
    "ReduceLogSumExp": lambda x, axis: np.log(np.exp(x).sum(axis)),
}
for kind, function in reduced.items():
    given, right = both(kind, x, [-1], keepdims=0)
    print(kind, "ONNX Runtime", right.round(2).tolist(), "MNN", given.ravel().round(2).tolist())
    assert np.allclose(right, function(x, -1)) and right.shape == (2,)
    assert given.size == 1 and np.allclose(given, function(x, None)), "the axes are heeded now"
    older, right = both(kind, x, opset=17, axes=[-1], keepdims=0)
    assert np.allclose(older, right), "opset 17"
for kind in ("ReduceSum", "ReduceMean", "ReduceMax"):
    assert np.allclose(*both(kind, x, [-1], keepdims=0))


def compared(kind, x, *constants, wrong=True, **attributes):
    given, runtime = both(kind, x, *constants, **attributes)
    print(kind, attributes, "ONNX Runtime", runtime.ravel()[:6].tolist(), "MNN", given.ravel()[:6].tolist())
    assert (given.shape == runtime.shape and np.allclose(given, runtime, atol=1e-5)) != wrong, "it computes otherwise now"
    return given


image = np.arange(30.0).reshape(1, 1, 5, 6) ** 2 % 17
grid = (np.stack(np.meshgrid(np.linspace(-1.3, 1.2, 4), np.linspace(-1.1, 1.3, 3)), axis=-1)[None]).astype(np.float32)
linear = compared("GridSample", image, grid, wrong=False, opset=20, mode="linear", padding_mode="border")
assert np.allclose(compared("GridSample", image, grid, opset=20, mode="cubic", padding_mode="border"), linear, atol=1e-5)
assert np.allclose(compared("GridSample", image, grid, opset=20, mode="linear", padding_mode="reflection"), linear, atol=1e-5)

square, weights = np.array([[1, 2], [3, 5]]), np.array([[1, 0], [2, 1]], dtype=np.float32)
assert np.allclose(compared("Gemm", square, weights, transA=1), (square.T @ weights).T)
compared("Gemm", square, weights, wrong=False)
compared("Gemm", square, weights, wrong=False, transB=1)
assert compared("Shrink", [-2, -0.25, 0.25, 2], lambd=0.5).tolist() == [0, -0.25, 0, 2]
assert compared("Cast", [2.75, 0, 1], to=onnx.TensorProto.BOOL).tolist() == [2, 0, 1]
compared("Cast", [2.75, 0, 1], wrong=False, to=onnx.TensorProto.INT32)
PY
