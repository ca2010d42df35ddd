"""Cases: read with every fault at once, run, and explained where they fail."""

from support.bicycles import BICYCLES, CASES, changed, copied

from advisor.cases import compile_cases, run_cases, written_cases
from advisor.rulebase.load import load


def faults_of(folder):
    written = written_cases(folder)
    _, wrong = compile_cases(load(BICYCLES), written)
    return [str(fault) for fault in (*written.faults, *wrong)]


def results_of(folder):
    rulebase = load(BICYCLES)
    cases, wrong = compile_cases(rulebase, written_cases(folder))
    assert wrong == ()
    return list(run_cases(rulebase, cases))


def failed(folder):
    (result,) = [result for result in results_of(folder) if result.differences]
    return result


def test_the_example_passes_on_both_bases():
    results = results_of(BICYCLES)
    assert {result.basis for result in results} == {"checked", "documents"}
    assert len(results) == 17
    assert not [result for result in results if result.differences or result.decided]


def test_a_folder_without_cases_is_a_fault(tmp_path):
    rules = copied(tmp_path)
    (rules / CASES).unlink()
    assert faults_of(rules) == [
        "*.cases.yaml: no-cases: no case says what must come out; expected *.cases.yaml"
    ]


def test_cases_are_found_in_folders_below(tmp_path):
    rules = copied(tmp_path)
    (rules / CASES).rename(rules / "tradeoffs" / CASES)
    assert len(results_of(rules)) == 17


def test_a_repeated_id_is_a_fault_even_in_another_file(tmp_path):
    rules = copied(tmp_path)
    (rules / "more.cases.yaml").write_text(
        "cases:\n  - id: third-floor\n    project: Again.\n    answers: {}\n"
        "    checked: {leaders: [], verdict: open}\n"
    )
    (fault,) = faults_of(rules)
    assert fault == (
        "more.cases.yaml:2:9: duplicate-id: the case 'third-floor' is given in "
        "bicycles.cases.yaml:23:9 already; expected an id of its own"
    )


def test_faults_of_shape_ids_and_answers_carry_their_place(tmp_path):
    rules = copied(tmp_path)
    (rules / CASES).write_text(
        "cases:\n"
        "  - id: odd\n"
        "    project: Odd.\n"
        "    answers: {laod: [children], hills: [hily], storage: 7}\n"
        "    important: [hils]\n"
        "    checked:\n"
        "      leaders: [cargo-bik]\n"
        "      verdict: clear\n"
        "      plans: [cargo-bike/pedal, 'city-bike:trailr', citybike]\n"
        "      must: [lamp-post]\n"
        "      must-not: [zzz]\n"
        "      notes: [borrow-van]\n"
        "  - id: odder\n"
        "    project: Expects nothing.\n"
        "    answers: {}\n"
        "  - id: oddest\n"
        "    project: Misspelt.\n"
        "    answers: {}\n"
        "    checkd: {leaders: [], verdict: open}\n"
        "    documents: {leaders: [], verdict: opne}\n"
    )
    places = [fault.split(": ")[0:2] for fault in faults_of(rules)]
    assert sorted(places) == [
        ["bicycles.cases.yaml:10:14", "unknown-reason"],
        ["bicycles.cases.yaml:11:18", "unknown-reason"],
        ["bicycles.cases.yaml:12:15", "unknown-note"],
        ["bicycles.cases.yaml:13:5", "expects-nothing"],
        ["bicycles.cases.yaml:19:5", "unknown-key"],
        ["bicycles.cases.yaml:20:39", "unknown-word"],
        ["bicycles.cases.yaml:4:15", "unknown-key"],
        ["bicycles.cases.yaml:4:41", "unknown-choice"],
        ["bicycles.cases.yaml:4:57", "wrong-type"],
        ["bicycles.cases.yaml:5:17", "unknown-important"],
        ["bicycles.cases.yaml:7:17", "unknown-framework"],
        ["bicycles.cases.yaml:9:15", "unknown-plan"],
        ["bicycles.cases.yaml:9:33", "unknown-plan"],
        ["bicycles.cases.yaml:9:53", "unknown-plan"],
    ]
    suggestions = [fault.split("did you mean ")[1] for fault in faults_of(rules) if "mean" in fault]
    assert "'lamp-posts'?" in suggestions
    assert "'cargo-bike/pedals'?" in suggestions


def test_a_file_that_is_no_yaml_or_no_utf_8_is_a_fault(tmp_path):
    rules = copied(tmp_path)
    (rules / "a.cases.yaml").write_text("cases: ]\n")
    (rules / "b.cases.yaml").write_bytes(b"cases: \xff")
    assert [fault.split(": ")[:2] for fault in faults_of(rules)] == [
        ["a.cases.yaml:1:8", "syntax"],
        ["b.cases.yaml:1:8", "not-utf-8"],
    ]


def test_a_failing_case_says_what_differs_and_which_reasons_decided(tmp_path):
    result = failed(changed(tmp_path, "leaders: [cargo-bike]", "leaders: [city-bike]"))
    assert (result.case.id, result.basis) == ("school-run", "checked")
    assert result.case.place.line == 3
    assert result.differences == ("leaders are cargo-bike, expected city-bike",)
    assert result.decided == (
        "                       cargo-bike/pedals  city-bike",
        "children-in-the-box                   +3          .",
        "room-in-the-garage                    +1          .",
        "short-ways-any-weight                 +1          .",
        "score                                  5          0",
    )


def test_a_framework_without_a_plan_is_explained_by_its_stops(tmp_path):
    result = failed(changed(tmp_path, "plans: [city-bike]", "ruled-out: [trailer]"))
    assert result.differences == ("ruled-out framework 'trailer' is missing",)
    result = failed(
        changed(
            tmp_path / "b",
            "leaders: [city-bike]\n      verdict: clear\n      plans: [city-bike]",
            "leaders: [cargo-bike, city-bike]\n      verdict: clear",
        )
    )
    assert result.decided[-1] == "cargo-bike: ruled-out by no-cargo-bike-upstairs"


def test_every_expectation_can_fail(tmp_path):
    old = "verdict: clear\n      plans: [cargo-bike/pedals]"
    new = (
        "verdict: tie\n      plans: ['cargo-bike:trailer']\n      notes: [borrow-a-van]\n"
        "      ruled-out: [trailer]\n      migrations: [shed-to-trailer]\n"
        "      disagreements: [do-hills-matter]"
    )
    rules = changed(tmp_path, old, new)
    text = (rules / CASES).read_text()
    text = text.replace("must-not: [shopping-in-the-tub]", "must-not: [children-in-the-box]", 1)
    text = text.replace("must: [children-in-the-box, ", "must: [lamp-posts, ", 1)
    disagreement = next(iter(load(BICYCLES).disagreements))
    (rules / CASES).write_text(text.replace("do-hills-matter", disagreement))
    assert failed(rules).differences[:2] == (
        "verdict is clear, expected tie",
        "plans are cargo-bike/pedals, expected cargo-bike:trailer",
    )
    assert set(failed(rules).differences[2:]) == {
        "reason 'lamp-posts' is missing",
        "reason 'children-in-the-box' appears, expected not to",
        "ruled-out framework 'trailer' is missing",
        "note 'borrow-a-van' is missing",
        "migration 'shed-to-trailer' is missing",
        f"disagreement '{disagreement}' is missing",
    }


def test_a_plan_named_without_its_backend_leaves_the_backend_open(tmp_path):
    rules = changed(tmp_path, "plans: [cargo-bike/pedals]", "plans: [cargo-bike]")
    assert not [result for result in results_of(rules) if result.differences]


def test_no_cases_are_read_of_a_folder_that_is_too_large(monkeypatch):
    monkeypatch.setattr("advisor.rulebase.files.MOST_BYTES", 1)
    cases, scans, faults = written_cases(BICYCLES)
    assert (*cases, *scans, *(fault.code for fault in faults)) == ("too-large",)
