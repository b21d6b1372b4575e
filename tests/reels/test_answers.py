"""Answers with a voice pack, through the front door: one sound where something is timed, and else as they ever were."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.alexa.limits import ALEXA
from coach.reels.frames import FRAME_MS
from simulator.device import Speaker
from simulator.heard import Heard
from simulator.speech import Phrase, between_ms
from tests.platform.rules import violations
from tests.reels.conftest import Home
from tests.reels.voices import spoken

TALK = ("Alexa, open Hip Coach", "the quick routine", "next", "repeat", "next", "next", "pause", "resume", "next")
SOUND = re.compile(r'<audio src="(https://[^"]+)"/>')
HOLD = re.compile(r"Hold there|And hold")


def ssml(heard: Heard) -> str:
    assert heard.response, heard.fault
    return str(heard.response["response"]["outputSpeech"]["ssml"])


def talked(speaker: Speaker, said: tuple[str, ...] = TALK) -> list[Heard]:
    return [speaker.say(words) for words in said]


def empty(shelf: Path) -> None:
    """Leave nothing there of what was put there."""
    for path in shelf.iterdir():
        path.unlink()


def timed(heard: Heard) -> bool:
    return "Three." in heard.text or "Breathe in." in heard.text


def test_an_answer_with_an_exercise_is_one_sound_and_the_session_stays_open(home: Home) -> None:
    answers = talked(home.speaker(home.coach()))
    assert sum(map(timed, answers)) >= 5
    for heard in answers:
        assert len(SOUND.findall(ssml(heard))) == timed(heard), heard.text
        assert violations(heard.response or {}) == []
        assert heard.session_open


def test_all_of_it_is_in_the_voice_of_the_pack_where_all_of_it_has_clips(home: Home) -> None:
    _, _, second, *_ = talked(home.speaker(home.coach()))
    assert re.sub(SOUND, "", ssml(second)) == "<speak></speak>"
    assert "Ready for the lying twist" in second.text


def test_what_is_this_persons_own_is_spoken_by_the_device_itself(home: Home) -> None:
    first = talked(home.speaker(home.coach()))[1]
    before = re.sub(r"<audio.*", "", ssml(first))
    assert "about ten minutes" in before
    assert "First of three" not in before
    assert "First of three" in first.text


def test_every_hold_is_as_long_as_it_says_and_both_sides_are_equal(home: Home) -> None:
    speaker = home.speaker(home.coach())
    talked(speaker, ("Alexa, ask Hip Coach for the full routine", *["next"] * 18))
    holds = [heard for heard in speaker.heard if HOLD.search(heard.text) and SOUND.search(ssml(heard))]
    assert len(holds) >= 8
    for heard in holds:
        said = next(p.text for p in heard.pieces if isinstance(p, Phrase) and HOLD.search(p.text))
        seconds = {"twenty": 20, "thirty": 30, "sixty": 60, "forty-five": 45}[said.split()[2]]
        assert abs(between_ms(heard.pieces, "from now.", "One.") - (seconds - 1) * 1000) <= FRAME_MS, heard.text


@pytest.mark.parametrize("pace", ["slower", "faster"])
def test_at_a_pace_that_was_not_rendered_all_is_as_ever(home: Home, pace: str) -> None:
    said = (TALK[0], pace, *TALK[1:3])
    with_pack = talked(home.speaker(home.coach()), said)
    plain = talked(home.speaker(home.coach(voice="", shelf="")), said)
    assert "Second of three" in ssml(with_pack[-1])
    assert [ssml(heard) for heard in with_pack] == [ssml(heard) for heard in plain]


def broken_shelf(home: Home) -> dict[str, Any]:
    """A shelf that was there when the coach started, and takes nothing."""
    gone = home.folder / "gone"
    gone.mkdir(exist_ok=True)
    return {"shelf": f"folder://{gone}"}


def test_without_its_shelf_every_answer_is_as_ever_to_the_byte(home: Home) -> None:
    settings = broken_shelf(home)
    coach = home.coach(**settings)
    (home.folder / "gone").rmdir()
    with_pack = talked(home.speaker(coach))
    plain = talked(home.speaker(home.coach(voice="", shelf="")))
    assert [ssml(heard) for heard in with_pack] == [ssml(heard) for heard in plain]
    assert not any(heard.fault for heard in with_pack)


@pytest.mark.parametrize("lacking", ["Halfway.", "One.", "Ten more."])
def test_without_a_clip_that_its_work_needs_an_answer_is_as_ever_to_the_byte(
    at_home: Callable[..., Home], lacking: str
) -> None:
    home = at_home(rate=1.3, texts=[text for text in spoken() if text != lacking])
    said = (TALK[0], "just the lying twist", "ready", "next")
    with_pack = talked(home.speaker(home.coach()), said)
    plain = talked(home.speaker(home.coach(voice="", shelf="")), said)
    assert lacking in "".join(map(ssml, plain))
    assert [ssml(heard) for heard in with_pack] == [ssml(heard) for heard in plain]


def test_two_people_share_what_they_hear_and_the_shelf_knows_neither(at_home: Callable[..., Home]) -> None:
    home = at_home()
    coach = home.coach()
    talked(home.speaker(coach, user="amzn1.account.ONE"))
    names = {path.name for path in home.shelf.iterdir()}
    talked(home.speaker(coach, user="amzn1.account.TWO", device="kitchen"))
    assert {path.name for path in home.shelf.iterdir()} == names
    assert all(re.fullmatch(r"[0-9a-f]{40}\.mp3", name) for name in names)


def test_an_answer_of_which_the_sound_is_gone_costs_the_session_and_never_the_place_and_the_next_is_plain(
    at_home: Callable[..., Home],
) -> None:
    home = at_home()
    coach = home.coach()
    speaker = home.speaker(coach)
    talked(speaker, ("Alexa, ask Hip Coach to do the lying twist", "ready"))
    empty(home.shelf)

    def forgetting(event: Any, context: object) -> Any:
        answer = coach(event, context)
        empty(home.shelf)
        return answer

    cut_off = home.speaker(forgetting)
    lost = cut_off.say("Alexa, ask Hip Coach to do the lying twist")
    assert "cannot be fetched" in lost.fault
    assert not cut_off.session_open
    again = home.speaker(coach)
    assert "the lying twist" in again.say("Alexa, open Hip Coach").text
    resumed = again.say("yes")
    assert timed(resumed), resumed.text
    assert not SOUND.search(ssml(resumed)), "what could not be fetched is not tried again at once"


def test_an_answer_is_within_what_a_sound_may_last(home: Home) -> None:
    for heard in talked(home.speaker(home.coach()), ("Alexa, ask Hip Coach to do the lying twist hands free", "ready")):
        assert heard.total_ms <= ALEXA.alone_ms
