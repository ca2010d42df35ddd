# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0", "tensorflow==2.21.0", "tensorboard==2.21.0", "numpy==2.5.5"]
# ///
"""What the documents say of debuggers, NumPy, changing structure and TensorBoard, tried in both."""

import json
import os
import pdb
import resource
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("torch", "tensorflow", "tensorboard", "numpy")
DECIDES = (
    "d2-45",
    "d2-47",
    "d2-15",
    "d0-34",
    "d2-41",
    "d0-37",
    "d2-43",
    "d0-22",
    "d2-53",
    "d2-50",
    "d2-51",
    "d3-42",
    "d3-56",
)


class Stops(pdb.Pdb):
    """A debugger that looks at a variable where it stops, as a person would."""

    def user_line(self, frame):
        """Note the value, then go on."""
        if self.break_here(frame):
            self.found = float(frame.f_locals["inside"].numpy().sum())
        self.set_continue()


def stopped(function, *given):
    """Set a breakpoint in the line after the first of a function, and return what was seen there."""
    debugger = Stops(stdout=open(os.devnull, "w"), nosigint=True, readrc=False)
    debugger.set_break(__file__, function.__code__.co_firstlineno + 2)
    debugger.runcall(function, *given)
    return getattr(debugger, "found", None)


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import numpy as np
    import tensorflow as tf
    import torch
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from torch.utils.tensorboard import SummaryWriter

    def by_torch(x):
        inside = torch.relu(x)
        return inside * 2

    def by_tf(x):
        inside = tf.nn.relu(x)
        return inside * 2

    values = np.array([-1.0, 2.0, 3.0], "float32")
    seen = stopped(by_torch, torch.from_numpy(values)), stopped(by_tf, tf.constant(values))
    said = f"pdb stopped inside a function of PyTorch and one of TensorFlow and saw {seen[0]} and {seen[1]}"
    graph = stopped(tf.function(by_tf).python_function, tf.constant(values))
    yield "d2-45", seen[0] == 5, f"{said}; ipdb and PyCharm were not tried"
    yield "d2-47", seen[1] != 5, f"{said}; the function below tf.function as well: {graph}"

    shared = np.zeros(2, "float32")
    torch.from_numpy(shared).add_(1)
    both = np.sqrt(torch.tensor([4.0])).item() == 2 and np.sqrt(tf.constant([4.0]))[0] == 2
    said = f"NumPy's sqrt took tensors of both; PyTorch changed NumPy's own memory to {shared.tolist()}"
    for name in ("d2-15", "d0-34"):
        yield name, both and shared.tolist() == [1, 1], said
    x = torch.tensor([3.0], requires_grad=True)
    try:
        torch.from_numpy(np.square(x.numpy())).backward()
        plain = "worked"
    except RuntimeError:
        plain = "was refused"

    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, a):
            ctx.save_for_backward(a)
            return torch.from_numpy(np.square(a.detach().numpy()))

        @staticmethod
        def backward(ctx, grad):
            (a,) = ctx.saved_tensors
            return grad * torch.from_numpy(2 * a.detach().numpy())

    Square.apply(x).backward()
    t = tf.Variable([3.0])

    @tf.custom_gradient
    def square(a):
        return tf.numpy_function(np.square, [a], tf.float32), lambda grad: grad * 2 * a

    with tf.GradientTape() as tape:
        y = square(t)
    got = x.grad.item(), float(tape.gradient(y, t)[0])
    said = f"NumPy on a tensor that needs a gradient {plain} in PyTorch; with a gradient written by hand both gave {got[0]:.0f} and {got[1]:.0f}"
    yield "d2-41", got == (6, 6) if plain != "worked" else None, said

    net = torch.nn.Sequential(torch.nn.Linear(4, 4))
    before = sum(p.numel() for p in net.parameters())
    net(torch.rand(2, 4)).sum().backward()
    net.append(torch.nn.Linear(4, 8))
    wide = net(torch.rand(2, 4))
    wide.sum().backward()
    after = sum(p.numel() for p in net.parameters() if p.grad is not None)
    said = f"between two steps a layer was added: {before} and then {after} weights got gradients"
    yield "d0-37", wide.shape == (2, 8) and after == 60, said
    counter = tf.Variable(0.0)

    @tf.function
    def counts(n):
        for _ in tf.range(n):
            counter.assign_add(2.0)
        return counter.read_value()

    ended = [float(counts(tf.constant(n))) for n in (2, 3)]
    said = f"a graph of TensorFlow changed its variable while it ran, to {ended[0]:.0f} and {ended[1]:.0f}"
    yield "d2-43", ended != [4.0, 10.0], said

    sound = np.sin(np.arange(800) / 8).astype("float32")
    image = np.zeros((8, 8, 3), "uint8")
    with SummaryWriter("by-torch") as writer:
        for step in range(3):
            writer.add_scalar("loss", 1 / (step + 1), step)
        writer.add_histogram("weights", values, 0)
        writer.add_image("picture", image, 0, dataformats="HWC")
        writer.add_audio("tone", torch.from_numpy(sound), 0, sample_rate=8000)
        writer.add_text("words", "hello", 0)
        writer.add_graph(torch.nn.Sequential(torch.nn.Linear(4, 2)), torch.rand(1, 4))
    writer = tf.summary.create_file_writer("by-tf")
    with writer.as_default():
        for step in range(3):
            tf.summary.scalar("loss", 1 / (step + 1), step)
        tf.summary.histogram("weights", values, 0)
        tf.summary.image("picture", image[None], 0)
        tf.summary.audio("tone", sound[None, :, None], 8000, 0)
        tf.summary.text("words", "hello", 0)
        tf.summary.graph(counts.get_concrete_function(tf.constant(2)).graph.as_graph_def())
    writer.close()
    found = {}
    for folder in ("by-torch", "by-tf"):
        events = EventAccumulator(folder)
        events.Reload()
        tags = events.Tags()
        names = {
            *tags["scalars"],
            *tags["tensors"],
            *tags["images"],
            *tags["audio"],
            *tags["histograms"],
        }
        kinds = {name.split("/")[0] for name in names} & {
            "loss",
            "weights",
            "picture",
            "tone",
            "words",
        }
        found[folder] = len(kinds) + bool(tags["graph"])
    empty = EventAccumulator("nothing-here")
    said = f"of a curve, a histogram, a picture, a sound, a text and a graph TensorBoard found {found['by-torch']} that PyTorch wrote and {found['by-tf']} that TensorFlow wrote"
    both = found == {"by-torch": 6, "by-tf": 6}
    control = not any(empty.Tags()[kind] for kind in ("scalars", "tensors"))
    for name in ("d0-22", "d2-53", "d3-56"):
        yield name, both if control else None, said
    for name in ("d2-50", "d2-51", "d3-42"):
        yield (
            name,
            found["by-torch"] < 6,
            f"{said}; the writer is a part of PyTorch, the package tensorboard comes beside both",
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
