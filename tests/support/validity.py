"""Whether HTML is valid: how it is written, what stands in what, and what points where.

The parser finds faults of writing; `markup` says what may stand where.
"""

import html5lib
from support.markup import ACTS, ATTRIBUTES, FIRST, INSIDE, ON_ALL, POINTERS

SVG = "{http://www.w3.org/2000/svg}"


def faults(text):
    """Return what is wrong with a page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(text)
    written = [f"line {place[0]}: {kind}" for place, kind, _ in parser.errors]
    return [*written, *_misplaced(root, ()), *_misdirected(root)]


def _misplaced(element, around):
    """Give what stands where it must not, and attributes where they must not be.

    Args:
        element: an element.
        around: the names of those around it, the innermost first.
    """
    path = (element.tag, *around)
    for name in element.attrib:
        if not _may_have(element.tag, name):
            yield f"attribute {name} of <{element.tag}>"
    for place, child in enumerate(element):
        tag = child.tag.removeprefix(SVG)
        if tag not in _allowed_in(path):
            yield f"<{tag}> in <{element.tag}>"
        if tag in FIRST and place:
            yield f"<{tag}> is not the first in <{element.tag}>"
        if tag in ACTS and {"a", "button"} & {*path}:
            yield f"<{tag}> in a link or a button"
        if tag != "svg":
            yield from _misplaced(child, path)


def _may_have(tag, name):
    return name in ON_ALL | ATTRIBUTES.get(tag, set()) or name.startswith(("aria-", "data-"))


def _allowed_in(path):
    """Return what may stand in an element; a link may hold what may stand where it stands."""
    tag, *around = path
    if tag == "a":
        return _allowed_in(around)
    return INSIDE.get("dl div" if path[:2] == ("div", "dl") else tag, set())


def _misdirected(root):
    """Give ids that are there twice, and what points to an id that is not there at all."""
    ids = [element.get("id") for element in root.iter() if element.get("id") is not None]
    yield from (f"id {name!r} is there twice" for name in {*ids} if ids.count(name) > 1)
    yield from (f"id {name!r} is empty or broken" for name in ids if len(name.split()) != 1)
    for element in root.iter():
        pointed = [name for key in POINTERS for name in element.get(key, "").split()]
        if element.tag == "a" and element.get("href", "").startswith("#"):
            pointed.append(element.get("href")[1:])
        yield from (f"nothing has the id {name!r}" for name in pointed if name not in ids)
