"""Captions as a player of videos reads them: the words while they are heard, and in between the seconds."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import webvtt

from simulator import soundtrack
from simulator.captions import Caption, write
from simulator.device import Speaker
from simulator.heard import Heard
from simulator.loudspeaker import STARTS_AFTER_MS
from simulator.nlu import Understanding
from tests.simulator.odd_voice import OddVoice, speaker_of

SECONDS = re.compile(r"(.*) \((\d+)\)")


@pytest.fixture
def speaker(tmp_path: Path, understanding: Understanding) -> Speaker:
    return speaker_of(OddVoice(1), tmp_path / "clips", understanding)


def shown(speaker: Speaker, folder: Path) -> list[tuple[int, int, str, str]]:
    """What there is to read of a talk: from when to when, the words, and who says them where it is not the coach."""
    soundtrack.write_captions(speaker.heard, speaker.content, folder / "talk.vtt")
    read = webvtt.read(str(folder / "talk.vtt"))
    return [(_ms(one.start), _ms(one.end), one.text, one.voice or "") for one in read]


def _ms(time: str) -> int:
    hours, minutes, seconds = time.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)


def twist(speaker: Speaker) -> Heard:
    return speaker.say("alexa, ask hip coach for just the lying twist")


def test_each_cue_is_shown_for_as_long_as_it_is_heard(speaker: Speaker, tmp_path: Path) -> None:
    led = twist(speaker)
    assert led.sounded
    timeline = led.sounded.timeline
    coach = [
        (at, ends, text) for at, ends, text, who in shown(speaker, tmp_path) if not who and not SECONDS.fullmatch(text)
    ]
    heard = [(STARTS_AFTER_MS + cue.at, STARTS_AFTER_MS + cue.end, cue.text) for cue in timeline.cues]
    heard = [one for one in heard if one[0] < STARTS_AFTER_MS + led.total_ms]
    assert coach == heard


def test_in_every_silence_of_a_hold_the_seconds_that_are_left_are_shown(speaker: Speaker, tmp_path: Path) -> None:
    led = twist(speaker)
    assert led.sounded
    mark = led.sounded.timeline.marks[0]
    read = [(at - STARTS_AFTER_MS, ends - STARTS_AFTER_MS, text) for at, ends, text, _ in shown(speaker, tmp_path)]
    counted = [(at, ends, found) for at, ends, text in read if (found := SECONDS.fullmatch(text))]
    in_hold = [one for one in counted if mark.works <= one[0] < mark.ends]
    assert {found[1] for _, _, found in in_hold} == {"lying twist, left"}
    for at, ends, found in in_hold:
        assert ends - at <= 1_000
        assert int(found[2]) == -(-(mark.ends - at) // 1000)
    words = [(cue.at, cue.end) for cue in led.sounded.timeline.cues if mark.works <= cue.at < mark.ends]
    covered = sorted([*words, *((at, ends) for at, ends, _ in in_hold)])
    assert covered[0][0] == mark.works
    assert covered[-1][1] == mark.ends
    assert all(before[1] == after[0] for before, after in pairwise(covered))


def test_what_was_said_is_shown_and_the_answer_ends_where_it_was_cut_off(speaker: Speaker, tmp_path: Path) -> None:
    twist(speaker)
    speaker.say("how much longer?", into_ms=30_000)
    read = shown(speaker, tmp_path)
    asked = next(one for one in read if one[2] == "how much longer?")
    assert (asked[0], asked[3]) == (30_200, "You")
    assert max(ends for at, ends, _, who in read if at < 30_200 and not who) == 30_200


def test_words_that_look_like_markup_are_words(tmp_path: Path) -> None:
    file = tmp_path / "words.vtt"
    file.write_text(write([Caption(0, 3_600_500, "a < b & c --> d")]))
    (one,) = webvtt.read(str(file))
    assert (one.start, one.end) == ("00:00:00.000", "01:00:00.500")
    assert one.raw_text == "a &lt; b &amp; c --&gt; d"
