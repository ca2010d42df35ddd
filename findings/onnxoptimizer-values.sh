#!/usr/bin/env bash
# onnxoptimizer moves a Pad with zeros into the pooling behind it, which takes other values then, and makes one Reshape of two that gives another shape.
#
# Versions   onnxoptimizer 0.4.2, onnxsim 0.8.1, onnxslim 0.1.98, onnx 1.23.2, onnxruntime 1.32.0, numpy 2.4.6, Python 3.11
# Behaviour  onnxoptimizer.optimize(model), with the passes that it takes by default:
#            1. Pad of zeros and MaxPool become MaxPool with pads, which leaves the border out. Below zero the result is another one.
#            2. Pad of zeros and an AveragePool with pads of its own become one AveragePool with count_include_pad=1.
#            3. Of two Reshapes the first is dropped, also where a 0 in the second stands for a size that the first one made.
#            4. Pad of zeros and an AveragePool with pads and count_include_pad=1 become a file that ONNX Runtime refuses to load: the
#               sum of both pads reaches the size of the window. onnxsim.simplify writes the same file.
# Output     -1 to -9 in 3 by 3, padded by one, windows of 3 in steps of 2: maximum 0, 0, 0, 0; optimised -1, -2, -4, -5
#            the average with pads of its own: its first value -0.25, optimised -0.11
#            (1, 1, 3, 3) by [0, -1, 3] and then [0, 0, -1]: (1, 3, 3), optimised (1, 1, 9)
#            onnxslim and ONNX Runtime's own optimiser: right in all of them; the maximum after a ReLU, or padded with another value: right
# Surprise   After a ReLU nothing shows. In 4 ONNX's checker passes the file, and onnxsim reports success.
# Known      onnx/optimizer issue 269 and pull request 318 (July 2026, open), onnxsim issue 290 (2023): 1. Looked in vain for
#            2, 3 and 4; onnxsim pull request 1030 (September 2026) names 3 and avoids it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet onnxoptimizer==0.4.2 onnxsim==0.8.1 onnxslim==0.1.98 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import numpy as np
import onnx
import onnxoptimizer
import onnxruntime
import onnxsim
import onnxslim
from onnx import helper, numpy_helper

x = -np.arange(1, 10, dtype=np.float32).reshape(1, 1, 3, 3)
plain = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
best = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL


def padded(kind, value=0.0, relu=False, **attributes):
    """One border of `value` around the image, and the pooling."""
    fixed = [numpy_helper.from_array(np.array([0, 0, 1, 1, 0, 0, 1, 1]), "pads"), numpy_helper.from_array(np.float32(value), "value")]
    nodes = [
        helper.make_node("Relu" if relu else "Identity", ["x"], ["given"]),
        helper.make_node("Pad", ["given", "pads", "value"], ["wide"]),
        helper.make_node(kind, ["wide"], ["y"], **attributes),
    ]
    inputs = [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, x.shape)]
    graph = helper.make_graph(nodes, "pooling", inputs, [helper.make_empty_tensor_value_info("y")], fixed)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    model = onnx.shape_inference.infer_shapes(model, strict_mode=True)
    onnx.checker.check_model(model, full_check=True)
    return model


def run(model, level=plain, flat=True):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = level
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    (result,) = session.run(None, {"x": x})
    return result.ravel() if flat else result


def compared(title, model, right, wrong):
    given = run(onnxoptimizer.optimize(model))
    print(title, "is", run(model).round(2).tolist(), "optimised", given.round(2).tolist())
    assert np.allclose(run(model)[: len(right)], right) and np.allclose(given[: len(wrong)], wrong), "onnxoptimizer keeps the values now"
    assert np.allclose(run(model), run(model, best)) and np.allclose(run(model), run(onnxslim.slim(model)))


window = {"kernel_shape": [3, 3], "strides": [2, 2]}
compared("maximum", padded("MaxPool", **window), [0, 0, 0, 0], [-1, -2, -4, -5])
compared("maximum with -5", padded("MaxPool", value=-5.0, **window), [-1, -2, -4, -5], [-1, -2, -4, -5])
compared("maximum after ReLU", padded("MaxPool", relu=True, **window), [0, 0, 0, 0], [0, 0, 0, 0])
compared("average with pads", padded("AveragePool", pads=[1, 1, 1, 1], **window), [-1 / 4], [-1 / 9])
compared("average", padded("AveragePool", **window), [-12 / 9], [-12 / 9])

for second, shape in (([0, 0, -1], (1, 1, 9)), ([1, 3, -1], (1, 3, 3))):
    fixed = [numpy_helper.from_array(np.array(each), name) for each, name in (([0, -1, 3], "first"), (second, "second"))]
    nodes = [helper.make_node("Reshape", ["x", "first"], ["t"]), helper.make_node("Reshape", ["t", "second"], ["y"])]
    inputs = [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, x.shape)]
    graph = helper.make_graph(nodes, "shapes", inputs, [helper.make_empty_tensor_value_info("y")], fixed)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    model = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    given = [run(each, flat=False).shape for each in (model, onnxoptimizer.optimize(model), onnxsim.simplify(model)[0], onnxslim.slim(model))]
    print("shapes: plain, onnxoptimizer, onnxsim, onnxslim", given)
    assert given == [(1, 3, 3), shape, (1, 3, 3), (1, 3, 3)], "the shape is kept now"
    assert run(model, best, flat=False).shape == (1, 3, 3)

model = padded("AveragePool", kernel_shape=[2, 2], pads=[1, 1, 1, 1], count_include_pad=1)
simple, checked = onnxsim.simplify(model)
assert checked and run(model).shape == (36,)
assert np.array_equal(run(model), run(model, best)) and np.array_equal(run(model), run(onnxslim.slim(model)))
for title, smaller in (("onnxoptimizer", onnxoptimizer.optimize(model)), ("onnxsim", simple)):
    onnx.checker.check_model(smaller, full_check=True)
    (pool,) = [node for node in smaller.graph.node if node.op_type != "Identity"]
    assert pool.op_type == "AveragePool" and [2, 2, 2, 2] in [list(each.ints) for each in pool.attribute]
    try:
        run(smaller)
    except Exception as error:
        print(f"{title}:", str(error)[-60:].strip())
        assert "pad" in str(error).lower()
    else:
        raise SystemExit(f"the file of {title} loads now")
simple, checked = onnxsim.simplify(padded("AveragePool", **window))
assert checked and np.allclose(run(simple)[0], -12 / 9)
PY
