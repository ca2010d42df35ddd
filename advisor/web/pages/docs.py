"""What the page for programs shows: an example to try, and what comes back for it."""

import json
from collections.abc import Mapping

from advisor.errors import Fault, Place
from advisor.model.answers import Answers
from advisor.model.recommendation import Verdict
from advisor.model.rulebase import RuleBase
from advisor.output.json import Envelope, Result
from advisor.output.schemas import fields_of
from advisor.query.fields import Form
from advisor.query.query import Expectation, Query
from advisor.query.write import answers_mapping, query_string
from advisor.web.dependencies import recommended

FEWEST = 2
"""How many questions the example answers at least, to show how answers are joined."""


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
        "envelope": fields_of(Envelope),
        "fields": fields_of(Result),
        "problems": dict(sorted(problems.items())),
    }


def example(rulebase: RuleBase) -> Query:
    """Return answers with what they lead to as an expectation, so that trying them succeeds.

    The first choices of the first questions, one more until something is recommended; without
    an expectation where nothing ever is.
    """
    given: dict[str, frozenset[str]] = {}
    query = Query()
    for question in rulebase.questions.values():
        given[question.id] = frozenset({question.choices[0].id})
        important = frozenset({next(iter(given))})
        query = Query(Answers(given=dict(given), important=important))
        found = recommended(rulebase, query)
        if question.id in found.ignored:
            del given[question.id]
        elif len(given) >= FEWEST and found.verdict not in {Verdict.OPEN, Verdict.NONE}:
            return Query(query.answers, expect=Expectation(found.leaders[0]))
    return query
