"""Faults of files in the forms that CI systems read: plain data, annotations, JUnit, SARIF."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

from advisor import __version__
from advisor.errors import Fault

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain_fault(fault: Fault) -> dict[str, object]:
    """Return a fault as plain data: `{"file": "a.yaml", "line": 3, ..., "code": ..., ...}`."""
    plain = asdict(fault)
    place = plain.pop("place")
    return {"file": place.pop("source"), **place, **plain}


def told(fault: Fault) -> str:
    """Return what a fault says, without its place and code."""
    return str(fault).removeprefix(f"{fault.place}: {fault.code}: ")


def annotation(fault: Fault, folder: PurePath) -> str:
    """Return the workflow command of GitHub that puts a fault beside the line it stands in.

    `::error file=rules/notes.yaml,line=3,col=5,title=unknown-id::there is no claim 'x'`, where
    the file is seen from where the command runs, as `folder` is.
    """

    def message(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return message(text).replace(":", "%3A").replace(",", "%2C")

    file = value((folder / fault.place.source).as_posix())
    line, column = max(fault.place.line, 1), max(fault.place.column, 1)
    where = f"file={file},line={line},col={column},title={value(fault.code)}"
    return f"::error {where}::{message(told(fault))}"


class Tested(NamedTuple):
    """A case of a JUnit report."""

    group: str
    name: str
    ended: str = ""
    """`failure` or `skipped`; empty where it passed."""
    code: str = ""
    """What kind of failure it is, such as the code of a fault."""
    message: str = ""
    text: str = ""
    """What more there is to tell, over as many lines as it takes."""


def junit(name: str, cases: Iterable[Tested]) -> str:
    """Write cases as JUnit XML, which CI servers read."""
    suite = ET.Element("testsuite", {"name": name})
    for each in cases:
        case = ET.SubElement(suite, "testcase", classname=each.group, name=_in_xml(each.name))
        if each.ended:
            message = _in_xml(each.message)
            ended = ET.SubElement(case, each.ended, type=each.code, message=message)
            ended.text = _in_xml(each.text)
    failed, skipped = (len(suite.findall(f"*/{kind}")) for kind in ("failure", "skipped"))
    counts = {"tests": len(suite), "failures": failed, "errors": 0, "skipped": skipped}
    root = ET.Element("testsuites")
    root.append(suite)
    for count, number in counts.items():
        suite.set(count, str(number))
        root.set(count, str(number))
    ET.indent(root)
    return ET.tostring(root, "unicode", xml_declaration=True)


def files_tested(group: str, faults: Mapping[str, Sequence[Fault]]) -> Iterator[Tested]:
    """Give a case for each file, failed where it has any fault."""
    for file, found in faults.items():
        text = "\n".join(map(str, found))
        yield (
            Tested(group, file, "failure", found[0].code, found[0].message, text)
            if found
            else Tested(group, file)
        )


def _in_xml(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def sarif(faults: Iterable[Fault]) -> dict[str, object]:
    """Return faults as a log of SARIF 2.1.0, which code scanning reads."""
    listed = list(faults)
    results = [
        {
            "ruleId": fault.code,
            "level": "error",
            "message": {"text": told(fault)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(PurePath(fault.place.source).as_posix())},
                        "region": {
                            "startLine": max(fault.place.line, 1),
                            "startColumn": max(fault.place.column, 1),
                        },
                    }
                }
            ],
        }
        for fault in listed
    ]
    rules = [{"id": code} for code in sorted({fault.code for fault in listed})]
    driver = {"name": "advisor", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
