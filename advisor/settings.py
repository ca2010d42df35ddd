"""Where rules, templates and static files are: in a checkout, or in an installed package.

Knows nothing of what stands in them.
"""

from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
DATA_FOLDER = "_data"
"""Below the package, where an installed one carries what stands beside it in a checkout."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server or a command needs to find.

    Attributes:
        rules: the folder of the rule base.
        templates: the folder of the pages' templates.
        static: the folder of the files that are served as they are.
        issue_form: address of a form that takes reports on a reason; empty where there is none.
    """

    rules: Path
    templates: Path
    static: Path
    issue_form: str = ""


def find_settings(rules: Path | None = None, package: Path = PACKAGE) -> Settings:
    """Find the data folders.

    Args:
        rules: another rule base than the one that comes with the package.
        package: the folder of the package.
    """
    installed = package / DATA_FOLDER
    home = installed if installed.is_dir() else package.parent
    return Settings(
        rules=rules or home / "rules",
        templates=home / "templates",
        static=home / "static",
    )
