#!/usr/bin/env bash
# safetensors.numpy saves a transposed or strided array with its values in the wrong places.
#
# Versions   safetensors 0.8.0 (the newest on 2026-11-29), numpy 2.4.6, Python 3.11; also run with safetensors 0.7.0.
# Behaviour  save_file and save take any NumPy array. Of an array that is not contiguous in C order, 0.8.0 writes the
#            bytes as they lie in memory under the shape of the view. Nothing is raised, the shape and the type are
#            right, and load_file returns other numbers. 0.7.0 wrote the same arrays correctly.
# Output     0.8.0 transposed: [[0, 1], [2, 3], [4, 5]] instead of [[0, 3], [1, 4], [2, 5]]
#            0.8.0 every second column: [[0, 1], [2, 3]] instead of [[0, 2], [3, 5]]
#            0.7.0: both right
# Surprise   A weight that goes from PyTorch or scikit-learn to another framework is often kept as `weight.T`, and
#            numpy.save stores it rightly. safetensors.torch raises a ValueError for the same view, so one expects
#            either the right numbers or an exception.
# Known      safetensors/safetensors issue 825, open.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

run() {
  python3 -m venv "$folder/$1"
  "$folder/$1/bin/pip" install --quiet "safetensors==$1" numpy==2.4.6
  "$folder/$1/bin/python" - "$1" "$folder/weights-$1.safetensors" <<'EOF'
import sys

import numpy as np
from safetensors.numpy import load_file, save_file

version, path = sys.argv[1:]
weight = np.arange(6, dtype=np.float32).reshape(2, 3)
saved = {"transposed": weight.T, "every second column": weight[:, ::2]}
save_file(saved, path)
loaded = load_file(path)
for name, array in saved.items():
    print(version, f"{name}:", loaded[name].tolist(), "saved from", array.tolist())
    assert loaded[name].shape == array.shape and loaded[name].dtype == array.dtype
    right = np.array_equal(loaded[name], array)
    assert right == (version == "0.7.0"), f"{version} has changed: {name} is {'right' if right else 'wrong'}"
EOF
}

run 0.7.0
run 0.8.0
