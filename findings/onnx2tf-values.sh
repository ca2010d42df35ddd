#!/usr/bin/env bash
# onnx2tf writes .tflite files that take other pixels than the ONNX file, and leave out what the file says of Elu, LSTM and an older softmax.
#
# Versions   onnx2tf 2.6.9 (its default way, without TensorFlow), ai-edge-litert 2.1.2, onnx 1.20.1, onnxruntime 1.26.0, numpy 2.2.6 (the
#            versions that it asks for) on Python 3.12
# Behaviour  1. Resize, mode="nearest": the rule of the file, ONNX's default among them, becomes that of LiteRT, floor of the position or of
#               the centre. The axes of a Resize are taken in the order of the shape; antialias=1 is dropped; a size that does not come out
#               even is rounded up.
#            2. Elu: alpha is 1. LSTM: activations are the default ones, clip bounds the cell and not what goes into its gates.
#            3. Softmax of opset 11 and older: over the last axis, not over all from the given one on.
#            4. ReduceLogSumExp: inf from 89 on.
# Output     0..5 halved: 0 2 4, file 1 3 5; to 9: 0 0 1 2 2 3 4 4 5, file 0 1 1 2 3 3 4 5 5; as PyTorch's exporter writes "nearest"
#            (asymmetric, floor): right; by 1.6: 9 pixels, file 10; linear to 3 with antialias: 0.62, file 0.5
#            elu(-1), alpha 2: -1.26, file -0.63; an LSTM with Relu: 0.53 and 1.53, file 0.37 and 0.65, those of Tanh
#            clip 0.3: 0.1 and 0.15, file 0.21 and 0.22; softmax of 1x2x2 zeros: 0.25, file 0.5; log(exp(100) + exp(90)): 100, file inf
# Surprise   The conversion reports success. Selu, Celu and an RNN with Relu keep their parameters, and what it does not know is refused
#            ("flatbuffer_direct validation failed") or left as a custom operator.
# Known      PINTO0309/onnx2tf issue 300 (2023, closed) was of the activations, in the converter of that time. Looked in vain for Elu,
#            nearest_mode, axes and ReduceLogSumExp.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet onnx2tf==2.6.9 ai-edge-litert==2.1.2 onnx==1.20.1 onnxruntime==1.26.0 numpy==2.2.6
cat >"$folder/shown.py" <<'PY'
import sys

import numpy as np
import onnx2tf
import onnxruntime
from ai_edge_litert.interpreter import Interpreter
from onnx import TensorProto, checker, helper, numpy_helper, save, shape_inference

FOLDER = sys.argv[1]
printed, sys.stdout = sys.stdout, sys.stderr  # the converter prints more than its result


def both(operator, x, constants=None, inputs=None, opset=18, **attributes):
    """The first output in ONNX Runtime and in LiteRT, flat and rounded; constants are float32 unless they are integers."""
    x = np.asarray(x, "float32")
    constants = {name: np.asarray(value) for name, value in (constants or {}).items()}
    kept = [array if array.dtype.kind == "i" else array.astype("float32") for array in constants.values()]
    graph = helper.make_graph(
        [helper.make_node(operator, inputs or ["x", *constants], ["y"], **attributes)],
        operator,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
        [helper.make_empty_tensor_value_info("y")],
        [numpy_helper.from_array(array, name) for array, name in zip(kept, constants)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)
    model = shape_inference.infer_shapes(model, strict_mode=True)
    checker.check_model(model)
    save(model, f"{FOLDER}/model.onnx")
    right = onnxruntime.InferenceSession(f"{FOLDER}/model.onnx").run(None, {"x": x})[0]
    onnx2tf.convert(
        input_onnx_file_path=f"{FOLDER}/model.onnx",
        output_folder_path=f"{FOLDER}/written",
        keep_shape_absolutely_input_names=["x"],
        non_verbose=True,
    )
    file = Interpreter(f"{FOLDER}/written/model_float32.tflite")
    file.allocate_tensors()
    file.set_tensor(file.get_input_details()[0]["index"], x)
    file.invoke()
    told = [[round(float(n), 2) for n in a.ravel()] for a in (right, file.get_tensor(file.get_output_details()[0]["index"]))]
    print(operator, attributes, *told, file=printed, flush=True)
    return told


def resized(shape, size=None, scales=None, **attributes):
    x = np.arange(np.prod(shape)).reshape(1, 1, *shape)
    if scales:
        return both("Resize", x, {"s": [1.0, 1.0, *scales]}, ["x", "", "s"], **attributes)
    return both("Resize", x, {"s": size}, ["x", "", "", "s"], **attributes)


floor = {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
right, file = resized((1, 6), [1, 1, 1, 9], mode="nearest", **floor)
assert right == file == [0, 0, 1, 2, 2, 3, 4, 4, 5]
right, file = resized((1, 6), [1, 1, 1, 3], mode="nearest")
assert right == [0, 2, 4] and file == [1, 3, 5], "half the size is right now"
right, file = resized((1, 6), [1, 1, 1, 9], mode="nearest")
assert right == [0, 0, 1, 2, 2, 3, 4, 4, 5] and file == [0, 1, 1, 2, 3, 3, 4, 5, 5], "nearest is right now"
right, file = resized((2, 3), [4, 3], mode="nearest", axes=[2, 3], **floor)
assert right == file == [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5]
right, file = resized((2, 3), [3, 4], mode="nearest", axes=[3, 2], **floor)
assert right == [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5] and file == [0, 0, 1, 2, 0, 0, 1, 2, 3, 3, 4, 5], "axes are right now"
right, file = resized((1, 6), [1, 1, 1, 3], mode="linear")
assert right == file == [0.5, 2.5, 4.5]
right, file = resized((1, 6), [1, 1, 1, 3], mode="linear", antialias=1)
assert abs(right[0] - 0.625) < 0.01 and file == [0.5, 2.5, 4.5], "antialias is right now"
right, file = resized((1, 6), scales=[1.0, 1.6], mode="linear")
assert len(right) == 9 and len(file) == 10, "the size is right now"

right, file = both("Celu", [[-1, 1]], alpha=2.0)
assert right == file
right, file = both("Elu", [[-1, 1]], alpha=2.0)
assert right == [-1.26, 1] and file == [-0.63, 1], "alpha is right now"
weights = {"w": np.ones((1, 4, 1)), "r": np.ones((1, 4, 1))}
steps = np.ones((2, 1, 1))
right, default = both("LSTM", steps, weights, hidden_size=1)
assert right == default == [0.37, 0.65]
right, file = both("LSTM", steps, weights, hidden_size=1, activations=["Sigmoid", "Relu", "Relu"])
assert right == [0.53, 1.53] and file == default, "activations are right now"
right, file = both("LSTM", steps, weights, hidden_size=1, clip=0.3)
assert max(right) < 0.16 and min(file) > 0.2, "clip is right now"

right, file = both("Softmax", np.zeros((1, 2, 2)), opset=13, axis=1)
assert right == file == [0.5] * 4
right, file = both("Softmax", np.zeros((1, 2, 2)), opset=11, axis=1)
assert right == [0.25] * 4 and file == [0.5] * 4, "the older softmax is right now"
right, file = both("ReduceLogSumExp", [[80, 70]], {"a": [1]})
assert right == file == [80]
right, file = both("ReduceLogSumExp", [[100, 90]], {"a": [1]})
assert right == [100] and file == [np.inf], "the logarithm of the sum is right now"
PY
"$folder/venv/bin/python" -W ignore "$folder/shown.py" "$folder" 2>"$folder/log" || { tail -20 "$folder/log"; exit 1; }
