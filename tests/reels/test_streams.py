"""A hands-free routine that plays by itself, on speakers with players of every habit: what is heard, and where that
leaves whoever hears it.

Rule: where somebody is, is worked out from the words and the silences of what was heard, and never asked of the coach.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.alexa.limits import TOKEN_MAX_CHARACTERS
from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.persistence import Person, Progress
from coach.persistence.stores.memory import MemoryStore
from coach.reels.frames import FRAME_MS
from simulator import envelopes
from simulator.device import Speaker
from simulator.habits import GOES_ON, STOPS, Habits, Interrupted, Nearly
from simulator.heard import Heard
from simulator.speech import Pause, between_ms, said_ms
from tests.reels.conftest import Home
from tests.reels.voices import spoken

QUICK, FULL = "Alexa, ask Hip Coach for the quick routine", "Alexa, ask Hip Coach for the full routine"
TWIST = "Alexa, ask Hip Coach for just the lying twist"
HOW_LONG = "Alexa, ask Hip Coach how much longer"
IF_IT_HURTS = "If something hurts"
HELD = {"twenty": 20, "thirty": 30, "forty-five": 45, "sixty": 60}
HOLD = re.compile(r"hold(?: there)?, (\S+) seconds, from now\.$", re.IGNORECASE)
LEFT = re.compile(r"Paused, (.+?) seconds? to go on the (left|right)")
HOLDS = ["lying twist", "pigeon pose", "seated lunge", "deep squat", "seated twist", "pelvic tilt"]
INTERRUPTIONS = int(os.environ.get("HIP_COACH_INTERRUPTIONS", "30"))
ALL = [
    *("pelvic tilt", "reverse lunge", "deep squat", "seated lunge", "pigeon pose", "butterfly pose"),
    *("shoelace stretch", "seated twist", "lateral hip stretch", "lying twist"),
]


def hands_free(home: Home, habits: Habits | None = None, handler: Any = None, **more: Any) -> Speaker:
    """A speaker of somebody who goes hands-free."""
    speaker = home.speaker(handler or home.coach(), player=habits or Habits(), **more)
    speaker.say("Alexa, open Hip Coach")
    speaker.say("hands free")
    speaker.say("stop")
    return speaker


def in_the_twist(home: Home, handler: Any) -> tuple[Speaker, Heard, str]:
    """A speaker that plays the lying twist, that stream, and its token."""
    speaker = hands_free(home, handler=handler)
    speaker.say(TWIST)
    heard = speaker.listen()
    assert heard
    assert heard.stream
    return speaker, heard, heard.stream.stream.token


def streams_of(speaker: Speaker) -> Iterator[Heard]:
    """All that is played from now on, one stream after the other."""
    while heard := speaker.listen():
        yield heard


def faults(speaker: Speaker) -> list[str]:
    return [heard.fault for heard in speaker.heard if heard.fault]


def directives(heard: Heard) -> list[str]:
    response = (heard.response or {}).get("response", {})
    return [directive["type"] for directive in response.get("directives", [])]


def holds(heard: Heard) -> list[tuple[int, int, int]]:
    """Each hold of a stream: when its clock starts, when its last second is counted, and for how long it was told."""
    found, past = [], 0
    for piece in heard.pieces:
        words = "" if isinstance(piece, Pause) else piece.text
        if told := HOLD.search(words):
            begins = past + piece.ms
            found.append((begins, begins + between_ms(heard.pieces, words, "One."), HELD[told[1]]))
        past += piece.ms
    return found


@pytest.mark.parametrize("gap_ms", [300, 2_500])
@pytest.mark.parametrize("nearly", Nearly)
def test_a_whole_routine_runs_to_its_end_from_one_sentence(home: Home, nearly: Nearly, gap_ms: int) -> None:
    speaker = hands_free(home, Habits(nearly_finished=nearly, gap_ms=gap_ms))
    asked = speaker.say(FULL)
    played = list(streams_of(speaker))
    assert not asked.session_open
    assert directives(asked) == ["AudioPlayer.Play"]
    assert faults(speaker) == []
    words = " ".join(heard.text for heard in played)
    announced = re.findall(r"(?:First|Second|Third|\w+th|Last) of ten: the ([a-z ]+?)[,.]", words)
    assert announced == ALL
    assert 'say "next"' not in words.lower()
    assert "That was all ten" in words or "all ten" in words
    held = [hold for heard in played for hold in holds(heard)]
    assert len(held) >= 12
    for begins, counted, seconds in held:
        assert abs(counted - begins - (seconds - 1) * 1_000) <= FRAME_MS
    assert "today" in speaker.say("Alexa, ask Hip Coach how am I doing").text.lower()


def test_a_stream_has_a_name_that_a_player_takes(home: Home) -> None:
    speaker = hands_free(home)
    speaker.say(FULL)
    names = [heard.stream.stream.token for heard in streams_of(speaker) if heard.stream]
    assert len(names) >= len(ALL)
    # There is room in it for all that may be out for somebody.
    assert max(map(len, names)) + len(" ".join(ALL)) < TOKEN_MAX_CHARACTERS


def test_before_the_first_movement_it_is_said_once_what_to_do_when_something_hurts(home: Home) -> None:
    speaker = hands_free(home)
    speaker.say(FULL)
    first, *others = streams_of(speaker)
    assert first.text.index(IF_IT_HURTS) < first.text.index("First of ten")
    assert not any(IF_IT_HURTS in heard.text for heard in others)


def test_where_a_word_is_needed_it_is_one_that_is_heard_without_the_name_of_the_skill(home: Home) -> None:
    speaker = hands_free(home)
    asked = speaker.say(QUICK)
    said = asked.text + "".join(heard.text for heard in streams_of(speaker))
    assert set(re.findall(r'"Alexa, (\w+)"', said)) <= {"next", "pause", "resume"}


@pytest.mark.parametrize("interrupted", [Interrupted.PAUSED, Interrupted.DUCKED])
def test_a_question_is_answered_and_the_stream_goes_on(home: Home, interrupted: Interrupted) -> None:
    speaker = hands_free(home, Habits(interrupted=interrupted))
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    begins, _, _ = holds(stream)[0]
    asked = speaker.say(HOW_LONG, into_ms=begins + 10_000)
    assert directives(asked) == []
    assert not asked.session_open
    assert "Twenty seconds on this side" in asked.text
    on = speaker.listen()
    assert on
    lost_ms = asked.total_ms if interrupted is Interrupted.DUCKED else 0
    assert on.total_ms >= stream.total_ms - begins - 10_000 - lost_ms - 4_000
    assert "Now your right side" in on.text or "right" in on.text
    assert "two times" not in speaker.say("Alexa, ask Hip Coach how am I doing").text


@pytest.mark.parametrize("what", ["shuffle", "loop"])
def test_shuffle_and_loop_get_one_sentence_and_it_goes_on(home: Home, what: str) -> None:
    speaker = hands_free(home)
    speaker.say(QUICK)
    assert speaker.listen()
    asked = speaker.say(f"Alexa, {what} on", into_ms=30_000)
    assert "order of their own" in asked.text
    assert directives(asked) == []
    assert speaker.listen()


@pytest.mark.parametrize("away", [timedelta(minutes=20), timedelta(hours=1)])
@pytest.mark.parametrize("reminded", [True, False])
def test_a_pause_in_a_hold_keeps_what_is_left_of_it(home: Home, away: timedelta, reminded: bool) -> None:
    speaker = hands_free(home)
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    begins, _, _ = holds(stream)[0]
    paused = speaker.say("Alexa, pause", into_ms=begins + 12_000)
    assert paused.session_open
    assert directives(paused) == ["AudioPlayer.Stop"]
    assert "eighteen seconds to go on the left" in paused.text
    assert "hurts" in paused.text
    if not reminded:
        speaker.silence()
        speaker.play_another()
    speaker.wait(round(away / timedelta(milliseconds=1)))
    speaker.say("Alexa, resume" if reminded else "Alexa, ask Hip Coach to resume")
    again = speaker.listen()
    assert again
    assert "eighteen seconds, from now" in again.text.lower()
    assert IF_IT_HURTS in again.text
    left = between_ms(again.pieces, "from now.", "One.")
    assert abs(left - 17_000) <= 2 * FRAME_MS
    assert faults(speaker) == []


def test_on_another_day_the_exercise_begins_again(home: Home) -> None:
    speaker = hands_free(home)
    speaker.say(QUICK)
    stream = speaker.listen()
    assert stream
    speaker.say("Alexa, pause", into_ms=stream.total_ms // 2)
    speaker.silence()
    speaker.wait(24 * 3_600_000)
    offered = speaker.say("Alexa, open Hip Coach")
    assert "Yesterday you got to the pelvic tilt" in offered.text
    speaker.say("yes")
    again = speaker.listen()
    assert again
    assert "pelvic tilt" in again.text
    assert faults(speaker) == []


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Alexa, next", "butterfly pose"),
        ("Alexa, ask Hip Coach to skip this one", "butterfly pose"),
        ("Alexa, start over", "pelvic tilt"),
        ("Alexa, previous", "pelvic tilt"),
        ("Alexa, repeat", "pelvic tilt"),
        ("Alexa, ask Hip Coach for the lying twist", "lying twist"),
    ],
)
def test_what_changes_the_place_plays_anew_from_there(home: Home, said: str, heard: str) -> None:
    speaker = hands_free(home)
    speaker.say(QUICK)
    stream = speaker.listen()
    assert stream
    changed = speaker.say(said, into_ms=stream.total_ms - 15_000)
    assert directives(changed) == ["AudioPlayer.Play"], changed.text
    played = speaker.listen()
    assert played
    assert heard in changed.text + played.text
    assert faults(speaker) == []


@pytest.mark.parametrize(
    "said",
    ["it hurts", "I fell", "i have a numb leg", "Alexa, pause", "Alexa, stop", "Alexa, cancel"],
)
def test_in_trouble_the_stream_stops_and_somebody_listens(home: Home, said: str) -> None:
    speaker = hands_free(home)
    speaker.say(QUICK)
    stream = speaker.listen()
    assert stream
    called = said if said.startswith("Alexa") else f"Alexa, ask Hip Coach {said}"
    answered = speaker.say(called, into_ms=stream.total_ms // 2)
    if said.startswith("Alexa"):
        answered = speaker.say("it hurts") if "Paused" in answered.text else answered
    assert answered.session_open, answered.text
    assert "AudioPlayer.Play" not in directives(answered)
    speaker.silence()
    assert speaker.listen() is None
    assert faults(speaker) == []


@pytest.mark.parametrize("claimed", [GOES_ON, STOPS])
def test_a_word_that_a_service_for_music_takes_leaves_the_place_where_it_was(home: Home, claimed: str) -> None:
    speaker = hands_free(home, Habits(claimed={"stop": claimed}))
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    begins, _, _ = holds(stream)[0]
    speaker.say("Alexa, stop", into_ms=begins + 12_000)
    if claimed == GOES_ON:
        on = speaker.listen()
        assert on
        assert "One." in on.text
        return
    assert speaker.listen() is None
    speaker.wait(60_000)
    back = speaker.say("Alexa, open Hip Coach")
    assert "eighteen seconds to go on the left" in back.text


def test_next_that_a_service_for_music_takes_does_not_hurry_anybody(home: Home) -> None:
    speaker = hands_free(home, Habits(claimed={"next": GOES_ON}))
    speaker.say(QUICK)
    first = speaker.listen()
    assert first
    speaker.say("Alexa, next", into_ms=first.total_ms - 20_000)
    heard = [stream.text for stream in streams_of(speaker)]
    assert "One." in heard[0]
    assert ["butterfly pose" in text for text in heard[1:]] == [True, False]
    assert "all three" in heard[-1]
    assert faults(speaker) == []


EVENTS = ["PlaybackStarted", "PlaybackNearlyFinished", "PlaybackFinished", "PlaybackStopped"]


def done_in(speaker: Speaker) -> str:
    """What a week of somebody is told to be."""
    return speaker.say("Alexa, ask Hip Coach how am I doing").text


TROUBLES = {
    **{f"{event} twice": Habits(twice=frozenset({event})) for event in EVENTS},
    **{f"{event} late": Habits(late_ms={event: 4_000}) for event in EVENTS},
    "all twice": Habits(twice=frozenset(EVENTS), nearly_finished=Nearly.LATE, gap_ms=0),
    "all twice and late": Habits(late_ms=dict.fromkeys(EVENTS, 9_000), twice=frozenset(EVENTS)),
}
"""By names that are the same in every process, as the order of a set is not."""


@pytest.mark.parametrize("habits", TROUBLES.values(), ids=TROUBLES)
def test_events_that_come_twice_or_late_double_nothing_and_lose_nothing(home: Home, habits: Habits) -> None:
    plain, odd = hands_free(home), hands_free(home, habits)
    heard = [routine_of(speaker) for speaker in (plain, odd)]
    assert heard[0] == heard[1]
    assert done_in(plain) == done_in(odd)
    # How an exercise is told depends on how often somebody met it: once too often, and it is told in short.
    assert routine_of(plain) == routine_of(odd)


def routine_of(speaker: Speaker) -> list[str]:
    speaker.say(QUICK)
    heard = [stream.text for stream in streams_of(speaker)]
    speaker.wait(60_000)
    return heard


FOREIGN = [
    "",
    "hello",
    "3//",
    "3///;;0;;;00;0/1/2 ",
    "9/ab//1/1 a.1.both:0:1:2:0:::heard_out:0:0",
    "3/ab/7/;;0;;;00;0/1/1 a.1.both:0:1:2:0:::heard_out:0:0",
    "3/" + "a" * 2_000,
]


@pytest.mark.parametrize("token", FOREIGN)
@pytest.mark.parametrize("event", EVENTS)
def test_a_token_of_somebody_else_changes_nothing(home: Home, token: str, event: str) -> None:
    coach = home.coach()
    speaker = hands_free(home, handler=coach)
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    speaker.wait(20_000)
    before = speaker.heard[-1].request
    report = _report(speaker, event, token)
    assert coach(report, None)["response"] == {}
    assert before is speaker.heard[-1].request
    begins, _, _ = holds(stream)[0]
    paused = speaker.say("Alexa, pause", into_ms=begins + 12_000)
    assert "eighteen seconds to go on the left" in paused.text


class Overtaken(MemoryStore):
    """A table in which somebody else writes just before the first write after `first` was set."""

    first: Callable[[], Any] | None = None

    def save(self, person: Person, progress: Progress) -> Progress:
        first, self.first = self.first, None
        if first:
            first()
        return super().save(person, progress)


def test_what_a_player_tells_is_let_be_where_somebody_has_spoken_up_meanwhile(home: Home) -> None:
    table = Overtaken()
    with_voice = Settings(voice=str(home.folder), shelf=f"folder://{home.shelf}")
    coach = bootstrap(with_voice, repository=table)
    speaker = hands_free(home, handler=bootstrap(with_voice, repository=table))
    speaker.say(QUICK)
    stream = speaker.listen()
    assert stream
    assert stream.stream
    playing = {"playerActivity": "PLAYING", "token": stream.stream.stream.token, "offsetInMilliseconds": 1_000}
    answers = []

    def said(name: str, state: dict[str, Any]) -> dict[str, Any]:
        request = envelopes.intent(speaker.who, speaker.clock.now(), name, {})
        new: dict[str, Any] = {"session_id": envelopes.new_session_id(), "new": True, "attributes": {}}
        asked = envelopes.envelope(speaker.who, request, **new, player=state)
        return dict(coach(asked, None)["response"])

    table.first = lambda: answers.append(said("AMAZON.PreviousIntent", playing))
    assert speaker.listen()
    token = answers[0]["directives"][0]["audioItem"]["stream"]["token"]
    works = int(re.findall(r"pelvic_tilt[^ ]*?:\d+:(\d+):", token)[0])
    paused = said("AMAZON.PauseIntent", {**playing, "token": token, "offsetInMilliseconds": works + 12_000})
    assert "eight seconds to go" in paused["outputSpeech"]["ssml"]


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_token_that_was_tampered_with_is_never_answered_but_by_directives(home: Home, data: st.DataObject) -> None:
    coach = home.coach()
    speaker, _, untouched = in_the_twist(home, coach)
    token = list(untouched)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(token) - 1))
        token[at] = data.draw(st.sampled_from([*"0123456789/:. -abc", "", "\x00", "é"]))
    event = data.draw(st.sampled_from([*EVENTS, "PlaybackFailed"]))
    offset = data.draw(st.sampled_from([-1, 0, 12_345, 10**9, 10**30, 1.5, None, "12", True]))
    answer = coach(_report(speaker, event, "".join(token), offset), None)["response"]
    assert answer.keys() <= {"directives"}
    assert all(directive["type"] == "AudioPlayer.Play" for directive in answer.get("directives", []))
    again = speaker.say(HOW_LONG)
    assert again.text
    assert faults(speaker) == []


def _report(speaker: Speaker, event: str, token: str, offset_ms: object = 5_000) -> dict[str, Any]:
    """What the player of this very speaker might tell."""
    place = {"token": token, "offsetInMilliseconds": offset_ms}
    request = envelopes.player_event(speaker.who, speaker.clock.now(), event, place)
    return envelopes.outside(speaker.who, request, {"playerActivity": "PLAYING", **place})


def test_a_reply_that_was_refused_is_told_to_an_operator_and_nobody_else(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    refused = _report(hands_free(home), "PlaybackStarted", "")
    error = {"type": "INVALID_RESPONSE", "message": "a directive for somebody"}
    refused["request"] |= {"type": "System.ExceptionEncountered", "error": error, "cause": {"requestId": "one"}}
    assert home.coach()(refused, None)["response"] == {}
    assert [record.message for record in caplog.records] == ['{"what": "reply_refused", "reason": "INVALID_RESPONSE"}']


def test_a_start_that_nobody_told_is_known_from_what_plays(home: Home) -> None:
    coach = home.coach()

    def deaf(event: Any, context: object) -> Any:
        unheard = event["request"]["type"] in ("AudioPlayer.PlaybackStarted", "AudioPlayer.PlaybackFinished")
        return {"version": "1.0", "response": {}} if unheard else coach(event, context)

    speaker = hands_free(home, Habits(nearly_finished=Nearly.LATE), handler=deaf)
    speaker.say(QUICK)
    _, _, twist = (speaker.listen() for _ in range(3))
    assert twist
    begins, _, _ = holds(twist)[0]
    paused = speaker.say("Alexa, pause", into_ms=begins + 12_000)
    assert "eighteen seconds to go on the left" in paused.text


def test_a_stream_of_which_nobody_told_a_thing_is_known_when_it_has_stopped(home: Home) -> None:
    coach = home.coach()

    def deaf(event: Any, context: object) -> Any:
        nearly = event["request"]["type"] == "AudioPlayer.PlaybackNearlyFinished"
        told = event["request"]["type"].startswith("AudioPlayer.") and not nearly
        return {"version": "1.0", "response": {}} if told else coach(event, context)

    speaker = hands_free(home, Habits(claimed={"stop": STOPS}), handler=deaf)
    speaker.say(QUICK)
    _, _, twist = (speaker.listen() for _ in range(3))
    assert twist
    begins, _, _ = holds(twist)[0]
    speaker.say("Alexa, stop", into_ms=begins + 12_000)
    speaker.wait(600_000)
    assert "eighteen seconds to go on the left" in speaker.say("Alexa, open Hip Coach").text


def test_after_a_cut_cable_the_place_is_where_it_was_cut(home: Home) -> None:
    speaker = hands_free(home)
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    begins, _, _ = holds(stream)[0]
    speaker.wait(begins + 12_000)
    speaker.disconnect()
    speaker.wait(5_000)
    speaker.reconnect()
    back = speaker.say("Alexa, open Hip Coach")
    assert "eighteen seconds to go on the left" in back.text
    speaker.say("yes")
    again = speaker.listen()
    assert again
    assert abs(between_ms(again.pieces, "from now.", "One.") - 17_000) <= 2 * FRAME_MS


@pytest.mark.parametrize("button", ["Pause", "Next", "Previous", "Play"])
def test_the_buttons_of_a_remote_control_are_by_the_table_and_never_speak(home: Home, button: str) -> None:
    speaker = hands_free(home)
    speaker.say(QUICK)
    stream = speaker.listen()
    assert stream
    speaker.press(button, into_ms=30_000)
    assert faults(speaker) == []
    if button != "Pause":
        assert speaker.listen()
        return
    assert speaker.listen() is None
    speaker.press("Play")
    assert speaker.listen()


def test_a_stream_belongs_to_whoever_began_it(home: Home) -> None:
    coach = home.coach()
    speaker = hands_free(home, handler=coach, person="amzn1.ask.person.ANNA")
    speaker.say(TWIST)
    stream = speaker.listen()
    assert stream
    begins, _, _ = holds(stream)[0]
    speaker.who = speaker.who.__class__(**{**vars(speaker.who), "person": "amzn1.ask.person.BEN"})
    asked = speaker.say(HOW_LONG, into_ms=begins + 10_000)
    assert "Twenty seconds on this side" in asked.text


def plain_and_with(home: Home, settings: dict[str, Any], **more: Any) -> list[list[Any]]:
    """What answers are, to the byte, with a pack as it is and with none at all."""
    said = (*("Alexa, open Hip Coach", "hands free"), "the quick routine", "next", "pause", "resume")
    found = []
    for handler in (home.coach(**settings), home.coach(voice="", shelf="")):
        speaker = home.speaker(handler, **more)
        found.append([speaker.say(words).response for words in said])
        assert faults(speaker) == []
    return found


def test_without_a_player_hands_free_is_as_it_was(home: Home) -> None:
    with_pack, _ = plain_and_with(home, {})
    assert not any("AudioPlayer" in str(answer) for answer in with_pack)


@pytest.mark.parametrize("lacking", ["Halfway.", "One."])
def test_without_a_clip_an_answer_is_as_ever_to_the_byte(at_home: Callable[..., Home], lacking: str) -> None:
    home = at_home(texts=[text for text in spoken() if text != lacking])
    answers = []
    for handler in (home.coach(), home.coach(voice="", shelf="")):
        kitchen = home.speaker(handler, device="kitchen")
        kitchen.say("Alexa, open Hip Coach")
        kitchen.say("hands free")
        answers.append(home.speaker(handler, player=Habits()).say(TWIST))
    heard, ever = answers
    assert heard.response
    assert ever.response
    assert heard.response["response"]["outputSpeech"] == ever.response["response"]["outputSpeech"]
    assert heard.session_open


def test_a_stream_that_cannot_be_fetched_loses_nothing_and_the_next_answer_is_plain(
    at_home: Callable[..., Home],
) -> None:
    home = at_home()
    coach = home.coach()

    def forgetting(event: Any, context: object) -> Any:
        answer = coach(event, context)
        for path in home.shelf.iterdir():
            path.unlink()
        return answer

    speaker = hands_free(home, handler=forgetting)
    speaker.say(TWIST)
    assert speaker.listen() is None
    again = speaker.say("Alexa, ask Hip Coach to resume")
    assert again.session_open
    assert "lying twist" in again.text
    assert directives(again) == []
    assert faults(speaker) == []


@pytest.mark.parametrize("rate", [0.8, 1.0, 1.25])
def test_random_interruptions_leave_exactly_what_was_not_done(at_home: Callable[..., Home], rate: float) -> None:
    home, chance = at_home(rate=rate), random.Random(16)  # noqa: S311 - nothing is kept secret by it
    handler = home.coach()
    for number in range(INTERRUPTIONS // 6):
        habits = Habits(gap_ms=chance.choice((0, 300, 2_500)), nearly_finished=chance.choice(list(Nearly)))
        speaker = hands_free(home, habits, handler, user=f"amzn1.account.{number}")
        speaker.say(f"Alexa, ask Hip Coach for just the {chance.choice(HOLDS)}")
        stream = speaker.listen()
        assert stream
        begins, counted, seconds = chance.choice(holds(stream))
        assert abs(counted - begins - (seconds - 1) * 1_000) <= FRAME_MS
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(begins + 500, counted - 2_000)
            speaker.say("Alexa, pause", into_ms=at)
            speaker.wait(chance.randrange(60_000))
            speaker.say("Alexa, resume")
            again = speaker.listen()
            assert again
            left_ms, begins = counted - at, said_ms(again.pieces, "from now.")
            counted = begins + between_ms(again.pieces, "from now.", "One.")
            assert abs(counted - begins - left_ms) <= 2 * FRAME_MS, again.text
            if counted - begins < 4_000:
                break
