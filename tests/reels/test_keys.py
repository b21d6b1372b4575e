"""The keys of a remote control, in the middle of a stream: nobody can be spoken to by them.

Rule: as for streams: where somebody is, is worked out from what was heard, and never asked of the coach.
"""

from __future__ import annotations

from typing import Any

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from tests.reels.conftest import Home
from tests.reels.test_stream_faults import OUCH, PAUSE, Failing, on_from
from tests.reels.test_streams import HOW_LONG, TWIST, faults, hands_free, holds

KEYS = ["Next", "Previous", "Play"]
AFTERWARDS = [OUCH, PAUSE, HOW_LONG, "Alexa, next", "Alexa, repeat", "Alexa, ask Hip Coach I fell"]


class Remote:
    """A coach whose table or shelf may fail when a key is pressed, and what it `answered` to the last one."""

    def __init__(self, home: Home, fails: str = "") -> None:
        self.table, self.shelf, self.fails = Failing(fails), home.shelf, fails
        self.coach = bootstrap(Settings(voice=str(home.folder), shelf=f"folder://{home.shelf}"), repository=self.table)
        self.answered: dict[str, Any] = {}

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        if not event["request"]["type"].startswith("PlaybackController."):
            return self.coach(event, context)
        away = self.shelf.rename(self.shelf.with_name("away")) if self.fails == "shelf" else self.shelf
        self.table.down = True
        try:
            answer = self.coach(event, context)
        finally:
            away.rename(self.shelf)
            self.table.down = False
        self.answered = answer["response"]
        return answer


def said_in_a_hold(home: Home, said: str, hold: int, *, key: str = "", fails: str = "") -> str:
    """What is heard when somebody speaks up fifteen seconds into a hold, and may have pressed a key five before."""
    remote = Remote(home, fails)
    speaker = hands_free(home, handler=remote)
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    begins, _, _ = holds(stream)[hold]
    if key:
        speaker.press(key, into_ms=begins + 10_000)
        assert remote.answered == {}
    answered = speaker.say(said, into_ms=begins + 15_000)
    assert faults(speaker) == []
    return on_from(speaker, answered)


@pytest.mark.parametrize("said", AFTERWARDS)
def test_a_key_that_can_do_nothing_in_the_last_work_of_all_is_as_if_it_had_not_been_pressed(
    home: Home, said: str
) -> None:
    assert said_in_a_hold(home, said, -1, key="Next") == said_in_a_hold(home, said, -1)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("fails", ["shelf", "load", "save"])
def test_so_is_one_for_which_no_stream_can_be_made_or_kept(home: Home, key: str, fails: str) -> None:
    heard = said_in_a_hold(home, OUCH, 0, key=key, fails=fails)
    assert heard == said_in_a_hold(home, OUCH, 0)
    assert "Come back slowly" in heard


@pytest.mark.parametrize("fails", ["", "shelf", "load", "save"])
def test_the_key_for_a_pause_stops_whatever_fails(home: Home, fails: str) -> None:
    remote = Remote(home, fails)
    speaker = hands_free(home, handler=remote)
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    speaker.press("Pause", into_ms=holds(stream)[0][0] + 12_000)
    assert remote.answered == {"directives": [{"type": "AudioPlayer.Stop"}]}
    speaker.wait(60_000)
    assert "eighteen seconds to go on the left" in speaker.say("Alexa, open Hip Coach").text


@pytest.mark.parametrize(
    ("key", "heard"), [("Play", "eighteen seconds, from now"), ("Next", "your knees sink to the right")]
)
@pytest.mark.parametrize("away_ms", [0, 20 * 60_000])
def test_a_key_is_of_whoever_was_heard_to_begin_the_stream_also_behind_a_pause(
    home: Home, key: str, heard: str, away_ms: int
) -> None:
    speaker = hands_free(home, person="amzn1.ask.person.ANNA")
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    # A key is pressed by nobody that the device knows.
    speaker.recognise(None)
    speaker.press("Pause", into_ms=holds(stream)[0][0] + 12_000)
    speaker.wait(away_ms)
    speaker.press(key)
    again = speaker.listen()
    assert again
    assert heard in again.text.lower()
    assert faults(speaker) == []
