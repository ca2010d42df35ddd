"""The rule base that tests of the codec and of reports read answers with: four questions."""

from support.builders import base, framework, question, rule, when

from advisor.model.rules import Role, Score

SMALL = base(
    [
        question("goal", "research", "product"),
        question("deploy", "mobile", "web", "server", "none", multiple=True),
        question("hardware", "cpu", "gpu"),
        question("team", "young", "old"),
    ],
    [framework("ash"), framework("birch"), framework("cedar", (Role.BUILD,))],
    [
        rule("r-research", Score(Role.BUILD, ("ash",), 3), when({"goal": ["research"]})),
        rule("r-product", Score(Role.BUILD, ("birch",), 3), when({"goal": ["product"]})),
        rule("r-web", Score(Role.SHIP, ("birch",), 1), when({"deploy": ["web"]})),
    ],
)
