"""Faults in the forms of CI systems, whatever a file is called and whatever it holds."""

from pathlib import PurePath
from xml.etree import ElementTree as ET

from advisor.errors import Fault, Place
from advisor.output.faults import annotation, files_tested, junit, plain_fault, sarif

FAULT = Fault(Place("a b/\x1b,é.yaml", 3, 5), "odd", "it is 'x' & <y>\n", "z", "near")


def test_junit_stays_xml_whatever_is_in_it():
    cases = files_tested("check", {FAULT.place.source: [FAULT], "b": []})
    root = ET.fromstring(junit("check", cases))  # noqa: S314 - our own
    first, second = root[0]
    assert first.get("name") == "a b/\N{REPLACEMENT CHARACTER},é.yaml"
    assert first[0].text.endswith("it is 'x' & <y>\n; expected z; did you mean 'near'?")
    assert list(second) == []


def test_sarif_names_a_file_by_an_address():
    (result,) = sarif([FAULT])["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "a%20b/%1B%2C%C3%A9.yaml"
    assert sarif([])["runs"][0]["results"] == []


def test_a_fault_without_a_line_stands_in_the_first():
    fault = Fault(Place("a.yaml"), "odd", "odd")
    assert annotation(fault, PurePath("rules")) == (
        "::error file=rules/a.yaml,line=1,col=1,title=odd::odd"
    )
    assert plain_fault(fault)["line"] == 0


def test_what_stands_in_an_annotation_is_escaped():
    assert annotation(FAULT, PurePath()) == (
        "::error file=a b/\x1b%2Cé.yaml,line=3,col=5,title=odd::"
        "it is 'x' & <y>%0A; expected z; did you mean 'near'?"
    )
