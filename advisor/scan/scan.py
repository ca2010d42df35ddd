"""Scans files: has each read by the reader for its kind, and gathers what detectors see in it."""

import configparser
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import islice

from advisor.errors import Fault, Place
from advisor.model.rulebase import ClueKind, Detector, Findings, RuleBase, Sighting
from advisor.query.fields import harmless, shown
from advisor.scan import ecosystems, python
from advisor.scan.clues import Clue, Clues, Scope
from advisor.scan.detect import Matcher, conclude, names_of
from advisor.scan.tree import HEAD, LONGEST_LINE, MOST_BYTES, Tree, UnreadableError

Reader = Callable[[str], Clues]

READERS: tuple[tuple[str, Reader], ...] = (
    ("*requirements*.txt", python.requirements), ("*requirements*.in", python.requirements),
    ("requirements/*.txt", python.requirements), ("requirements/*.in", python.requirements),
    ("pyproject.toml", python.pyproject), ("pipfile", python.pipfile), ("uv.lock", python.lock),
    ("poetry.lock", python.lock), ("pdm.lock", python.lock), ("pylock*.toml", python.lock),
    ("setup.cfg", python.setup_cfg), ("setup.py", python.setup_py),
    ("*.py", python.python_source), ("*.ipynb", python.notebook),
    ("package.json", ecosystems.package_json), ("cargo.toml", ecosystems.cargo),
    ("packages/manifest.json", ecosystems.package_json),
    ("*.csproj", ecosystems.project_xml), ("*.fsproj", ecosystems.project_xml),
    ("directory.packages.props", ecosystems.project_xml),
    ("packages.config", ecosystems.project_xml),
    ("pom.xml", ecosystems.project_xml), ("*.gradle", ecosystems.gradle),
    ("*.gradle.kts", ecosystems.gradle), ("*.versions.toml", ecosystems.gradle_catalog),
    ("podfile", ecosystems.podfile), ("*.podspec", ecosystems.podfile),
    ("package.swift", ecosystems.package_swift), ("go.mod", ecosystems.go_mod),
    ("*cmakelists.txt", ecosystems.cmake), ("*.cmake", ecosystems.cmake),
    ("platformio.ini", ecosystems.platformio), ("pubspec.yaml", ecosystems.yaml_file),
    ("*environment*.y*ml", ecosystems.yaml_file), ("*conda*.y*ml", ecosystems.yaml_file),
    ("env*.y*ml", ecosystems.yaml_file), ("*compose*.y*ml", ecosystems.yaml_file),
    ("workflows/*.y*ml", ecosystems.yaml_file), (".circleci/*.y*ml", ecosystems.yaml_file),
    (".gitlab-ci.y*ml", ecosystems.yaml_file), ("*pipelines*.y*ml", ecosystems.yaml_file),
    ("*deploy*.y*ml", ecosystems.yaml_file), ("cog.yaml", ecosystems.yaml_file),
    ("k8s/*.y*ml", ecosystems.yaml_file), ("idf_component.yml", ecosystems.yaml_file),
    ("*dockerfile*", ecosystems.dockerfile), ("containerfile", ecosystems.dockerfile),
    ("*.sh", ecosystems.shell_script), ("*.slurm", ecosystems.shell_script),
    ("*.sbatch", ecosystems.shell_script), ("makefile", ecosystems.shell_script),
)  # fmt: skip
"""Which reader reads a file, by its name in small letters, or by its folder and name."""

MOST_READ = 5_000
"""How many files are read at most, those nearest to the top first."""

MOST_SOURCE = 1 << 20
"""The largest source file that is read, in bytes: its syntax tree takes a hundred times as much."""

MOST_NOTEBOOK = 16 << 20
"""The largest notebook, in bytes: pictures make them large, in lines of any length."""

MOST_CLUES = 20_000
"""How many clues a file gives at most."""

MOST_INCLUDES = 40
"""How many files deep requirements files may include each other."""

POINTER = b"version https://git-lfs"
"""What stands in place of a large file that was not fetched."""

ASIDE = frozenset({
    "benchmark", "benchmarks", "ci", "circleci", "dev", "develop", "doc", "docs", "github",
    "gitlab",
    "lint", "pipelines", "test", "testing", "tests", "third", "thirdparty", "vendor",
})  # fmt: skip
"""Words in the path of a file that serves the project's tests, documentation or builds."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan found, and what it left out."""

    findings: Findings
    files: int
    """How many files there are."""
    read: int
    """How many of them were read."""
    faults: tuple[Fault, ...]
    """What could not be read or was not looked at, and why."""
    sightings: tuple[Sighting, ...]
    """All that detectors recognised, also where nothing follows from it."""


def scan(rulebase: RuleBase, tree: Tree) -> Scan:
    """Scan a tree of files: the same files give the same findings, whatever their order."""
    scanning = _Scanning(tree, Matcher(rulebase.detectors.values()))
    scanning.files()
    scanning.texts()
    faults = tuple(sorted({*tree.faults, *scanning.faults}))
    findings = conclude(rulebase, scanning.standing(rulebase))
    return Scan(findings, len(tree.files), len(scanning.read), faults, tuple(sorted(scanning.seen)))


def reader_of(file: str) -> Reader | None:
    """Return the reader for a file; None where there is none."""
    parts = file.lower().rsplit("/", 2)
    for pattern, reader in READERS:
        count = pattern.count("/") + 1
        if len(parts) >= count and fnmatchcase("/".join(parts[-count:]), pattern):
            return reader
    return None


def scope_of(file: str) -> Scope:
    """Return for what a file is there, by the words in its path."""
    words = re.findall(r"[a-z]+", file.lower())
    return Scope.ASIDE if ASIDE.intersection(words) else Scope.PROJECT


@dataclass
class _Scanning:
    """One scan on its way."""

    tree: Tree
    matcher: Matcher
    seen: list[Sighting] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    dependencies: set[str] = field(default_factory=set)
    pins: dict[str, dict[str, str]] = field(default_factory=dict)
    """The versions that constraints files ask for, by file and name."""

    @cached_property
    def names(self) -> frozenset[str]:
        """The files of the tree, to be looked up."""
        return frozenset(self.tree.files)

    def standing(self, rulebase: RuleBase) -> Iterator[Sighting]:
        """Give what was seen, but for detectors that say nothing beside what is asked for."""
        for each in self.seen:
            unless = rulebase.detectors[each.detector].unless
            names = {n for name in unless for n in names_of(ClueKind.DEPENDENCY, name)}
            if not names & self.dependencies:
                yield each

    def note(self, detector: Detector, file: str, line: int, *, sure: bool) -> None:
        """Keep what a detector saw; it may be less sure of it there than it could be."""
        self.seen.append(Sighting(detector.id, file, line, sure, detector.sure and not sure))

    def files(self) -> None:
        """Look at all files by their names, and at the first bytes of those that need it."""
        for file in self.tree.files:
            for detector in self.matcher.files(file):
                sure = detector.sure and scope_of(file) is Scope.PROJECT
                if detector.begins:
                    try:
                        head = self.tree.open(file, HEAD)
                    except UnreadableError as error:
                        self.faults.append(error.fault)
                        continue
                    if head.startswith(POINTER):
                        message = "a pointer to a file that was not fetched: its name alone counts"
                        self.faults.append(Fault(Place(harmless(file)), "pointer", message))
                        sure = False
                    elif not head[detector.skip :].startswith(bytes.fromhex(detector.begins)):
                        continue
                if scope_of(file) is not Scope.ASIDE:
                    self.note(detector, file, 0, sure=sure)

    def texts(self) -> None:
        """Read all files that have a reader, and those that they include."""
        found = [(file, reader) for file in self.tree.files if (reader := reader_of(file))]
        found.sort(key=lambda each: (each[0].count("/"), each[0]))
        for file, _ in found[MOST_READ:]:
            message = f"{MOST_READ} files nearer to the top were read, and this was not"
            self.faults.append(Fault(Place(harmless(file)), "too-many", message))
        for file, reader in found[:MOST_READ]:
            if file not in self.done:
                self.text(file, reader, ())

    def text(self, file: str, reader: Reader, above: tuple[str, ...]) -> None:
        """Read one file; `above` are the files that led to it by including each other."""
        self.done.add(file)
        constraints: list[str] = []
        clues = []
        for clue in self.clues(file, reader):
            if clue.kind is ClueKind.COMMAND and reader is python.requirements:
                option, _, name = clue.name.partition(" ")
                constraints += self.included(file, option, name, clue.line, (*above, file))
            else:
                clues.append(clue)
        here, pins = scope_of(file), dict[str, str]()
        for target in dict.fromkeys(constraints):
            pins |= self.pinned(target)
        for each in clues:
            clue = replace(each, versions=each.versions or pins.get(each.name, ""))
            scope = max(clue.scope, here, key=list(Scope).index)
            if clue.kind is ClueKind.DEPENDENCY and scope is Scope.PROJECT:
                self.dependencies.add(clue.name)
            for detector in self.matcher.detectors(clue):
                if scope is not Scope.ASIDE or (detector.tool and not detector.suggests):
                    sure = detector.sure and scope is Scope.PROJECT
                    self.note(detector, file, clue.line, sure=sure)

    def clues(self, file: str, reader: Reader) -> Iterator[Clue]:
        """Give what a file says; where it cannot be read, that is a fault."""
        most, longest = MOST_SOURCE if file.endswith(".py") else MOST_BYTES, LONGEST_LINE
        if reader is python.notebook:
            most = longest = MOST_NOTEBOOK
        try:
            text = self.tree.text(file, most, longest)
            self.read.add(file)
            yield from islice(reader(text), MOST_CLUES)
        except UnreadableError as error:
            self.faults.append(error.fault)
        except (RecursionError, MemoryError):
            self.faults.append(Fault(Place(harmless(file)), "too-deep", "it is nested too deep"))
        except (ValueError, SyntaxError, configparser.Error) as error:
            line = getattr(error, "lineno", None) or 0
            message = "it is not written as its name says"
            self.faults.append(Fault(Place(harmless(file), line, int(line > 0)), "syntax", message))

    def included(
        self, file: str, option: str, name: str, line: int, above: tuple[str, ...]
    ) -> list[str]:
        """Read a file that a requirements file includes; of constraints return the path alone."""
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), name))
        place = Place(harmless(file), line, 1)
        if target in above:
            message = f"it includes {shown(name)}, and so itself"
            self.faults.append(Fault(place, "circle", message))
        elif target not in self.names:
            message = f"it includes {shown(name)}, which is not among the files"
            self.faults.append(Fault(place, "no-such-file", message))
        elif option == python.CONSTRAINTS:
            return [target]
        elif len(above) > MOST_INCLUDES:
            message = f"files include each other more than {MOST_INCLUDES} deep"
            self.faults.append(Fault(place, "too-deep", message))
        elif target not in self.done:
            self.text(target, python.requirements, above)
        return []

    def pinned(self, file: str) -> dict[str, str]:
        """Return the versions that a constraints file asks for; it is read once."""
        if file not in self.pins:
            clues = self.clues(file, python.requirements)
            dependencies = (each for each in clues if each.kind is ClueKind.DEPENDENCY)
            self.pins[file] = {each.name: each.versions for each in dependencies}
        return self.pins[file]
