"""What the standard allows, for the elements that our pages use: what in what, and with what.

An element or attribute that is not listed counts as a fault. List it here once you have read in
the standard that it is right where you want it.
"""

HEADINGS = {"h1", "h2", "h3", "h4"}
PARTS = {"article", "aside", "footer", "header", "main", "nav", "section"}
BLOCKS = HEADINGS | PARTS
BLOCKS |= {"details", "div", "dl", "fieldset", "figure", "form", "ol", "p", "pre", "table", "ul"}
PHRASES = {"a", "br", "button", "code", "em", "input", "label", "select", "span", "strong", "svg"}
PHRASES |= {"textarea"}
FLOW = BLOCKS | PHRASES

INSIDE = {
    **dict.fromkeys(HEADINGS | {"button", "code", "em", "label", "p", "pre", "span"}, PHRASES),
    **dict.fromkeys(PARTS | {"body", "dd", "div", "form", "li", "td"}, FLOW),
    "html": {"head", "body"},
    "head": {"link", "meta", "script", "title"},
    "strong": PHRASES,
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div"},
    "dl div": {"dt", "dd"},
    "figure": FLOW | {"figcaption"},
    "figcaption": FLOW,
    "dt": FLOW - HEADINGS - PARTS,
    "fieldset": FLOW | {"legend"},
    "legend": PHRASES | HEADINGS,
    "details": FLOW | {"summary"},
    "summary": PHRASES | HEADINGS,
    "table": {"caption", "tbody", "tfoot", "thead"},
    "caption": FLOW - {"table"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "th": FLOW - HEADINGS - PARTS,
    "select": {"optgroup", "option"},
    "optgroup": {"option"},
}
"""Which elements may stand in which; in those that are not listed, none. `a` is what is around."""

FIRST = {"caption", "legend", "summary"}
"""Elements that come first in theirs."""

ACTS = {"a", "button", "details", "input", "label", "select", "textarea"}
"""Elements that do something when clicked; none of them may stand in a link or a button."""

ON_ALL = {"class", "hidden", "id", "role", "spellcheck", "tabindex", "title"}
ATTRIBUTES = {
    "a": {"href", "rel"},
    "button": {"formaction", "name", "type", "value"},
    "details": {"open"},
    "form": {"action", "method", "novalidate"},
    "html": {"lang"},
    "input": {
        "autocomplete",
        "checked",
        "disabled",
        "maxlength",
        "multiple",
        "name",
        "type",
        "value",
    },
    "label": {"for"},
    "li": {"value"},
    "link": {"href", "rel", "type"},
    "meta": {"charset", "content", "name", "property"},
    "ol": {"start"},
    "option": {"selected", "value"},
    "optgroup": {"label"},
    "script": {"src", "type"},
    "select": {"name"},
    "textarea": {"autocomplete", "name", "rows"},
    "th": {"colspan", "scope"},
    "td": {"colspan"},
}
POINTERS = ("aria-controls", "aria-describedby", "aria-labelledby", "for")
"""Attributes that name ids of the same page."""
