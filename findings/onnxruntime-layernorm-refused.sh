#!/usr/bin/env bash
# ONNX Runtime refuses a layer norm that is written out and begins with a Cast, as mixed precision has it.
#
# Versions   onnxruntime 1.32.0, onnx 1.23.2, numpy 2.4.6, Python 3.11; 1.24.4 loads opset 21 and newer and refuses opset
#            17 to 20; up to opset 16 float16 loads in both
# Behaviour  x.float(), mean, variance, (x - mean) / sqrt(variance + eps) * weight + bias over the last axis: the optimiser
#            makes one LayerNormalization of it and takes the Cast away, so that the operator gets the type in front
#            of the Cast: float16 with float32 weights, uint8, int64 or bool. Its own type check then refuses the
#            model, from ORT_ENABLE_BASIC on.
# Output     float16: "Type parameter (T) of Optype (LayerNormalization) bound to different types (tensor(float16) and
#            tensor(float)"; uint8: "Type 'tensor(uint8)' of input parameter (x) of operator (LayerNormalization)"
#            with disabled_optimizers=["LayerNormFusionL1", "LayerNormFusionL2"]: right, as without any optimiser; a Cast
#            from float32 does no harm
# Surprise   To take the sums in float32 is what mixed precision is told to do, and the model is valid. torch.onnx.export
#            of PyTorch 2.15.0 writes these ten nodes for such a module, at opset 18, 20 and 23 (tried), and reports success.
#            RMSNorm, written out in the same way, loads.
# Known      microsoft/onnxruntime pull request 15075 (March 2023, closed) was about float16 and this Cast; no issue was found
#            about opset 17 and newer, where ONNX has a LayerNormalization of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
"$folder/venv/bin/python" - <<'EOF'
import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

ort.set_default_logger_severity(4)
levels = ort.GraphOptimizationLevel
FUSIONS = ["LayerNormFusionL1", "LayerNormFusionL2"]
WEIGHTS = {"two": np.float32(2), "eps": np.float32(1e-5), "axis": np.array([-1])}
WEIGHTS |= {"weight": np.ones(4, np.float32), "bias": np.zeros(4, np.float32)}


def written_out(kind):
    node = helper.make_node
    graph = helper.make_graph(
        [
            node("Cast", ["x"], ["c"], to=TensorProto.FLOAT),
            node("ReduceMean", ["c", "axis"], ["mean"]),
            node("Sub", ["c", "mean"], ["d"]),
            node("Pow", ["d", "two"], ["square"]),
            node("ReduceMean", ["square", "axis"], ["variance"]),
            node("Add", ["variance", "eps"], ["v"]),
            node("Sqrt", ["v"], ["s"]),
            node("Div", ["d", "s"], ["n"]),
            node("Mul", ["n", "weight"], ["m"]),
            node("Add", ["m", "bias"], ["y"]),
        ],
        "norm",
        [helper.make_tensor_value_info("x", kind, [2, 4])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2, 4])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in WEIGHTS.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString()


def run(model, x, level, **more):
    options = ort.SessionOptions()
    options.graph_optimization_level = level
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"], **more)
    return session.run(None, {"x": x})[0]


for kind, numbers in (("FLOAT", np.float32), ("FLOAT16", np.float16), ("UINT8", np.uint8)):
    x = np.array([[1, 2, 200, 5], [3, 3, 4, 9]], numbers)
    model = written_out(getattr(TensorProto, kind))
    wide = x.astype(np.float32)
    expected = (wide - wide.mean(-1, keepdims=True)) / np.sqrt(wide.var(-1, keepdims=True) + 1e-5)
    assert np.allclose(run(model, x, levels.ORT_DISABLE_ALL), expected, atol=1e-4)
    assert np.allclose(run(model, x, levels.ORT_ENABLE_ALL, disabled_optimizers=FUSIONS), expected, atol=1e-4)
    for level in (levels.ORT_ENABLE_BASIC, levels.ORT_ENABLE_ALL):
        try:
            right = np.allclose(run(model, x, level), expected, atol=1e-4)
        except Exception as error:
            print(kind, level.name, str(error)[:150])
            assert kind != "FLOAT" and "LayerNormalization" in str(error)
        else:
            print(kind, level.name, "right" if right else "WRONG")
            assert kind == "FLOAT" and right, "the model loads now"
EOF
