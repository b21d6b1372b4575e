"""What a voice has spoken is kept; what it can't speak is told about, and stops nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.nlu import Understanding
from simulator.voices.clips import Clips
from simulator.voices.sound import RATE
from tests.simulator.odd_voice import BrokenVoice, OddVoice, level, speaker_of

ROOT = Path(__file__).parents[2]


def test_a_text_is_spoken_once_in_a_voice_and_a_pace(tmp_path: Path) -> None:
    voice = OddVoice()
    clips = Clips(voice, tmp_path)
    first = clips.clip("Two.")
    assert clips.clip("Two.") is first
    assert Clips(voice, tmp_path).clip("Two.") == first
    clips.clip("Two.", 80)
    Clips(OddVoice(1), tmp_path).clip("Two.")
    assert voice.spoken == [("Two.", 100), ("Two.", 80)]


def test_a_clip_is_as_long_as_its_samples(tmp_path: Path) -> None:
    clips = Clips(OddVoice(), tmp_path)
    clip = clips.clip("Two.")
    assert clip
    assert clip.samples[0] == level("Two.")
    assert clips.clip_ms("Two.") == round(len(clip.samples) / RATE * 1000)


@pytest.mark.parametrize("damage", [b"", b"RIFF", b"RIFF\x24\x00\x00\x00WAVEfmt \x10"])
def test_a_clip_that_was_damaged_is_spoken_again(damage: bytes, tmp_path: Path) -> None:
    voice = OddVoice()
    whole = Clips(voice, tmp_path).clip("Two.")
    for file in tmp_path.iterdir():
        file.write_bytes(damage)
    assert Clips(voice, tmp_path).clip("Two.") == whole
    assert len(voice.spoken) == 2


def test_where_nothing_can_be_kept_it_is_spoken_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    clips = Clips(OddVoice(), file)
    assert clips.clip("Two.")
    assert clips.trouble == f"Clips cannot be kept in {file}, so all is spoken anew each time."


def test_a_voice_that_fails_in_the_middle_leaves_estimates_and_a_sentence(
    tmp_path: Path, understanding: Understanding
) -> None:
    speaker = speaker_of(BrokenVoice(good=8), tmp_path, understanding)
    speaker.say("alexa, open hip coach")
    assert not speaker.trouble
    led = speaker.say("just the lying twist")
    assert led.sounded
    missing = [cue for cue, clip in zip(led.sounded.timeline.cues, led.sounded.clips, strict=True) if clip is None]
    assert missing
    assert all(cue.ms > 0 for cue in missing)
    assert not led.fault
    assert speaker.trouble == "The voice odd has failed, so not all is heard. The words are shown."
    assert led.sounded.sound().ms == pytest.approx(led.sounded.timeline.ms, abs=1)
    assert "Paused" in speaker.say("pause", into_ms=led.total_ms // 2).text


def test_without_a_voice_an_answer_has_its_estimated_length(tmp_path: Path, understanding: Understanding) -> None:
    led = speaker_of(None, tmp_path, understanding).say("alexa, ask hip coach for just the lying twist")
    assert led.sounded
    assert set(led.sounded.clips) == {None}
    assert led.total_ms > 60_000


def test_a_coach_without_such_a_voice_loads_nothing_for_it() -> None:
    code = "import sys; from coach.bootstrap import bootstrap; bootstrap(); print(*sys.modules)"
    environ = {**os.environ, "PYTHONPATH": "lambda"}
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environ, check=True)  # noqa: S603
    loaded = ran.stdout.split()
    assert "coach.speaking.timeline" in loaded
    assert "coach.speaking.clips" not in loaded
    assert not [
        name for name in loaded if name.startswith(("coach.reels", "coach.alexa.player", "coach.alexa.playback"))
    ]
    assert not [name for name in loaded if name.split(".")[0] == "simulator"]
