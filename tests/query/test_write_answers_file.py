"""How an answers file is written; `test_laws` reads it again."""

from support.builders import base, framework, question

from advisor.query.read import read_query_string
from advisor.query.write import HEAD, answers_file


def test_a_file_is_written_for_people():
    rulebase = base(
        [question("goal", "one", "no", "12"), question("deploy", "own", "other", multiple=True)],
        [framework("ash"), framework("birch")],
    )
    query = read_query_string(
        rulebase,
        "goal=no&deploy=own&deploy=other&important=goal&basis=documents&project=A+%22lab%22: 1"
        "&expect=ash&expect=birch:birch&expect=verdict:close&expect=all-used:true",
    ).strict()
    assert answers_file(query).splitlines() == [
        HEAD,
        'project: "A \\"lab\\": 1"',
        "answers:",
        "  deploy: [other, own]",
        '  goal: "no"',
        "basis: documents",
        "important: [goal]",
        "accept:",
        '  leaders: [ash, "birch:birch"]',
        "  verdict: close",
        "  all-used: true",
    ]
    assert answers_file(read_query_string(rulebase, "").strict()) == f"{HEAD}\nanswers: {{}}\n"
