#!/usr/bin/env bash
# torchao's int8 layers of a float16 model give infinity where the output is 30, for the scale of the weights comes after float16.
#
# Versions   torchao 0.18.0, torch 2.15.0, numpy 2.5.5 on Python 3.12
# Behaviour  1. Int8WeightOnlyConfig, per row (the default) or per tensor, of a float16 layer: the input is multiplied by the integers, the sum
#               is kept in float16 and then scaled. Int8DynamicActivationInt8WeightConfig the same: its sum is taken in int32 and
#               float32, and turned into float16 before the scale of the weights. Above 65504 times that scale both give infinity.
#            2. Int8DynamicActivationInt8WeightConfig(granularity=[PerRow(), PerRow(dim=0)]) of a square layer: the weights are stored with one
#               scale for each input, and the product is multiplied by it as if it were one for each output.
#            3. QATConfig of IntxWeightOnlyConfig(intx_choose_qparams_algorithm="hqq_scale_only"): training sees the default scales, and the
#               converted model has the others.
# Output     1: 256 weights of 0.04, all inputs 1 and all inputs 3: 10.24 and 30.72; int8 and float16 10.24 and inf
#            2: off by more than the output itself; the same weights, dequantised: below 2 %
#            3: prepared and converted differ by more than 5 %; with the default algorithm by nothing
# Surprise   float16, bfloat16 and float32 layers take the same call. PerGroup(128) in place of one scale for the row, bfloat16, float32 and
#            IntxWeightOnlyConfig of int8 are right, and so are the dequantised weights in float16. The source names the overflow in a
#            comment.
# Known      1, weights only: pytorch/ao issue 1662 and pull request 1698 (2025, closed), of a kernel that has been replaced since;
#            huggingface/diffusion-fast issue 1 (2023). Looked in vain for 2 and 3.
set -euo pipefail
export PIP_CONFIG_FILE=/dev/null  # a configuration may hold torch back
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile torchao==0.18.0 torch==2.15.0 numpy==2.5.5
"$folder/venv/bin/python" -W ignore - 2>"$folder/log" <<'PY' || { tail -20 "$folder/log"; exit 1; }
import copy

import torch
import torch.nn.functional as F
from torchao.quantization import (
    Int8DynamicActivationInt8WeightConfig,
    Int8WeightOnlyConfig,
    IntxWeightOnlyConfig,
    PerAxis,
    PerGroup,
    PerRow,
    PerTensor,
    quantize_,
)
from torchao.quantization.qat import QATConfig

torch.manual_seed(0)


def quantised(model, config):
    model = copy.deepcopy(model)
    quantize_(model, config)
    return model


def off(given, right):
    return ((given.float() - right.float()).norm() / right.float().norm()).item()


layer = torch.nn.Sequential(torch.nn.Linear(256, 8, bias=False)).requires_grad_(False)
layer[0].weight.fill_(0.04)
x = torch.ones(2, 256) * torch.tensor([[1.0], [3.0]])
plain = {
    "weights only": Int8WeightOnlyConfig(),
    "weights only, per tensor": Int8WeightOnlyConfig(granularity=PerTensor()),
    "weights and inputs": Int8DynamicActivationInt8WeightConfig(),
}
fine = {
    "weights only, per group": Int8WeightOnlyConfig(granularity=PerGroup(128)),
    "int8 of the other configuration": IntxWeightOnlyConfig(torch.int8, PerAxis(0)),
}
for dtype in (torch.float16, torch.bfloat16, torch.float32):
    model, given = copy.deepcopy(layer).to(dtype), x.to(dtype)
    right = model(given)
    assert torch.allclose(right.float(), torch.tensor([[10.24], [30.72]]).expand(2, 8), rtol=1e-2)
    for name, config in (plain | fine).items():
        int8 = quantised(model, config)
        result = int8(given)
        print(dtype, name, result[:, 0].tolist(), "not quantised", right[:, 0].tolist())
        assert off(F.linear(given, int8[0].weight.dequantize()), right) < 0.02, "the weights themselves"
        assert off(result[0], right[0]) < 0.02
        if dtype == torch.float16 and name in plain:
            assert result[1].isposinf().all(), "it does not overflow now"
        else:
            assert off(result[1], right[1]) < 0.02

square = torch.nn.Sequential(torch.nn.Linear(64, 64, bias=False)).requires_grad_(False)
square[0].weight *= torch.logspace(-2, 0, 64)
x = torch.randn(8, 64) + 1
right = square(x)
for rows, wrong in ((PerRow(), False), (PerRow(dim=0), True)):
    model = quantised(square, Int8DynamicActivationInt8WeightConfig(granularity=[PerRow(), rows]))
    result, by_weights = off(model(x), right), off(F.linear(x, model[0].weight.dequantize()), right)
    print(rows, "off by", round(result, 4), "its weights dequantised", round(by_weights, 4))
    assert by_weights < 0.02 and (result > 1 if wrong else result < 0.02), "the scales are put where they belong now"
assert off(quantised(square, Int8WeightOnlyConfig(granularity=PerRow(dim=0)))(x), right) < 0.02

model = torch.nn.Sequential(torch.nn.Linear(128, 256), torch.nn.ReLU(), torch.nn.Linear(256, 128)).requires_grad_(False)
x = torch.randn(16, 128)
for options, same in (({}, True), ({"intx_choose_qparams_algorithm": "hqq_scale_only"}, False)):
    config = IntxWeightOnlyConfig(torch.int4, PerGroup(32), **options)
    trained = quantised(model, QATConfig(config, step="prepare"))
    seen = trained(x)
    quantize_(trained, QATConfig(config, step="convert"))
    difference = off(trained(x), seen)
    print("QAT", options, "converted against prepared", round(difference, 5))
    assert torch.equal(trained(x), quantised(model, config)(x)), "what is converted is what the configuration gives"
    assert difference < 1e-5 if same else difference > 0.05, "training sees the scales of the configuration now"
PY
