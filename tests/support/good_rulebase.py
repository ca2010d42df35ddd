"""Where the good rule base is that tests read, copy and break, and its files as plain data."""

from pathlib import Path

import yaml

from advisor.rulebase.files import yaml_files
from advisor.yamlfile import LOADER

EXAMPLE = Path(__file__).parents[2] / "examples" / "bicycles"

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The dumper in C where it was built."""

WRITTEN = {
    file: yaml.load((EXAMPLE / file).read_text(encoding="utf-8"), LOADER)  # noqa: S506 - a safe one
    for file in yaml_files(EXAMPLE)
}
