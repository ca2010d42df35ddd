"""Runs probes: programs of their own, each in an environment of its own that uv makes for it."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from advisor.model.knowledge import Seen, Sight

MOST_MEMORY = 3
"""Gigabytes that a probe may take at most."""

PATIENCE = 1200
"""Seconds that a probe may take, with what is fetched for it."""

NOT_INHERITED = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
"""What would let an environment into another one."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of running a probe."""

    probe: str
    """Its id."""
    seen: tuple[Seen, ...] = ()
    """Empty where it came to no verdict at all."""
    versions: tuple[str, ...] = ()
    seconds: int = 0
    memory: int = 0
    trouble: str = ""
    """Why it came to no verdict at all, in a line."""


def find_uv() -> str | None:
    """Return the path of uv; None where there is none."""
    return shutil.which("uv")


def probes_in(folder: Path) -> dict[str, Path]:
    """Return the probes in a folder, by id."""
    return {path.stem: path for path in sorted(folder.glob("*.py"))}


def run_probes(uv: str, probes: Iterable[Path], memory: int) -> Iterator[Ran]:
    """Run probes and give what came of each as it ends.

    As many run side by side as `memory`, in gigabytes, has room for.
    """
    with ThreadPoolExecutor(max(memory // MOST_MEMORY, 1)) as pool:
        waiting = [pool.submit(run_probe, uv, probe) for probe in probes]
        try:
            yield from (each.result() for each in as_completed(waiting))
        finally:
            pool.shutdown(cancel_futures=True)


def run_probe(uv: str, probe: Path, patience: float = PATIENCE) -> Ran:
    """Run a probe in an empty folder; whatever keeps it from a verdict is told as trouble."""
    environment = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as errors:
        running = subprocess.Popen(  # noqa: S603 - a program of the rule base
            [uv, "run", str(probe.resolve())],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        try:
            printed, _ = running.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            return Ran(probe.stem, trouble=f"no verdict after {patience:.0f} seconds")
        finally:
            # The probe is a child of uv, and may have children of its own.
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
                running.communicate()
        errors.seek(0)
        said = errors.read().split("\n")
    try:
        return read_outcome(probe.stem, json.loads(printed.splitlines()[-1]))
    except (IndexError, KeyError, TypeError, ValueError, AttributeError):
        last = next((line for line in reversed(said) if line.strip()), "it printed no verdict")
        return Ran(probe.stem, trouble=last.strip()[:300])


def read_outcome(probe: str, told: dict[str, object]) -> Ran:
    """Read the line of JSON that a probe prints.

    Example:
        `{"seen": {"bell-rings": ["holds", "rang twice"]}, "versions": {"bell": "1.3"},
        "seconds": 3, "memory": 120}`
    """
    seen, versions = told["seen"], told["versions"]
    if not isinstance(seen, dict) or not isinstance(versions, dict):
        raise TypeError
    return Ran(
        probe,
        seen=tuple(Seen(name, Sight(verdict), text) for name, (verdict, text) in seen.items()),
        versions=tuple(sorted(f"{name} {version}" for name, version in versions.items())),
        seconds=int(str(told["seconds"])),
        memory=int(str(told["memory"])),
    )
