"""Stylesheets, icons and the like: read once, addressed by a hash of what is in them.

Knows the folder and the bytes; nothing of pages. Files cannot be reached by any path but those
that were found at the start.
"""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STATIC_PREFIX = "/static/"
HASH_LENGTH = 12
TEXT_TYPES = frozenset({"text/css", "text/javascript", "text/plain", "image/svg+xml"})

FOREVER = "public, max-age=31536000, immutable"
"""For addresses that carry the hash of what they lead to."""
CHECK_EACH_TIME = "no-cache"
"""For addresses whose content changes with a release."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages ask for.

    Attributes:
        path: its address, without the hash.
        version: the beginning of the SHA-256 of its content, in hexadecimal.
    """

    path: str
    content: bytes
    media_type: str
    version: str

    @property
    def link(self) -> str:
        """Its address with the hash of what is there now."""
        return f"{self.path}?v={self.version}"


def asset(path: str, content: bytes) -> Asset:
    """Make an asset of some bytes; its name says what they are."""
    guessed = mimetypes.guess_type(path)[0] or "application/octet-stream"
    media_type = f"{guessed}; charset=utf-8" if guessed in TEXT_TYPES else guessed
    return Asset(path, content, media_type, hashlib.sha256(content).hexdigest()[:HASH_LENGTH])


def read_folder(folder: Path) -> Mapping[str, Asset]:
    """Read every file below a folder, by its address."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = (
        asset(STATIC_PREFIX + path.relative_to(folder).as_posix(), path.read_bytes())
        for path in files
    )
    return {item.path: item for item in found}
