"""The words that call the skill are told from the words that are meant for it."""

import pytest

from simulator.nlu import Invocation
from simulator.nlu.invocation import invocation
from simulator.nlu.language import language

ENGLISH = language("en-US").invocation


@pytest.mark.parametrize(
    "said",
    [
        "open hip coach",
        "Alexa, open Hip Coach.",
        "alexa launch hip coach",
        "start hip coach please",
        "Alexa, hip coach",
        "hip coach",
        "alexa talk to hip coach",
        "alexa ask hip coach",
        "hey alexa, please open hipcoach",
    ],
)
def test_the_skill_can_be_called_without_a_wish(said: str) -> None:
    assert invocation(said, "hip coach", ENGLISH) == Invocation("launch", "")


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("Alexa, ask Hip Coach to resume yesterday's session.", "resume yesterday's session."),
        ("alexa ask hip coach for something for my lower back", "something for my lower back"),
        ("tell hip coach I'm back", "I'm back"),
        ("tell hip coach that i'm back", "i'm back"),
        ("use hip coach to start my hip routine", "start my hip routine"),
        ("open hip coach and start the quick routine", "start the quick routine"),
        ("alexa ask hip coach how am I doing", "how am I doing"),
        ("alexa, start my hip routine with hip coach", "start my hip routine"),
        ("alexa, log a squat in hip coach", "log a squat"),
    ],
)
def test_the_skill_can_be_called_with_a_wish(said: str, rest: str) -> None:
    assert invocation(said, "hip coach", ENGLISH) == Invocation("one_shot", rest)


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("Alexa, next", "next"),
        ("next", "next"),
        ("start my hip routine", "start my hip routine"),
        ("alexa, pause please", "pause please"),
        ("open the window", "open the window"),
        ("Alexa", ""),
        ("", ""),
    ],
)
def test_other_words_do_not_call_the_skill(said: str, rest: str) -> None:
    assert invocation(said, "hip coach", ENGLISH) == Invocation("none", rest)
