"""Streams that never began, or broke off without anybody's telling: what was not heard is not done.

Rule: as for streams: where somebody is, is worked out from what was heard, and never asked of the coach.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.device import Speaker
from simulator.habits import STOPS, Habits
from tests.reels.conftest import Home
from tests.reels.test_fetching import Once
from tests.reels.test_stream_faults import STREAMS_OF_QUICK, streams_up_to
from tests.reels.test_streams import HOW_LONG, QUICK, TWIST, faults, hands_free, holds, streams_of

TODAY = "Alexa, ask Hip Coach what did I do today"
OPEN = "Alexa, open Hip Coach"
A_MINUTE = 60_000


def cut(speaker: Speaker) -> None:
    speaker.disconnect()
    speaker.wait(5_000)
    speaker.reconnect()


def stop(speaker: Speaker) -> None:
    speaker.say("Alexa, stop", into_ms=4_000)


ENDS: dict[str, Callable[[Speaker], object]] = {
    "a cut cable": cut,
    "no power": Speaker.reboot,
    "a word": stop,
    "other music": Speaker.play_another,
}


@pytest.mark.parametrize("later_ms", [20_000, 2 * A_MINUTE, 10 * A_MINUTE, 30 * A_MINUTE])
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("asked", [TODAY, OPEN])
def test_a_stream_that_never_began_counts_for_nothing(home: Home, end: str, later_ms: int, asked: str) -> None:
    speaker = hands_free(home, Habits(claimed={"stop": STOPS}))
    speaker.say(QUICK)
    speaker.wait(3_000)
    ENDS[end](speaker)
    assert not any(heard.stream for heard in speaker.heard)
    speaker.wait(later_ms)
    answered = speaker.say(asked).text
    assert "one exercise" not in answered
    assert "butterfly" not in answered
    if asked == OPEN:
        assert speaker.say("yes").fault == ""
    else:
        speaker.say("Alexa, ask Hip Coach to resume")
    assert len(list(streams_of(speaker))) == STREAMS_OF_QUICK
    assert faults(speaker) == []


@pytest.mark.parametrize("later_ms", [10 * A_MINUTE, 60 * A_MINUTE])
def test_what_lost_its_power_in_a_hold_is_offered_again(home: Home, later_ms: int) -> None:
    speaker = hands_free(home)
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    speaker.wait(holds(stream)[0][0] + 12_000)
    speaker.reboot()
    speaker.wait(later_ms)
    assert "lying twist" in speaker.say(OPEN).text
    assert "one exercise" not in speaker.say(TODAY).text


@pytest.mark.parametrize("number", [1, 2, 3])
def test_of_a_routine_that_lost_its_power_what_was_heard_is_counted_and_no_more(home: Home, number: int) -> None:
    speaker = hands_free(home)
    streams_up_to(speaker, number)
    speaker.wait(20_000)
    speaker.reboot()
    speaker.wait(10 * A_MINUTE)
    told = speaker.say(TODAY).text.lower()
    assert ["no", "one exercise", "two exercises"][number - 1] in told
    assert ["pelvic tilt", "butterfly pose", "lying twist"][number - 1] in speaker.say(OPEN).text


def test_what_could_never_be_fetched_counts_for_nothing(home: Home) -> None:
    speaker = hands_free(home)
    speaker.player.switched_off = Once(0, times=2)
    speaker.say(QUICK)
    assert speaker.listen() is None
    speaker.reboot()
    speaker.wait(10 * A_MINUTE)
    assert "one exercise" not in speaker.say(TODAY).text
    assert "pelvic tilt" in speaker.say(OPEN).text


@pytest.mark.parametrize("player", [Habits(), None])
def test_whoever_asks_in_another_room_is_where_the_stream_is(home: Home, player: Habits | None) -> None:
    coach = home.coach()
    kitchen = hands_free(home, handler=coach, device="kitchen")
    kitchen.say(TWIST)
    stream = kitchen.listen()
    assert stream
    kitchen.wait(holds(stream)[0][0] + 12_000)
    bedroom = home.speaker(coach, device="bedroom", player=player)
    bedroom.clock.wait_until(kitchen.clock.now())
    assert "on this side" in bedroom.say(HOW_LONG).text


@pytest.mark.parametrize("player", [Habits(), None])
def test_so_is_whoever_asks_there_once_it_is_over(home: Home, player: Habits | None) -> None:
    coach = home.coach()
    kitchen = hands_free(home, handler=coach, device="kitchen")
    kitchen.say(QUICK)
    assert len(list(streams_of(kitchen))) == STREAMS_OF_QUICK
    kitchen.wait(10 * A_MINUTE)
    bedroom = home.speaker(coach, device="bedroom", player=player)
    bedroom.clock.wait_until(kitchen.clock.now())
    assert "three exercises" in bedroom.say(TODAY).text


@pytest.mark.parametrize("said", ["Alexa, ask Hip Coach ouch", "Alexa, tell Hip Coach my leg is numb"])
@pytest.mark.parametrize("cut_", [True, False])
def test_what_was_said_before_a_stream_began_keeps_it_from_beginning(home: Home, said: str, cut_: bool) -> None:
    speaker = hands_free(home, Habits(cut_with_speech=cut_))
    speaker.say(QUICK)
    speaker.say(said, into_ms=4_000)
    for _ in range(2):
        if speaker.session_open:
            speaker.silence()
    assert not any(heard.stream for heard in speaker.heard)
    assert speaker.listen() is None
    assert faults(speaker) == []


@pytest.mark.parametrize("cut_", [True, False])
def test_a_question_before_a_stream_began_does_not_lose_it(home: Home, cut_: bool) -> None:
    speaker = hands_free(home, Habits(cut_with_speech=cut_))
    speaker.say(QUICK)
    speaker.say(HOW_LONG, into_ms=4_000)
    assert len(list(streams_of(speaker))) == STREAMS_OF_QUICK
    assert faults(speaker) == []
