"""Where rules, templates and static files are: in a checkout, or in an installed package."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parent
DATA_FOLDER = "_data"
"""Below the package, where an installed one carries what stands beside it in a checkout."""


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

    def __post_init__(self) -> None:
        """Refuse an address of a form that no browser should be sent to.

        Raises:
            ValueError: it is no address that begins with `http://` or `https://` and a host.
        """
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
    rules: Path | None = None, package: Path = PACKAGE, issue_form: str = ""
) -> Settings:
    """Find the data folders; `rules` is another rule base than the one beside them.

    Raises:
        ValueError: the address of the form cannot be used.
    """
    installed = package / DATA_FOLDER
    home = installed if installed.is_dir() else package.parent
    return Settings(rules or home / "rules", home / "templates", home / "static", issue_form)
