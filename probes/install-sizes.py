# /// script
# requires-python = "==3.12.*"
# dependencies = ["packaging==26.0"]
# ///
"""What runtimes take on the disk with all that is installed for them, and what their import takes."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DECIDES = ("measured-install-sizes",)
RUNTIMES = {
    "onnxruntime": ("onnxruntime==1.32.0", "onnxruntime"),
    "tensorflow": ("tensorflow==2.21.0", "tensorflow"),
    "ai-edge-litert": ("ai-edge-litert==2.3.0", "ai_edge_litert.interpreter"),
}
IMPORT = """\
import importlib, json, resource, sys
importlib.import_module(sys.argv[1])
used = resource.getrusage(resource.RUSAGE_SELF)
print("\\n" + json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss // 1024]))
"""


def measured(name):
    """Install a runtime into a folder, and return its megabytes, seconds and memory."""
    package, module = RUNTIMES[name]
    lines = [os.environ.get("UV", "uv"), "pip", "install", "-q", "--python", sys.executable]
    lines += ["--target", name, package]
    done = subprocess.run(lines, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip()[-150:]
        raise OSError(said)
    size = sum(path.lstat().st_size for path in Path(name).rglob("*") if path.is_file()) / 1e6
    environment = os.environ | {"PYTHONPATH": name, "TF_CPP_MIN_LOG_LEVEL": "3"}
    lines = [sys.executable, "-B", "-c", IMPORT, module]
    done = subprocess.run(lines, env=environment, capture_output=True, text=True, check=True)
    return size, *json.loads(done.stdout.splitlines()[-1])


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    came = {name: measured(name) for name in RUNTIMES}
    said = "; ".join(
        f"{RUNTIMES[name][0].replace('==', ' ')} {size:.0f} MB, its import {seconds:.1f} s of the processor and {memory} MB"
        for name, (size, seconds, memory) in came.items()
    )
    small, large = came["onnxruntime"], came["tensorflow"]
    holds = all(8 * one < other for one, other in zip(small, large, strict=True))
    yield "measured-install-sizes", holds, f"compiled files of Python aside: {said}"


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
        "versions": dict(package.split("==") for package, _ in RUNTIMES.values())
        | {"python": sys.version.split()[0]},
        "seconds": round(time.monotonic() - started),
        "memory": max(each.ru_maxrss for each in usage) // 1024,
    }
    print("\n" + json.dumps(told))  # a library may have left a line open


main()
