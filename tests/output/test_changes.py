"""What would change a recommendation is told with the answers that would then clash."""

from support.builders import base, framework, question, when

from advisor.model.answers import Answers
from advisor.model.explanation import Edit, Other, WhyNot
from advisor.model.rules import Conflict
from advisor.output.changes import changes_in_words, clash_in_words

GROVE = base(
    [question("wood", "oak", "elm"), question("axe", "sharp", "blunt"), question("day", "wet")],
    [framework("ash")],
    conflicts=[
        Conflict("hard", "Oak is hard.", when({"wood": ["oak"], "axe": ["blunt"]}), ()),
        Conflict("slippery", "It slips.", when({"day": ["wet"], "axe": ["sharp", "blunt"]}), ()),
    ],
)


def clash(edits, **given):
    answers = Answers({name: frozenset({choice}) for name, choice in given.items()})
    found = tuple(Edit(name, (choice,), 1, opens=True) for name, choice in edits.items())
    return clash_in_words(GROVE, answers, found)


def test_a_clash_that_edits_bring_is_told_and_one_that_is_there_is_not():
    both = ", but that does not go with “axe”"
    assert clash({"wood": "oak"}, axe="blunt") == both
    assert clash({"wood": "oak"}, axe="sharp") == ""
    assert clash({"axe": "blunt"}, wood="oak", day="wet") == f"{both[:-5]}“wood” and “day”"
    assert clash({"axe": "blunt"}, wood="oak", axe="sharp", day="wet") == f"{both[:-5]}“wood”"
    assert clash({"day": "wet"}, wood="oak", axe="blunt").count("wood") == 0


def test_a_list_of_changes_says_with_which_answers_one_does_not_go():
    found = (Edit("wood", ("oak",), 1, opens=True),)
    other = Other("ash", WhyNot.OUTSCORED, (), (), 1, (), (found,))
    (told,) = changes_in_words(GROVE, Answers({"axe": frozenset({"blunt"})}), other)
    assert told.endswith(", Ash would lead, but that does not go with “axe”.")
