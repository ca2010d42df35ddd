#!/usr/bin/env bash
# A NaN that reaches max pooling, argmax, top_k or an accuracy of Keras 3 disappears on TensorFlow and stays on JAX.
#
# Versions   keras 3.15.1, tensorflow-cpu 2.21.0, jax 0.12.0.1, numpy 2.5.5 on Python 3.12 (JAX 0.12 needs 3.12), on processors;
#            the PyTorch backend (torch 2.15.0) did what JAX does
# Behaviour  Of (1, NaN, 3) TensorFlow's max_pool and segment_max give 3, argmax and top_k choose the 3, and sort leaves
#            1, NaN, 3 as it is. max and relu keep the NaN on both. Compiled by tf.function(jit_compile=True), the same
#            TensorFlow sorts it last and finds it in top_k, and now reduce_max gives 3.
# Output     TensorFlow: max_pool 3, argmax 2, sort 1 NaN 3, accuracy of two predictions with NaN 1.0 and 1.0;
#            JAX: max_pool NaN, argmax 1, sort 1 3 NaN, accuracy 1.0 and 0.0 (a row of nothing but NaN counts as class 0 on both)
# Surprise   The same model, file and input give a finite answer on one backend and NaN on the other, without a message; a
#            comparison of two backends on finite inputs cannot see it, and a check for NaN after the last layer may not either.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3.12}" -m venv "$work/env"
"$work/env/bin/pip" install -q keras==3.15.1 tensorflow-cpu==2.21.0 jax==0.12.0.1 jaxlib==0.12.0.1 numpy==2.5.5
cat >"$work/nan.py" <<'PY'
import sys

import keras
import numpy as np
from keras import ops

row = np.array([1, np.nan, 3], "float32")
seen = {
    "pool": keras.layers.GlobalMaxPooling1D()(row.reshape(1, 3, 1)),
    "windows": ops.max_pool(row.reshape(1, 3, 1), 3, 1),
    "segments": ops.segment_max(row, np.zeros(3, "int32"), num_segments=1),
    "argmax": ops.argmax(row),
    "top": ops.top_k(row, 1)[1],
    "sort": ops.sort(row),
    "max": ops.max(row),
    "relu": ops.relu(row),
    "accuracy": keras.metrics.sparse_categorical_accuracy(
        np.array([0, 2]), np.stack([np.full(3, np.nan, "float32"), row])
    ),
}
np.savez(sys.argv[1], **{name: ops.convert_to_numpy(value) for name, value in seen.items()})
PY
for backend in tensorflow jax; do
  KERAS_BACKEND=$backend TF_CPP_MIN_LOG_LEVEL=3 "$work/env/bin/python" "$work/nan.py" "$work/$backend.npz" 2>"$work/log" ||
    { tail -20 "$work/log"; exit 1; }
done
cat >"$work/jit.py" <<'PY'
import numpy as np
import tensorflow as tf

row = tf.constant([1, np.nan, 3], tf.float32)


for name, of in {"reduce_max": tf.reduce_max, "top_k": lambda x: tf.math.top_k(x, 1).values, "sort": tf.sort}.items():
    plain, compiled = (np.ravel(call(row)) for call in (of, tf.function(of, jit_compile=True)))
    print("tf", name, plain, "with jit_compile", compiled)
    expected = {"reduce_max": ([np.nan], [3]), "top_k": ([3], [np.nan]), "sort": ([1, np.nan, 3], [1, 3, np.nan])}
    np.testing.assert_array_equal(plain, expected[name][0])
    np.testing.assert_array_equal(compiled, expected[name][1])
PY
TF_CPP_MIN_LOG_LEVEL=3 "$work/env/bin/python" "$work/jit.py" 2>"$work/log" || { tail -20 "$work/log"; exit 1; }
cd "$work"
"$work/env/bin/python" - <<'PY'
import numpy as np

tensorflow, jax = np.load("tensorflow.npz"), np.load("jax.npz")
for name in tensorflow:
    print(name, "tensorflow", tensorflow[name].ravel(), "jax", jax[name].ravel())
for name in ("max", "relu", "pool"):
    assert np.isnan(jax[name]).any()
for name in ("windows", "segments"):
    assert tensorflow[name].ravel() == [3] and np.isnan(jax[name]).all()
assert np.isnan(tensorflow["max"]) and np.isnan(tensorflow["relu"]).any()
assert (tensorflow["argmax"], jax["argmax"]) == (2, 1) and (tensorflow["top"], jax["top"]) == (2, 1)
assert np.isnan(tensorflow["sort"][1]) and np.isnan(jax["sort"][2])
assert tensorflow["accuracy"].tolist() == [1, 1] and jax["accuracy"].tolist() == [1, 0]
print("still so")
PY
