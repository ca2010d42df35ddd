# /// script
# requires-python = "==3.12.*"
# dependencies = ["pip==26.1"]
# ///
"""The install commands of the steps that take little: run in an empty environment, and used there."""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import venv
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("pip",)

INSTALLED = {
    "install-keras-on-jax": (
        "pip install keras jax\nexport KERAS_BACKEND=jax",
        "import keras; print(keras.backend.backend(), keras.ops.ones(2).sum())",
    ),
    "install-onnx-runtime": ("pip install onnxruntime", "import onnxruntime"),
    "install-onnx-exporter": ("pip install onnx onnxscript", "import onnx, onnxscript"),
    "install-exporter-of-keras-on-pytorch": ("pip install onnx onnxscript", "import onnxscript"),
    "install-exporter-of-keras-on-jax": ("pip install jax2onnx", "import jax2onnx"),
    "install-tensorboard": ("pip install tensorboard", "import tensorboard"),
    "take-the-provider-for-intel": (
        "pip install onnxruntime-ep-openvino",
        "import onnxruntime_ep_openvino as plugin; print(plugin.get_library_path()[-9:])",
    ),
}
"""Commands that are run in an empty environment, each with a line that uses what they brought."""

DECIDES = tuple(INSTALLED)


def bash(code):
    return subprocess.run(["bash", "-ec", code], capture_output=True, text=True, check=False)


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    folder = os.getcwd()
    came = {}
    for step, (command, line) in INSTALLED.items():
        if command in came:
            yield step, *came[command]
            continue
        place = os.path.join(folder, step)
        venv.create(place)
        # pip from outside, as it would take long to put one into each environment.
        pip = Path(place, "bin", "pip")
        pip.write_text(f'#!/bin/sh\nexec {sys.executable} -m pip --python {place} "$@"\n')
        pip.chmod(0o755)
        done = bash(
            f'export PATH={place}/bin:$PATH PIP_QUIET=1 PIP_NO_COMPILE=1; {command}\npython -c "{line}"'
        )
        last = (done.stderr.strip().splitlines() or [""])[-1][:120]
        if done.returncode and re.search("connect|resolve host|timed out", done.stderr):
            raise OSError(last)
        printed = f" and printed {done.stdout.strip()}" if done.stdout.strip() else ""
        said = f"in an empty environment it ended well; `{line}` ran{printed}"
        fine = done.returncode == 0 and "False" not in done.stdout
        came[command] = fine, said if fine else last
        yield step, *came[command]


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
