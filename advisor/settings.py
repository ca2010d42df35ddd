"""Where rules, templates and static files are: in a checkout, or in an installed package."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parent
DATA_FOLDER = "_data"
"""Below the package, where an installed one carries what stands beside it in a checkout."""

ROOT_PATH = re.compile(r"(/[\w~-][\w.~-]*)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server or a command needs to find."""

    rules: Path
    """The folder of the rule base."""
    templates: Path
    """The folder of the pages' templates."""
    static: Path
    """The folder of the files that are served as they are."""
    issue_form: str = ""
    """Address of a form that takes reports on a reason; empty where there is none."""
    root_path: str = ""
    """The path below which a proxy shows the site, such as `/advisor`; empty at the root."""
    host_names: tuple[str, ...] = ("*",)
    """The names by which the site may be asked for: `("advisor.example.org", "*.test")`."""
    proxies: str = ""
    """Addresses of proxies whose `X-Forwarded-...` headers are believed: `10.0.0.0/8,127.0.0.1`."""

    def __post_init__(self) -> None:
        """Refuse a path that no link can begin with, and a form that no browser should be sent to.

        Raises:
            ValueError: the path or the address of the form cannot be used.
        """
        if not ROOT_PATH.fullmatch(self.root_path):
            message = (
                f"'{self.root_path}' is no path to live below; expected one that begins with a "
                "slash and ends without one, such as /advisor"
            )
            raise ValueError(message)
        try:
            parts = urlsplit(self.issue_form)
            sound = bool(parts.hostname) and parts.scheme in {"http", "https"}
        except ValueError:
            sound = False
        plain = self.issue_form.isprintable() and " " not in self.issue_form
        if self.issue_form and not (sound and plain):
            message = (
                f"'{self.issue_form}' is no address of a form; expected one that begins with "
                "https:// or http:// and names a host"
            )
            raise ValueError(message)


def find_settings(
    rules: Path | None = None,
    package: Path = PACKAGE,
    **others: Any,  # noqa: ANN401 - the fields say what each is
) -> Settings:
    """Find the data folders; `rules` is another rule base than the one beside them.

    Args:
        rules: the folder of the rule base.
        package: where the code is.
        others: further fields of `Settings`, such as `issue_form`.

    Raises:
        ValueError: one of them cannot be used.
    """
    installed = package / DATA_FOLDER
    home = installed if installed.is_dir() else package.parent
    return Settings(rules or home / "rules", home / "templates", home / "static", **others)
