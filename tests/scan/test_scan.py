"""A scan as a whole: includes, scopes, what cannot be read, and the same findings every time."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.real import real_rulebase

from advisor.query.read import read_query_string
from advisor.query.write import query_string
from advisor.scan import python
from advisor.scan import scan as scanning
from advisor.scan.detect import answers_of, query_of
from advisor.scan.scan import reader_of, scan
from advisor.scan.tree import folder, pasted


def found(files):
    return scan(real_rulebase(), pasted(files))


def answers(files):
    said = answers_of(found(files).findings).given
    return {question: " ".join(sorted(choices)) for question, choices in said.items()}


def codes(scanned):
    return {(fault.place.source, fault.code) for fault in scanned.faults}


def test_every_suggestion_names_the_file_and_line_it_comes_from():
    scanned = found({"a/requirements.txt": "numpy\n\ntorch==2.1\n"})
    (said,) = scanned.findings.suggestions
    assert (said.question, said.choice, said.sure) == ("existing", "pytorch", True)
    assert [(s.file, s.line) for s in said.seen] == [("a/requirements.txt", 3)]


def test_nothing_is_suggested_from_silence():
    assert answers({"requirements.txt": "numpy\nrequests\n", "a.py": "import json\n"}) == {}


def test_versions_matter():
    assert answers({"requirements.txt": "tensorflow<2"}) == {"existing": "tensorflow1"}
    assert answers({"requirements.txt": "tensorflow==1.15.*"}) == {"existing": "tensorflow1"}
    assert answers({"requirements.txt": "tensorflow>=2.4"}) == {"existing": "tensorflow"}
    assert answers({"requirements.txt": "tensorflow"}) == {"existing": "tensorflow"}
    old_code = "import tensorflow as tf\nwith tf.Session() as s: pass\n"
    both = {"requirements.txt": "tensorflow", "a.py": old_code}
    assert answers(both) == {"existing": "tensorflow1"}


def test_a_constraint_narrows_what_is_asked_for():
    files = {"requirements.txt": "-c pins.txt\ntensorflow\n", "pins.txt": "tensorflow==1.14"}
    assert answers(files) == {"existing": "tensorflow1"}


def test_what_is_included_is_read_whatever_its_name():
    scanned = found(
        {"requirements.txt": "-r deep/base", "deep/base": "-r ../more\ntorch", "more": ""}
    )
    assert answers_of(scanned.findings).given == {"existing": {"pytorch"}}
    assert not scanned.faults


def test_files_that_include_each_other_are_read_once_and_told():
    scanned = found(
        {"requirements.txt": "torch\n-r b.txt", "b.txt": "-r requirements.txt\n-r no.txt"}
    )
    assert codes(scanned) == {("b.txt", "circle"), ("b.txt", "no-such-file")}
    assert answers_of(scanned.findings).given == {"existing": {"pytorch"}}


def test_constraints_are_read_once_however_often_they_are_included(monkeypatch):
    read, requirements = [], python.requirements

    def counted(text):
        read.append(text)
        return requirements(text)

    readers = [(name, counted if by is requirements else by) for name, by in scanning.READERS]
    monkeypatch.setattr(scanning, "READERS", readers)
    monkeypatch.setattr(python, "requirements", counted)
    asked = "tensorflow\n" + "-c pins\n-c ./pins\n" * 9
    files = {"requirements.txt": asked, "pins": "tensorflow<2"}
    assert answers(files) == {"existing": "tensorflow1"}
    assert read.count("tensorflow<2") == 1


def test_files_that_include_each_other_in_a_long_chain_are_told():
    chain = {f"{n:03}requirements.txt": f"-r {n + 1:03}requirements.txt" for n in range(600)}
    scanned = found(chain | {"600requirements.txt": "torch"})
    assert "too-deep" in {code for _, code in codes(scanned)}
    assert answers_of(scanned.findings).given == {"existing": {"pytorch"}}


def test_contradictions_are_shown_and_left_open():
    scanned = found({"requirements.txt": "torch\ntensorflow>=2\n"})
    assert {each.choice for each in scanned.findings.contradictions} == {"pytorch", "tensorflow"}
    assert answers_of(scanned.findings).given == {}


def test_what_only_serves_tests_suggests_nothing_but_its_tools_are_told():
    scanned = found(
        {"requirements-dev.txt": "torch\ntensorflow-addons\n", "docs/a.py": "import torch"}
    )
    assert not scanned.findings.suggestions
    assert [each.tool for each in scanned.findings.tools] == ["tf-addons"]


def test_optional_packages_only_point_to_an_answer():
    pyproject = (
        '[project]\ndependencies = ["flask"]\n[project.optional-dependencies]\nnn = ["torch"]\n'
    )
    said = {s.question: s.sure for s in found({"pyproject.toml": pyproject}).findings.suggestions}
    assert said["existing"] is False


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("pyproject.toml", "[project\n", "syntax"),
        ("package.json", '{"dependencies": {', "syntax"),
        ("package.json", "[" * 50_000 + "]" * 50_000, "too-deep"),
        ("a.py", "print 'old'\n", "syntax"),
        ("a.py", "x = " + "(" * 500, "syntax"),
        ("pom.xml", "<a>", "syntax"),
        ("pom.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "syntax"),
        ("environment.yml", "a: [", "syntax"),
        ("setup.cfg", "no section = 1\n", "syntax"),
        ("a.ipynb", "nothing", "syntax"),
        ("requirements.txt", "a" * 100_001, "long-line"),
        ("requirements.txt", "torch\0", "no-text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_costs_that_file_alone(name, text, code):
    scanned = found({name: text, "more/requirements.txt": "torch"})
    assert codes(scanned) == {(name, code)}
    assert answers_of(scanned.findings).given == {"existing": {"pytorch"}}


def test_a_link_leaves_out_places_that_it_cannot_carry():
    files = {"d/" * 120 + "requirements.txt": "torch", " package.json": "{}", "a.py": "import onnx"}
    query = query_of(found(files).findings)
    assert query.answers.given["existing"] == {"pytorch"}
    assert not read_query_string(real_rulebase(), query_string(query, {"seen"})).faults


def test_links_pipes_and_large_files_are_told_and_not_opened(tmp_path):
    os.mkfifo(tmp_path / "setup.cfg")
    (tmp_path / "pyproject.toml").symlink_to("/etc/passwd")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    with (tmp_path / "package.json").open("wb") as large:
        large.truncate(1 << 30)
    (tmp_path / "requirements.txt").write_text("torch")
    scanned = scan(real_rulebase(), folder(tmp_path))
    assert codes(scanned) == {("setup.cfg", "no-file"), ("pyproject.toml", "link"),
                              ("round", "link"), ("package.json", "too-large")}  # fmt: skip
    assert answers_of(scanned.findings).given == {"existing": {"pytorch"}}


def test_model_files_are_told_by_name_and_first_bytes(tmp_path):
    (tmp_path / "a.onnx").write_bytes(b"\x08\x08" + b"\0" * 100)
    assert scan(real_rulebase(), folder(tmp_path)).findings.suggestions[0].choice == "onnx-file"
    (tmp_path / "a.onnx").write_bytes(b"no model")
    assert not scan(real_rulebase(), folder(tmp_path)).findings.suggestions
    (tmp_path / "a.onnx").write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    scanned = scan(real_rulebase(), folder(tmp_path))
    assert codes(scanned) == {("a.onnx", "pointer")}
    assert scanned.findings.suggestions[0].choice == "onnx-file"


FILES = {
    "requirements.txt": "torch\ntorchvision\nfastapi\n",
    "b/requirements.txt": "tensorflow<2\n-r ../c.txt\n",
    "c.txt": "gymnasium\n",
    "environment.yml": "dependencies:\n- pytorch=1.12\n- pip:\n  - timm\n",
    "Dockerfile": "FROM nvidia/cuda:12.1\nRUN pip install torchserve\n",
    "app.py": "import torch\nclass A(torch.nn.Module): pass\n",
}


@given(st.permutations(sorted(FILES)), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
       st.sampled_from(["\n", "\r\n", "\r"]))  # fmt: skip
def test_law_the_order_of_files_their_encoding_and_line_ends_never_matter(order, encoding, end):
    contents = {name: FILES[name].replace("\n", end).encode(encoding) for name in order}
    tree = pasted(dict.fromkeys(order, ""))
    tree = type(tree)(tuple(order), (), lambda file, most: contents[file][:most])
    scanned = scan(real_rulebase(), tree)
    expected = found(FILES)
    assert (scanned.findings, scanned.faults) == (expected.findings, expected.faults)


@given(st.dictionaries(st.sampled_from([*FILES, "pyproject.toml", "a.ipynb", "pom.xml", "go.mod"]),
                       st.text(max_size=200)))  # fmt: skip
def test_law_no_text_stops_a_scan(files):
    assert found(files) == found(dict(reversed(files.items())))


def test_every_reader_is_for_files_that_it_finds():
    assert reader_of("a/b/Dockerfile.gpu") is reader_of("Dockerfile")
    assert reader_of(".github/workflows/ci.yml") is reader_of("docker-compose.yaml")
    assert reader_of("config.yaml") is None


def test_a_file_that_is_no_text_is_not_counted_as_read(tmp_path):
    (tmp_path / "setup.py").write_bytes(b"import torch\n\0")
    (tmp_path / "requirements.txt").write_text("torch\n")
    scanned = scan(real_rulebase(), folder(tmp_path))
    assert (scanned.files, scanned.read) == (2, 1)
    assert codes(scanned) == {("setup.py", "no-text")}
