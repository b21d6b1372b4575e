"""What goes wrong around a stream: words at its edges, events of other times, stores that fail, and other speakers.

Rule: as for streams: where somebody is, is worked out from what was heard, and never asked of the coach.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import count
from typing import Any

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.errors import StoreUnavailableError
from coach.persistence import Person, Progress
from coach.persistence.stores.memory import MemoryStore
from simulator import envelopes
from simulator.device import Speaker
from simulator.habits import STOPS, Habits
from simulator.heard import Heard
from simulator.speech import Pause
from tests.reels.conftest import EVENING, Home
from tests.reels.test_streams import FULL, HOW_LONG, QUICK, TWIST, faults, hands_free, holds, streams_of

STREAMS_OF_QUICK = 3
OF_THE_TWIST = "3///;;0;;;00;0/1795460400712/1795460400712 lying_twist.1.left:0:60000:90000:0:::heard_out:0:0"
PAUSE = "Alexa, pause"
OUCH = "Alexa, ask Hip Coach ouch"
STANDS = "stand still until your head is clear"
HELP_IS_ASKED_FOR = "Do you need help getting up?"


def streams_up_to(speaker: Speaker, number: int) -> Heard:
    """The stream of the quick routine with that number, as it begins."""
    speaker.say(QUICK)
    *_, stream = (speaker.listen() for _ in range(number))
    assert stream
    return stream


def ms_to(stream: Heard, words: str) -> int:
    """How far into a stream these words begin, the last time that they are said."""
    found, past = -1, 0
    for piece in stream.pieces:
        if not isinstance(piece, Pause) and words in piece.text:
            found = past
        past += piece.ms
    assert found >= 0
    return found


def on_from(speaker: Speaker, answered: Heard) -> str:
    """What is heard from an answer on, with what plays after it."""
    played = [] if answered.session_open else list(streams_of(speaker))
    return " ".join(heard.text for heard in (answered, *played))


@pytest.mark.parametrize("at", ["Come back slowly", "roll to one side", "Come to your chair"])
@pytest.mark.parametrize("said", [PAUSE, HOW_LONG, OUCH, "Alexa, repeat", "Alexa, ask Hip Coach hello"])
def test_whoever_speaks_up_on_the_way_up_is_told_the_rest_of_it(home: Home, at: str, said: str) -> None:
    speaker = hands_free(home)
    last = streams_up_to(speaker, STREAMS_OF_QUICK)
    answered = speaker.say(said, into_ms=ms_to(last, at) + 500)
    heard = on_from(speaker, answered)
    assert (HELP_IS_ASKED_FOR if said is OUCH else STANDS) in heard
    assert "no routine on the go" not in heard
    assert faults(speaker) == []


@pytest.mark.parametrize("gap_ms", [300, 2_500])
@pytest.mark.parametrize("said", [PAUSE, OUCH, "Alexa, ask Hip Coach my leg gave way", HOW_LONG])
def test_nothing_begins_behind_somebody_who_was_asked_something_between_two_streams(
    home: Home, said: str, gap_ms: int
) -> None:
    speaker = hands_free(home, Habits(gap_ms=gap_ms))
    first = streams_up_to(speaker, 1)
    asked = speaker.say(said, into_ms=first.total_ms + gap_ms // 2)
    assert asked.session_open
    speaker.silence()
    assert speaker.listen() is None
    assert faults(speaker) == []


@pytest.mark.parametrize("said", [FULL, "Alexa, ask Hip Coach for just the pigeon pose"])
def test_whoever_wants_something_else_in_a_hold_is_led_out_of_it_first(home: Home, said: str) -> None:
    speaker = hands_free(home)
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    begins, _, _ = holds(stream)[0]
    began = speaker.say(said, into_ms=begins + 10_000)
    if began.session_open:
        # Led up from the floor, and asked.
        speaker.say("Alexa, ready")
    following = speaker.listen()
    assert following
    words = began.text + following.text
    assert "Come back slowly, one knee at a time" in words
    assert words.index("Come back slowly") < words.index("roll to one side" if said == FULL else "pigeon pose,")


class Failing(MemoryStore):
    """A table that answers nothing, or takes nothing, while it is `down`."""

    def __init__(self, call: str) -> None:
        super().__init__()
        self.call, self.down = call, False

    def load(self, person: Person) -> Progress | None:
        self._fail("load")
        return super().load(person)

    def save(self, person: Person, progress: Progress) -> Progress:
        self._fail("save")
        return super().save(person, progress)

    def _fail(self, call: str) -> None:
        if self.down and call == self.call:
            raise StoreUnavailableError("timeout")


@pytest.mark.parametrize("call", ["load", "save"])
@pytest.mark.parametrize("told", ["PlaybackStarted", "PlaybackFinished", "PlaybackStopped"])
def test_a_table_that_fails_when_a_player_tells_something_loses_no_place(home: Home, call: str, told: str) -> None:
    table = Failing(call)
    coach = bootstrap(Settings(voice=str(home.folder), shelf=f"folder://{home.shelf}"), repository=table)

    def unlucky(event: dict[str, Any], context: object) -> dict[str, Any]:
        table.down = event["request"]["type"].endswith(told)
        return coach(event, context)

    speaker = hands_free(home, Habits(claimed={"stop": STOPS}), handler=unlucky)
    twist = streams_up_to(speaker, STREAMS_OF_QUICK)
    begins, _, _ = holds(twist)[0]
    speaker.say("Alexa, stop", into_ms=begins + 12_000)
    speaker.wait(600_000)
    back = speaker.say("Alexa, open Hip Coach").text
    assert "eighteen seconds to go on the left" in back
    assert faults(speaker) == []


def test_at_midnight_a_routine_that_runs_by_itself_goes_on(home: Home) -> None:
    speaker = hands_free(home)
    speaker.wait(round((EVENING.replace(hour=23, minute=55) - EVENING).total_seconds() * 1000))
    speaker.say(QUICK)
    heard = list(streams_of(speaker))
    assert len(heard) == STREAMS_OF_QUICK
    assert "all three" in heard[-1].text
    assert faults(speaker) == []


class Broken(MemoryStore):
    """A table with a fault that nobody thought of."""

    def load(self, person: Person) -> Progress | None:
        raise ZeroDivisionError


@pytest.mark.parametrize("told", ["AudioPlayer.PlaybackStarted", "PlaybackController.NextCommandIssued"])
def test_no_player_is_apologised_to_whatever_breaks(home: Home, told: str, caplog: pytest.LogCaptureFixture) -> None:
    with_voice = Settings(voice=str(home.folder), shelf=f"folder://{home.shelf}")
    speaker = home.speaker(home.coach(), player=Habits())
    request = {**envelopes.player_event(speaker.who, speaker.clock.now(), "PlaybackStarted", {}), "type": told}
    asked = envelopes.outside(
        speaker.who, request | {"token": OF_THE_TWIST}, {"playerActivity": "PLAYING", "token": OF_THE_TWIST}
    )
    assert bootstrap(with_voice, repository=Broken())(asked, None)["response"] == {}
    assert "ZeroDivisionError" in caplog.text


def alike() -> tuple[str, str]:
    """Two names of requests of which the first bytes of the digests are the same."""
    seen: dict[str, str] = {}
    for number in count():
        name = f"amzn1.echo-api.request.{number}"
        first = blake2b(name.encode(), digest_size=3).hexdigest()
        if first in seen:
            return seen[first], name
        seen[first] = name
    raise AssertionError


def test_no_report_is_taken_for_one_that_came_before_it(home: Home) -> None:
    coach, (one, other) = home.coach(), alike()

    def named(event: dict[str, Any], context: object) -> dict[str, Any]:
        names = {"AudioPlayer.PlaybackStarted": one, "AudioPlayer.PlaybackNearlyFinished": other}
        request = event["request"]
        its = names.get(request["type"], request["requestId"])
        return coach({**event, "request": {**request, "requestId": its}}, context)

    speaker = hands_free(home, handler=named)
    speaker.say(QUICK)
    assert speaker.listen()
    assert speaker.listen()
