"""A stream is a reel that may be longer than a sound in a speech; its length is that of its frames."""

import pytest

from coach.reels.folder import HERE
from coach.reels.frames import FRAME_MS, SILENT
from simulator.habits import Habits
from simulator.reels import Reels
from simulator.speech import SpeechError
from tests.reels.voices import clip, render
from tests.simulator.conftest import TEN_MS_A_LETTER
from tests.simulator.streams import Station, play, spoken

FIVE_MINUTES_MS = 300_000


@pytest.fixture
def reels(tmp_path):
    """A shelf with one sound of five minutes on it."""
    pack = render(tmp_path, texts=["Hold.", "Let go."], length=lambda *_: 1_200)
    silent = (FIVE_MINUTES_MS - 2_400) // FRAME_MS
    sound = clip("Hold. 100", 1_200) + SILENT * silent + clip("Let go. 100", 1_200)
    (tmp_path / "long.mp3").write_bytes(sound)
    return Reels(tmp_path, [pack])


def test_a_long_sound_is_for_a_stream_and_not_for_a_speech(reels):
    with pytest.raises(SpeechError, match="300 seconds is longer than 240"):
        reels(HERE + "long.mp3", TEN_MS_A_LETTER)
    assert sum(piece.ms for piece in reels.streamed(HERE + "long.mp3", TEN_MS_A_LETTER)) == FIVE_MINUTES_MS


def test_a_speaker_streams_it_to_its_end(reels, a_speaker):
    station = Station()
    long = play("one")
    long["audioItem"]["stream"]["url"] = HERE + "long.mp3"
    station.on("StartRoutineIntent", spoken("Here it is.", long))
    speaker = a_speaker(handler=station, player=Habits(), streams=reels.streamed)
    speaker.say("ask hip coach to start the quick routine")
    assert speaker.listen().text == "Hold. Let go."
    speaker.wait(FIVE_MINUTES_MS)
    assert station.sent[-1]["request"]["offsetInMilliseconds"] == FIVE_MINUTES_MS
    assert station.told[-1] == "PlaybackFinished"


def test_a_reel_that_is_not_on_the_shelf_is_a_failure(reels, a_speaker):
    station = Station()
    station.on("StartRoutineIntent", spoken("Here it is.", play("one")))
    speaker = a_speaker(handler=station, player=Habits(), streams=reels.streamed)
    speaker.say("ask hip coach to start the quick routine")
    assert speaker.listen() is None
    assert station.told[-1] == "PlaybackFailed"
