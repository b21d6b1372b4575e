"""A hold lasts its dose whatever the voice, and wherever somebody breaks in: heard in the samples."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coach.persistence.document import read
from simulator import soundtrack
from simulator.device import Speaker
from simulator.heard import Heard
from simulator.nlu import Understanding
from simulator.voices import chime
from simulator.voices.espeak import Espeak
from simulator.voices.piper import Piper
from simulator.voices.port import Paced
from simulator.voices.sound import RATE, Sound
from simulator.voices.sound import read as read_sound
from tests.simulator.odd_voice import OddVoice, heard_from, speaker_of

STARTS = "from now."
OVER = "Come back slowly, one knee at a time."
DOSE = 30.0
A_MS = 0.001

SAMPLES = count()
UNHURRIED = settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def twist(speaker: Speaker) -> Heard:
    """Both sides of the lying twist, or as much of them as one answer has."""
    speaker.say("alexa, open hip coach")
    return speaker.say("just the lying twist")


def folder(tmp_path: Path) -> Path:
    return tmp_path / str(next(SAMPLES))


def of(heard: Heard) -> Sound:
    assert heard.sounded
    return heard.sounded.sound()


def start_of(heard: Heard) -> str:
    """The words on which the first hold of an answer starts: they are not always the same."""
    return next(words for words in cues(heard) if words.endswith(STARTS))


def starts_in(heard: Heard) -> int:
    """The first sample of a hold."""
    return heard_from(of(heard), start_of(heard))[1]


def held(sound: Sound, start: str) -> float:
    """Seconds of silence and counting between the words that start a hold and those that end it."""
    _, starts = heard_from(sound, start)
    over, _ = heard_from(sound, OVER, starts)
    return (over - starts) / RATE


@UNHURRIED
@given(seed=st.integers(0, 10_000))
def test_a_hold_lasts_its_dose_to_a_millisecond_whatever_the_voice(
    seed: int, tmp_path: Path, understanding: Understanding
) -> None:
    led = twist(speaker_of(OddVoice(seed), folder(tmp_path), understanding))
    assert held(of(led), start_of(led)) == pytest.approx(DOSE, abs=A_MS)


@pytest.mark.parametrize("voice", [Espeak(), Piper()], ids=lambda voice: voice.name)
def test_a_hold_lasts_its_dose_in_a_real_voice(voice: Paced, tmp_path: Path, understanding: Understanding) -> None:
    if voice.missing():
        pytest.skip(voice.missing())
    answer = twist(speaker_of(voice, tmp_path, understanding))
    assert answer.sounded
    samples, timeline = of(answer).samples, answer.sounded.timeline
    clips = dict(zip((cue.text for cue in timeline.cues), answer.sounded.clips, strict=True))
    starts, over = (clips[words] for words in (start_of(answer), OVER))
    assert starts
    assert over
    data = samples.tobytes()
    last = data.index(starts.samples.tobytes()) // 2 + len(starts.samples)
    first = data.index(over.samples.tobytes()) // 2
    assert (first - last) / RATE == pytest.approx(DOSE, abs=A_MS)


@UNHURRIED
@given(seed=st.integers(0, 10_000), into_ms=st.integers(1, 22_000))
def test_a_question_in_a_hold_takes_nothing_from_it(
    seed: int, into_ms: int, tmp_path: Path, understanding: Understanding
) -> None:
    speaker = speaker_of(OddVoice(seed), folder(tmp_path), understanding)
    led = twist(speaker)
    starts = starts_in(led)
    speaker.say("how much longer?", into_ms=round(starts / RATE * 1000) + into_ms)
    soundtrack.write_sound(speaker.heard, tmp_path / "talk.wav")
    talk = read_sound(tmp_path / "talk.wav")
    assert held(talk, start_of(led)) == pytest.approx(DOSE, abs=A_MS)


@UNHURRIED
@given(seed=st.integers(0, 10_000), into_ms=st.integers(1, 22_000))
def test_what_was_held_before_a_pause_and_after_it_is_the_dose(
    seed: int, into_ms: int, tmp_path: Path, understanding: Understanding
) -> None:
    speaker = speaker_of(OddVoice(seed), folder(tmp_path), understanding)
    led = twist(speaker)
    starts = starts_in(led)
    speaker.say("pause", into_ms=round(starts / RATE * 1000) + into_ms)
    again = speaker.say("go on")
    on = starts_in(again)
    over, _ = heard_from(of(again), OVER, on)
    assert into_ms / 1000 + (over - on) / RATE == pytest.approx(DOSE, abs=2 * A_MS)


@UNHURRIED
@given(seed=st.integers(0, 10_000), share=st.floats(0, 1))
def test_wherever_somebody_pauses_the_coach_is_where_the_sound_was(
    seed: int, share: float, tmp_path: Path, understanding: Understanding
) -> None:
    speaker = speaker_of(OddVoice(seed), folder(tmp_path), understanding)
    led = twist(speaker)
    assert led.sounded
    into_ms = round(share * led.total_ms)
    speaker.say("pause", into_ms=into_ms)
    place = read(speaker.attributes["progress"]).place
    assert place
    starts = starts_in(led)
    over, _ = heard_from(of(led), OVER, starts)
    done_ms = (min(max(into_ms * RATE / 1000, starts), over) - starts) / RATE * 1000
    assert place.step.endswith("left")
    assert place.done_ms == pytest.approx(done_ms, abs=1)


def test_a_player_that_began_later_than_it_was_to_is_believed(tmp_path: Path, understanding: Understanding) -> None:
    speaker = speaker_of(OddVoice(), tmp_path, understanding)
    led = twist(speaker)
    starts = starts_in(led)
    speaker.wait(5_000)
    speaker.began(into_ms=1_000)
    speaker.say("pause", into_ms=round(starts / RATE * 1000) + 7_000)
    place = read(speaker.attributes["progress"]).place
    assert place
    assert place.done_ms == pytest.approx(7_000, abs=1)


def test_only_what_an_answer_holds_is_spoken(tmp_path: Path, understanding: Understanding) -> None:
    voice = OddVoice()
    speaker = speaker_of(voice, tmp_path, understanding)
    for said in ("alexa, open hip coach", "just the lying twist", "how much longer", "next"):
        before = len(voice.spoken)
        answer = speaker.say(said)
        assert {text for text, _ in voice.spoken[before:]} <= set(cues(answer))
        assert answer.sounded
        assert None not in answer.sounded.clips


def test_a_slower_pace_is_spoken_slower_and_holds_no_longer(tmp_path: Path, understanding: Understanding) -> None:
    voice = OddVoice()
    speaker = speaker_of(voice, tmp_path, understanding)
    speaker.say("alexa, open hip coach")
    speaker.say("slower please")
    led = speaker.say("just the lying twist")
    assert dict(voice.spoken)[start_of(led)] < 100
    assert held(of(led), start_of(led)) == pytest.approx(DOSE, abs=A_MS)


def test_a_chime_is_heard_where_a_hold_begins_and_ends(tmp_path: Path, understanding: Understanding) -> None:
    speaker = speaker_of(OddVoice(), tmp_path, understanding)
    speaker.say("alexa, open hip coach")
    speaker.say("play a chime")
    sound, bell = of(speaker.say("just the lying twist")), chime.chime().samples.tobytes()
    over, _ = heard_from(sound, OVER)
    data = sound.samples.tobytes()
    first, last = data.index(bell), data.rindex(bell, 0, 2 * over)
    assert (last - first - len(bell)) / 2 / RATE == pytest.approx(DOSE, abs=A_MS)


def test_a_session_that_lapses_is_heard_with_its_reprompt(tmp_path: Path, understanding: Understanding) -> None:
    speaker = speaker_of(OddVoice(), tmp_path, understanding)
    welcome = speaker.say("alexa, open hip coach")
    speaker.silence()
    sound = of(welcome)
    again, _ = heard_from(sound, cues(welcome)[-1])
    assert again / RATE * 1000 == pytest.approx(welcome.total_ms + 8_000, abs=1)
    soundtrack.write_sound(speaker.heard, tmp_path / "talk.wav")
    lasted = read_sound(tmp_path / "talk.wav").ms
    ends = speaker.heard[-1].at - welcome.at
    assert lasted == pytest.approx(ends / timedelta(milliseconds=1), abs=1)


def cues(heard: Heard) -> list[str]:
    assert heard.sounded
    return [cue.text for cue in heard.sounded.timeline.cues]
