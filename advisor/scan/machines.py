"""Reads what builds and runs a project: containers, compose files, CI, scripts, clusters."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from advisor.model.detectors import ClueKind
from advisor.scan import ecosystems, python
from advisor.scan.clues import Clue, Clues, Scope, shell_line
from advisor.yamlfile import read_yaml

IMAGES = frozenset({"image", "container", "baseimage", "base_image"})
"""Keys whose text is a container's image."""

SHELL = frozenset({"run", "script", "command", "commands", "args", "before_script", "entrypoint"})
"""Keys whose text is for a shell."""


def dockerfile(text: str) -> Clues:
    """Read a Dockerfile: the images it starts from, and what it installs and runs."""
    arguments: dict[str, str] = {}
    for number, line in python.logical_lines(text):
        word, _, rest = line.strip().partition(" ")
        match word.upper():
            case "ARG":
                name, _, value = rest.strip().partition("=")
                arguments[name] = value.strip("\"'")
            case "FROM":
                words = [each for each in rest.split() if not each.startswith("--")]
                image = re.sub(
                    r"\$\{?(\w+)[^}/:]*\}?", lambda m: arguments.get(m[1], ""), words[0]
                ) if words else ""  # fmt: skip
                yield Clue(ClueKind.IMAGE, image.lower(), number)
            case "RUN" | "CMD" | "ENTRYPOINT":
                listed = re.fullmatch(r"\s*\[(.*)\]\s*", rest)
                yield from shell_line(listed[1].replace(",", " ") if listed else rest, number)


def shell_script(text: str) -> Clues:
    """Read a script, or a makefile: its commands, and what it wants of a cluster.

    Nobody knows whether it is run, so that it only points to what it installs.
    """
    for number, line in python.logical_lines(text):
        if line.startswith(("#SBATCH", "#PBS", "#BSUB")):
            yield Clue(ClueKind.COMMAND, " ".join(line.split()), number)
        elif line.strip() and not line.lstrip().startswith("#"):
            yield from shell_line(line.strip().lstrip("@-"), number, Scope.OPTIONAL)


def yaml_file(text: str) -> Clues:
    """Read a YAML file by what stands in it.

    That is an environment of conda, a package of Dart, or images and commands, as compose files,
    clusters and CI have them.

    Raises:
        ValueError: it is no YAML; says why.
    """
    document = read_yaml(text, "")
    data: Any = document.data
    if data is None and document.faults:
        raise ValueError(document.faults[0].message)
    if isinstance(data, dict):
        if isinstance(data.get("dependencies"), list):
            yield from python.conda_environment(data, text)
        elif isinstance(data.get("dependencies"), dict):
            yield from ecosystems.pubspec(data, text)
    for steps, value in _texts(data, ()):
        line = document.values.get(steps, (1, 1))[0]
        key = next((each for each in reversed(steps) if isinstance(each, str)), "").lower()
        if key in IMAGES or (key == "name" and len(steps) > 1 and str(steps[-2]).lower() in IMAGES):
            yield Clue(ClueKind.IMAGE, value.lower(), line)
        elif key in SHELL:
            begins = line + (value.count("\n") > 0)
            for number, command in python.logical_lines(value):
                yield from shell_line(command, begins + number - 1)


def _texts(
    data: object, steps: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Give every text inside some data, with the path to it."""
    if isinstance(data, str):
        yield steps, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _texts(value, (*steps, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*steps, index))
