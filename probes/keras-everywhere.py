# /// script
# requires-python = "==3.12.*"
# dependencies = ["keras==3.15.1", "keras-hub==0.32.0", "tensorflow==2.21.0", "torch==2.15.0", "jax==0.12.0.1", "jaxlib==0.12.0.1", "openvino==2026.4.1", "tf2onnx==1.17.0", "onnx==1.23.2", "onnxscript==0.7.2", "onnxruntime==1.32.0"]
# ///
"""One text of Keras on three backends: training, KerasHub's models, and every format of export."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("keras", "keras-hub", "tensorflow", "torch", "jax", "openvino", "onnxruntime")
DECIDES = (
    "keras3-high-level-anywhere",
    "keras3-teaches-one-api",
    "keras-hub-models",
    "keras-export-formats",
    "keras-onnx-varying-shapes",
)

TRAIN = """\
import keras, numpy as np
keras.utils.set_random_seed(0)
x = np.random.default_rng(0).random((512, 8), "float32")
y = (x.sum(1) > 4).astype("int32")
model = keras.Sequential([keras.layers.Dense(32, "relu"), keras.layers.Dense(2, "softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, batch_size=32, verbose=0)
score = model.evaluate(x, y, verbose=0)[1]
import keras_hub
text = keras_hub.models.BertBackbone(
    vocabulary_size=50, num_layers=1, num_heads=2, hidden_dim=16, intermediate_dim=32, max_sequence_length=8)
tokens = {n: np.ones((2, 8), "int32") for n in ("token_ids", "segment_ids", "padding_mask")}
image = keras_hub.models.ResNetBackbone(
    input_conv_filters=[64], input_conv_kernel_sizes=[7], stackwise_num_filters=[64, 64],
    stackwise_num_blocks=[1, 1], stackwise_num_strides=[1, 2], block_type="basic_block", image_shape=(32, 32, 3))
sound = keras_hub.models.WhisperBackbone(
    vocabulary_size=50, num_layers=1, num_heads=2, hidden_dim=16, intermediate_dim=32,
    num_mels=8, max_encoder_sequence_length=16, max_decoder_sequence_length=8)
heard = {"encoder_features": np.ones((1, 16, 8), "float32"),
         "decoder_token_ids": np.ones((1, 8), "int32"), "decoder_padding_mask": np.ones((1, 8), "int32")}
ran = [
    text.predict(tokens, verbose=0)["sequence_output"].shape == (2, 8, 16),
    image.predict(np.ones((1, 32, 32, 3), "float32"), verbose=0).shape[0] == 1,
    sound.predict(heard, verbose=0)["decoder_sequence_output"].shape == (1, 8, 16),
]
before = len(text.trainable_weights)
text.enable_lora(2)
after = [w.path for w in text.trainable_weights]
presets = [len(m.presets) for m in (keras_hub.models.BertBackbone, keras_hub.models.ResNetBackbone, keras_hub.models.WhisperBackbone)]
told = {"score": score, "ran": ran, "before": before, "lora": sum("lora" in p for p in after), "after": len(after), "presets": presets}
"""
EXPORT = """\
import keras, numpy as np, sys
keras.utils.set_random_seed(0)
x = np.random.default_rng(0).random((1, 4), "float32")
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(30, "tanh"), keras.layers.Dense(2)])
right, told = model.predict(x, verbose=0), {"size": 0.0}
told["size"] = float(abs(right).min())
signature = [keras.InputSpec(shape=(1, 4), dtype="float32")]
def off(out):
    return float(abs(np.asarray(out) - right).max())
if keras.backend.backend() == "torch":
    import torch
    model.export("model.pt2", format="torch", input_signature=signature)
    told["PyTorch package"] = off(torch.export.load("model.pt2").module()(torch.from_numpy(x)).detach())
else:
    import onnxruntime, openvino, tensorflow as tf
    model.export("saved")
    loaded = tf.saved_model.load("saved")
    told["SavedModel"] = off(loaded.serve(x))
    model.export("model.onnx", format="onnx", input_signature=signature)
    session = onnxruntime.InferenceSession("model.onnx")
    told["ONNX"] = off(session.run(None, {session.get_inputs()[0].name: x})[0])
    model.export("model.xml", format="openvino", input_signature=signature)
    net = openvino.Core().compile_model("model.xml", "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    told["OpenVINO"] = off(net([x])[0])
    model.export("model.tflite", format="litert", input_signature=signature)
    lite = tf.lite.Interpreter("model.tflite")
    lite.allocate_tensors()
    lite.set_tensor(lite.get_input_details()[0]["index"], x)
    lite.invoke()
    told["LiteRT"] = off(lite.get_tensor(lite.get_output_details()[0]["index"]))
try:
    model.export("model.other", format="no-such-format")
    told["control"] = "written"
except ValueError:
    told["control"] = "refused"
"""
VARYING = """\
import keras, numpy as np, warnings, torch
keras.utils.set_random_seed(0)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
asked, was = [], torch.onnx.export
def watched(*given, **named):
    asked.append(named.get("dynamo"))
    return was(*given, **named)
torch.onnx.export = watched
model.export("fixed.onnx", format="onnx", input_signature=[keras.InputSpec(shape=(1, 4), dtype="float32")])
model.export("open.onnx", format="onnx", input_signature=[keras.InputSpec(shape=(None, 4), dtype="float32")])
import onnxruntime
opened = [str(onnxruntime.InferenceSession(f).get_inputs()[0].shape[0]) for f in ("fixed.onnx", "open.onnx")]
told = {"asked": asked, "opened": opened}
"""


def on(backend, code):
    """Run a text on a backend in a process of its own, and return what it told."""
    environment = os.environ | {
        "KERAS_BACKEND": backend,
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "JAX_PLATFORMS": "cpu",
    }
    lines = [sys.executable, "-c", code + "\nimport json\nprint('\\n' + json.dumps(told))"]
    done = subprocess.run(lines, env=environment, capture_output=True, text=True, check=False)
    if "No space left" in done.stderr or "MemoryError" in done.stderr:
        raise OSError(done.stderr[-100:])
    return (
        json.loads(done.stdout.splitlines()[-1])
        if done.returncode == 0
        else done.stderr.strip()[-150:]
    )


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    got = {name: on(name, TRAIN) for name in ("jax", "tensorflow", "torch")}
    if wrong := [value for value in got.values() if isinstance(value, str)]:
        raise OSError(wrong[0])
    said = "the same few lines trained on " + ", ".join(
        f"{n} ({v['score']:.0%} right)" for n, v in got.items()
    )
    works = all(value["score"] > 0.8 for value in got.values())
    control = isinstance(on("nothing", TRAIN), str)
    for name in ("keras3-high-level-anywhere", "keras3-teaches-one-api"):
        yield name, works if control else None, f"{said}; a backend that is none was refused"

    one = got["jax"]
    right = all(all(v["ran"]) and 0 < v["lora"] < v["after"] < v["before"] for v in got.values())
    said = (
        "a text, an image and a speech model ran on the three backends with weights of chance; with LoRA "
        f"{one['after']} weights of {one['before']} were left to train, {one['lora']} of them LoRA's; "
        f"{sum(one['presets'])} pretrained ones are listed for these three (not fetched)"
    )
    yield "keras-hub-models", right and min(one["presets"]) > 0, said

    got = [on(name, EXPORT) for name in ("tensorflow", "torch")]
    if all(isinstance(value, dict) for value in got):
        refused = {value.pop("control") for value in got} == {"refused"}
        off = got[0] | got[1]
        size = off.pop("size")
        said = ", ".join(f"{name} off by {value:.0e}" for name, value in off.items())
        said += f" from outputs of at least {size:.2f}; the last from the backend of PyTorch"
        control = refused and size > 1e-3
        yield (
            "keras-export-formats",
            max(off.values()) < 1e-5 and len(off) == 5 if control else None,
            said,
        )
    else:
        yield "keras-export-formats", False, str([v for v in got if isinstance(v, str)])[:250]

    got = on("torch", VARYING)
    told = isinstance(got, dict)
    said = (
        f"with fixed shapes Keras asked for dynamo={got['asked'][0]}, with an open batch for dynamo={got['asked'][-1]}; the files take batches {', '.join(got['opened'])}"
        if told
        else got
    )
    right = (
        told and got["asked"][0] is True and got["asked"][-1] is False and got["opened"][0] == "1"
    )
    yield "keras-onnx-varying-shapes", right, said


def main():
    """Print one line of JSON; what could not be tried is inconclusive."""
    started, seen, words = time.monotonic(), {}, {True: "holds", False: "fails"}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for name, holds, observed in observe():
                seen[name] = [words.get(holds, "inconclusive"), observed]
        except (ImportError, OSError, MemoryError) as error:
            said = f"not tried: {type(error).__name__}: {error}"[:200]
            seen = {name: ["inconclusive", said] for name in DECIDES} | seen
        os.chdir("/")
    usage = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "seen": seen,
        "versions": {name: version(name) for name in PACKAGES} | {"python": sys.version.split()[0]},
        "seconds": round(time.monotonic() - started),
        "memory": max(each.ru_maxrss for each in usage) // 1024,
    }
    print("\n" + json.dumps(told))  # a library may have left a line open


main()
