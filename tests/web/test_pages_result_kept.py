"""What a result page offers to be taken along into a repository."""

from support.bases import STATES, VERDICTS
from support.browsing import Browser

from advisor.settings import find_settings
from advisor.web.app import create_app


def test_a_badge_and_an_answers_file_can_be_taken_along():
    states = Browser(create_app(find_settings(), STATES))
    page = states.open(f"/keep?wood={VERDICTS['clear']}&project=A+shed").text
    assert "/recommendation.svg?" in page
    assert ' project: "A shed" answers:' in page
    assert " accept: leaders: [ash]" in page
    assert " accept:" not in states.open(f"/keep?wood={VERDICTS['open']}").text
