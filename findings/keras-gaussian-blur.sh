#!/usr/bin/env bash
# keras.ops.image.gaussian_blur, called alike, blurs rows and columns on TensorFlow, columns and colours on JAX.
#
# Versions   keras 3.15.1, tensorflow-cpu 2.21.0, jax 0.12.0.1, numpy 2.5.5 on Python 3.12 (JAX 0.12 needs 3.12); without
#            data_format the PyTorch backend (torch 2.15.0) did what JAX does
# Behaviour  Images are (batch, height, width, channels), image_data_format is "channels_last". Without data_format JAX
#            takes None for "channels_first". With it the backends agree for square kernels; of kernel_size=(3, 5)
#            TensorFlow reads a (5, 3) kernel as (3, 5), which scrambles it, and JAX uses 5 rows and 3 columns.
# Output     a white point, 3x3: 9 pixels on TensorFlow, 3 in one row on JAX; a pure red point: stays red on
#            TensorFlow, on JAX 45 % red, 27 % green, the rest is lost; 3x5: TensorFlow's blur is not symmetric
# Surprise   data_format=None means the configured format elsewhere in keras.ops; the shape is right, nothing is raised.
#            The documentation gives kernel_size as (height, width).
# Known      keras-team/keras#23542 (August 2026, merged, not in 3.15.1) for the format; tensorflow/tensorflow#127247 and
#            keras-team/keras#23614 for the order of height and width.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3.12}" -m venv "$work/env"
"$work/env/bin/pip" install -q keras==3.15.1 tensorflow-cpu==2.21.0 jax==0.12.0.1 jaxlib==0.12.0.1 numpy==2.5.5
cat >"$work/blur.py" <<'PY'
import sys

import keras
import numpy as np

white, red = np.zeros((1, 7, 7, 1), "float32"), np.zeros((1, 7, 7, 3), "float32")
white[0, 3, 3, 0] = red[0, 3, 3, 0] = 1


def blur(image, size=(3, 3), **format):
    blurred = keras.ops.image.gaussian_blur(image, kernel_size=size, sigma=(1.0, 1.0), **format)
    return np.array(keras.ops.convert_to_numpy(blurred))


last = {"data_format": "channels_last"}
np.savez(sys.argv[1], white=blur(white), red=blur(red), named=blur(white, **last), oblong=blur(white, (3, 5), **last))
PY
for backend in tensorflow jax; do
  KERAS_BACKEND=$backend TF_CPP_MIN_LOG_LEVEL=3 "$work/env/bin/python" "$work/blur.py" "$work/$backend.npz" 2>"$work/log" ||
    { tail -20 "$work/log"; exit 1; }
done
cd "$work"
"$work/env/bin/python" - <<'PY'
import numpy as np

tensorflow, jax = np.load("tensorflow.npz"), np.load("jax.npz")
for name, seen in (("tensorflow", tensorflow), ("jax", jax)):
    print(name, "pixels of the white point", np.count_nonzero(seen["white"] > 1e-6), "light of the red point by colour",
          seen["red"].sum((0, 1, 2)).round(3))
    print(seen["oblong"][0, :, :, 0].round(3))
assert np.allclose(tensorflow["named"], jax["named"], atol=1e-5)
assert np.count_nonzero(tensorflow["white"] > 1e-6) == 9 and np.count_nonzero(jax["white"] > 1e-6) == 3
assert np.allclose(tensorflow["red"].sum((0, 1, 2)), [1, 0, 0], atol=1e-5)
assert jax["red"].sum((0, 1, 2))[1] > 0.2 and jax["red"].sum() < 0.9
oblong = tensorflow["oblong"][0, :, :, 0]
assert not np.allclose(oblong, oblong[:, ::-1], atol=1e-3)
rows, columns = np.nonzero(jax["oblong"][0, :, :, 0] > 1e-6)
assert (len(set(rows)), len(set(columns))) == (5, 3)
print("still so")
PY
