"""Sounds that a device could not fetch: whom that concerns, for how long, and what comes of it.

Rule: as for streams: where somebody is, is worked out from what was heard, and never asked of the coach.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coach.bootstrap import Handler
from coach.reels import answers, devices
from coach.reels.devices import Devices
from coach.reels.folder import FolderShelf
from coach.reels.shelf import ShelfUnavailableError
from simulator import envelopes
from simulator.device import Speaker
from simulator.habits import Habits, Nearly
from tests.reels.conftest import Home
from tests.reels.test_stream_faults import OUCH, PAUSE, STREAMS_OF_QUICK, on_from, streams_up_to
from tests.reels.test_streams import (
    FOREIGN,
    FULL,
    HOW_LONG,
    IF_IT_HURTS,
    QUICK,
    TWIST,
    directives,
    done_in,
    faults,
    hands_free,
    holds,
    in_the_twist,
    routine_of,
    streams_of,
)

TEN_MINUTES_S = 600
NEARLY_FINISHED = "AudioPlayer.PlaybackNearlyFinished"


class Everything(set[str]):
    """All addresses that there are."""

    def __contains__(self, _: object) -> bool:
        return True


def failed(speaker: Speaker, token: str, state: dict[str, Any]) -> dict[str, Any]:
    """What the player of this speaker tells of a stream that it could not play, in a state of its own."""
    error = {"type": "MEDIA_ERROR_SERVICE_UNAVAILABLE", "message": "it cannot be had"}
    fields = {"token": token, "error": error, "currentPlaybackState": state}
    request = envelopes.player_event(speaker.who, speaker.clock.now(), "PlaybackFailed", fields)
    return envelopes.outside(speaker.who, request, state)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of the clock by which devices rest: the last of them is now."""
    now = [1_000.0]
    monkeypatch.setattr(devices, "monotonic", lambda: now[-1])
    return now


def test_what_one_device_cannot_fetch_leaves_the_routines_of_all_others_as_they_are(home: Home) -> None:
    coach = home.coach()
    alice = hands_free(home, handler=coach, user="amzn1.account.ALICE")
    bob = hands_free(home, handler=coach, user="amzn1.account.BOB", device="kitchen")
    alice.say(QUICK)
    assert alice.listen()
    bob.player.switched_off = Everything()
    bob.say(QUICK)
    assert bob.listen() is None
    assert len(list(streams_of(alice))) == STREAMS_OF_QUICK - 1
    assert faults(alice) == faults(bob) == []


def test_a_session_that_breaks_off_on_one_device_does_not_either(home: Home) -> None:
    coach = home.coach()
    alice = hands_free(home, handler=coach, user="amzn1.account.ALICE")
    bob = home.speaker(coach, user="amzn1.account.BOB", device="kitchen")
    alice.say(QUICK)
    assert alice.listen()
    ended = envelopes.session_ended(bob.who, bob.clock.now(), "ERROR", "a sound cannot be fetched")
    coach(envelopes.envelope(bob.who, ended, session_id="one", new=False, attributes={}), None)
    assert len(list(streams_of(alice))) == STREAMS_OF_QUICK - 1


def test_a_device_that_could_not_fetch_is_answered_plainly_for_ten_minutes(home: Home, later: list[float]) -> None:
    speaker = hands_free(home)
    fetched, speaker.player.switched_off = speaker.player.switched_off, Everything()
    speaker.say(TWIST)
    assert speaker.listen() is None
    speaker.player.switched_off = fetched
    plain = speaker.say(TWIST)
    assert plain.session_open
    assert directives(plain) == []
    speaker.say("stop")
    later.append(later[-1] + TEN_MINUTES_S)
    assert directives(speaker.say(TWIST)) == ["AudioPlayer.Play"]
    assert speaker.listen()
    assert faults(speaker) == []


@pytest.mark.parametrize("token", FOREIGN)
def test_what_another_skill_could_not_play_is_none_of_ours(home: Home, token: str) -> None:
    coach = home.coach()
    speaker = hands_free(home, handler=coach)
    assert coach(failed(speaker, token, {"playerActivity": "IDLE"}), None)["response"] == {}
    assert directives(speaker.say(TWIST)) == ["AudioPlayer.Play"]


def test_no_more_devices_are_remembered_than_a_process_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "KEPT_MOST", 2)
    known = Devices()
    for device in ("kitchen", "hall", "kitchen", "attic"):
        known.rest(device)
    assert [known.rests(device) for device in ("kitchen", "hall", "attic")] == [True, False, True]


class Shelf:
    """A coach whose shelf is gone while it answers what `fails`, and what came of each request, oldest first."""

    def __init__(self, home: Home, fails: Callable[[str], bool]) -> None:
        self.coach, self.shelf, self.fails = home.coach(), home.shelf, fails
        self.asked: list[str] = []

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        kind = event["request"]["type"]
        self.asked.append(kind)
        away = self.shelf.rename(self.shelf.with_name("away")) if self.fails(kind) else self.shelf
        try:
            return self.coach(event, context)
        finally:
            away.rename(self.shelf)


@pytest.mark.parametrize("said", [OUCH, PAUSE, HOW_LONG, "Alexa, ask Hip Coach I fell"])
def test_whoever_hears_a_stream_is_followed_in_it_while_the_shelf_fails(home: Home, said: str) -> None:
    def fails(kind: str) -> bool:
        return kind != NEARLY_FINISHED and shelf.asked.count(NEARLY_FINISHED) >= STREAMS_OF_QUICK - 1

    shelf = Shelf(home, fails)
    heard = []
    for handler in (shelf, None):
        speaker = hands_free(home, handler=handler)
        last = streams_up_to(speaker, STREAMS_OF_QUICK)
        answered = speaker.say(said, into_ms=holds(last)[0][0] + 12_000)
        heard.append(on_from(speaker, answered))
        assert faults(speaker) == []
    assert heard[0] == heard[1]


class Hiccups:
    """A shelf in a folder that refuses the first `times` of what is put there while a player is lined up with it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
        self.times, self.left, self.put = times, 0, FolderShelf.put

        def put(shelf: FolderShelf, sound: bytes) -> str:
            return self._put(shelf, sound)

        monkeypatch.setattr(FolderShelf, "put", put)
        monkeypatch.setattr(answers, "PAUSE_S", 0.0)

    def around(self, coach: Handler) -> Handler:
        """The coach of that shelf."""

        def answer(event: dict[str, Any], context: object) -> dict[str, Any]:
            self.left = self.times if event["request"]["type"] == NEARLY_FINISHED else 0
            return coach(event, context)

        return answer

    def _put(self, shelf: FolderShelf, sound: bytes) -> str:
        if self.left:
            self.left -= 1
            raise ShelfUnavailableError("503")
        return self.put(shelf, sound)


@pytest.mark.parametrize("times", [1, answers.TRIES - 1])
def test_a_shelf_that_fails_once_does_not_end_a_routine(
    home: Home, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    speaker = hands_free(home, handler=Hiccups(monkeypatch, times).around(home.coach()))
    speaker.say(QUICK)
    assert len(list(streams_of(speaker))) == STREAMS_OF_QUICK
    assert faults(speaker) == []


def test_a_shelf_that_has_failed_others_is_asked_again_for_whoever_has_a_routine_on_the_go(home: Home) -> None:
    gone = False
    coach = Shelf(home, lambda _: gone)
    alice = hands_free(home, handler=coach, user="amzn1.account.ALICE")
    bob = hands_free(home, handler=coach, user="amzn1.account.BOB", device="kitchen")
    alice.say(QUICK)
    gone = True
    assert directives(bob.say(TWIST)) == []
    gone = False
    assert len(list(streams_of(alice))) == STREAMS_OF_QUICK


def test_a_shelf_that_stays_away_ends_the_routine_at_the_end_of_a_stream_and_loses_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaker = hands_free(home, handler=Hiccups(monkeypatch, answers.TRIES).around(home.coach()))
    first = streams_up_to(speaker, 1)
    assert speaker.listen() is None
    speaker.wait(30_000)
    on = speaker.say("Alexa, ask Hip Coach to resume")
    assert "pelvic tilt" in first.text
    assert "butterfly pose" in on.text
    assert faults(speaker) == []


class Once(set[str]):
    """The addresses that cannot be fetched the first `times` that they are asked for, from the one with a number on."""

    def __init__(self, number: int, times: int = 1) -> None:
        super().__init__()
        self.refused, self.asked = range(number, number + times), 0

    def __contains__(self, _: object) -> bool:
        self.asked += 1
        return self.asked - 1 in self.refused


@pytest.mark.parametrize("twice", [frozenset[str](), frozenset({"PlaybackFailed"})])
def test_the_first_stream_is_given_once_more_where_it_could_not_be_fetched(home: Home, twice: frozenset[str]) -> None:
    speaker = hands_free(home, Habits(twice=twice))
    speaker.player.switched_off = Once(0)
    speaker.say(QUICK)
    heard = list(streams_of(speaker))
    assert len(heard) == STREAMS_OF_QUICK
    assert "pelvic tilt" in heard[0].text
    assert IF_IT_HURTS in heard[0].text
    assert "One day this week" in done_in(speaker)
    assert faults(speaker) == []


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("nearly", Nearly)
def test_one_that_was_lined_up_is_given_once_more(home: Home, nearly: Nearly, number: int) -> None:
    plain, unlucky = hands_free(home), hands_free(home, Habits(nearly_finished=nearly))
    unlucky.player.switched_off = Once(number)
    assert routine_of(unlucky) == routine_of(plain)
    assert faults(unlucky) == []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_cannot_be_fetched_twice_is_given_up_and_no_place_is_lost(home: Home, number: int) -> None:
    speaker = hands_free(home)
    speaker.player.switched_off = Once(number, times=2)
    speaker.say(QUICK)
    assert len(list(streams_of(speaker))) == number
    back = speaker.say("Alexa, ask Hip Coach to resume")
    assert directives(back) == []
    assert ["pelvic tilt", "butterfly pose", "lying twist"][number] in back.text
    assert faults(speaker) == []


def test_a_reel_that_is_gone_is_put_again_and_heard(at_home: Callable[..., Home]) -> None:
    home = at_home(rate=1.1)
    coach, gone = home.coach(), []

    def forgetting(event: dict[str, Any], context: object) -> dict[str, Any]:
        answer = coach(event, context)
        if "AudioPlayer.Play" in str(answer) and not gone:
            gone.extend(home.shelf.iterdir())
            for path in gone:
                path.unlink()
        return answer

    speaker = hands_free(home, handler=forgetting)
    speaker.say(TWIST)
    stream = speaker.listen()
    assert gone
    assert stream
    assert len(holds(stream)) == 2


def reply(coach: Handler, event: dict[str, Any]) -> list[dict[str, Any]]:
    """What the player of a device is to do upon something that it tells."""
    response = coach(event, None)["response"]
    assert response.keys() <= {"directives"}
    return list(response.get("directives", []))


def test_what_breaks_off_in_a_hold_goes_on_with_what_is_left_of_it(home: Home) -> None:
    coach = home.coach()
    speaker, stream, token = in_the_twist(home, coach)
    begins, _, _ = holds(stream)[0]
    state = {"playerActivity": "STOPPED", "token": token, "offsetInMilliseconds": begins + 12_000}
    speaker.wait(begins + 12_000)
    (play,) = reply(coach, failed(speaker, token, state))
    assert play["playBehavior"] == "REPLACE_ALL"
    speaker.player.take([play], speaker.clock.now())
    again = speaker.listen()
    assert again
    assert "eighteen seconds, from now" in again.text.lower()
    # Told a second time it is of a stream that nobody hears any more.
    assert reply(coach, failed(speaker, token, state)) == []


def test_one_that_fails_while_the_one_before_it_plays_is_lined_up_again(home: Home) -> None:
    answered: list[dict[str, Any]] = []
    coach = home.coach()

    def noting(event: dict[str, Any], context: object) -> dict[str, Any]:
        answered.append(coach(event, context))
        return answered[-1]

    speaker = hands_free(home, handler=noting)
    first = streams_up_to(speaker, 1)
    assert first.stream
    speaker.wait(5_000)
    (lined_up,) = answered[-1]["response"]["directives"]
    assert lined_up["playBehavior"] == "ENQUEUE"
    behind, token = lined_up["audioItem"]["stream"]["token"], first.stream.stream.token
    state = {"playerActivity": "PLAYING", "token": token, "offsetInMilliseconds": 5_000}
    assert reply(coach, failed(speaker, behind, state)) == [lined_up]
    assert reply(coach, failed(speaker, behind, state)) == []


@pytest.mark.parametrize("said", [OUCH, PAUSE, "Alexa, ask Hip Coach I fell"])
def test_what_was_stopped_is_not_begun_again_by_what_could_not_be_played(home: Home, said: str) -> None:
    coach = home.coach()
    speaker = hands_free(home, handler=coach)
    first = streams_up_to(speaker, 1)
    assert first.stream
    token = first.stream.stream.token
    speaker.say(said, into_ms=first.total_ms // 2)
    speaker.silence()
    state = {"playerActivity": "STOPPED", "token": token, "offsetInMilliseconds": first.total_ms // 2}
    assert reply(coach, failed(speaker, token, state)) == []


def test_what_somebody_is_spared_they_are_spared_in_what_is_given_once_more(home: Home) -> None:
    speaker = hands_free(home)
    speaker.player.switched_off = Once(2)
    speaker.say(FULL)
    assert speaker.listen()
    speaker.say("Alexa, tell Hip Coach no floor today", into_ms=60_000)
    assert speaker.listen()
    again = speaker.listen()
    assert again
    asked = speaker.say("Alexa, ask Hip Coach to go to the butterfly pose", into_ms=20_000)
    assert directives(asked) == []
    assert "floor" in asked.text
    assert faults(speaker) == []
