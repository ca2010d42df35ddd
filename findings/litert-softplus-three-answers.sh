#!/usr/bin/env bash
# ai-edge-litert 2.3.0: one .tflite file of softplus, one processor, two answers; TensorFlow has a third.
#
# Versions: tensorflow-cpu 2.21.0 (its converter), ai-edge-litert 2.3.0, keras 3.15.1, numpy 2.5.5. Python 3.12.
#   Seen on Linux x86-64 (AVX-512), 2026-11-29.
# Behaviour:
#     softplus(100)     TensorFlow 100     LiteRT inf     LiteRT without its default delegate 88.72
#     softplus(-17)     TensorFlow 4.1e-8  LiteRT 0       LiteRT without its default delegate 0
#     exp(NaN)          TensorFlow nan     LiteRT 0       LiteRT without its default delegate nan
#     rsqrt(0)          TensorFlow inf     LiteRT nan     LiteRT without its default delegate inf
#   A Keras model with Dense(1, activation="softplus"), the usual head for a rate or a scale, predicts inf above 88.7
#   and exactly 0 below -17, so that its logarithm is -inf. A broken input (NaN) leaves exp as a plain 0, so a check
#   for NaN at the end finds nothing.
# Why one would guess otherwise: the file is float32 without any optimisation, the converter warns of nothing, and
#   random inputs agree to 1e-6. Switching the delegate off, the usual test of doubt, changes the answer and not to
#   the right one.
# The cause: softplus is written as LOG(EXP(x) + 1); the default XNNPACK kernels of EXP and RSQRT are approximations
#   that leave out the special values, and the built-in LOG caps infinity.
# Known in part: tensorflow/tensorflow#60892 and #118524 (softplus gives inf; both closed, still so).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3.12}" -m venv "$work/env"
"$work/env/bin/pip" install -q tensorflow-cpu==2.21.0 keras==3.15.1 ai-edge-litert==2.3.0 numpy==2.5.5
TF_CPP_MIN_LOG_LEVEL=3 "$work/env/bin/python" - 2>"$work/log" <<'PY' || { tail -20 "$work/log"; exit 1; }
import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter, OpResolverType


def lite(file, x, resolver):
    interpreter = Interpreter(model_content=file, experimental_op_resolver_type=resolver)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"]).ravel()


def three(function, *values):
    x = np.array([values], "float32")
    traced = tf.function(function, input_signature=[tf.TensorSpec(x.shape, tf.float32)])
    file = tf.lite.TFLiteConverter.from_concrete_functions([traced.get_concrete_function()]).convert()
    plain = OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    answers = traced(x).numpy().ravel(), lite(file, x, OpResolverType.AUTO), lite(file, x, plain)
    for name, answer in zip(("TensorFlow", "LiteRT", "LiteRT, no delegate"), answers):
        print(f"{getattr(function, '__name__', 'function'):12} {values} {name:20} {answer}")
    return answers


full, default, builtin = three(tf.math.softplus, 100.0, -17.0, 1.0, 0.0)
assert np.allclose(full, [100, 4.1399e-8, 1.313262, 0.693147], rtol=1e-3)
assert np.isinf(default[0]) and default[1] == 0 and np.allclose(default[2:], full[2:], rtol=1e-5)
assert 88 < builtin[0] < 89 and builtin[1] == 0 and np.allclose(builtin[2:], full[2:], rtol=1e-5)
full, default, builtin = three(tf.exp, np.nan, 1.0)
assert np.isnan(full[0]) and default[0] == 0 and np.isnan(builtin[0])
full, default, builtin = three(tf.math.rsqrt, 0.0, 4.0)
assert np.isposinf(full[0]) and np.isnan(default[0])

model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, activation="softplus", kernel_initializer="ones")])
file = tf.lite.TFLiteConverter.from_keras_model(model).convert()
x = np.array([[100.0]], "float32")
print("Keras model", model.predict(x, verbose=0), "as .tflite", lite(file, x, OpResolverType.AUTO))
assert model.predict(x, verbose=0)[0, 0] == 100 and np.isinf(lite(file, x, OpResolverType.AUTO)[0])
print("still so")
PY
