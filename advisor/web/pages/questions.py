"""What the page of all questions says: each with what the address says to it, usable or not."""

from dataclasses import replace

from advisor.model.answers import Answers
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import RuleBase
from advisor.query.write import query_pairs
from advisor.web import urls
from advisor.web.dependencies import Visit
from advisor.web.pages.question import contradiction


def questions_context(rulebase: RuleBase, visit: Visit, here: Recommendation) -> dict[str, object]:
    """Return what the template is given; contradictions are told beside their questions.

    Args:
        rulebase: where the questions come from.
        visit: what the address says.
        here: what the answers so far lead to.
    """
    written = {field.key: {value.text for value in field.values} for field in visit.form.answers}
    settings = {field.key: field.values for field in visit.form.settings}
    errors = {
        name: contradiction(
            question,
            written.get(name, ()),
            [fault for fault in visit.faults if fault.place.path == name],
        )
        for topic in rulebase.topics
        for name in topic.questions
        for question in [rulebase.questions[name]]
        if any(fault.place.path == name for fault in visit.faults)
    }
    return {
        "faults": [fault for fault in visit.faults if fault.place.path not in errors],
        "errors": errors,
        "written": written,
        "marked": {value.text for value in settings.get("important", ())},
        "hidden": query_pairs(replace(visit.query, answers=Answers()), urls.RESULT_KEEPS),
        "one_by_one": urls.next_question(visit.query),
        "here": here,
    }
