#!/usr/bin/env bash
# torch.onnx.export writes four functions so that the file computes something else than PyTorch.
#
# Versions   torch 2.15.0, onnx 1.23.2, onnxscript 0.7.2, onnxruntime 1.32.0, numpy 2.4.6, Python 3.11
# Behaviour  1. F.avg_pool2d(..., divisor_override=3): the option is dropped, the file divides by the window's size.
#            2. F.logsigmoid becomes Log(Sigmoid(x)): -inf for every x below about -104 (PyTorch: x), the case for which
#               the function exists. The same holds for losses that are built on it.
#            3. torch.logcumsumexp subtracts the maximum of the whole row: entries far below it become -inf.
#            4. scatter_reduce with "mean" (message passing in graph networks) becomes ScatterElements with
#               reduction="none": of the values with one index the last one is kept.
#            The exporter reports success (its default in 2.15: dynamo=True), the checker passes.
# Output     avg_pool2d of ones 2x2: PyTorch 1.3333, file 1.0
#            logsigmoid of [-120, -1]: PyTorch [-120, -1.3133], file [-inf, -1.3133]
#            logcumsumexp of [1, 2, 200]: PyTorch [1, 2.3133, 200], file [-inf, -inf, 200]
#            mean of [1, 2, 6] and of [5]: PyTorch [3, 5], file [6, 5]
# Surprise   The exporter starts from torch.export, whose program gives the right numbers for all four (asserted here),
#            and refuses other things by name (ConversionError). A comparison of outputs for inputs from torch.randn
#            shows neither 2 nor 3.
# Known      microsoft/onnxscript pull request 582 (2023) chose "none" for "mean"; pytorch/pytorch issue 105349: the old
#            exporter refused divisor_override. Nothing else was found about the current one.
set -euo pipefail
export PIP_CONFIG_FILE=/dev/null  # a configuration may hold torch back
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.15.0 onnx==1.23.2 onnxscript==0.7.2 onnx_ir==1.1.0 \
  onnxruntime==1.32.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'EOF'
import numpy as np
import onnx
import onnxruntime as ort
import torch
import torch.nn.functional as F

ort.set_default_logger_severity(3)


class Model(torch.nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def compare(name, function, x):
    model = Model(function).eval()
    program = torch.onnx.export(model, (x,), dynamo=True, verbose=False)
    onnx.checker.check_model(program.model_proto, full_check=True)
    session = ort.InferenceSession(program.model_proto.SerializeToString(), providers=["CPUExecutionProvider"])
    file = session.run(None, {session.get_inputs()[0].name: x.numpy()})[0].ravel()
    eager = model(x).numpy().ravel()
    exported = torch.export.export(model, (x,)).module()(x).numpy().ravel()
    print(f"{name}: PyTorch {eager}, torch.export {exported}, ONNX {file}")
    assert np.allclose(eager, exported)
    return eager, file


eager, file = compare("avg_pool2d", lambda x: F.avg_pool2d(x, 2, divisor_override=3), torch.ones(1, 1, 2, 2))
assert np.allclose(eager, 4 / 3) and np.allclose(file, 1), "divisor_override is heeded now"

eager, file = compare("logsigmoid", F.logsigmoid, torch.tensor([-120.0, -1.0]))
assert np.allclose(eager, [-120, -1.3132617])
assert np.isneginf(file[0]) and np.isclose(file[1], -1.3132617), "logsigmoid is right now"

eager, file = compare("logcumsumexp", lambda x: torch.logcumsumexp(x, 0), torch.tensor([1.0, 2.0, 200.0]))
assert np.allclose(eager, [1, 2.3132617, 200])
assert np.isneginf(file[:2]).all() and file[2] == 200, "logcumsumexp is right now"


def mean(x):
    return torch.zeros(2).scatter_reduce(0, torch.tensor([0, 0, 0, 1]), x, "mean", include_self=False)


eager, file = compare("scatter_reduce", mean, torch.tensor([1.0, 2.0, 6.0, 5.0]))
assert eager.tolist() == [3, 5]
assert file.tolist() == [6, 5], "scatter_reduce takes the mean now"
EOF
