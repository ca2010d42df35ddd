#!/usr/bin/env bash
# jax2onnx writes a product over the first axis, a nearest resize and a one-hot row that compute something else than JAX.
#
# Versions   jax2onnx 0.17.1, jax 0.12.0.1, onnx 1.23.2, onnxruntime 1.32.0, numpy 2.5.5 on Python 3.12
# Behaviour  1. jnp.tensordot(x, y, [[0], [0]]) and lax.dot_general that contracts axis 0 of a matrix on the left (Gram
#               matrices, x^T y of attention and of gradients): the Gemm leaves the left matrix as it is. For square
#               matrices the file computes x y, for others ONNX Runtime refuses it. jnp.einsum("ki,kj->ij") is right.
#            2. jax.image.resize(method="nearest"): of two pixels at the same distance JAX takes the later, the file the
#               earlier. Every pixel is off where a side is halved; doubled sides are right.
#            3. jax.nn.one_hot of -1, the usual mark of padding: the last class is set, JAX leaves the row empty.
# Output     x^T x of [[1, 2], [3, 4]]: JAX [10, 14, 14, 20], file [7, 10, 15, 22] (that is x x); 0..3 halved: JAX [1, 3],
#            file [0, 2]; one_hot(-1, 3): JAX [0, 0, 0], file [0, 0, 1]
# Surprise   A general product is what every matrix product of JAX becomes, and 29 of them, written as einsum, were right.
#            The converter and the checker are content. With random square weights nothing but numbers shows it.
# Known      enpasos/jax2onnx issue 118 (October 2025, open) asks for a fallback of dot_general and reports no wrong values.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet \
  jax2onnx==0.17.1 jax==0.12.0.1 jaxlib==0.12.0.1 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.5.5
"$folder/venv/bin/python" - <<'EOF'
import logging

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import onnxruntime as ort
from jax2onnx import to_onnx

logging.disable(logging.WARNING)
ort.set_default_logger_severity(4)
square = np.array([[1, 2], [3, 4]], np.float32)
line = np.arange(4, dtype=np.float32).reshape(1, 4)
FUNCTIONS = {
    "tensordot": (lambda x: jnp.tensordot(x, x, [[0], [0]]), square, [7, 10, 15, 22]),
    "dot_general": (lambda x: jax.lax.dot_general(x, x, (((0,), (0,)), ((), ()))), square, [7, 10, 15, 22]),
    "einsum": (lambda x: jnp.einsum("ki,kj->ij", x, x), square, None),
    "halved": (lambda x: jax.image.resize(x, (1, 2), "nearest"), line, [0, 2]),
    "doubled": (lambda x: jax.image.resize(x, (1, 8), "nearest"), line, None),
    "one_hot": (lambda x: jax.nn.one_hot(x, 3), np.array([-1], np.int32), [0, 0, 1]),
    "one_hot in range": (lambda x: jax.nn.one_hot(x, 3), np.array([1], np.int32), None),
}
for name, (function, x, other) in FUNCTIONS.items():
    expected = np.asarray(function(jnp.asarray(x))).ravel()
    model = to_onnx(function, inputs=[jax.ShapeDtypeStruct(x.shape, x.dtype)])
    onnx.checker.check_model(model, full_check=True)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    got = session.run(None, {session.get_inputs()[0].name: x})[0].ravel()
    print(f"{name}: JAX {expected.tolist()}, file {got.tolist()}")
    assert np.allclose(got, expected if other is None else other, atol=1e-4), "the file has changed"
    assert other is None or not np.allclose(got, expected, atol=1e-4), "the file is right now"
EOF
