"""`advisor ask`: the questionnaire, answered at a terminal that the tests hold."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from support.bicycles import BICYCLES, copied
from support.published import frozen

from advisor.cli.main import main
from advisor.query.write import HEAD

ENTER, DOWN, UP, SPACE, STOPPED = "\r", "\x1b[B", "\x1b[A", " ", "\x03"
NEXT, LAST = DOWN + ENTER, UP + ENTER
BEFORE_LAST = UP + UP + ENTER


@pytest.fixture
def ask(tmp_path, monkeypatch, capsys):
    """Ask at a terminal where somebody presses these keys; give the exit code and the file."""
    monkeypatch.chdir(tmp_path)
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("advisor.cli.ask.sys", SimpleNamespace(stdin=terminal, stdout=terminal))

    def run(*keys, rules=BICYCLES):
        with create_pipe_input() as keyboard, create_app_session(keyboard, DummyOutput()):
            keyboard.send_text("".join(keys))
            with pytest.raises(SystemExit) as left:
                main(["ask", "--rules", str(rules)])
        file = tmp_path / "advice.yaml"
        lines = file.read_text().splitlines()[1:] if file.exists() else None
        return left.value.code, lines, capsys.readouterr().out

    return run


def test_answers_are_written_with_what_was_accepted(ask):
    # The title; a new bicycle; children; a garage; stop; nothing counts double; accept.
    keys = (ENTER, ENTER, SPACE, ENTER, ENTER, LAST, SPACE, ENTER, "y")
    code, lines, out = ask(*keys)
    assert code == 0
    assert lines[0].startswith("project: ")
    assert lines[1:] == [
        "answers:",
        "  load: children",
        "  riding: new-bicycle",
        "  storage: garage",
        "important: [riding]",
        "accept:",
        "  leaders: [cargo-bike]",
    ]
    assert "Use Cargo bike" in out
    assert "advice.yaml holds three answers" in out


def test_back_takes_the_last_answer_back_and_a_file_is_taken_up_where_it_ends(ask):
    code, lines, _ = ask(ENTER, ENTER, SPACE, ENTER, STOPPED)
    assert (code, lines[1:]) == (130, ["answers:", "  load: children", "  riding: new-bicycle"])
    # Back to what is carried, now shopping; then stop.
    code, lines, _ = ask(ENTER, BEFORE_LAST, DOWN, SPACE, ENTER, LAST, ENTER)
    assert (code, lines[1:]) == (0, ["answers:", "  load: shopping", "  riding: new-bicycle"])


def test_ctrl_c_before_the_first_answer_writes_nothing(ask):
    assert ask(STOPPED)[:2] == (130, None)


def test_several_boxes_and_none_do_not_stand_together(ask):
    everything = (SPACE, DOWN, SPACE, UP, UP, UP, UP, SPACE)
    # Refused with Enter; without the last box it goes through.
    code, lines, _ = ask(ENTER, ENTER, *everything, ENTER, SPACE, ENTER, STOPPED)
    assert code == 130
    assert lines[2] == "  load: [children, shopping]"


def test_the_file_names_the_edition_that_it_was_answered_by(ask, tmp_path):
    rules = copied(tmp_path)
    frozen(rules, "2026.06")
    (tmp_path / "advice.yaml").write_text("edition: latest\nanswers: {riding: new-bicycle}\n")
    _, lines, _ = ask(ENTER, STOPPED, rules=rules)
    assert lines[1] == 'edition: "2026.06"'


def test_without_a_terminal_it_says_what_to_do():
    done = CliRunner().invoke(main, ["ask", "--rules", str(BICYCLES)])
    assert done.exit_code == 2
    assert "needs a terminal" in done.stderr


def test_a_file_that_cannot_be_used_is_left_as_it_is(ask, tmp_path):
    (tmp_path / "advice.yaml").write_text("answers: {lod: children}\n")
    assert ask()[0] == 2
    assert (tmp_path / "advice.yaml").read_text() == "answers: {lod: children}\n"


def test_the_file_says_what_it_is_for(ask, tmp_path):
    ask(ENTER, ENTER, STOPPED)
    assert (tmp_path / "advice.yaml").read_text().startswith(f"{HEAD}\n")
