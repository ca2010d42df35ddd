#!/usr/bin/env bash
# Where a Keras model is divided over two processes, each with its own part of the data, the rows of both are mixed.
#
# Versions   keras 3.15.1, jax 0.12.0.1, numpy 2.5.5 on Python 3.12
# Behaviour  keras.distribution.initialize() in two processes; a mesh of one copy of the model over both devices; ModelParallel
#            with auto_shard_dataset=False, "if the dataset is already sharded across hosts" as its docstring says; fit, with
#            the first half of the rows in one process and the second half in the other.
# Output     With one copy and all rows in both processes fit gives the loss of all rows, 25.94. With half of the rows in each it
#            gives 6.10 in both: the first column for the rows of one process and the second for those of the other. No error
#            and no warning comes. With a copy in each process the halves give 25.94 again.
# Surprise   To give each machine its part of the data is what one does on several machines, and what the option is for. For a
#            tf.data.Dataset Keras knows better: where there is one copy it gives the whole batch to every process.
# Known      JAX's page on make_array_from_process_local_data, which Keras calls, asks for the same data where processes share
#            a copy; Keras's docstrings do not. Pull request 22179 of keras-team/keras mended this for tf.data. Looked in vain in
#            its issues for other data: ModelParallel with several processes, auto_shard_dataset, different rows.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3.12}" -m venv "$work/env"
"$work/env/bin/pip" install -q keras==3.15.1 jax==0.12.0.1 jaxlib==0.12.0.1 numpy==2.5.5
cat >"$work/rows.py" <<'PY'
import os
import sys

number, port, copies, given = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
os.environ |= {
    "KERAS_BACKEND": "jax",
    "JAX_PLATFORMS": "cpu",
    "KERAS_DISTRIBUTION_JOB_ADDRESSES": f"127.0.0.1:{port}",
    "KERAS_DISTRIBUTION_NUM_PROCESSES": "2",
    "KERAS_DISTRIBUTION_PROCESS_ID": str(number),
}
import keras
import numpy as np

keras.distribution.initialize()
mesh = keras.distribution.DeviceMesh((copies, 2 // copies), ["batch", "model"])
layout = keras.distribution.LayoutMap(mesh)
layout[".*kernel"] = (None, "model")
keras.distribution.set_distribution(
    keras.distribution.ModelParallel(
        layout_map=layout, batch_dim_name="batch", auto_shard_dataset=False
    )
)
x = np.arange(32, dtype="float32").reshape(8, 4) / 10
sums = x.sum(axis=1)  # what both outputs are; the second is right, the first should be 0
y = np.stack([0 * sums, sums], axis=1)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, "linear", False, "ones")])
model.compile("sgd", "mse")
rows = slice(None) if given == "all" else slice(4 * number, 4 * number + 4)
loss = model.fit(x[rows], y[rows], batch_size=len(x[rows]), shuffle=False, verbose=0).history["loss"][0]
whole, mixed = (sums**2).mean() / 2, (sums[:4] ** 2).mean() / 2
print(f"copies {copies}, {given} of the rows, process {number}: loss {loss:.2f}; all rows have {whole:.2f}, the first half {mixed:.2f}")
assert np.isclose(loss, mixed if (copies, given) == (1, "half") else whole, atol=1e-3)
PY
both() {
  port=$("$work/env/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  timeout 120 "$work/env/bin/python" "$work/rows.py" 0 "$port" "$@" 2>"$work/log0" &
  timeout 120 "$work/env/bin/python" "$work/rows.py" 1 "$port" "$@" 2>"$work/log1" || { tail -20 "$work/log1"; exit 1; }
  wait $! || { tail -20 "$work/log0"; exit 1; }
}
both 1 all
both 1 half
both 2 half
echo "still so"
