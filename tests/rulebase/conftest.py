"""A good rule base to break: the example of the bicycles, copied."""

import shutil
from pathlib import Path

import pytest
from support.good_rulebase import EXAMPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the good rule base that a test may change."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "rules"))
