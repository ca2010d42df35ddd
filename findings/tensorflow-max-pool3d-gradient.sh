#!/usr/bin/env bash
# On processors TensorFlow's MaxPooling3D sends the whole gradient to every voxel that ties for the maximum: a plain background counts eight times.
#
# Versions   tensorflow-cpu 2.21.0, keras 3.15.1, jax 0.12.0.1, numpy 2.5.5 on Python 3.12
# Behaviour  The gradient of max pooling in three dimensions is added in full to each voxel that equals the maximum of its window. Windows
#            of 2x2x2 over a background of one value count eight times, so a convolution before them learns with steps that are too large.
#            The gradient in two dimensions, and the same function with jit_compile=True, pick one voxel.
# Output     The gradient of a bias before the pooling, where the output is the mean over the windows: 8 for a plain volume of two units a
#            side, where raising the bias by 1 raises the output by 1; by XLA, in two dimensions and for different voxels: 1.
#            One step of SGD on a volume of eight a side with an object in one corner moves the biases of a Conv3D 7 times as far as
#            Keras on JAX and as jit_compile=True.
# Surprise   The pooled values are right, and so is MaxPooling2D. It is no choice among subgradients: the output has one derivative with
#            respect to the bias, which differences of the output show, and the gradient is not it. Keras compiles models with XLA by
#            default only where it sees a GPU, so this is what fit() does on a processor.
# Known      Looked in vain in tensorflow/tensorflow and keras-team/keras for MaxPool3DGrad with ties; tensorflow/tensorflow#4886 asks
#            about ties in two dimensions, where one voxel is picked.
set -euo pipefail
export PIP_CONFIG_FILE=/dev/null TF_CPP_MIN_LOG_LEVEL=3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 keras==3.15.1 jax==0.12.0.1 jaxlib==0.12.0.1 numpy==2.5.5
"$folder/venv/bin/python" -W ignore - 2>"$folder/log" <<'PY' || { tail -20 "$folder/log"; exit 1; }
import numpy as np
import tensorflow as tf


def slopes(values, compiled=False):
    """The gradient of the mean of the pooled values with respect to a bias, and the slope that two values of the bias show."""
    pool = tf.nn.max_pool3d if values.ndim == 5 else tf.nn.max_pool2d

    def pooled(bias):
        return tf.reduce_mean(pool(values + bias, 2, 2, "VALID"))

    @tf.function(jit_compile=compiled)
    def gradient(bias):
        with tf.GradientTape() as tape:
            tape.watch(bias)
            mean = pooled(bias)
        return tape.gradient(mean, bias)

    measured = pooled(tf.constant(1.0)) - pooled(tf.constant(0.0))
    return float(gradient(tf.constant(0.0))), float(measured)


plain = np.zeros((1, 2, 2, 2, 1), "float32")
varied = np.arange(8, dtype="float32").reshape(plain.shape)
print("gradient and slope: plain", slopes(plain), "by XLA", slopes(plain, compiled=True), "2D", slopes(plain[:, 0]), "varied", slopes(varied))
assert slopes(plain, compiled=True) == slopes(plain[:, 0]) == slopes(varied) == (1, 1)
assert slopes(plain) == (8, 1), "the gradient of ties is right now"
PY
cat >"$folder/step.py" <<'PY'
import sys

import keras
import numpy as np

volume = np.zeros((1, 8, 8, 8, 1), "float32")
volume[:, 5:, 5:, 5:] = np.random.default_rng(0).random((1, 3, 3, 3, 1))
keras.utils.set_random_seed(0)
layers = [keras.layers.Conv3D(2, 3, padding="same"), keras.layers.MaxPooling3D(2), keras.layers.GlobalAveragePooling3D(), keras.layers.Dense(1)]
model = keras.Sequential([keras.Input(volume.shape[1:]), *layers])
compiled = {} if sys.argv[2] == "default" else {"jit_compile": True}
model.compile(keras.optimizers.SGD(0.01), "mse", **compiled)
weights = np.load(sys.argv[1])
model.set_weights([weights[name] for name in ("kernel", "bias", "dense", "offset")])
model.train_on_batch(volume, np.ones((1, 1), "float32"))
print(*(model.get_weights()[1] / 0.01))
PY
"$folder/venv/bin/python" - "$folder/weights.npz" <<'PY'
import sys

import numpy as np

drawn = np.random.default_rng(1)
kernel, dense = drawn.normal(0, 0.2, (3, 3, 3, 1, 2)), drawn.normal(0, 1, (2, 1))
np.savez(sys.argv[1], kernel=kernel, bias=np.zeros(2), dense=dense, offset=np.zeros(1))
PY
for run in "tensorflow default" "tensorflow jit" "jax default"; do
  KERAS_BACKEND=${run% *} "$folder/venv/bin/python" -W ignore "$folder/step.py" "$folder/weights.npz" "${run#* }" >"$folder/told" 2>"$folder/log" ||
    { tail -20 "$folder/log"; exit 1; }
  echo "$run $(cat "$folder/told")" | tee -a "$folder/steps"
done
"$folder/venv/bin/python" - "$folder/steps" <<'PY'
import sys

import numpy as np

default, compiled, jax = (np.array(line.split()[2:], float) for line in open(sys.argv[1]))
assert np.allclose(compiled, jax, rtol=1e-3), "XLA and JAX disagree"
print("times as far:", default / jax)
assert (default / jax > 5).all(), "a step is right now"
PY
