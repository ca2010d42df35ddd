"""Cases of the detectors: what differs is told, and so is a detector that no case needs."""

import pytest
from click.testing import CliRunner
from support.bicycles import copied

from advisor.cli.main import main
from advisor.rulebase.files import DETECTOR_CASES

DETECTORS = """
detectors:
  - {id: saw-required, dependency: [saw], suggests: {load: [tools]}}
  - {id: coupling-required, dependency: [coupling], tool: axle-coupling}
"""
CASES = """
cases:
  - id: workshop
    project: Somebody saws.
    files: {requirements.txt: saw}
    suggests: {load: [tools]}
  - id: trailer
    project: Somebody pulls a trailer.
    files: {requirements.txt: coupling}
    tools: [axle-coupling]
"""


def run(command, folder, old="", new=""):
    """Run a command on the example with two detectors and their cases, changed in one place."""
    rules = copied(folder)
    (rules / "detectors.yaml").write_text(DETECTORS)
    assert old in CASES
    (rules / DETECTOR_CASES).write_text(CASES.replace(old, new, 1))
    done = CliRunner().invoke(main, [command, str(rules)])
    return done.exit_code, done.output


def test_cases_that_come_out_as_written_are_counted(tmp_path):
    assert run("test", tmp_path / "1")[0] == 0
    code, said = run("lint", tmp_path / "2")
    assert (code, "2 scan cases" in said) == (0, True)


@pytest.mark.parametrize(
    ("command", "old", "new", "told"),
    [
        ("test", "{load: [tools]}", "{load: [shopping]}", "'workshop': load: shopping is missing"),
        ("test", "{load: [tools]}", "{load: [shopping]}", "'workshop': load: tools is not expect"),
        ("test", "tools: [axle", "tools: [seatpost", "'tools' of 'trailer' are axle-coupling"),
        ("test", "tools: [axle", "tools: [seatpost", "2 scan cases, 1 not as expected"),
        ("lint", "load: [tools]", "load: [tool]", "question 'load' has no choice 'tool'"),
        ("lint", "[axle-coupling]", "[axle-couplin]", "there is no tool 'axle-couplin'"),
        ("lint", "id: trailer", "id: workshop", "the case 'workshop' is given in"),
        ("lint", ": saw", ": hammer", "'saw-required' fires in no case; expected a case in"),
    ],
)
def test_what_is_wrong_with_a_case_is_told(tmp_path, command, old, new, told):
    code, said = run(command, tmp_path, old, new)
    assert (code, told in said) == (1, True), said
