"""What decides comes first, what is answered keeps its place, gates stand before what they gate."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from support.builders import base, framework, question, rule, when
from support.drawing import answers_to, rulebases

from advisor.engine.recommend import recommend
from advisor.engine.whatif.open_questions import asked_in_order
from advisor.model.answers import Answers
from advisor.model.knowledge import Basis
from advisor.model.rules import Role, Score

BASES = st.sampled_from(list(Basis))


def marked_first(data, rulebase):
    """Return the rule base with some questions to be asked first."""
    names = data.draw(st.sets(st.sampled_from(sorted(rulebase.questions)), max_size=2))
    questions = rulebase.questions.items()
    return replace(rulebase, questions={n: replace(q, first=n in names) for n, q in questions})


@given(st.data(), rulebases(), BASES)
def test_the_way_back_is_the_way_there(data, rulebase, basis):
    rulebase = marked_first(data, rulebase)
    drawn = data.draw(answers_to(rulebase))
    answers = replace(drawn, given={}, unsure=frozenset(), any=frozenset())
    way, skipped = [], set()
    while name := recommend(rulebase, answers, basis, skipped).next_question:
        way.append(name)
        if name in drawn.given:
            answers = replace(answers, given={**answers.given, name: drawn.given[name]})
        elif name in drawn.unsure:
            answers = replace(answers, unsure=answers.unsure | {name})
        elif name in drawn.any:
            answers = replace(answers, any=answers.any | {name})
        else:
            skipped.add(name)
        assert asked_in_order(rulebase, answers, basis, way) == way


def chain(**first):
    """Make a rule base of three questions: the last changes the lead, if the second lets it."""
    return base(
        [
            replace(question("idle", "a", "b"), first=first.get("idle", False)),
            question("gate", "a", "b"),
            replace(
                question("inner", "a", "b", applies=when({"gate": ["a"]})),
                first=first.get("inner", False),
            ),
        ],
        [framework("ash"), framework("birch")],
        [
            rule("sure", Score(Role.BUILD, ("ash",), 3), when()),
            rule("idle", Score(Role.BUILD, ("ash",), 1), when({"idle": ["a"]})),
            rule("turn", Score(Role.BUILD, ("birch",), 3), when({"inner": ["a"]})),
            rule("more", Score(Role.SHIP, ("birch",), 1), when({"inner": ["a"]})),
        ],
    )


def order(rulebase):
    answers, found = Answers(), []
    while name := recommend(rulebase, answers).next_question:
        found.append(name)
        answers = replace(answers, given={**answers.given, name: frozenset({"a"})})
    return found


def test_what_can_change_the_lead_comes_first_and_before_it_what_it_depends_on():
    assert order(chain()) == ["gate", "inner", "idle"]
    assert order(chain(idle=True)) == ["idle", "gate", "inner"]
    assert order(chain(idle=True, inner=True)) == ["gate", "inner", "idle"]
