"""The ways in: an address, a JSON body, a YAML file, one codec for all of them."""

from advisor.model.rulebase import RuleBase
from advisor.query import body, tree, url
from advisor.query.form import Form
from advisor.query.interpret import interpret
from advisor.query.query import Reading
from advisor.yamlfile import Document, Steps, read_yaml


def read_query_string(rulebase: RuleBase, raw: bytes | str) -> Reading:
    """Read what follows the question mark of an address; places are `query: <key>`."""
    return interpret(rulebase, url.form_of(raw))


def read_body(rulebase: RuleBase, content: bytes) -> Reading:
    """Read a JSON body; places are `body: answers.deploy[1]`."""
    return interpret(rulebase, body.form_of(content))


def yaml_form(text: str, file: str) -> Form:
    """Bring a YAML file of the same form as a JSON body into the neutral form."""
    document = read_yaml(text, file)
    if document.data is None and document.faults:
        return Form(faults=document.faults)
    form = tree.form_of(document.data, document)
    said = {(fault.place.line, fault.place.column) for fault in document.faults}
    new = (f for f in form.faults if (f.place.line, f.place.column) not in said)
    return Form(form.answers, form.settings, (*document.faults, *new))


def read_part(rulebase: RuleBase, document: Document, steps: Steps, data: object) -> Reading:
    """Read answers, and what stands beside them, that are a part of a larger YAML file.

    Args:
        rulebase: what they answer.
        document: the file.
        steps: the way to the part in it.
        data: the part itself.
    """
    return interpret(rulebase, tree.form_of(data, document, steps))
