#!/usr/bin/env bash
# OpenVINO reads an ONNX Attention with a sliding window and computes attention over everything.
#
# Versions   openvino 2026.4.1, onnx 1.23.2, onnxruntime 1.32.0, numpy 2.4.6, Python 3.11
# Behaviour  Opset 25 of ONNX gives Attention the attributes left_window_size and right_window_size. OpenVINO reads and
#            compiles such a model without a warning and leaves the window out. Where the sequence is not longer than
#            the window, nothing is to be seen; from the first longer one on, the numbers are wrong.
# Output     a window of one step to the left, causal, all scores equal, values 1 to 5:
#            ONNX's reference and ONNX Runtime [1, 1.5, 2.5, 3.5, 4.5], OpenVINO [1, 1.5, 2, 2.5, 3];
#            the first two steps alone: [1, 1.5] from all three
# Surprise   OpenVINO names the operators that it does not know, reads files up to opset 28, and learnt the same window
#            for com.microsoft.GroupQueryAttention this year. Models with sliding windows (Mistral, Gemma) pass a test
#            with a short prompt.
# Known      onnx/onnx pull request 8108 added the attribute (August 2026), openvinotoolkit/openvino 37207 mends the
#            operator of com.microsoft; no issue was found about the operator of the standard.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet openvino==2026.4.1 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'EOF'
import numpy as np
import onnx
import onnxruntime as ort
import openvino as ov
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

shape = [1, 1, "steps", 1]


def made(**window):
    names = ["q", "k", "v"]
    graph = helper.make_graph(
        [helper.make_node("Attention", names, ["y"], is_causal=1, **window)],
        "attention",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in names],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 25)], ir_version=13)
    onnx.checker.check_model(model, full_check=True)
    return model


def openvino(model, inputs):
    core = ov.Core()
    compiled = core.compile_model(
        core.read_model(model.SerializeToString(), b""), "CPU", {"INFERENCE_PRECISION_HINT": "f32"}
    )
    return compiled([inputs[port.any_name] for port in compiled.inputs])[0].ravel()


def runtime(model, inputs):
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, inputs)[0].ravel()


def reference(model, inputs):
    return ReferenceEvaluator(model).run(None, inputs)[0].ravel()


window = made(left_window_size=1)
for steps in (2, 5):
    zeros = np.zeros((1, 1, steps, 1), dtype=np.float32)
    values = np.arange(1, steps + 1, dtype=np.float32).reshape(zeros.shape)
    inputs = {"q": zeros, "k": zeros, "v": values}
    expected = [values.ravel()[max(0, step - 1) : step + 1].mean() for step in range(steps)]
    everything = [values.ravel()[: step + 1].mean() for step in range(steps)]
    print(steps, "steps: reference", reference(window, inputs), "ONNX Runtime", runtime(window, inputs))
    print(steps, "steps: OpenVINO", openvino(window, inputs), "and without a window", openvino(made(), inputs))
    assert np.allclose(reference(window, inputs), expected) and np.allclose(runtime(window, inputs), expected)
    assert np.allclose(openvino(made(), inputs), everything)
    assert np.allclose(openvino(window, inputs), everything), "OpenVINO heeds the window now"
    assert np.allclose(expected, everything) == (steps == 2)
EOF
