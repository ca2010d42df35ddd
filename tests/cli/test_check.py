"""`advisor check`: red for each reason, at the line that is about it, in every form."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from support.bicycles import BICYCLES, copied
from support.published import edition_of

from advisor.cli.main import main
from advisor.editions import edition as editions
from advisor.engine.recommend import recommend
from advisor.model.rulebase import Rename
from advisor.output.json import envelope, to_json
from advisor.query.read import read_query_string
from advisor.rulebase.load import load

TODAY = datetime.now(UTC).date()

GOOD = """\
edition: "2026.06"
answers:
  riding: new-bicycle
  load: children
  distance: long
accept:
  leaders: [cargo-bike]
  verdict: close
"""


def freeze(rules, rulebase, name, days):
    """Freeze a rule base as an edition of so many days ago."""
    more = {"day": TODAY - timedelta(days=days), "written": editions.written_hash(rules)}
    editions.freeze(rules, edition_of(rulebase, name, **more))


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    """Two editions; since the older one a rule and two choices are gone, one to another name."""
    folder = copied(tmp_path_factory.mktemp("check"))
    old = load(folder)
    freeze(folder, old, "2026.06", 100)
    moved = {name: rule for name, rule in old.rules.items() if name != "children-in-the-box"}
    storage = old.questions["storage"]
    left = tuple(choice for choice in storage.choices if choice.id == "garage")
    questions = {**old.questions, "storage": replace(storage, choices=left)}
    renamed = Rename("choice", "storage:street", "storage:garage", "")
    new = replace(old, rules=moved, questions=questions, rules_hash="0" * 64, renames=(renamed,))
    freeze(folder, new, "2026.12", 10)
    return folder


@pytest.fixture
def check(rules, tmp_path, monkeypatch):
    """Run `advisor check` in a folder with one file, advice.yaml."""
    monkeypatch.chdir(tmp_path)

    def run(text, *arguments, of=rules):
        if text is not None:
            (tmp_path / "advice.yaml").write_text(text)
        return CliRunner().invoke(main, ["check", "--rules", str(of), *arguments])

    return run


def test_all_is_well_while_both_editions_say_what_is_accepted(check):
    done = check(OLD + "accept: [city-bike, cargo-bike]\n")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "advice.yaml: accepted: City bike leads: clear, by edition 2026.06; "
        "City bike leads: clear, by edition 2026.12\n"
    )
    assert check(None, "--quiet").stdout == ""


def test_an_id_that_was_renamed_is_carried_over_and_told(check):
    done = check(OLD + "  storage: street\naccept: city-bike\n")
    assert done.exit_code == 0
    assert "; the choice 'storage:street' is called 'storage:garage' now;" in done.stdout


def test_the_newest_edition_may_be_named_without_anything_accepted(check):
    assert check('edition: "2026.12"\nanswers: {distance: long, hills: hilly}\n').exit_code == 0
    assert check("edition: latest\nanswers: {distance: long, hills: hilly}\n").exit_code == 2


def test_a_rule_that_changed_turns_it_red_at_the_line_of_what_was_accepted(check):
    done = check(GOOD)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "advice.yaml:7:13: leaders: City bike leads, by edition 2026.12; expected Cargo bike"
    ]


OLD = 'edition: "2026.06"\nanswers:\n  distance: long\n  riding: new-bicycle\n'
MARKED = "important:\n  - distance\n  - load\n"
TWO_FAULTS = "accept: {leaders: city-bik, verdict: sure}\n"


@pytest.mark.parametrize(
    ("text", "code", "lines"),
    [
        (OLD + "accept: cargo-bike\n", 1, ["5:1: leaders", "5:1: leaders"]),
        (OLD + "accept:\n  plan: city-bike:trailer\n", 1, ["6:9: plan", "6:9: plan"]),
        (OLD + "accept:\n  settled: lead\n", 1, ["6:12: settled"]),
        (OLD + "accept:\n  max-age: 99\n", 1, ["6:12: max-age"]),
        (OLD + "accept:\n  max-age: 100\n", 0, []),
        (OLD + MARKED + "accept: {all-used: true}\n", 1, ["7:5: all-used", "7:5: all-used"]),
        (OLD + "  storage: upstairs\naccept: {verdict: tie}\n", 1, ["5:12: unknown-choice"]),
        # Without `accept`, what its own edition recommends is accepted.
        (OLD + "  load: children\n", 1, ["1:1: leaders"]),
        (OLD, 0, []),
        ("answers: {}\naccept: city-bike\n", 1, ["2:1: verdict"]),
        ("answers: {riding: new-bicycle}\n", 2, ["1:1: nothing-accepted"]),
        (OLD + "accpt: city-bike\n", 2, ["5:1: unknown-key"]),
        (OLD + TWO_FAULTS, 2, ["5:19: unknown-expect", "5:38: unknown-expect"]),
        (OLD.replace("06", "07") + "accept: city-bike\n", 2, ["1:10: unknown-edition"]),
        ("edition: 2026.06\n", 2, ["1:10: wrong-type"]),
        ("answers: [\n", 2, ["2:1: syntax"]),
    ],
)  # fmt: skip
def test_it_is_red_for_each_reason_at_its_line(check, text, code, lines):
    done = check(text)
    assert (done.exit_code, done.stderr) == (code, "")
    told = [line.removeprefix("advice.yaml:") for line in done.stdout.splitlines()]
    if code:
        assert [": ".join(line.split(": ")[:2]) for line in told] == lines
    else:
        assert "accepted" in told[0]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe", b"\x00", b"{", b"{}", b"[1]", b'{"result": 7}', b'{"result": {}}',
        b'{"result": {"x": ' + b"[" * 5000 + b"]" * 5000 + b"}}",
        b'{"result": {"x": ' + b"[" * 900 + b"]" * 900 + b"}}",
        b'{"result": {"rules_hash": NaN, "answers": {"\\ud800": 1}}}', b"edition: {a: 1}\n",
        b"- a\n", b"accept: [[a]]\nanswers: 7\nedition: [a, b]\n",
    ],
)  # fmt: skip
def test_rubbish_is_misuse_and_no_traceback(check, tmp_path, content):
    (tmp_path / "advice.yaml").write_bytes(content)
    for form in ("text", "json", "github", "junit", "sarif"):
        done = check(None, "--format", form)
        assert isinstance(done.exception, SystemExit)
        assert (done.exit_code, done.stderr) == (2, "")


def test_annotations_stand_at_the_line(check):
    done = check(GOOD, "--format", "github")
    assert done.exit_code == 1
    where, _, said = done.stdout.rstrip().rpartition("::")
    assert where == "::error file=advice.yaml,line=7,col=13,title=leaders"
    assert said == "City bike leads, by edition 2026.12; expected Cargo bike"


def test_several_files_are_told_each_and_the_worst_decides(check, tmp_path):
    (tmp_path / "good.yaml").write_text(OLD)
    done = check(GOOD, "--format", "json", "good.yaml", "advice.yaml", "nowhere.yaml", ".")
    assert done.exit_code == 2
    checked = json.loads(done.stdout)["checked"]
    assert {each["file"]: each["state"] for each in checked} == {
        "good.yaml": "accepted", "advice.yaml": "refused", "nowhere.yaml": "unusable",
        ".": "unusable",
    }  # fmt: skip
    assert checked[1]["faults"][0] == {
        "file": "advice.yaml", "line": 7, "column": 13, "path": "accept.leaders[0]",
        "code": "leaders", "message": "City bike leads, by edition 2026.12",
        "expected": "Cargo bike", "nearest": "",
    }  # fmt: skip


def test_junit_has_a_case_for_each_file(check, tmp_path):
    (tmp_path / "good.yaml").write_text(OLD)
    done = check(GOOD, "--format", "junit", "good.yaml", "advice.yaml")
    suite = ET.fromstring(done.stdout)[0]  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [(case.get("name"), len(case)) for case in suite] == [
        ("good.yaml", 0),
        ("advice.yaml", 1),
    ]
    assert suite[1][0].get("type") == "leaders"
    assert suite[1][0].text.startswith("advice.yaml:7:13: leaders: City bike leads")


def test_sarif_names_the_line(check):
    log = json.loads(check(GOOD, "--format", "sarif").stdout)
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["leaders"]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "advice.yaml"
    assert location["region"] == {"startLine": 7, "startColumn": 13}


@pytest.fixture(scope="module")
def saved(rules):
    """What the interface for programs answers by the older edition."""
    rulebase = editions.load_edition(rules, "2026.06").rulebase
    raw = "riding=new-bicycle&load=children&important=load&without=trailer&asked=distance"
    query = read_query_string(rulebase, raw).strict()
    found = recommend(rulebase, query.answers, query.basis, query.asked)
    return to_json(envelope(rulebase, query, found))


def test_a_saved_result_is_computed_once_more(check, saved, tmp_path):
    file = tmp_path / "result.json"
    file.write_bytes(saved)
    same = "result.json: accepted: the same, byte for byte, by edition 2026.06\n"
    assert check(None, "result.json").stdout == same
    file.write_text(json.dumps(json.loads(saved), indent=2))
    assert check(None, "result.json").stdout == same


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"verdict": "tie"}, 1, "1:1: other-result: computed once more, this differs: verdict, by"),
        (
            {"leaders": 7, "x": []},
            1,
            "1:1: other-result: computed once more, this differs: leaders",
        ),
        ({"answers": {"load": "childen"}}, 2, " answers.load: unknown-choice: "),
        ({"answers": 7}, 2, " answers: wrong-type: "),
        ({"edition": "2026.07"}, 2, "1:1: no-edition: the result names '2026.07'"),
        ({"edition": None, "rules_hash": None}, 2, "1:1: no-edition: the result names no rules"),
        ({"edition": ["x"]}, 2, "1:1: no-edition: the result names "),
        ({"next_question": "\ud800"}, 1, "1:1: other-result: "),
        ({"next_question": []}, 1, "1:1: other-result: "),
    ],
)
def test_a_saved_result_is_red_once_it_says_something_else(check, saved, change, code, said):
    result = {"result": json.loads(saved)["result"] | change}
    done = check(json.dumps(result))
    assert done.exit_code == code
    assert done.stdout.startswith(f"advice.yaml:{said}")


def test_a_key_that_stands_there_twice_is_refused(check, saved):
    twice = saved.replace(b'"verdict":', b'"verdict":"none","verdict":', 1)
    done = check(twice.decode())
    assert done.exit_code == 2
    assert "duplicate-key: the key 'verdict' was given" in done.stdout


def test_the_order_of_keys_is_a_part_of_a_result(check, saved):
    result = json.loads(saved)["result"]
    done = check(json.dumps({"result": dict(sorted(result.items()))}))
    assert "this differs: the order of keys" in done.stdout


def test_a_result_of_rules_that_are_no_edition_is_found_by_their_hash(check, tmp_path):
    rulebase = load(BICYCLES)
    query = read_query_string(rulebase, "riding=new-bicycle").strict()
    saved = to_json(envelope(rulebase, query, recommend(rulebase, query.answers)))
    (tmp_path / "result.json").write_bytes(saved)
    assert check(None, "result.json", of=BICYCLES).exit_code == 0
    (tmp_path / "result.json").write_bytes(saved.replace(rulebase.rules_hash.encode(), b"0"))
    done = check(None, "result.json", of=BICYCLES)
    assert done.exit_code == 2
    assert "such rules are not here; expected the rules here" in done.stdout


def test_a_result_from_before_its_edition_came_out_is_still_found(check, rules, saved):
    rulebase = editions.load_edition(rules, "2026.06").rulebase
    assert saved.count(b'"edition":"2026.06"') == 1
    assert rulebase.rules_hash.encode() in saved
    done = check(saved.replace(b'"edition":"2026.06"', b'"edition":null').decode())
    assert done.stdout == "advice.yaml: accepted: the same, byte for byte\n"


def test_nothing_to_check_and_a_broken_edition_are_misuse(check, rules, tmp_path):
    done = check(None)
    assert done.exit_code == 2
    assert done.stdout.startswith("advice.yaml: unreadable: no such file or directory")
    folder = copied(tmp_path)
    (folder / "editions").mkdir()
    (path,) = (rules / "editions").glob("2026.12*")
    (folder / "editions" / path.name).write_bytes(path.read_bytes()[:-1] + b"x")
    done = check(GOOD, of=folder)
    assert done.exit_code == 2
    assert "edition 2026.12 is not what was released" in done.stderr
