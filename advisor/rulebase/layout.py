"""Which files a rule base consists of, and the shape of each.

Knows nothing of what stands in a file; reads the folder's names only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from advisor.rulebase.rule_schema import (
    MigrationsFile,
    NextStepsFile,
    NotesFile,
    ScenariosFile,
    TradeoffFile,
    WorksWithFile,
)
from advisor.rulebase.schema import (
    ClaimsFile,
    DisagreementsFile,
    FrameworkFile,
    QuestionsFile,
    RuleBaseFile,
    Shape,
    SourcesFile,
    ToolsFile,
)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file.

    Attributes:
        pattern: its path below the folder, `*` standing for a name.
        shape: what stands in it.
        entries: key of the list that it consists of; empty where the file is one entry.
        entry: what an entry is called.
        required: whether a rule base needs one.
    """

    pattern: str
    shape: type[Shape]
    entries: str
    entry: str
    required: bool

    def covers(self, file: str) -> bool:
        """Say whether the file at this path is of this kind."""
        return fnmatchcase(file, self.pattern) and file.count("/") == self.pattern.count("/")


FILE_KINDS = (
    FileKind("rulebase.yaml", RuleBaseFile, "", "frame", required=True),
    FileKind("frameworks/*.yaml", FrameworkFile, "", "framework", required=True),
    FileKind("questions/*.yaml", QuestionsFile, "questions", "question", required=True),
    FileKind("sources.yaml", SourcesFile, "sources", "source", required=True),
    FileKind("claims/*.yaml", ClaimsFile, "claims", "claim", required=True),
    FileKind("tradeoffs/*.yaml", TradeoffFile, "rules", "rule", required=True),
    FileKind("works-with.yaml", WorksWithFile, "edges", "edge", required=False),
    FileKind("next-steps.yaml", NextStepsFile, "steps", "step", required=False),
    FileKind("tools.yaml", ToolsFile, "tools", "tool", required=False),
    FileKind("migrations.yaml", MigrationsFile, "migrations", "migration", required=False),
    FileKind(
        "disagreements.yaml", DisagreementsFile, "disagreements", "disagreement", required=False
    ),
    FileKind("notes.yaml", NotesFile, "notes", "note", required=False),
    FileKind("scenarios.yaml", ScenariosFile, "scenarios", "scenario", required=False),
)

CASES_ENDING = ".cases.yaml"
EDITIONS_FOLDER = "editions"


def kind_of(file: str) -> FileKind | None:
    """Return the kind of the file at this path; None where a rule base has no such file."""
    return next((kind for kind in FILE_KINDS if kind.covers(file)), None)


def yaml_files(folder: Path) -> Iterator[str]:
    """Give the path of every YAML file that belongs to the rule base itself, in order.

    Cases and editions are read elsewhere; hidden files belong to editors.
    """
    for path in sorted(folder.rglob("*.y*ml")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts)
        if path.is_file() and not hidden and parts[0] != EDITIONS_FOLDER:
            file = "/".join(parts)
            if not file.endswith(CASES_ENDING):
                yield file
