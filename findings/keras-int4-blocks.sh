#!/usr/bin/env bash
# Keras's int4 quantisation ruins weights that lie on one side of zero, which its docstring names as its use, and the more so the smaller its blocks are.
#
# Versions   keras 3.15.1, jax 0.12.0.1, numpy 2.5.5 on Python 3.12; 1 gave the same figures with torch 2.15.0 as the backend
# Behaviour  1. model.quantize("int4"), blocks of 128 by default, each with its least and greatest weight and a zero point: the zero point is
#               cut off at -8 and 7. Where a block does not reach zero, no weight comes out larger than the block is wide.
#            2. LoRA on an int4 layer: save rounds the sum of both to int4 again. A small update is gone in the file, a larger one
#               comes with the error of a new quantisation. The model in memory stays as it was.
#            3. LoRA on an int8 ReversibleEmbedding with tied weights: in memory it counts for the ids that go in and not for the logits that come
#               out, in the file for both. Without quantisation it counts for both in either.
# Output     1. Dense of 256 inputs, weights of mean 1 and deviation 0.1, outputs off by: int8 0.5 %, int4 without blocks
#               (block_size=None) 5 %, blocks of 128 49 %, 32 60 %, 4 82 %, 1 100 %. Around 0: 13 % by default, blocks of 1 100 %.
#            2. an update of 5 % of the output: the file is off by 5.4 % from the trained model and by 3.8 % from the one before training
#            3. the file's logits are off by 56 % from those in memory, not quantised by less than 1e-5
# Surprise   The pull request for blocks has them reduce the error, the docstring of abs_max_quantize_grouped_with_zero_point calls it useful for
#            weights that are not centred around zero, and block_size=None, the older way, is right. Nothing warns in any of the three.
# Known      keras-team/keras pull request 22007 (January 2026, merged) brought the blocks; looked in vain in its issues for the zero point, for
#            LoRA saved as int4 and for a quantised tied embedding.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet keras==3.15.1 jax==0.12.0.1 jaxlib==0.12.0.1 numpy==2.5.5
cd "$folder"
KERAS_BACKEND=jax "$folder/venv/bin/python" -W ignore - <<'PY'
import keras
import numpy as np
from keras import layers
from keras.quantizers import Int4QuantizationConfig, abs_max_quantize_grouped_with_zero_point

random = np.random.default_rng(0)
noise = random.normal(size=(256, 8)).astype("float32")
x = random.normal(size=(4, 256)).astype("float32")


def off(given, right):
    return float(np.linalg.norm(np.asarray(given) - right) / np.linalg.norm(right))


def dense(weights):
    model = keras.Sequential([keras.Input((256,)), layers.Dense(8, use_bias=False)])
    model.layers[0].kernel.assign(weights)
    return model


def quantised(weights, mode=None, **options):
    """How far the outputs of the quantised layer are off."""
    model = dense(weights)
    model.quantize(mode) if mode else model.quantize(config=Int4QuantizationConfig(**options))
    return off(model.predict(x, verbose=0), x @ weights)


shifted, centred = 1 + 0.1 * noise, 0.1 * noise
blocks = {size: quantised(shifted, block_size=size) for size in (None, 128, 32, 4, 1)}
by_mode = {mode: quantised(shifted, mode) for mode in ("int8", "int4")}
print("mean 1, deviation 0.1: off by", by_mode, "with blocks of", blocks)
assert by_mode["int8"] < 0.01 and blocks[None] < 0.1
assert by_mode["int4"] == blocks[128] and blocks[1] > 0.99, "blocks keep such weights now"
assert 0.4 < blocks[128] < blocks[32] < blocks[4] < blocks[1], "smaller blocks are better now"
around = {size: quantised(centred, block_size=size) for size in (None, 128, 1)}
print("mean 0, deviation 0.1: off by", around)
assert around[128] < around[None] < 0.25 and around[1] > 0.99

values, scale, zero = (np.asarray(each, "float32") for each in abs_max_quantize_grouped_with_zero_point(shifted, 128))
again = ((values.reshape(2, 128, 8) - zero[:, None]) * scale[:, None]).reshape(256, 8)
low = shifted.reshape(2, 128, 8).min(1, keepdims=True)
right = low + np.round((shifted.reshape(2, 128, 8) - low) / scale[:, None]) * scale[:, None]
print("the function alone: off by", off(again, shifted), "the same scales from the least weight on", off(right.reshape(256, 8), shifted))
assert (again.reshape(2, 128, 8) <= np.ptp(shifted.reshape(2, 128, 8), 1, keepdims=True) + 1e-5).all()
assert off(again, shifted) > 0.4 and off(right.reshape(256, 8), shifted) < 0.02


def saved(model):
    model.save("model.keras")
    return keras.models.load_model("model.keras")


down, up = random.normal(size=(256, 4)), random.normal(size=(4, 8)) * 0.003
for mode in (None, "int4"):
    model = dense(centred)
    if mode:
        model.quantize(mode)
    before = model.predict(x, verbose=0)
    model.layers[0].enable_lora(4)
    model.layers[0].lora_kernel_a.assign(down)
    model.layers[0].lora_kernel_b.assign(up)
    trained = np.asarray(model(x))
    assert 0.03 < off(trained, before) < 0.08
    file = saved(model).predict(x, verbose=0)
    assert off(model(x), trained) == 0
    print("LoRA", mode, "moves", off(trained, before), "the file is off by", off(file, trained), "and by", off(file, before), "from before")
    if mode:
        assert off(file, trained) > off(file, before), "the file keeps what was trained now"
    else:
        assert off(file, trained) < 1e-5

ids = random.integers(0, 20, (4, 5))
down, up = random.normal(size=(20, 2)) * 0.1, random.normal(size=(2, 16)) * 0.1
for mode in (None, "int8"):
    keras.utils.set_random_seed(0)
    given, embedding = keras.Input((5,), dtype="int32"), layers.ReversibleEmbedding(20, 16)
    model = keras.Model(given, embedding(embedding(given), reverse=True))
    plain = np.asarray(embedding.embeddings)
    both = plain + down @ up
    if mode:
        model.quantize(mode)
    embedding.enable_lora(2)
    embedding.lora_embeddings_a.assign(down)
    embedding.lora_embeddings_b.assign(up)
    trained = np.asarray(model(ids))
    file = saved(model).predict(ids, verbose=0)
    difference = off(file, trained)
    print("tied embedding", mode, "the file is off by", difference)
    assert difference > 0.2 if mode else difference < 1e-5, "memory and file agree now"
    assert off(trained, both[ids] @ (plain if mode else both).T) < 0.03 and off(file, both[ids] @ both.T) < 0.03
PY
