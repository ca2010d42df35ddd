#!/usr/bin/env bash
# The perplexity of metrax depends on how padded sentences are divided into batches, and its F-beta score takes one batch alone.
#
# Versions   google-metrax 0.2.4, clu 0.0.12, flax 0.12.12, jax 0.12.0.1, numpy 2.5.5 on Python 3.12
# Behaviour  1. metrax.Perplexity with sample_weights that mask the padding, and without weights where batches differ in length:
#               each batch counts as many times as it has sentences, however many tokens these have.
#            2. metrax.FBetaScore has no merge, so that metrax.nnx.FBetaScore raises NotImplementedError at the first update.
# Output     nine tokens of probability 1/2 and, in a sentence of its own, one of 1/100: the sum over all tokens gives 2.96; both
#            sentences in one batch: 2.96; one by one: 14.14, masked or cut to their lengths; the long one twice in a batch: 7.37; two sentences of the same length: right
#            metrax.Accuracy with the same weights, and Precision in two batches: right
# Surprise   The docstring gives the formula, a sum of weighted logarithms over the sum of weights. Two runs that validate the same
#            data with another batch size cannot be compared.
# Known      1: looked in vain in the issues of google/metrax; keras-team/keras-hub#2958 (August 2026) mended the same fault of its
#            own. 2: google/metrax#131 (November 2025, open).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet google-metrax==0.2.4 clu==0.0.12 flax==0.12.12 jax==0.12.0.1 numpy==2.5.5
cat >"$folder/shown.py" <<'PY'
import jax.numpy as jnp
import metrax
import metrax.nnx
import numpy as np


def sentence(chances, length):
    """Probabilities (1, length, 2) that give the token 0 these chances, its labels, and weights that mask the padding."""
    first = np.full(length, 0.3)
    first[: len(chances)] = chances
    weights = (np.arange(length) < len(chances)).astype("float32")
    return np.stack([first, 1 - first], -1)[None], np.zeros((1, length), int), weights[None]


def perplexity(batches, masked=True):
    total = None
    for predictions, labels, weights in batches:
        each = metrax.Perplexity.from_model_output(
            jnp.asarray(predictions), jnp.asarray(labels), jnp.asarray(weights) if masked else None
        )
        total = each if total is None else total.merge(each)
    return float(total.compute())


long, short = [0.5] * 9, [0.01]
wanted = float(np.exp(-np.log(long + short).mean()))
padded = [sentence(long, 9), sentence(short, 9)]
together = perplexity([[np.concatenate(parts) for parts in zip(*padded)]])
masked = perplexity(padded)
cut = perplexity([sentence(long, 9), sentence(short, 1)], masked=False)
print(f"wanted {wanted:.2f}, one batch {together:.2f}, one by one: masked {masked:.2f}, cut {cut:.2f}")
assert abs(together - wanted) < 1e-3
twice = perplexity([[np.concatenate([part, part]) for part in padded[0]], padded[1]])
equal = perplexity([sentence([0.5] * 4, 4), sentence([0.01] * 4, 4)])
assert abs(equal - np.sqrt(2 * 100)) < 1e-3

weights = np.concatenate([part[2] for part in padded])
right = np.array([[1] * 9, [0] * 9])
accuracy = [
    metrax.Accuracy.from_model_output(jnp.asarray(right[rows]), jnp.ones_like(right[rows]), jnp.asarray(weights[rows]))
    for rows in (slice(0, 1), slice(1, 2))
]
assert abs(float(accuracy[0].merge(accuracy[1]).compute()) - 0.9) < 1e-6

scores = {"predictions": jnp.array([0.9, 0.8, 0.1]), "labels": jnp.array([1, 0, 1])}
precision = metrax.nnx.Precision()
precision.update(**scores)
precision.update(**scores)
assert float(precision.compute()) == 0.5
assert abs(float(metrax.FBetaScore.from_model_output(**scores).compute()) - 0.5) < 1e-6
try:
    metrax.nnx.FBetaScore().update(**scores)
    raise SystemExit("FBetaScore takes batches now")
except NotImplementedError as error:
    print("FBetaScore:", error)
# Each batch counts as many times as it has sentences: 1 and 1, then 2 and 1.
assert abs(masked - 200 ** (1 / 2)) < 1e-3 and abs(cut - masked) < 1e-3, "perplexity no longer depends on the batches"
assert abs(twice - 400 ** (1 / 3)) < 1e-3
PY
JAX_PLATFORMS=cpu "$folder/venv/bin/python" -W ignore "$folder/shown.py"
