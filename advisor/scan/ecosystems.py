"""Reads what projects in other languages than Python ask for, and what builds and runs them.

Gradle, CocoaPods, Swift, CMake and Go have project files that are programs, or that no parser in
Python reads: of these a reader takes the lines in which a dependency stands, as people write them.
"""

import configparser
import json
import re
import tomllib
from collections.abc import Sequence
from functools import partial
from typing import Any

from defusedxml import ElementTree

from advisor.model.rulebase import ClueKind
from advisor.scan import python
from advisor.scan.clues import LONGEST_COMMAND, Clue, Clues, Scope, line_of, packages, shell_line
from advisor.yamlfile import read_yaml, walk


def package_json(text: str) -> Clues:
    """Read package.json, or what a game engine writes in the same form."""
    data = json.loads(text)
    for key, scope in (("dependencies", Scope.PROJECT), ("optionalDependencies", Scope.OPTIONAL),
                       ("peerDependencies", Scope.OPTIONAL), ("devDependencies", Scope.ASIDE),
                       ("cordova", Scope.ASIDE)):  # fmt: skip
        found = data.get(key) if isinstance(data, dict) else None
        yield from packages(found, "npm", text, f'"{key}"', scope)


def cargo(text: str) -> Clues:
    """Read Cargo.toml, that of a workspace as well."""
    data = tomllib.loads(text)
    tables = [data, data.get("workspace", {})]
    tables += list(data["target"].values()) if isinstance(data.get("target"), dict) else []
    for table in tables:
        if isinstance(table, dict):
            yield from packages(table.get("dependencies"), "crates", text)


def gradle_catalog(text: str) -> Clues:
    """Read a version catalog of Gradle, such as libs.versions.toml."""
    data = tomllib.loads(text)
    for table in ("libraries", "plugins"):
        for entry in data[table].values() if isinstance(data.get(table), dict) else ():
            if isinstance(entry, dict):
                written = entry.get("module") or entry.get("id")
                written = written or f"{entry.get('group')}:{entry.get('name')}"
            else:
                written = ":".join(str(entry).split(":")[:2])
            line = line_of(text, str(written).rpartition(":")[2])
            yield Clue(ClueKind.DEPENDENCY, f"maven:{written}", line)


def project_xml(text: str) -> Clues:
    """Read a project file of .NET or Maven: packages, and the settings of .NET."""
    for element in ElementTree.fromstring(text, forbid_dtd=True).iter():
        tag = str(element.tag).rpartition("}")[2]
        inner = {str(each.tag).rpartition("}")[2]: (each.text or "").strip() for each in element}
        if tag in {"PackageReference", "PackageVersion", "package"}:
            name = element.get("Include") or element.get("Update") or element.get("id")
            yield from packages([name], "nuget", text)
        elif tag in {"dependency", "plugin"} and inner.get("artifactId"):
            name, artifact = inner.get("groupId", ""), inner["artifactId"]
            test = Scope.ASIDE if inner.get("scope") == "test" else Scope.PROJECT
            line = line_of(text, artifact)
            yield Clue(ClueKind.DEPENDENCY, f"maven:{name}:{artifact}", line, "", test)
        elif tag == "PropertyGroup":
            for name, value in inner.items():
                setting = f"{name}={value.lower() if value.lower() == 'true' else value}"
                yield Clue(ClueKind.SETTING, setting, line_of(text, name))


_SWIFT = re.compile(r"""\burl:\s*"([^"]{1,300})\"""")
_CMAKE = re.compile(
    r"\b(?:find_package|find_library|fetchcontent_declare|(?:target_)?link_libraries)"
    r"\s*\(([^)]{0,2000})",
    re.IGNORECASE,
)


def _by_lines(ecosystem: str, comment: str, patterns: Sequence[str], text: str) -> Clues:
    """Take what stands where patterns say, line by line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) <= LONGEST_COMMAND and not line.lstrip().startswith(comment):
            for pattern in patterns:
                for name in re.findall(pattern, line):
                    yield Clue(ClueKind.DEPENDENCY, f"{ecosystem}:{name}", number)


gradle = partial(_by_lines, "maven", "//", (
    r"""^\s*(?!test|android[tT]est)\w+\W.*?["']([\w.-]+:[\w.-]+)[:"'@]""",
    r"""\bid\b[\s(]+["']([\w.-]+)["']""",
    r"""apply\s+plugin\s*:\s*["']([\w.-]+)["']""",
))  # fmt: skip
"""Reads build.gradle or build.gradle.kts: packages and plugins."""

podfile = partial(_by_lines, "pods", "#", (
    r"""^\s*(?:pod|\w+\.dependency)\b[\s(]*["']([\w./+-]+)["']""",
    r"""^\s*platform\b[\s(]*(:\w+)""",
))  # fmt: skip
"""Reads a Podfile or a podspec: pods, and the platform as `:ios`."""

go_mod = partial(_by_lines, "go", "//", [r"^\s*(?:require\s+)?([\w.-]+\.[\w-]+/\S+)\s+v\d"])
"""Reads go.mod."""


def package_swift(text: str) -> Clues:
    """Read Package.swift: packages as `owner/name`."""
    for number, line in enumerate(text.split("\n"), start=1):
        if ".package(" in line and not line.lstrip().startswith("//"):
            for address in _SWIFT.findall(line):
                name = "/".join(address.removesuffix(".git").split("/")[-2:])
                yield Clue(ClueKind.DEPENDENCY, f"swift:{name}", number)


def cmake(text: str) -> Clues:
    """Read CMakeLists.txt: every word in a command that finds, fetches or links a library."""
    text = re.sub(r"#.*", "", text)
    for found in _CMAKE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        for word in found[1].split():
            name = re.sub(r"^.*[/}]|\.(so|a|lib|dylib)$|[\"']", "", word).removeprefix("lib")
            yield Clue(ClueKind.DEPENDENCY, f"cmake:{name}", line)


def platformio(text: str) -> Clues:
    """Read platformio.ini: boards and libraries of microcontrollers."""
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(text)
    for section in parser.sections():
        for entry in parser.get(section, "lib_deps", fallback="").split("\n"):
            name = re.sub(r"^.*/|[@^~\s].*$", "", entry.strip())
            if name:
                line = line_of(text, entry.strip())
                yield Clue(ClueKind.DEPENDENCY, f"platformio:{name}", line)


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
            yield from packages(data["dependencies"], "pub", text)
    for steps, value in walk(data):
        if not isinstance(value, str):
            continue
        line = document.values.get(steps, (1, 1))[0]
        key = next((each for each in reversed(steps) if isinstance(each, str)), "").lower()
        if key in IMAGES or (key == "name" and len(steps) > 1 and str(steps[-2]).lower() in IMAGES):
            yield Clue(ClueKind.IMAGE, value.lower(), line)
        elif key in SHELL:
            begins = line + (value.count("\n") > 0)
            for number, command in python.logical_lines(value):
                yield from shell_line(command, begins + number - 1)
