#!/usr/bin/env bash
# Six functions of Keras 3 answer otherwise by backend: a plain image has edges on JAX and PyTorch, a clipped one is black on all three.
#
# Versions   keras 3.15.1, tensorflow-cpu 2.21.0, jax 0.12.0.1, torch 2.15.0, numpy 2.5.5 on Python 3.12
# Behaviour  1. ops.image.sobel_edges: JAX and PyTorch put zeros around the image, TensorFlow mirrors it.
#            2. ops.clip of uint8 with a bound that uint8 does not have: the bound is taken modulo 256, so 256 becomes 0 and -1 255.
#            3. ops.rot90 with k=2 on TensorFlow, of an image that is not square: the pixels are mixed.
#            4. ops.pad(mode="symmetric") on PyTorch: the last pixel is repeated, which is another mode, "edge".
#            5. AveragePooling with padding="same" on PyTorch, where it needs one pixel more on one side: the last pixel counts twice.
#            6. ops.stft with a window of an odd length on TensorFlow: "hann" is the symmetric window, elsewhere the periodic one.
# Output     1. an image of 100 everywhere: 400 along its border on JAX and PyTorch, 0 on TensorFlow; 2. [1, 250, 100] clipped to 0..256:
#               [0, 0, 0]; as int32: right; 3. the half turn of [[0, 1, 2], [3, 4, 5]]: [[1, 3, 5], [0, 2, 4]], the 3 by 3 image: right
#            4. 1 2 3 4 with two in front: 1 1 1 2 3 4; right is 2 1 1 2 3 4; 5. the mean of 10 and 20: 16.7, the others 15; 6. the sum of
#               a window of 7: 3, the others 3.5; of 8: 4 in all
# Surprise   The shapes are right and nothing is raised. Each of the six is right for a square image, one pixel of padding, an even size.
# Known      Mended after 3.15.1: keras-team/keras#23435 (3), #23230 (4), #23233 (5; merged in 2026). 6 is TensorFlow's window, in
#            pytorch/pytorch#100177. Looked in vain in keras-team/keras for sobel_edges with border and for clip with uint8.
set -euo pipefail
export PIP_CONFIG_FILE=/dev/null  # a configuration may hold torch back
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet keras==3.15.1 tensorflow-cpu==2.21.0 jax==0.12.0.1 jaxlib==0.12.0.1 torch==2.15.0 numpy==2.5.5
cat >"$folder/shown.py" <<'PY'
import json

import keras
import numpy as np
from keras import ops


def numbers(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


def turned(height, width, times):
    image = np.arange(height * width).reshape(height, width).astype("float32")
    return float(np.abs(numbers(ops.rot90(image, times)) - np.rot90(image, times)).max())


def padded(before):
    row = np.array([[1, 2, 3, 4]], "float32")
    widths = ((0, 0), (before, 1))
    return float(np.abs(numbers(ops.pad(row, widths, mode="symmetric")) - np.pad(row, widths, mode="symmetric")).max())


def pooled(values):
    row = np.array(values, "float32").reshape(1, -1, 1)
    return round(float(numbers(keras.layers.AveragePooling1D(3, strides=2, padding="same")(row))[0, -1, 0]), 2)


def window(length):
    real, _ = ops.stft(np.ones((1, 24), "float32"), length, 2, 16, center=False)
    return round(float(numbers(real)[0, 2, 0]), 3)


pixels = np.array([1, 250, 100])
edges = np.abs(numbers(ops.image.sobel_edges(np.full((1, 5, 5, 1), 100, "float32"))))[0, ..., 0, :]
print(
    json.dumps(
        {
            "sobel": [float(edges.max()), float(edges[1:-1, 1:-1].max())],
            "clip": [numbers(ops.clip(pixels.astype(kind), 0, 256)).tolist() for kind in ("uint8", "int32")],
            "clip below": numbers(ops.clip(pixels.astype("uint8"), -1, 255)).tolist(),
            "rot90": [turned(2, 3, 1), turned(2, 3, 2), turned(3, 3, 2)],
            "pad": [padded(1), padded(2)],
            "pool": [pooled([10, 20]), pooled([10, 20, 30])],
            "window": [window(7), window(8)],
        }
    )
)
PY
for backend in tensorflow jax torch; do
  KERAS_BACKEND=$backend "$folder/venv/bin/python" -W ignore "$folder/shown.py" >"$folder/$backend" 2>"$folder/log" ||
    { tail -20 "$folder/log"; exit 1; }
  echo "$backend $(cat "$folder/$backend")"
done
"$folder/venv/bin/python" - "$folder" <<'PY'
import json
import pathlib
import sys

tensorflow, jax, torch = (json.loads(pathlib.Path(sys.argv[1], name).read_text()) for name in ("tensorflow", "jax", "torch"))
everywhere = [tensorflow, jax, torch]
assert tensorflow["sobel"] == [0, 0], "a plain image has no edges, inside or at its border"
assert jax["sobel"] == torch["sobel"] == [400, 0], "the border has no edge any more"
for told in everywhere:
    assert told["clip"] == [[0, 0, 0], [1, 250, 100]], "256 is not taken for 0 any more"
    assert told["clip below"] == [255, 255, 255], "-1 is not taken for 255 any more"
    assert told["rot90"][0] == told["rot90"][2] == 0
    assert told["pad"][0] == 0
    assert told["pool"][1] == 25 and told["window"][1] == 4
assert tensorflow["rot90"][1] == 4, "rot90 is right now"
assert jax["rot90"] == torch["rot90"] == [0, 0, 0]
assert torch["pad"][1] == 1 and tensorflow["pad"][1] == jax["pad"][1] == 0
assert torch["pool"][0] == 16.67 and tensorflow["pool"][0] == jax["pool"][0] == 15
assert tensorflow["window"][0] == 3 and jax["window"][0] == torch["window"][0] == 3.5
PY
