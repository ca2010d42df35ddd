# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0", "tensorflow==2.21.0", "keras==3.15.1", "jax==0.12.0.1", "jaxlib==0.12.0.1", "numpy==2.5.5"]
# ///
"""The documents' figures of training time, memory and accuracy, on small networks and one core.

Times are seconds of the processor, so that other programs beside this one hardly change them. A
difference counts only where the ranges of all the timed epochs lie apart.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("torch", "tensorflow", "keras", "jax")
DECIDES = (
    "d3-72",
    "d3-73",
    "d3-74",
    "d3-75",
    "d3-76",
    "d3-77",
    "accuracy-same-maths",
    "measured-training-time",
    "measured-memory-plain-package",
    "measured-torch-compile",
    "keras-speed-from-backend",
)
MODELS = ("perceptron", "convolutions", "transformer")
EPOCHS = 7
DATA = """\
import json, os, resource, sys, time
os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})
def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
told = {"epochs": {}, "accuracy": {}}
import numpy as np
def data(name):
    random = np.random.default_rng(0)
    shape = {"perceptron": (784,), "convolutions": (28, 28, 1), "transformer": (16, 32)}[name]
    centres = random.normal(size=(10, *shape)).astype("float32")
    labels = random.integers(0, 10, 2560)
    weight = {"perceptron": 0.12, "convolutions": 0.4, "transformer": 0.6}[name]
    x = weight * centres[labels] + random.normal(size=(2560, *shape)).astype("float32")
    return x[:2048], labels[:2048].astype("int64"), x[2048:], labels[2048:]
start = [np.random.default_rng(1).normal(size=s).astype("float32") / s[0] ** 0.5 for s in ((784, 256), (256, 128), (128, 10))]
"""
TORCH = (
    DATA
    + """\
import torch
told["imported"] = most()
sets = {name: data(name) for name in %(models)r}
told["loaded"] = most()
torch.set_num_threads(1)
class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.one = torch.nn.TransformerEncoderLayer(32, 2, 64, dropout=0.0, batch_first=True)
        self.last = torch.nn.Linear(32, 10)
    def forward(self, x):
        return self.last(self.one(x).mean(1))
def net(name):
    nn = torch.nn
    if name == "perceptron":
        return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    if name == "convolutions":
        return nn.Sequential(nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3), nn.ReLU(),
                             nn.MaxPool2d(2), nn.Flatten(), nn.Linear(800, 10))
    return Block()
for name, (x, y, held, right) in sets.items():
    torch.manual_seed(0)
    if name == "convolutions":
        x, held = x.transpose(0, 3, 1, 2).copy(), held.transpose(0, 3, 1, 2).copy()
    x, y, held, right = (torch.from_numpy(a) for a in (x, y, held, right))
    model = net(name)
    if name == "perceptron":
        for layer, weight in zip(model[::2], start):
            layer.weight.data, layer.bias.data = torch.from_numpy(weight.T.copy()), torch.zeros(weight.shape[1])
    adam, lossy = torch.optim.Adam(model.parameters(), 1e-3), torch.nn.CrossEntropyLoss()
    run = torch.compile(model) if sys.argv[1] == "compiled" else model
    times, scores = [], []
    for epoch in range(1 + %(epochs)d):
        began = time.process_time()
        for step in range(32):
            rows = slice(step * 64, step * 64 + 64)
            adam.zero_grad()
            lossy(run(x[rows]), y[rows]).backward()
            adam.step()
        times.append(time.process_time() - began)
        with torch.inference_mode():
            scores.append(float((model(held).argmax(1) == right).float().mean()))
    told["epochs"][name], told["accuracy"][name] = times, scores
told["peak"] = most()
print("\\n" + json.dumps(told))
"""
) % {"models": MODELS, "epochs": EPOCHS}
KERAS = (
    DATA
    + """\
if os.environ["KERAS_BACKEND"] == "tensorflow":
    import tensorflow as tf
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
import keras
from keras import layers as l
if os.environ["KERAS_BACKEND"] == "torch":
    import torch
    torch.set_num_threads(1)
told["imported"] = most()
sets = {name: data(name) for name in %(models)r}
told["loaded"] = most()
def net(name):
    if name == "perceptron":
        return keras.Sequential([keras.Input((784,)), l.Dense(256, "relu"), l.Dense(128, "relu"), l.Dense(10)])
    if name == "convolutions":
        return keras.Sequential([keras.Input((28, 28, 1)), l.Conv2D(16, 3, activation="relu"), l.MaxPooling2D(),
                                 l.Conv2D(32, 3, activation="relu"), l.MaxPooling2D(), l.Flatten(), l.Dense(10)])
    x = given = keras.Input((16, 32))
    x = l.LayerNormalization()(l.Add()([x, l.MultiHeadAttention(2, 16)(x, x)]))
    x = l.LayerNormalization()(l.Add()([x, l.Dense(32)(l.Dense(64, "relu")(x))]))
    return keras.Model(given, l.Dense(10)(l.GlobalAveragePooling1D()(x)))
class Watch(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.began = time.process_time()
    def on_epoch_end(self, epoch, logs=None):
        times.append(time.process_time() - self.began)
        scores.append(float((self.model.predict(held, batch_size=512, verbose=0).argmax(1) == right).mean()))
for name, (x, y, held, right) in sets.items():
    keras.utils.set_random_seed(0)
    model, times, scores = net(name), [], []
    if name == "perceptron":
        model.set_weights([each for weight in start for each in (weight, np.zeros(weight.shape[1]))])
    model.compile(keras.optimizers.Adam(1e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x, y, epochs=1 + %(epochs)d, batch_size=64, shuffle=False, verbose=0, callbacks=[Watch()])
    told["epochs"][name], told["accuracy"][name] = times, scores
told["peak"] = most()
print("\\n" + json.dumps(told))
"""
) % {"models": MODELS, "epochs": EPOCHS}
WAYS = {
    "PyTorch": (TORCH, "eager", ""),
    "torch.compile": (TORCH, "compiled", ""),
    "Keras on TensorFlow": (KERAS, "", "tensorflow"),
    "Keras on JAX": (KERAS, "", "jax"),
    "Keras on PyTorch": (KERAS, "", "torch"),
}


def trained(way):
    """Train the three networks in one way, in a process of its own."""
    code, argument, backend = WAYS[way]
    single = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTEROP_THREADS"), "1")
    environment = os.environ | single | {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment |= {"CUDA_VISIBLE_DEVICES": "", "JAX_PLATFORMS": "cpu"}
    done = subprocess.run(
        [sys.executable, "-c", code, argument],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = f"{way}: {done.stderr.strip()[-120:]}"
        raise OSError(said)
    return json.loads(done.stdout.splitlines()[-1])


def middle(times):
    """Return the median of the epochs after the first, which compiles."""
    return sorted(times[1:])[EPOCHS // 2]


def apart(one, other):
    """Return 1 where all of one took longer than all of the other, -1 the other way, else 0."""
    a, b = one[1:], other[1:]
    return (min(a) > max(b)) - (max(a) < min(b))


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    ways = {way: trained(way) for way in WAYS}
    torch, tf = ways["PyTorch"], ways["Keras on TensorFlow"]

    def ratios(way, base):
        pairs = ((n, middle(way["epochs"][n]) / middle(base["epochs"][n])) for n in MODELS)
        return ", ".join(f"{name} {ratio:.2f}" for name, ratio in pairs)

    signs = [apart(tf["epochs"][name], torch["epochs"][name]) for name in MODELS]
    said = f"an epoch of Keras on TensorFlow took, in times of PyTorch's: {ratios(tf, torch)}"
    markedly = all(min(tf["epochs"][n][1:]) > 1.2 * max(torch["epochs"][n][1:]) for n in MODELS)
    longer = True if markedly else False if -1 in signs else None
    yield "d3-74", longer, said
    yield "d3-75", longer, f"{said}; the document's figures are 1.46 times"
    depends = True if {1, -1} <= {*signs} else False if signs in ([1] * 3, [-1] * 3) else None
    yield "measured-training-time", depends, said

    compiled = ways["torch.compile"]
    small = [apart(compiled["epochs"][name], torch["epochs"][name]) for name in MODELS[:2]]
    said = f"an epoch by torch.compile took, in times of the eager one: {ratios(compiled, torch)}"
    said += f"; the first epoch, which compiles, {compiled['epochs']['convolutions'][0]:.0f} s for the convolutions"
    yield (
        "measured-torch-compile",
        True if -1 not in small else False if small == [-1, -1] else None,
        said,
    )

    keras = {way: ways[way] for way in WAYS if way.startswith("Keras")}
    base = keras["Keras on JAX"]
    others = [way for way in keras if way != "Keras on JAX"]
    said = "an epoch took, in times of Keras on JAX: " + "; ".join(
        f"{way.removeprefix('Keras ')} {ratios(keras[way], base)}" for way in others
    )
    differ = all(
        any(apart(keras[w]["epochs"][n], base["epochs"][n]) for w in others) for n in MODELS
    )
    yield "keras-speed-from-backend", True if differ else None, said

    memory = {way: ways[way] for way in ("PyTorch", "Keras on TensorFlow")}
    said = ", ".join(
        f"{way} {each['imported']} MB after the import, {each['loaded']} with the data, {each['peak']} at most"
        for way, each in memory.items()
    )
    peak, loaded = torch["peak"] / tf["peak"], torch["loaded"] / tf["loaded"]
    yield (
        "d3-76",
        peak > 1.5,
        f"{said}; PyTorch took {peak:.2f} times TensorFlow's, 2.06 in the document",
    )
    yield (
        "d3-77",
        0.9 < loaded < 1.1,
        f"{said}; with the data loaded PyTorch took {loaded:.2f} times TensorFlow's",
    )
    yield "measured-memory-plain-package", 0.67 < peak < 1.5, said

    same = [each["accuracy"]["perceptron"] for each in ways.values()]
    apart_at_most = max(max(step) - min(step) for step in zip(*same, strict=True))
    own = max(
        abs(a - b)
        for name in MODELS[1:]
        for a, b in zip(torch["accuracy"][name], tf["accuracy"][name], strict=True)
    )
    said = (
        f"from the same weights and batches five ways to train a perceptron lay at most {100 * apart_at_most:.1f} points of "
        f"accuracy apart in any epoch; the other two networks, each started as its framework does, up to {100 * own:.0f}"
    )
    learnt = same[0][-1] > 0.5
    for name in ("accuracy-same-maths", "d3-72"):
        yield name, apart_at_most < 0.02 if learnt and own > apart_at_most else None, said
    climbs = all(
        each["accuracy"][name][-1] > each["accuracy"][name][0]
        for each in (torch, tf)
        for name in MODELS
    )
    yield (
        "d3-73",
        climbs,
        "accuracy on held-out data was higher after eight epochs than after one, in both and for all three networks",
    )


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
