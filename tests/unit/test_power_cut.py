"""A speaker that loses its power tells nobody that its session is over, and where somebody lies by then is not known.

Rule: by what is heard alone. What is said after the cut is said to a speaker that knows nothing of before.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bench.spoken import MODEL
from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.nlu import Understanding

MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)
DOWN, BACK_DOWN = "Bring your weaker knee down to the mat", "Roll onto your back"

At = Callable[[timedelta], Speaker]


@pytest.fixture
def at() -> At:
    """One person's speaker, so long after the morning and without a memory of its own."""
    handler = bootstrap(Settings.from_env({"HIP_COACH_STORE": "memory:"}))
    understanding = Understanding.from_file(MODEL)
    return lambda later: Speaker(handler, understanding, VirtualClock(MORNING + later))


BEFORE = {
    "in the lying twist": ("open hip coach", "the quick routine", "ready", "ready"),
    "seated": ("ask hip coach to start the evening routine", "ready"),
    "at the end of an evening": ("ask hip coach to start the evening routine", "go to the lying twist", "next", "next"),
    "on the way up": ("ask hip coach for just the butterfly",),
}
AFTER = {
    "in the lying twist": [("ask hip coach to resume",), ("open hip coach", "yes")],
    "seated": [("open hip coach", "yes"), ("ask hip coach for just the lying twist",)],
    "at the end of an evening": [("ask hip coach for just the lying twist",)],
    "on the way up": [("ask hip coach for just the lying twist",), ("open hip coach", "just the butterfly")],
}


@pytest.mark.parametrize("later", [timedelta(minutes=20), timedelta(hours=6)])
@pytest.mark.parametrize(("before", "after"), [(b, a) for b, ways in AFTER.items() for a in ways])
def test_whoever_comes_back_hours_later_is_led_down(
    at: At, before: str, after: tuple[str, ...], later: timedelta
) -> None:
    speaker = at(timedelta())
    for words in BEFORE[before]:
        speaker.say(words)
    assert speaker.session_open
    speaker = at(later)
    told = [speaker.say(words).text for words in after]
    assert DOWN in told[-1]


def test_whoever_comes_back_in_a_minute_lies_there_still(at: At) -> None:
    speaker = at(timedelta())
    lying = speaker.say("ask hip coach for just the lying twist")
    assert BACK_DOWN in lying.text
    again = at(timedelta(milliseconds=lying.total_ms) + timedelta(minutes=1)).say("ask hip coach to resume")
    assert "from now" in again.text
    assert DOWN not in again.text
    assert BACK_DOWN not in again.text
