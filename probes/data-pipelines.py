# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0", "tensorflow==2.21.0", "pillow==13.0.0", "numpy==2.5.5"]
# ///
"""tf.data and PyTorch's DataLoader on the same work, in seconds of the processor, workers included."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("torch", "tensorflow", "pillow")
DECIDES = ("measured-data-images", "measured-data-pipelines")
TIMED = """\
import json, os, resource, sys, time
import numpy as np
names = sorted("images/" + name for name in os.listdir("images"))
sounds = np.load("sounds.npy")
def spent():
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)
def timed(work):
    work()
    times = []
    for _ in range(3):
        began = spent()
        mean = work()
        times.append(spent() - began)
    return [sorted(times), mean]
"""
TORCH = (
    TIMED
    + """\
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
class Images(Dataset):
    def __init__(self, resized):
        self.resized = resized
    def __len__(self):
        return len(names)
    def __getitem__(self, i):
        image = Image.open(names[i]).convert("RGB")
        if self.resized:
            image = image.resize((224, 224), Image.BILINEAR)
        else:
            image = image.crop((64, 64, 288, 288))
        return torch.from_numpy(np.asarray(image).copy()).permute(2, 0, 1).float() / 255
class Sounds(Dataset):
    def __len__(self):
        return len(sounds)
    def __getitem__(self, i):
        window = torch.hann_window(512)
        return torch.stft(torch.from_numpy(sounds[i]), 512, 256, window=window, center=False, return_complex=True).abs()
def run(dataset):
    def work():
        torch.set_num_threads(1)
        return sum(float(batch.sum()) for batch in DataLoader(dataset, batch_size=32, num_workers=2)) / len(dataset)
    return work
told = {"crop": timed(run(Images(False))), "resize": timed(run(Images(True))), "spectrogram": timed(run(Sounds()))}
print("\\n" + json.dumps(told))
"""
)
TF = (
    TIMED
    + """\
import tensorflow as tf
def load(resized):
    def one(name):
        image = tf.image.decode_jpeg(tf.io.read_file(name), 3)
        if resized:
            image = tf.image.resize(image, (224, 224), antialias=True)
        else:
            image = image[64:288, 64:288]
        return tf.cast(image, tf.float32) / 255
    return one
def spectrogram(sound):
    return tf.abs(tf.signal.stft(sound, 512, 256))
def run(source, function, count):
    def work():
        data = tf.data.Dataset.from_tensor_slices(source).map(function, num_parallel_calls=2).batch(32).prefetch(1)
        return sum(float(tf.reduce_sum(batch)) for batch in data) / count
    return work
told = {"crop": timed(run(names, load(False), len(names))), "resize": timed(run(names, load(True), len(names))),
        "spectrogram": timed(run(sounds, spectrogram, len(sounds)))}
print("\\n" + json.dumps(told))
"""
)


def measured(code):
    """Measure one library in a process of its own."""
    environment = os.environ | {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "OMP_NUM_THREADS": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise OSError(done.stderr.strip()[-150:])
    return json.loads(done.stdout.splitlines()[-1])


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(0)
    os.mkdir("images")
    for number in range(250):
        rough = Image.fromarray(random.integers(0, 255, (24, 32, 3), "uint8"))
        rough.resize((500, 375), Image.BICUBIC).save(f"images/{number:03}.jpg", quality=85)
    np.save("sounds.npy", random.normal(size=(250, 16_000)).astype("float32"))
    torch, tf = measured(TORCH), measured(TF)
    ratio = {name: torch[name][0][1] / tf[name][0][1] for name in torch}
    sure = {name: torch[name][0][0] > tf[name][0][-1] for name in torch}
    less = {name: torch[name][0][-1] < tf[name][0][0] for name in torch}
    alike = all(abs(torch[n][1] - tf[n][1]) < 0.03 * abs(tf[n][1]) for n in ("crop", "resize"))
    said = (
        "DataLoader with two workers took, in times of tf.data's seconds of the processor: "
        + ", ".join(f"{name} {value:.1f}" for name, value in ratio.items())
    )
    said += f"; the images came out alike: {'yes' if alike else 'no'}"
    images = sure["crop"] and sure["resize"]
    dearer = True if images else False if less["crop"] and less["resize"] else None
    yield "measured-data-images", dearer if alike else None, said
    tie = 0.8 < ratio["crop"] < 1.25
    yield "measured-data-pipelines", True if tie else False if sure["crop"] else None, said


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
