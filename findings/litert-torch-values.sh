#!/usr/bin/env bash
# litert-torch takes other pixels than PyTorch for mode="nearest", and returns zeros for the indices of a max pooling.
#
# Versions   litert-torch 0.10.0, torch 2.14.1 (what it asks for), ai-edge-litert 2.3.0, numpy 2.5.5 on Python 3.12
# Behaviour  1. F.interpolate(mode="nearest") to a smaller or an uneven size: the file takes the pixel at the centre, which is what
#               mode="nearest-exact" does, PyTorch the first one. Sides that double are right.
#            2. F.max_pool2d(return_indices=True): the values are right, every index is 0.
# Output     8x8 of 0..63 to 4x4: PyTorch's first row 0, 2, 4, 6, the file's 9, 11, 13, 15; nearest-exact 9, 11, 13, 15 in both
#            indices of a 4x4 pooled by 2: PyTorch [[5, 7], [13, 15]], file [[0, 0], [0, 0]]
# Surprise   The conversion reports success, and the program of torch.export is right. A segmentation mask made smaller is shifted
#            by half a step; an unpooling puts everything into one corner. What is not supported is refused by name.
# Known      google-ai-edge/litert-torch pull request 41 (June 2024) added this resize; nothing was found about its pixels or the indices.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet litert-torch==0.10.0 torch==2.14.1 ai-edge-litert==2.3.0 numpy==2.5.5
"$folder/venv/bin/python" -W ignore - <<'PY'
import litert_torch
import numpy as np
import torch
from torch.nn.functional import interpolate, max_pool2d


def converted(function, x):
    class Model(torch.nn.Module):
        def forward(self, given):
            return function(given)

    given = torch.export.export(Model().eval(), (x,)).module()(x)
    assert all(map(torch.equal, *map(outputs, (given, function(x)))))
    return outputs(litert_torch.convert(Model().eval(), (x,))(x))


def outputs(given):
    return [torch.as_tensor(np.array(each)) for each in given] if isinstance(given, (tuple, list)) else [torch.as_tensor(np.array(given))]


image = torch.arange(64.0).reshape(1, 1, 8, 8)
for size, wrong in (((4, 4), True), ((5, 7), True), ((16, 16), False)):
    def nearest(x):
        return interpolate(x, size=size, mode="nearest")

    def exact(x):
        return interpolate(x, size=size, mode="nearest-exact")

    (given,) = converted(nearest, image)
    print(size, "PyTorch", nearest(image)[0, 0, 0].tolist(), "file", given[0, 0, 0].tolist())
    assert given.equal(exact(image)), "another pixel is taken now"
    assert given.equal(nearest(image)) != wrong
    assert converted(exact, image)[0].equal(exact(image))


def pooled(x):
    return max_pool2d(x, 2, return_indices=True)


small = torch.arange(16.0).reshape(1, 1, 4, 4)
values, indices = converted(pooled, small)
print("indices PyTorch", pooled(small)[1].tolist(), "file", indices.tolist())
assert values.equal(pooled(small)[0])
assert pooled(small)[1].flatten().tolist() == [5, 7, 13, 15]
assert not indices.any(), "the indices are counted now"
PY
