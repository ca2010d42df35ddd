#!/usr/bin/env bash
# Since 1.27 ONNX Runtime sums int64 through float64: even the sum over an axis of one element changes the number.
#
# Versions   onnxruntime 1.26.0 and 1.32.0 (1.27.0 and 1.28.0 behave like 1.32.0, 1.24.4 like 1.26.0), onnx 1.23.2,
#            numpy 2.4.6, Python 3.11
# Behaviour  ReduceSum of int64 on the CPU rounds to 53 bits, as a float64 does, and saturates where it overflows.
#            Above 2**53 (a time stamp in nanoseconds, an identifier, a hash) the result is wrong without a word.
#            Elementwise Add of the same numbers stays exact, and so does ReduceMax. 1.26.0 sums exactly.
# Output     1.26.0: the sum of [1764374400123456789] is 1764374400123456789, by Add 1764374400123456790
#            1.32.0: the sum of [1764374400123456789] is 1764374400123456768, by Add 1764374400123456790
#            1.32.0: the sum of [2**63 - 1, -2**63, 100] is 100 instead of 99
# Surprise   Input and output are declared int64, integer sums are exact in NumPy, PyTorch and ONNX's own reference
#            (which is run here too), and an update of the runtime should not change the sum of integers. int32 hides
#            it, since every int32 fits into a float64.
# Known      It comes with pull request 28743 of microsoft/onnxruntime (saturating reductions of integers, June 2026);
#            no issue was found about the lost digits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

run() {
  python3 -m venv "$folder/$1"
  "$folder/$1/bin/pip" install --quiet "onnxruntime==$1" onnx==1.23.2 numpy==2.4.6
  "$folder/$1/bin/python" - "$1" <<'EOF'
import sys

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

nodes = [
    helper.make_node("ReduceSum", ["x"], ["sum"], keepdims=0),
    helper.make_node("ReduceMax", ["x"], ["max"], keepdims=0),
    helper.make_node("Add", ["x", "one"], ["add"]),
]
names = ["sum", "max", "add"]
graph = helper.make_graph(
    nodes,
    "sums",
    [helper.make_tensor_value_info("x", TensorProto.INT64, ["n"])],
    [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n, shape in zip(names, ([], [], ["n"]))],
    [helper.make_tensor("one", TensorProto.INT64, [], [1])],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
onnx.checker.check_model(model, full_check=True)
options = ort.SessionOptions()
options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
session = ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
reference = ReferenceEvaluator(model)

exact = sys.argv[1] == "1.26.0"
stamp = 1764374400123456789
for values, rounded in (([stamp], 1764374400123456768), ([2**63 - 1, -(2**63), 100], 100), ([1, 2, 3], 6)):
    x = np.array(values, dtype=np.int64)
    total, largest, added = (result.tolist() for result in session.run(names, {"x": x}))
    print(sys.argv[1], f"sum of {values}: {total}, max {largest}, x + 1 {added}")
    assert largest == max(values) and added == (x + 1).tolist()
    assert reference.run(["sum"], {"x": x})[0] == sum(values)
    assert total == (sum(values) if exact else rounded), "the sum of int64 has changed"
EOF
}

run 1.26.0
run 1.32.0
