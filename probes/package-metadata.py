# /// script
# requires-python = "==3.12.*"
# dependencies = ["pip==26.1", "packaging==26.0"]
# ///
"""What packages say of themselves in the index: what they ask for, on which Python, under which licence."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("pip",)

ASKS = {
    "transformers-torch-only": ("transformers==5.24.0", {"torch"}, {"tensorflow", "jax", "flax"}),
    "transformers-requires-torch": ("transformers==5.24.0", {"torch"}, {"tensorflow", "jax"}),
    "peft-pytorch": ("peft==0.21.2", {"torch", "transformers"}, {"tensorflow"}),
    "trl-pytorch": ("trl", {"transformers"}, {"tensorflow"}),
    "timm-pytorch": ("timm==1.0.31", {"torch"}, {"tensorflow"}),
    "torchvision-current": ("torchvision==0.29.2", {"torch"}, {"tensorflow"}),
    "chronos-pytorch": ("chronos-forecasting", {"torch", "transformers"}, {"tensorflow"}),
    "neuralforecast-pytorch": (
        "neuralforecast==3.3.0",
        {"torch", "pytorch-lightning"},
        {"tensorflow"},
    ),
    "sb3-pytorch": ("stable-baselines3==2.9.2", {"torch"}, {"tensorflow"}),
    "torchrl-pytorch": ("torchrl==0.14.1", {"torch"}, {"tensorflow"}),
    "pyro-pytorch": ("pyro-ppl==1.9.2", {"torch"}, {"tensorflow"}),
    "numpyro-jax": ("numpyro==0.22.0", {"jax"}, {"torch", "tensorflow"}),
    "tfrs-keras2": ("tensorflow-recommenders==0.7.7", {"tensorflow", "tf-keras"}, {"torch"}),
    "vllm-requires-torch": ("vllm==0.33.0", {"torch"}, {"tensorflow"}),
    "sglang-requires-torch": ("sglang==0.5.23", {"torch"}, {"tensorflow"}),
    "keras-hub-tensorflow-text": ("keras-hub==0.32.0", {"tensorflow-text"}, set()),
    "keras-rs-any-backend": ("keras-rs", {"keras"}, {"torch", "jax"}),
    "tpu-tf-package": ("tensorflow-tpu==2.20.0", {"libtpu"}, {"tensorflow"}),
    "litert-torch-older-torch": ("litert-torch==0.10.0", {"torch"}, {"tensorflow"}),
    "executorch-names-no-torch": ("executorch==1.5.1", {"torchao"}, {"torch"}),
    "tensorboard-separate": ("tensorflow==2.21.0", {"keras"}, {"tensorboard"}),
    "keras3-default-in-tf": ("tensorflow==2.21.0", {"keras"}, {"tf-keras"}),
    "pytorch-cuda-current": (
        "torch==2.15.0",
        {"nvidia-cudnn-cu13", "triton"},
        {"nvidia-cudnn-cu12"},
    ),
}
"""Of each claim a package, what it asks for, and what it does not ask for outside its extras."""

PYTHONS = {
    "version-torch": ("torch==2.15.0", ">=3.11"),
    "version-tensorflow": ("tensorflow==2.21.0", ">=3.10"),
    "version-keras": ("keras==3.15.1", ">=3.11"),
    "version-onnxruntime": ("onnxruntime==1.32.0", ">=3.11"),
    "jax-python-floor": ("jax==0.12.0.1", ">=3.12"),
}
LICENCES = {
    "licence-pytorch": ("torch==2.15.0", "BSD"),
    "licence-tensorflow": ("tensorflow==2.21.0", "Apache"),
    "licence-keras": ("keras==3.15.1", "Apache"),
    "licence-onnx": ("onnx==1.23.2", "Apache"),
    "licence-ort": ("onnxruntime==1.32.0", "MIT"),
}
CLASSIFIERS = {
    "tpu-torch-package": ("torch-tpu==0.2.0", "Beta"),
    "executorch-beta-label": ("executorch==1.5.1", "Production/Stable"),
}
NEWEST = {
    "version-onnx": "onnx==1.23.2",
    "version-executorch": "executorch==1.5.1",
    "version-litert": "ai-edge-litert==2.3.0",
    "version-tf2onnx": "tf2onnx==1.17.0",
    "numpy-current": "numpy==2.5.5",
    "matplotlib-current": "matplotlib==3.11.2",
    "flask-current": "flask==3.1.3",
    "django-current": "django==6.1.3",
    "ipdb-state": "ipdb==0.13.13",
    "jax-active": "jax==0.12.0.1",
    "tf-agents-stopped": "tf-agents==0.19.0",
    "tfp-slow": "tensorflow-probability==0.25.0",
    "torchtext-ended": "torchtext==0.18.0",
    "torch-xla-stopped": "torch-xla==2.9.0",
    "keras2-as-tf-keras": "tf-keras==2.21.0",
    "ort-openvino-package": "onnxruntime-openvino==1.24.1",
}
DECIDES = (*ASKS, *PYTHONS, *LICENCES, *CLASSIFIERS, *NEWEST, "python-floor")


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    tables = (ASKS, PYTHONS, LICENCES, CLASSIFIERS)
    pinned = {row[0] for table in tables for row in table.values()}
    # Without their dependencies, so that packages that do not go together can be asked at once.
    dry = ["install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet", "--report"]

    def told(packages):
        """Return the metadata of packages, by their names."""
        pip = [sys.executable, "-m", "pip", *dry, "told.json", *packages]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            raise OSError(done.stderr.strip().splitlines()[-1][:150])
        with open("told.json") as file:
            every = [each["metadata"] for each in json.load(file)["install"]]
        return {canonicalize_name(each["name"]): each for each in every}

    metadata = told(pinned)

    def of(package):
        return metadata[canonicalize_name(package.partition("==")[0])]

    for claim, (package, wanted, unwanted) in ASKS.items():
        asked = [Requirement(each) for each in of(package).get("requires_dist", ())]
        plain = {canonicalize_name(e.name) for e in asked if "extra" not in str(e.marker)}
        every = {canonicalize_name(each.name) for each in asked}
        found, extra = wanted & every, unwanted & plain
        names = [
            str(each).split(";")[0].strip()
            for each in asked
            if canonicalize_name(each.name) in found
        ]
        said = f"{package.replace('==', ' ')} asks for {', '.join(sorted(set(names)))}"
        said += f" and for {', '.join(extra)}" if extra else ""
        said += f", and not for {' or '.join(sorted(unwanted - extra))}" if unwanted - extra else ""
        yield claim, found == wanted and not extra, said
    newest = [
        package
        for table in (PYTHONS, NEWEST)
        for package, *_ in (row if isinstance(row, tuple) else (row,) for row in table.values())
    ]
    latest = told([package.partition("==")[0] for package in newest])
    floors = {}
    for claim, (package, wanted) in PYTHONS.items():
        floors[package] = of(package)["requires_python"].replace(" ", "")
        name, _, number = package.partition("==")
        now = latest[canonicalize_name(name)]["version"]
        said = (
            f"the newest {name} that pip takes is {now}; {number} asks for Python {floors[package]}"
        )
        yield claim, wanted in floors[package] and now == number, said
    said = "; ".join(f"{package.replace('==', ' ')}: {floor}" for package, floor in floors.items())
    said_floor = {p: f for p, f in floors.items() if not p.startswith("jax")}
    fine = all(
        ">=3.10" in f if p.startswith("tensorflow") else ">=3.11" in f
        for p, f in said_floor.items()
    )
    yield "python-floor", fine, said
    for claim, (package, wanted) in LICENCES.items():
        one = of(package)
        words = " ".join(
            [
                one.get("license_expression") or "",
                one.get("license") or "",
                *one.get("classifier", ()),
            ]
        )
        text = one.get("license_expression") or (one.get("license") or "").splitlines()[0][:60]
        yield claim, wanted in words, f"{package.replace('==', ' ')} is under {text or wanted}"
    for claim, (package, wanted) in CLASSIFIERS.items():
        status = [
            each for each in of(package).get("classifier", ()) if each.startswith("Development")
        ]
        yield (
            claim,
            wanted in "".join(status),
            f"its classifier is {' '.join(status) or 'not given'}",
        )
    for claim, package in NEWEST.items():
        name, _, wanted = package.partition("==")
        now = latest[canonicalize_name(name)]["version"]
        yield claim, now == wanted, f"the newest {name} that pip takes on Python 3.12 is {now}"


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
