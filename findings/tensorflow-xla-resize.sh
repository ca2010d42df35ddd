#!/usr/bin/env bash
# Compiled with XLA, tf.image.resize takes the neighbour of a pixel in some columns and rows where it makes an image three or five times as large.
#
# Versions   tensorflow-cpu 2.21.0, keras 3.15.1, numpy 2.5.5 on Python 3.12
# Behaviour  A bilinear enlargement by an odd number has places that fall on a pixel of the input, whose value they have to take. With
#            jit_compile=True some of them have the value of the next pixel instead.
# Output     A row of 0 10 20 30 40, three times as wide: 10 and 20 of the eager result are 20 and 30. Of rows of 32, 64 and 224 pixels,
#            5, 6 and 8 places have the value of the next pixel at three times the width, one at five times, none at two and four
#            times; columns of pixels likewise. Keras' UpSampling2D(3, interpolation="bilinear") in predict: as by XLA with
#            model.compile(jit_compile=True), right without.
# Surprise   These places need no interpolation at all, and those between the pixels are right. A test with a factor of two sees nothing.
#            Keras compiles with XLA by default where it sees a GPU.
# Known      tensorflow/tensorflow#118344 and #118467 (both open) report that the results differ.
set -euo pipefail
export TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorflow-cpu==2.21.0 keras==3.15.1 numpy==2.5.5
"$folder/venv/bin/python" -W ignore - 2>"$folder/log" <<'PY' || { tail -20 "$folder/log"; exit 1; }
import keras
import numpy as np
import tensorflow as tf


def enlarged(row, factor, compiled, upright=False):
    shape, size = ((-1, 1), (len(row) * factor, 1)) if upright else ((1, -1), (1, len(row) * factor))
    resize = tf.function(lambda image: tf.image.resize(image, size), jit_compile=compiled)
    return resize(np.reshape(row, (1, *shape, 1)).astype("float32")).numpy().ravel()


def expected(row, factor):
    places = (np.arange(len(row) * factor) + 0.5) / factor - 0.5
    return np.interp(places, np.arange(len(row)), row)


def wrong(values, row, factor):
    return np.flatnonzero(np.abs(values - expected(row, factor)) > 0.01)


ramp = np.arange(5) * 10.0
eager, compiled = enlarged(ramp, 3, False), enlarged(ramp, 3, True)
print("eager", eager.round(2).tolist())
print("XLA  ", compiled.round(2).tolist())
assert wrong(eager, ramp, 3).tolist() == [] and eager[[4, 7]].round(2).tolist() == [10, 20]
assert wrong(compiled, ramp, 3).tolist() == [4, 7] and compiled[[4, 7]].round(2).tolist() == [20, 30], "a ramp is right now"

drawn = np.random.default_rng(0)
counts = {}
for length in (32, 64, 224):
    row = drawn.permutation(length)
    for factor in (2, 3, 4, 5):
        assert len(wrong(enlarged(row, factor, False), row, factor)) == 0
        off = wrong(enlarged(row, factor, True), row, factor)
        counts[length, factor] = len(off)
        assert off.tolist() == wrong(enlarged(row, factor, True, upright=True), row, factor).tolist()
        middles = off // factor  # the pixels that these places fall on
        assert np.allclose(enlarged(row, factor, True)[off], row[middles + 1], atol=0.01), "not the next pixel"
print("wrong places by length and factor", counts)
assert [counts[length, factor] for length in (32, 64, 224) for factor in (2, 3, 4, 5)] == [0, 5, 0, 1, 0, 6, 0, 1, 0, 8, 0, 1]

image = np.tile(ramp[:, None], (5, 1, 1))[None].astype("float32")
for jit in (False, True):
    model = keras.Sequential([keras.layers.UpSampling2D(3, interpolation="bilinear")])
    model.compile(jit_compile=jit)
    predicted = model.predict(image, verbose=0)[0, 0, :, 0]
    print("predict", "with XLA" if jit else "without", predicted.round(2).tolist())
    assert wrong(predicted, ramp, 3).tolist() == ([4, 7] if jit else []), "Keras changed"
PY
