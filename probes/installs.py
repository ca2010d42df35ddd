# /// script
# requires-python = "==3.12.*"
# dependencies = ["pip==26.1"]
# ///
"""The install commands of the steps that take gigabytes: pip works out what they would bring."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

PACKAGES = ("pip",)

RESOLVED = {
    "install-pytorch": ("pip install torch", "torch"),
    "install-pytorch-to-run": ("pip install torch", "torch"),
    "install-transformers": ("pip install transformers peft", "transformers"),
    "install-image-models": ("pip install torchvision timm", "timm"),
    "install-tensorflow": ("pip install tensorflow", "tensorflow"),
    "install-keras-on-tensorflow": (
        "pip install keras tensorflow\nexport KERAS_BACKEND=tensorflow",
        "tensorflow",
    ),
    "install-keras-on-pytorch": ("pip install keras torch\nexport KERAS_BACKEND=torch", "torch"),
    "install-litert-torch": ("pip install litert-torch", "litert-torch"),
    "start-from-keras-hub": ("pip install keras-hub", "keras-hub"),
}
"""Commands whose packages take gigabytes: what pip would install is worked out and not fetched."""

DECIDES = (*RESOLVED, "tensorflow-candidate-on-314", "jax-python-floor")


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""

    def resolved(packages, *options):
        """Return what pip would install, by name, and the last line that it said."""
        dry = ["install", "--dry-run", "--ignore-installed", "--quiet", "--report", "told.json"]
        done = subprocess.run(
            [sys.executable, "-m", "pip", *dry, *options, *packages],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            return {}, done.stderr.strip().splitlines()[-1][:120]
        with open("told.json") as file:
            every = [each["metadata"] for each in json.load(file)["install"]]
        return {each["name"].lower().replace("_", "-"): each["version"] for each in every}, ""

    for step, (command, wanted) in RESOLVED.items():
        found, trouble = resolved(command.splitlines()[0].split()[2:])
        if not found and "No matching" not in trouble:
            raise OSError(trouble)
        beside = len(found) - 1
        said = f"pip would install {wanted} {found.get(wanted)} and {beside} other packages (not fetched here)"
        yield step, wanted in found, said if found else trouble

    only = "--python-version", "3.14", "--only-binary", ":all:", "--no-deps"
    found, trouble = resolved(["tensorflow"], *only)
    number = found.get("tensorflow", trouble)
    said = f"for Python 3.14 pip took tensorflow {number}"
    yield "tensorflow-candidate-on-314", "rc" in number, said
    got = {}
    for python in ("3.11", "3.12"):
        got[python] = resolved(["jax"], "--python-version", python, *only[2:])[0].get("jax", "none")
    said = f"pip took jax {got['3.11']} on Python 3.11 and {got['3.12']} on 3.12"
    yield "jax-python-floor", got["3.11"] == "0.10.2" and got["3.12"] == "0.12.0.1", said


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
