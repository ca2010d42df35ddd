"""`advisor recommend`: from a file, options or a link; as text or as the bytes of the interface."""

import json

import pytest
from click.testing import CliRunner
from support.bicycles import BICYCLES, changed

from advisor.cli.main import main
from advisor.engine.recommend import recommend
from advisor.output.json import envelope, to_json
from advisor.query.read import read_query_string
from advisor.rulebase.load import load

SCHOOL_RUN = {"riding": "new-bicycle", "load": ["children", "shopping"], "storage": "garage"}
SAME = "riding=new-bicycle&load=children&load=shopping&storage=garage"

LOAD_INSTEAD = "a question's id; did you mean 'load'?"


def run(*arguments, rules=BICYCLES, **more):
    return CliRunner().invoke(main, ["recommend", "--rules", str(rules), *arguments], **more)


def test_a_file_options_a_link_and_standard_input_give_the_same_bytes(tmp_path):
    as_json = tmp_path / "answers.json"
    as_json.write_text(json.dumps({"answers": SCHOOL_RUN}))
    as_yaml = tmp_path / "answers.yaml"
    as_yaml.write_text(
        "answers:\n  storage: garage\n  load: [shopping, children]\n  riding: new-bicycle\n"
    )
    pairs = [word for pair in SAME.split("&") for word in ("--answer", pair)]
    outputs = {
        run(str(as_json), "--json").stdout_bytes,
        run(str(as_yaml), "--json").stdout_bytes,
        run("-", "--json", input=as_json.read_bytes()).stdout_bytes,
        run("--query", SAME, "--json").stdout_bytes,
        run("--query", f"http://host/recommendation?{SAME}#why", "--json").stdout_bytes,
        run("--query", f"?{SAME}", "--json").stdout_bytes,
        run(*pairs, "--json").stdout_bytes,
        run(*pairs[:2], "--query", SAME.split("&", 1)[1], "--json").stdout_bytes,
    }
    rulebase = load(BICYCLES)
    query = read_query_string(rulebase, SAME).strict()
    assert outputs == {to_json(envelope(rulebase, query, recommend(rulebase, query.answers)))}


def test_the_text_report_is_the_default():
    done = run("--query", SAME)
    assert done.exit_code == 0
    assert done.stdout.startswith("Use Cargo bike on Pedals alone.\n")


def test_a_record_is_printed_with_the_title_of_the_project():
    done = run("--query", SAME, "--record", "--project", "Our *street*")
    assert done.exit_code == 0
    assert done.stdout.startswith("---\nstatus: proposed\ndate: 2026-01-15\n---\n\n# Our \\*street")
    again = "`advisor recommend --record --query 'load=children&load=shopping&riding=new-bicycle&"
    assert again in " ".join(done.stdout.split())


def test_a_trace_follows_the_report_and_goes_into_the_json():
    done = run("--query", SAME, "--trace")
    report, _, trace = done.stdout.partition("\nEvery rule\n")
    assert report == run("--query", SAME).stdout
    rules = load(BICYCLES).rules
    assert [line.split(":")[0].strip() for line in trace.splitlines()] == sorted(rules)
    assert "fired (+" in trace
    assert "failed on " in trace
    told = json.loads(run("--query", SAME, "--trace", "--json").stdout)
    assert [each["rule"] for each in told["trace"]] == sorted(rules)
    assert "trace" not in json.loads(run("--query", SAME, "--json").stdout)


def test_two_changes_bring_pairs_of_edits():
    asked = ("--answer", "riding=have-one")
    one = json.loads(run(*asked, "--json").stdout)
    two = json.loads(run(*asked, "--changes", "2", "--json").stdout)
    assert {other["size"] for other in one["explanation"]["others"]} <= {0, 1}
    assert 2 in {other["size"] for other in two["explanation"]["others"]}
    assert one["result"] == two["result"]
    done = run(*asked, "--changes", "3")
    assert done.exit_code == 2
    assert "'changes' cannot be '3'" in done.stderr


def test_one_way_to_print_has_to_be_chosen():
    done = run("--json", "--record")
    assert done.exit_code == 2
    assert "choose one" in done.stderr


def test_the_basis_can_be_chosen():
    done = run("--query", SAME, "--basis", "documents", "--json")
    assert json.loads(done.stdout)["result"]["basis"] == "documents"


def test_questions_can_be_marked_as_important():
    marked = run("--query", SAME, "--important", "load", "--important", "storage", "--json")
    same = run("--query", f"{SAME}&important=load&important=storage", "--json")
    assert json.loads(marked.stdout)["result"]["important"] == ["load", "storage"]
    assert marked.stdout == same.stdout
    unknown = run("--important", "lod")
    assert unknown.exit_code == 2
    assert "'important' cannot be 'lod'" in unknown.stderr


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("cargo-bike", ""),
        ("cargo-bike:cargo-bike", ""),
        ("city-bike", "Expected city-bike; Cargo bike leads: clear, not settled.\n"),
        (
            "cargo-bike:trailer",
            (
                "Expected cargo-bike:trailer; Cargo bike leads, and Cargo bike ships itself: "
                "clear, plan not settled.\n"
            ),
        ),
    ],
)
def test_an_expectation_that_fails_is_a_finding(expected, said):
    done = run("--query", SAME, "--expect", expected)
    assert done.exit_code == (1 if said else 0)
    assert "Use " in done.stdout
    assert done.stderr == said


def test_what_is_expected_has_words_of_which_none_is_lost():
    one = run("--query", SAME, "--expect", "city-bike", "--expect", "cargo-bike")
    assert (one.exit_code, one.stderr) == (0, "")
    done = run("--query", SAME, "--expect", "cargo-bike", "--expect", "settled:lead")
    assert done.exit_code == 1
    assert done.stderr.startswith("Expected cargo-bike, settled:lead; Cargo bike leads")


def test_an_expectation_that_is_met_says_what_it_did_not_use():
    done = run("--query", SAME, "--important", "distance", "--expect", "cargo-bike")
    assert done.exit_code == 0
    assert done.stderr.endswith("; not used: important=distance.\n")


def test_without_answers_the_result_is_open_and_an_expectation_fails():
    assert run().stdout.startswith("Too little is known")
    assert run("--expect", "cargo-bike").exit_code == 1


def test_every_fault_of_the_answers_goes_to_standard_error(tmp_path):
    file = tmp_path / "answers.yaml"
    file.write_text("answers:\n  lod: children\n")
    done = run(
        str(file), "--answer", "hills=hily", "--query", "storage=no;where", "--basis", "x",
        "--expect", "bike", "--json",
    )  # fmt: skip
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: the answers cannot be used:\n")
    assert [line.split(": ")[:3] for line in done.stderr.splitlines()[1:]] == [
        ["--query", "storage", "separator"],
        [f"{file}:2:3", "unknown-key", "there is no question 'lod'; expected " + LOAD_INSTEAD],
        ["command line", "basis", "unknown-basis"],
        ["command line", "expect", "unknown-expect"],
        ["command line", "hills", "unknown-choice"],
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"[1",
        b"{",
        b"{]",
        b'{"answers": 1}',
        b"answers: {goal: [",
        b"a: &x 1",
    ],
)
def test_rubbish_in_a_file_is_misuse_and_no_traceback(content):
    done = run("-", input=content)
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)
    assert "cannot be used" in done.stderr


@pytest.mark.parametrize(
    "pair", ["goal", "=", "a=b=c", "hills=%ff", "hills=a&b", "hills=\x1b[1m", "hills=\udcff", ""]
)
def test_rubbish_in_an_option_is_misuse_and_no_traceback(pair):
    done = run("--answer", pair, "--answer", "x=1")
    assert done.exit_code == 2
    assert "\x1b" not in done.stderr
    assert "unknown-key: there is no key 'x'" in done.stderr


def test_an_answer_of_an_empty_variable_is_not_dropped():
    done = run("--query", SAME, "--answer", "")
    assert (done.exit_code, "command line: empty-value: " in done.stderr) == (2, True)


def test_a_terminal_that_lacks_a_letter_gets_a_question_mark(tmp_path):
    rules = changed(tmp_path, "Nobody carries", "Nobody → carries", file="tradeoffs/storage.yaml")
    done = CliRunner(charset="cp1252").invoke(
        main,
        ["recommend", "--rules", str(rules), "--query", "riding=new-bicycle&storage=upstairs"],
    )
    assert done.exit_code == 0
    assert "Nobody ? carries" in done.stdout


def test_the_same_answer_in_two_places_is_never_quietly_the_last_one():
    done = run("--query", "hills=flat", "--answer", "hills=hilly")
    assert done.exit_code == 2
    assert "'hills' takes one answer and has 'flat' and 'hilly'" in done.stderr


def test_a_missing_file_and_an_unknown_option_are_misuse():
    assert run("/nowhere/answers.yaml").exit_code == 2
    assert run("--nonsense").exit_code == 2


def test_a_broken_rule_base_is_misuse_with_every_fault(tmp_path):
    rules = changed(tmp_path, "tie: 0", "tie: none", file="rulebase.yaml")
    (rules / "sources.yaml").unlink()
    done = run(rules=rules)
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: the rule base cannot be used:\n")
    assert "rulebase.yaml:6:8: wrong-type" in done.stderr
    assert "missing-file" in done.stderr
