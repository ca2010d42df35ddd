"""The check of markup finds what it is there to find."""

import pytest
from support.validity import faults

PAGE = '<!doctype html><html lang="en"><head><title>T</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    "body",
    [
        "<p>Text <a href='#x'><strong>on</strong></a></p><div id='x'></div>",
        "<dl><div><dt>Term</dt><dd><p>Text</p></dd></div></dl>",
        "<details><summary><h2>Title</h2></summary><ul><li>One</li></ul></details>",
        "<form><fieldset><legend><h1>Q</h1></legend><p>Text</p></fieldset></form>",
        "<p><input id='i'><label for='i'>L</label></p>",
    ],
)
def test_sound_markup_has_no_faults(body):
    assert faults(PAGE.format(body)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>One<div>Two</div></p>", "line 1: unexpected-end-tag"),
        ("<span><div>Two</div></span>", "<div> in <span>"),
        ("<ul><p>Two</p></ul>", "<p> in <ul>"),
        ("<dl><dt>Term</dt></dl>", "<dt> in <dl>"),
        ("<p><a href='/'><button>Go</button></a></p>", "<button> in a link or a button"),
        (
            "<details><p>T</p><summary>S</summary></details>",
            "<summary> is not the first in <details>",
        ),
        ("<p id='x'>1</p><p id='x'>2</p>", "id 'x' is there twice"),
        ("<p id='x y'>1</p>", "id 'x y' is empty or broken"),
        ("<p><a href='#x'>On</a></p>", "nothing has the id 'x'"),
        ("<p><label for='i'>L</label></p>", "nothing has the id 'i'"),
        ("<p color='red'>1</p>", "attribute color of <p>"),
        ("<blink>1</blink>", "<blink> in <body>"),
    ],
)
def test_each_fault_is_found(body, fault):
    assert fault in faults(PAGE.format(body))
