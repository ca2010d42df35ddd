#!/usr/bin/env bash
# TVM compiles seven operators of ONNX models without something that the file says of them.
#
# Versions   apache-tvm 0.27.0.post1 (its Relax front end), onnx 1.23.2, onnxruntime 1.32.0, numpy 2.5.5 on Python 3.12
# Behaviour  1. NonMaxSuppression whose limits are inputs of the model, not constants: no box at all.
#            2. Resize with antialias=1: without.
#            3. ConvTranspose with output_shape: the size is that without it.
#            4. IsInf with detect_negative=0, or detect_positive=0: both infinities.
#            5. ReduceL1, ReduceL2 and ReduceSumSquare with noop_with_empty_axes=1 and no axes: not even the absolute value or the square.
# Output     two boxes apart: ONNX Runtime 2, TVM 0; with the limits as constants 2
#            0 to 3 halved: ONNX Runtime 0.62 and 2.38, TVM 0.5 and 2.5; isinf(-inf): False, TVM True; |-2|: 2, TVM -2
#            an output of 10 by 10: TVM 9 by 9
# Surprise   Neither the front end nor the compiler raises anything. A detector that finds nothing looks like one without anything to find.
# Known      apache/tvm issue 19570 (open) is of Resize with scales; looked in vain for antialias, detect_negative, output_shape and for
#            limits of NonMaxSuppression that are inputs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet apache-tvm==0.27.0.post1 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.5.5
"$folder/venv/bin/python" -W ignore - <<'PY'
import numpy as np
import onnx
import onnxruntime
import tvm
from onnx import helper, numpy_helper
from tvm import relax
from tvm.relax.frontend.onnx import from_onnx


def both(kind, *given, constants=(), opset=18, **attributes):
    """What TVM and what ONNX Runtime return for one node, whose first inputs are given and whose others are in the file."""
    given = [np.asarray(each) for each in given]
    fixed = [numpy_helper.from_array(np.asarray(each), f"c{place}") if each is not None else None for place, each in enumerate(constants)]
    names = [f"x{place}" for place in range(len(given))] + [each.name if each is not None else "" for each in fixed]
    kinds = [helper.np_dtype_to_tensor_dtype(each.dtype) for each in given]
    graph = helper.make_graph(
        [helper.make_node(kind, names, ["y"], **attributes)],
        "one",
        [helper.make_tensor_value_info(f"x{place}", kinds[place], each.shape) for place, each in enumerate(given)],
        [helper.make_empty_tensor_value_info("y")],
        [each for each in fixed if each is not None],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    model = onnx.shape_inference.infer_shapes(model, strict_mode=True)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (right,) = session.run(None, {f"x{place}": each for place, each in enumerate(given)})
    module = relax.transform.LegalizeOps()(relax.transform.DecomposeOpsForInference()(from_onnx(model, keep_params_in_input=False)))
    machine = relax.VirtualMachine(tvm.compile(module, target="llvm"), tvm.cpu())
    return machine["main"](*[tvm.runtime.tensor(each) for each in given]).numpy(), right


boxes = np.array([[[0, 0, 1, 1], [0, 2, 1, 3]]], dtype=np.float32)
scores = np.array([[[0.9, 0.8]]], dtype=np.float32)
limits = [np.array([2]), np.array([0.5], np.float32), np.array([0.1], np.float32)]
given, right = both("NonMaxSuppression", boxes, scores, *limits)
print("boxes: ONNX Runtime", len(right), "TVM", len(given))
assert right.tolist() == [[0, 0, 0], [0, 0, 1]] and given.shape == (0, 3), "limits may be inputs now"
given, right = both("NonMaxSuppression", boxes, scores, constants=limits)
assert np.array_equal(given, right)

row = np.arange(4, dtype=np.float32).reshape(1, 1, 1, 4)
sizes = (None, None, np.array([1, 1, 1, 2]))
for antialias, wrong in ((1, True), (0, False)):
    given, right = both("Resize", row, constants=sizes, mode="linear", antialias=antialias)
    print(f"antialias={antialias}: ONNX Runtime", right.ravel().round(2).tolist(), "TVM", given.ravel().tolist())
    assert np.allclose(given.ravel(), [0.5, 2.5]) and np.allclose(given, right) != wrong, "antialias is heeded now"

image, kernel = np.ones((1, 1, 4, 4), np.float32), np.ones((1, 1, 3, 3), np.float32)
for asked, shape in (({"output_shape": [10, 10]}, (1, 1, 9, 9)), ({"output_padding": [1, 1]}, (1, 1, 10, 10))):
    given, right = both("ConvTranspose", image, constants=[kernel], strides=[2, 2], **asked)
    print(asked, "ONNX Runtime", right.shape, "TVM", given.shape)
    assert right.shape == (1, 1, 10, 10) and given.shape == shape, "output_shape is heeded now"

ends = np.array([np.inf, -np.inf, 1], dtype=np.float32)
for asked, wanted in (({"detect_negative": 0}, [True, False, False]), ({"detect_positive": 0}, [False, True, False]), ({}, [True, True, False])):
    given, right = both("IsInf", ends, **asked)
    print("IsInf", asked, "ONNX Runtime", right.tolist(), "TVM", given.tolist())
    assert right.tolist() == wanted and given.tolist() == [True, True, False], "the sign is heeded now"

x = np.array([-2, 3], dtype=np.float32)
for kind, wanted in (("ReduceL1", [2, 3]), ("ReduceL2", [2, 3]), ("ReduceSumSquare", [4, 9]), ("ReduceSum", [-2, 3])):
    given, right = both(kind, x, noop_with_empty_axes=1)
    print(kind, "of nothing: ONNX Runtime", right.tolist(), "TVM", given.tolist())
    assert right.tolist() == wanted and given.tolist() == [-2, 3], "the other half is computed now"
PY
