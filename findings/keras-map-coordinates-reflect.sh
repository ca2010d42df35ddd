#!/usr/bin/env bash
# On TensorFlow keras.ops.image.map_coordinates with fill_mode="reflect" mirrors before the first pixel and reflects after the last.
#
# Versions   keras 3.15.1, tensorflow-cpu 2.21.0, scipy 1.18.1, numpy 2.5.5 on Python 3.12; Keras on JAX 0.12.0.1 and on
#            torch 2.15.0 gave what SciPy gives
# Behaviour  Five values, linear interpolation, coordinates from -4 to 8 in steps of a half.
# Output     From -0.5 down the results are those of SciPy's "mirror", (c d c b | a b c d): 20 at -1, where "reflect",
#            (d c b a | a b c d), has 10. From 4.5 up they are those of "reflect", and inside all is right.
# Surprise   The docstring draws both sides alike, and elastic_transform takes "reflect" by default, so the same model
#            augments its left and upper borders otherwise on TensorFlow. Nothing is raised; "nearest" agrees everywhere.
# Known      keras-team/keras#21420 (open) has other fill modes of this function on TensorFlow, for coordinates outside;
#            looked in vain for reflect with mirror, left, negative.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3.12}" -m venv "$work/env"
"$work/env/bin/pip" install -q keras==3.15.1 tensorflow-cpu==2.21.0 scipy==1.18.1 numpy==2.5.5
cat >"$work/reflect.py" <<'PY'
import keras
import numpy as np
from scipy import ndimage

line = np.array([10, 20, 40, 80, 160], "float32")
places = np.arange(-4, 8.5, 0.5).astype("float32")


def by_keras(mode):
    return keras.ops.convert_to_numpy(keras.ops.image.map_coordinates(line, places[None], order=1, fill_mode=mode))


def by_scipy(mode):
    return ndimage.map_coordinates(line, places[None], order=1, mode=mode)


got, reflect, mirror = by_keras("reflect"), by_scipy("reflect"), by_scipy("mirror")
for name, row in (("place", places), ("Keras", got), ("reflect", reflect), ("mirror", mirror)):
    print(f"{name:8}", *(f"{value:6.1f}" for value in row[:12]))
before, inside, after = places < 0, (places >= 0) & (places <= 4), places > 4
assert np.allclose(by_keras("nearest"), by_scipy("nearest"))
assert np.allclose(got[inside | after], reflect[inside | after]) and not np.allclose(got[after], mirror[after])
assert np.allclose(got[before], mirror[before]) and abs(got[before] - reflect[before]).max() > 5
print("still so")
PY
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 "$work/env/bin/python" "$work/reflect.py" 2>"$work/log" ||
  { tail -20 "$work/log"; exit 1; }
