#!/usr/bin/env bash
# torch.onnx.export leaves out an added constant of 1e-8 or less, so that a division guarded by it gives NaN, and writes a file that ONNX Runtime refuses for a tensor that is clamped twice.
#
# Versions   torch 2.15.0, onnxscript 0.7.2 (whose optimiser torch.onnx.export runs by default), onnx 1.23.2, onnx_ir 1.1.0,
#            onnxruntime 1.32.0, numpy 2.5.5 on Python 3.12
# Behaviour  1. x + c and x - c are taken for x where |c| <= 1e-8; x * c and x / c where c is within 1e-5 of 1. 1.1e-8 stays.
#            2. x.clamp(0, 1) and x.clamp(-5, 5) of one x: both lower bounds get one name, and one of them is not written.
#            3. x.clamp(0, 1).clamp(2, 3): the two become one clamp whose lower bound lies above the upper one.
#            With optimize=False all of them are right, and so is the program of torch.export.
# Output     F.rms_norm(zeros, eps=1e-8): 0, file NaN; x / (x + 1e-8) of 0: 0, file NaN; the entropy of (0, 1) with log(p + 1e-8): 0, file NaN
#            1e5 * 0.999995: 99999.5, file 100000
#            two clamps: "Node input '..._min_1' is not a graph input, initializer, or output of a previous node"
#            clamp(0, 1).clamp(2, 3): 2, file 1
# Surprise   The guard against zero is what goes, and nothing but a zero shows it: random inputs agree, the exporter reports success, the
#            checker passes for 1 and 3. The attribute epsilon of a LayerNormalization of 1e-12 stays.
# Known      Looked in vain in the issues of microsoft/onnxscript and pytorch/pytorch for epsilon, tolerance and clamp. onnxscript issue 2836
#            (open) is of a Clip without an upper bound, at which the same fusion raises an error.
set -euo pipefail
export PIP_CONFIG_FILE=/dev/null  # a configuration may hold torch back
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile torch==2.15.0 onnxscript==0.7.2 onnx==1.23.2 onnx_ir==1.1.0 onnxruntime==1.32.0 numpy==2.5.5
"$folder/venv/bin/python" -W ignore - 2>"$folder/log" <<'PY' || { tail -20 "$folder/log"; exit 1; }
import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F


def exported(function, x, **options):
    """The model that torch.onnx.export writes for a function of one tensor."""

    class Model(torch.nn.Module):
        def forward(self, x):
            return function(x)

    model = Model().eval()
    program = torch.export.export(model, (x,)).module()(x)
    assert all(one.equal(other) for one, other in zip(torch.atleast_1d(program), torch.atleast_1d(model(x))))
    return torch.onnx.export(model, (x,), verbose=False, **options).model_proto


def run(model, x):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: x.numpy()})


def both(title, function, *values):
    """What PyTorch and what the file gives; the control is the file that was not optimised."""
    x = torch.tensor(values)
    right = function(x).numpy()
    plain = exported(function, x, optimize=False)
    assert np.allclose(run(plain, x)[0], right), "not optimised"
    model = exported(function, x)
    onnx.checker.check_model(model, full_check=True)
    file = run(model, x)[0]
    print(f"{title}: PyTorch {right.tolist()}, file {file.tolist()}, operators {[node.op_type for node in model.graph.node]}")
    return right, file


for title, function, values in (
    ("F.rms_norm with eps=1e-8", lambda x: F.rms_norm(x, (3,), eps=1e-8), (0.0, 0.0, 0.0)),
    ("x / (x + 1e-8)", lambda x: x / (x + 1e-8), (0.0, 2.0)),
    ("the entropy", lambda p: -(p * torch.log(p + 1e-8)).sum(), (0.0, 1.0)),
    ("log(x + 1e-10)", lambda x: torch.log(x + 1e-10), (0.0, 1.0)),
    ("log(x - -1e-10)", lambda x: torch.log(x - -1e-10), (0.0, 1.0)),
):
    right, file = both(title, function, *values)
    assert np.isfinite(right).all() and not np.isfinite(file).all(), "the small number is kept now"

right, file = both("x * 0.999995", lambda x: x * 0.999995, 1e5)
assert right == np.float32(99999.5) and file == np.float32(1e5), "the factor is kept now"
right, file = both("x / 1.000005", lambda x: x / 1.000005, 1e5)
assert right == np.float32(99999.5) and file == np.float32(1e5), "the divisor is kept now"
right, file = both("x * 0.99998", lambda x: x * 0.99998, 1e5)
assert right == file == 99998
right, file = both("x / (x + 1.1e-8)", lambda x: x / (x + 1.1e-8), 0.0, 2.0)
assert np.array_equal(right, file)
right, file = both("layer_norm", lambda x: F.layer_norm(x, (3,), eps=1e-12), 0.0, 0.0, 0.0)
assert np.array_equal(right, file)
right, file = both("clamp(0, 1).clamp(2, 3)", lambda x: x.clamp(0, 1).clamp(2, 3), -7.0, 0.5, 7.0)
assert right.tolist() == [2, 2, 2] and file.tolist() == [1, 1, 1], "the clamps are kept apart now"
right, file = both("clamp(0, 3).clamp(2, 5)", lambda x: x.clamp(0, 3).clamp(2, 5), -7.0, 2.5, 7.0)
assert np.array_equal(right, file)

x = torch.tensor([-7.0, 0.5, 7.0])
plain = run(exported(lambda x: torch.stack((x.clamp(0, 1), x.clamp(-5, 5))), x, optimize=False), x)[0]
assert plain.tolist() == [[0, 0.5, 1], [-5, 0.5, 5]]
model = exported(lambda x: torch.stack((x.clamp(0, 1), x.clamp(-5, 5))), x)
try:
    run(model, x)
except Exception as error:
    print("two clamps of one tensor:", str(error).splitlines()[0])
    assert "is not a graph input, initializer, or output of a previous node" in str(error)
else:
    raise AssertionError("the file loads now")
one = run(exported(lambda x: torch.stack((x.clamp(0, 1), (x + 1).clamp(-5, 5))), x), x)[0]
assert one.tolist() == [[0, 0.5, 1], [-5, 1.5, 5]], "clamps of two tensors"
PY
