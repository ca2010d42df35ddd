#!/usr/bin/env bash
# tinygrad computes ONNX's Attention otherwise than the standard has it where heads are shared, scores are capped, or keys come from a cache.
#
# Versions   tinygrad 0.14.0 (its OnnxRunner, device PYTHON), onnx 1.23.2, onnxruntime 1.32.0, numpy 2.5.5 on Python 3.12
# Behaviour  1. Four heads of the query and two of keys and values: the heads are shared 0 1 0 1 in place of 0 0 1 1.
#            2. softcap with a mask: the mask is added before the cap, so that what is masked out with -inf keeps a weight.
#            3. is_causal=1 with past keys and values: the mask begins at the first key of the cache.
# Output     1. values 0 for the first head and 1 for the second, all scores equal: 0 1 0 1, right 0 0 1 1; 2. the mean of 1 and 100, of
#            which 100 is masked: 12.8, right 1; 3. a decoded token over 1 to 5: 1, the first step alone, right 3; a softcap without a
#            mask, two heads each, the cache without is_causal: right
# Surprise   Other operators and options that it does not know are refused by name ("nonpad_kv_seqlen is not supported").
# Known      tinygrad/tinygrad pull request 15949 (April 2026, closed without a merge) is of 3. The order in 1 and 2 is what ONNX's own
#            reference had at first (onnx/onnx pull request 7274, issue 7865). Looked in vain in tinygrad's for the two.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tinygrad==0.14.0 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.5.5
DEV=PYTHON "$folder/venv/bin/python" - "$folder/model.onnx" <<'PY'
import sys

import numpy as np
import onnxruntime
from onnx import TensorProto, checker, helper, save
from tinygrad.nn.onnx import OnnxRunner


def answers(outputs, opset=24, **given):
    """The first output in tinygrad and in ONNX Runtime of one Attention, whose inputs are Q, K, V, mask, past key and past value."""
    names = ["q", "k", "v", "mask", "past_key", "past_value"]
    attributes = {name: value for name, value in given.items() if name not in names}
    inputs = {name: np.asarray(given[name], "float32") for name in names if name in given}
    node = helper.make_node("Attention", [name if name in inputs else "" for name in names], outputs, **attributes)
    graph = helper.make_graph(
        [node],
        "attention",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, array.shape) for name, array in inputs.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * 4) for name in outputs],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=11)
    checker.check_model(model)
    save(model, sys.argv[1])
    runtime = onnxruntime.InferenceSession(sys.argv[1]).run(None, inputs)[0].ravel().round(2).tolist()
    return OnnxRunner(sys.argv[1])(inputs)[outputs[0]].numpy().ravel().round(2).tolist(), runtime


def zeros(heads, steps):
    return np.zeros((1, heads, steps, 1))


def column(*values):
    return np.reshape(values, (1, -1, 1, 1))


def steps(*values):
    return np.reshape(values, (1, 1, -1, 1))


alike = answers(["y"], q=zeros(2, 1), k=zeros(2, 1), v=column(0, 1))
shared = answers(["y"], q=zeros(4, 1), k=zeros(2, 1), v=column(0, 1))
print("heads:", *alike, "shared:", *shared)
assert alike == ([0, 1], [0, 1])
assert shared[1] == [0, 0, 1, 1] and shared[0] == [0, 1, 0, 1], "shared heads are right now"

plain = answers(["y"], q=zeros(1, 1), k=zeros(1, 2), v=steps(1, 100), softcap=2.0)
capped = answers(["y"], q=zeros(1, 1), k=zeros(1, 2), v=steps(1, 100), softcap=2.0, mask=[[0, -np.inf]])
print("capped:", *plain, "with a mask:", *capped)
assert plain == ([50.5], [50.5])
assert capped[1] == [1] and capped[0][0] > 2, "a cap with a mask is right now"

cache = {"q": zeros(1, 1), "k": zeros(1, 1), "v": steps(5), "past_key": zeros(1, 4), "past_value": steps(1, 2, 3, 4)}
outputs = ["y", "present_key", "present_value"]
free, causal = answers(outputs, **cache), answers(outputs, is_causal=1, **cache)
print("from a cache:", *free, "causal:", *causal)
assert free == ([3], [3])
assert causal[1] == [3] and causal[0] == [1], "a causal step from a cache is right now"
PY
