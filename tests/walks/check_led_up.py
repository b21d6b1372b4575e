"""Whoever was led down to the floor is led up again, by the end of each exercise and of each routine.

Rule: by what is heard alone.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from bench.spoken import LOCALE, MODEL, ROOT
from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.nlu import Understanding

EXERCISES = sorted(path.stem for path in (ROOT / "content" / "exercises").glob("*.yaml"))
ROUTINES = ["full", "quick", "lower back", "hips", "desk", "evening"]
ENDS_LYING = "to start the evening routine"
DOWN, UP = "Bring your weaker knee down to the mat", "until your head is clear"
LAST_QUESTIONS = ("Would you like to hear how your week is going", "when you'd like to get up")
ANSWERS_MOST = 60

MEETINGS = 3
"""At the last of so many somebody knows it: the words are fewer."""


def called(exercise: str) -> str:
    words = (ROOT / "content" / "locales" / LOCALE / "exercises" / f"{exercise}.yaml").read_text(encoding="utf-8")
    return str(yaml.safe_load(words)["name"])


WANTED = [
    *(f"for just the {called(exercise)}" for exercise in EXERCISES),
    *(f"to start the {routine} routine" for routine in ROUTINES),
]


@pytest.fixture(scope="module")
def somebody() -> Callable[[], Speaker]:
    understanding = Understanding.from_file(MODEL)

    def new() -> Speaker:
        handler = bootstrap(Settings.from_env({"HIP_COACH_STORE": "memory:"}))
        return Speaker(handler, understanding, VirtualClock(datetime(2026, 11, 23, 19, tzinfo=UTC)))

    return new


def heard(speaker: Speaker, wanted: str, word: str) -> str:
    """All that is heard of what somebody wants who says one word after the other, to the end and once behind it."""
    answers, over = [speaker.say(f"alexa, ask hip coach {wanted}").text], False
    while not over:
        over = any(question in answers[-1] for question in LAST_QUESTIONS)
        answers.append(speaker.say(word).text)
        assert len(answers) < ANSWERS_MOST
    return " ".join(answers)


@pytest.mark.parametrize(("word", "pace"), [("ready", "that's the right pace"), ("next", "you're going too fast")])
@pytest.mark.parametrize("wanted", WANTED)
def test_whoever_is_led_down_is_led_up(somebody: Callable[[], Speaker], wanted: str, word: str, pace: str) -> None:
    speaker = somebody()
    speaker.say(f"alexa, ask hip coach {pace}")
    for _ in range(MEETINGS):
        speaker.say("stop")
        told = heard(speaker, wanted, word)
        way_up = told.rpartition(DOWN)[2]
        assert wanted == ENDS_LYING or DOWN not in told or UP in way_up, way_up
        speaker.clock.wait_until(speaker.clock.now() + timedelta(days=1))
