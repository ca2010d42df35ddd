"""The files that are scanned: a folder, or texts that somebody pasted.

A folder is walked rather than asked of git, which runs what the settings of a repository say. So
what git ignores is scanned as well, but for environments, installed packages and build folders.
"""

import codecs
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from advisor.errors import Fault, Place
from advisor.query.fields import harmless

MOST_ENTRIES = 200_000
"""How many files and folders are walked at most."""

MOST_DEPTH = 40
"""How many folders deep."""

MOST_BYTES = 4 << 20
"""The largest text that is read."""

MOST_BYTES_IN_ALL = 128 << 20
"""How much is read of all files together."""

LONGEST_LINE = 100_000
"""The longest line of a text, in characters."""

HEAD = 64 << 10
"""How much of a file that is no text is read."""

SKIPPED = frozenset({
    "__pycache__", "bower_components", "build", "deriveddata", "dist", "node_modules", "obj", "out",
    "pods", "site-packages", "target", "venv", "virtualenv", "wandb", "mlruns",
})  # fmt: skip
"""Folders, in small letters, that hold what tools put there."""

SHOWN_FOLDERS = frozenset({".azure-pipelines", ".buildkite", ".circleci", ".devcontainer",
                           ".docker", ".github"})  # fmt: skip
"""Folders that are looked into although their names begin with a dot."""

ARCHIVES = (".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".whl", ".xz", ".zip", ".zst")
"""How names of files end that hold other files."""

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
"""What a text begins with that says how it is encoded."""


class UnreadableError(Exception):
    """A file cannot be used; carries the fault."""

    def __init__(self, file: str, code: str, message: str, expected: str = "") -> None:
        """Say why."""
        self.fault = Fault(Place(harmless(file)), code, message, expected)
        super().__init__(str(self.fault))


@dataclass(frozen=True, slots=True)
class Tree:
    """Files that can be scanned.

    Example: `pasted({"setup.cfg": "[metadata]"})`.
    """

    files: tuple[str, ...]
    """Their paths below the folder, with forward slashes, sorted."""
    faults: tuple[Fault, ...]
    """What was met on the way and left out."""
    open: Callable[[str, int], bytes]
    """Reads a file up to so many bytes; raises an `UnreadableError` where it cannot."""

    def text(self, file: str, most: int = MOST_BYTES, longest: int = LONGEST_LINE) -> str:
        """Read a file as text: UTF-8, UTF-16 where it says so, else Latin-1.

        `most` is how many bytes it may have, `longest` how many characters a line.

        Raises:
            UnreadableError: it is too large, or no text.
        """
        content = self.open(file, most + 1)
        if len(content) > most:
            message = f"it has more than {most >> 10} KiB, and was not read"
            raise UnreadableError(file, "too-large", message)
        encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            text = content.decode("latin-1")
        if "\0" in text:
            raise UnreadableError(file, "no-text", "it is no text, and was not read", "a text file")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if (found := max(map(len, text.split("\n")))) > longest:
            message = f"it has a line of {found} characters, and was not read"
            expected = f"lines of at most {longest} characters"
            raise UnreadableError(file, "long-line", message, expected)
        return text


def pasted(texts: Mapping[str, str]) -> Tree:
    """Return a tree of texts, by the names of their files."""
    contents = {name: text.encode("utf-8", "replace") for name, text in texts.items()}
    return Tree(tuple(sorted(texts)), (), lambda file, most: contents[file][:most])


def folder(root: Path) -> Tree:
    """Return the tree of a folder; links are left alone, wherever they lead.

    Raises:
        NotADirectoryError: it is no folder.
    """
    walk = _Walk(root)
    if not root.is_dir():
        raise NotADirectoryError(20, "this is no folder", str(root))
    walk.into("", 0)
    return Tree(tuple(sorted(walk.files)), tuple(walk.faults), walk.read)


class _Walk:
    """Walks a folder, and reads what it found there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: list[str] = []
        self.faults: list[Fault] = []
        self.left, self.left_bytes = MOST_ENTRIES, MOST_BYTES_IN_ALL

    def into(self, below: str, depth: int) -> None:
        """Take in what is below a folder, in the order of names."""
        try:
            with os.scandir(self.root / below) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self._leave(below, "unreadable", f"it could not be opened: {error.strerror}")
            return
        if depth and any(entry.name == "pyvenv.cfg" for entry in entries):
            return
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            self.left -= 1
            if self.left < 0:
                if self.left == -1:
                    message = f"there are more than {MOST_ENTRIES} files and folders"
                    self._leave(path, "too-many", f"{message}; from here on nothing was looked at")
                return
            if why := _left_out(entry):
                self._leave(path, *why)
            elif entry.is_dir(follow_symlinks=False):
                self._folder(entry.name, path, depth)
            else:
                self.files.append(path)

    def _folder(self, name: str, path: str, depth: int) -> None:
        hidden = name.startswith(".") and name not in SHOWN_FOLDERS
        if hidden or name.lower() in SKIPPED:
            return
        if depth == MOST_DEPTH:
            self._leave(path, "too-deep", f"folders are nested more than {MOST_DEPTH} deep")
        else:
            self.into(path, depth + 1)

    def read(self, file: str, most: int) -> bytes:
        """Read a file, unless it has become something else since it was found."""
        flags = os.O_RDONLY
        for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):  # as far as known here
            flags |= getattr(os, name, 0)
        try:
            descriptor = os.open(self.root / file, flags)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "its name cannot be used"
            message = f"it could not be opened: {reason}"
            raise UnreadableError(file, "unreadable", message) from None
        with os.fdopen(descriptor, "rb") as opened:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UnreadableError(file, "no-file", "it is no file any more")
            content = opened.read(min(most, self.left_bytes + 1))
        self.left_bytes -= len(content)
        if self.left_bytes < 0:
            message = f"more than {MOST_BYTES_IN_ALL >> 20} MiB were read, so this was not"
            raise UnreadableError(file, "too-much", message)
        return content

    def _leave(self, path: str, code: str, message: str) -> None:
        self.faults.append(UnreadableError(path, code, message).fault)


def _left_out(entry: os.DirEntry[str]) -> tuple[str, str] | None:
    """Return the code and the words for what is neither walked nor read; None for the rest."""
    if not entry.name.isprintable():
        return "bad-name", "its name has characters that cannot be printed, and it was not opened"
    if entry.is_symlink():
        return "link", "this is a link, and was not followed"
    if entry.is_dir(follow_symlinks=False):
        return None
    if not entry.is_file(follow_symlinks=False):
        return "no-file", "this is a device, pipe or socket, and was not opened"
    if entry.name.lower().endswith(ARCHIVES):
        return "archive", "this is an archive, and was not opened"
    return None
