"""What the page for programs shows: an example to try, and what comes back for it."""

import json
from collections.abc import Mapping

from advisor.errors import Fault, Place
from advisor.model.rulebase import RuleBase
from advisor.query.canonical import query_string
from advisor.query.form import Form
from advisor.query.serializer import answers_mapping
from advisor.web.example import example
from advisor.web.shapes import Envelope, Result


def docs_context(
    rulebase: RuleBase, form: Form, problems: Mapping[int, object]
) -> dict[str, object]:
    """Return what the template is given.

    Args:
        rulebase: what programs can ask for.
        form: what the address says, though the page looks at nothing of it.
        problems: the kinds of failed requests, by status.
    """
    tried = example(rulebase)
    expect = str(tried.expect or "")
    body = {
        "answers": answers_mapping(tried.answers),
        "important": sorted(tried.answers.important),
        **({"expect": expect} if expect else {}),
    }
    lines = [f'  "{key}": {json.dumps(value)}' for key, value in body.items()]
    unused = [
        Fault(Place("query", path=field.key), "unused", "Nothing on this page depends on it")
        for field in form.answers + form.settings
    ]
    return {
        "faults": unused,
        "query": query_string(tried),
        "body": "{\n" + ",\n".join(lines) + "\n}",
        "expect": expect,
        "envelope": {name: field.description for name, field in Envelope.model_fields.items()},
        "fields": {name: field.description for name, field in Result.model_fields.items()},
        "problems": dict(sorted(problems.items())),
    }
