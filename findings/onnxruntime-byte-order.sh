#!/usr/bin/env bash
# ONNX Runtime, and tensors of OpenVINO, take the bytes of a big-endian NumPy array for little-endian numbers.
#
# Versions   onnxruntime 1.32.0, openvino 2026.4.1, onnx 1.23.2, scipy 1.18.1, numpy 2.5.5 on Python 3.12, x86-64
# Behaviour  1. InferenceSession.run, OrtValue.ortvalue_from_numpy and IOBinding read an array of type >f4, as SciPy reads it from a netCDF
#               file, in the byte order of the processor. 2. So do openvino.Tensor and OpenVINO's constants.
#            3. OrtValue.ortvalue_from_numpy_with_onnx_type reads a transposed array in the order of its memory.
# Output     1. Identity of [1, 2, 3.5, -4]: 4.6e-41, 9.0e-44, 3.5e-41, 4.6e-41; of the same array by astype("float32"): right
#            2. the same numbers; the compiled model called with the array itself: right; 3. the transpose of [[0, 1, 2], [3, 4, 5]]: its
#               rows are 0 1, 2 3 and 4 5 in place of 0 3, 1 4 and 2 5; by ortvalue_from_numpy: right
# Surprise   Such an array equals its little-endian copy in NumPy, and files of netCDF, FITS and IDX (MNIST) give it. ONNX Runtime compares
#            the types of inputs and refuses float64 for float32. ONNX's reference evaluator, run here too, computes it rightly.
# Known      dmlc/xgboost#12433 is the same mistake in XGBoost, mended after 3.4.1; microsoft/onnxruntime#26408 asks to document the order
#            of Java's buffers. Looked in vain in both projects for NumPy's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet onnxruntime==1.32.0 openvino==2026.4.1 onnx==1.23.2 scipy==1.18.1 numpy==2.5.5
"$folder/venv/bin/python" -W ignore - "$folder/values.nc" <<'PY'
import sys

import numpy as np
import onnxruntime
import openvino
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from openvino import opset13
from scipy.io import netcdf_file

values = np.array([1, 2, 3.5, -4], "float32")
with netcdf_file(sys.argv[1], "w") as file:
    file.createDimension("n", len(values))
    file.createVariable("x", "f4", ("n",))[:] = values
with netcdf_file(sys.argv[1], mmap=False) as file:
    read = file.variables["x"][:].copy()
native = read.astype("float32")
assert read.dtype == ">f4" and (read == values).all() and (read == native).all()

shapes = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("x", "y")]
graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "same", shapes[:1], shapes[1:])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
session = onnxruntime.InferenceSession(model.SerializeToString())


def bound(array):
    binding = session.io_binding()
    binding.bind_cpu_input("x", array)
    binding.bind_output("y")
    session.run_with_iobinding(binding)
    return binding.copy_outputs_to_cpu()[0]


parameter = opset13.parameter([-1], np.float32)
compiled = openvino.compile_model(openvino.Model([opset13.relu(parameter)], [parameter]), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
swapped = native.view(">f4").astype("float32")  # what the bytes of the one order say in the other
print("in the other order:", swapped)
assert np.allclose(ReferenceEvaluator(model).run(None, {"x": read})[0], values)
assert np.allclose(compiled([read])[0], np.maximum(values, 0)), "OpenVINO's call changed"
ways = {
    "run": lambda array: session.run(None, {"x": array})[0],
    "ortvalue_from_numpy": lambda array: onnxruntime.OrtValue.ortvalue_from_numpy(array).numpy(),
    "IOBinding": bound,
    "openvino.Tensor": lambda array: openvino.Tensor(array).data,
    "OpenVINO's constant": lambda array: opset13.constant(array).data,
}
for name, way in ways.items():
    print(name, way(native), way(read))
    assert (way(native) == values).all()
    assert np.array_equal(way(read), swapped), f"{name} heeds the byte order now"
try:
    session.run(None, {"x": values.astype("float64")})
except onnxruntime.capi.onnxruntime_pybind11_state.InvalidArgument as refusal:
    print(str(refusal).splitlines()[0])
else:
    raise AssertionError("float64 is not refused any more")

table = np.arange(6, dtype="float32").reshape(2, 3).T
plain = onnxruntime.OrtValue.ortvalue_from_numpy(table).numpy()
typed = onnxruntime.OrtValue.ortvalue_from_numpy_with_onnx_type(table, TensorProto.FLOAT).numpy()
print("transposed", plain.tolist(), typed.tolist())
assert np.array_equal(plain, table)
assert typed.tolist() == [[0, 1], [2, 3], [4, 5]], "a transposed array is right now"
PY
