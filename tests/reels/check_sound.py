"""What is really heard: answers encoded by LAME, joined, and decoded by two decoders that share no code.

The voice is a burst of tone for each text, as long as its words are estimated to be, and every text has a pitch of its
own: where a burst begins and ends is found in the samples, by their loudness.
"""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import miniaudio
import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from coach.reels.frames import FRAME_BYTES, FRAME_MS
from coach.reels.pack import SUFFIX, VoicePack
from infra.voice import mp3, pack
from simulator.device import Speaker
from simulator.habits import Habits
from simulator.speech import Pause, Phrase
from simulator.voices.chime import chime
from simulator.voices.sound import RATE as VOICE_RATE
from simulator.voices.sound import Sound
from tests.reels.conftest import Home
from tests.reels.test_answers import SOUND, ssml
from tests.reels.voices import LOCALE, render, spoken, words

SAMPLES_A_FRAME = 576
RATE = mp3.RATE
LOUD = 2_000
DELAY_MS = 46
"""So much later than its first frame a sound is heard: 576 samples of LAME's encoder, and 529 of any decoder."""
RINGING_MS = 12
"""An encoder smears where a sound begins and ends, over half a frame."""
SHORTEST_MS = 60
"""No text is as short as this."""
ROUNDED = 33
"""What two decoders make of one sample may differ by a thousandth of the loudest: they round in other places."""

Samples = npt.NDArray[np.int_]


def pitch(text: str) -> int:
    """How high a text is, in Hz."""
    return 300 + crc32(text.encode()) % 900


def burst(text: str) -> Sound:
    """A tone as long as a text."""
    at = np.arange(round(words().spoken_ms(text) * VOICE_RATE / 1000))
    samples = 12_000 * np.sin(2 * np.pi * pitch(text) * at / VOICE_RATE)
    return Sound(array("h", samples.astype("int16").tobytes()), VOICE_RATE)


class Tones:
    """A pack whose clips are encoded when they are asked for: a talk needs few of those that there could be."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[str, bytes] = {}

    def of(self, text: str) -> bytes:
        if text not in self.known:
            self.known[text] = mp3.encoded(burst(text))
        return self.known[text]

    def written(self, texts: set[str]) -> VoicePack:
        path = self.folder / f"{LOCALE}{SUFFIX}"
        pack.write(path, "tones", LOCALE, {(text, 100): self.of(text) for text in texts}, mp3.encoded(chime()))
        return VoicePack(path)


ROUTINE = ("Alexa, open Hip Coach", "the full routine", *["next"] * 16)


def talked(home: Home) -> Speaker:
    speaker = home.speaker(home.coach())
    for said in ROUTINE:
        speaker.say(said)
    return speaker


def streamed(home: Home) -> Speaker:
    """The same by itself, and the quick routine on another day."""
    speaker = home.speaker(home.coach(), player=Habits())
    for said in ("Alexa, open Hip Coach", "hands free", "the full routine"):
        speaker.say(said)
    while speaker.listen():
        pass
    speaker.wait(24 * 3_600_000)
    speaker.say("Alexa, ask Hip Coach for the quick routine")
    while speaker.listen():
        pass
    return speaker


@pytest.fixture(scope="module", params=[talked, streamed])
def heard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Speaker]:
    """A whole routine in tones, of which a first hearing told which texts it needs."""
    talked = request.param
    folder = tmp_path_factory.mktemp("tones")
    (folder / "shelf").mkdir()
    silent = Home(folder, _lengths(folder))
    needed = {p.text for each in talked(silent).heard for p in each.pieces if isinstance(p, Phrase)}
    [path.unlink() for path in silent.shelf.iterdir()]
    home = Home(folder, Tones(folder).written(needed & set(spoken())))
    return home, talked(home)


def _lengths(folder: Path) -> VoicePack:
    """A pack of about the same lengths, which nobody has to encode."""
    return render(folder, length=lambda text, _: words().spoken_ms(text) + DELAY_MS)


def sounds(heard: tuple[Home, Speaker]) -> Iterator[tuple[bytes, tuple[Phrase | Pause, ...]]]:
    """The bytes of each sound of a talk, and what the frames say is in it."""
    home, speaker = heard
    for each in speaker.heard:
        if each.stream and each.pieces:
            address = each.stream.stream.url
        elif each.response and "outputSpeech" in each.response["response"] and (found := SOUND.search(ssml(each))):
            address = found[1]
        else:
            continue
        yield (home.shelf / address.rsplit("/", 1)[1]).read_bytes(), each.pieces


def decoded(sound: bytes) -> tuple[Samples, Samples]:
    """The samples by dr_mp3, and by mpg123 as libsndfile has it."""
    one = miniaudio.decode(sound, nchannels=1, sample_rate=RATE)
    with soundfile.SoundFile(io.BytesIO(sound)) as file:
        assert (file.samplerate, file.channels, file.format) == (RATE, 1, "MP3")
        return np.array(one.samples, dtype=int), file.read(dtype="int16").astype(int)


def test_two_decoders_make_the_same_of_every_answer(heard: tuple[Home, Speaker]) -> None:
    for sound, _ in sounds(heard):
        one, other = decoded(sound)
        assert abs(len(one) - len(sound) // FRAME_BYTES * SAMPLES_A_FRAME) <= 2 * SAMPLES_A_FRAME
        # A decoder may leave out the delay that it knows of.
        shift = int(np.argmax(np.abs(other) >= LOUD)) - int(np.argmax(np.abs(one) >= LOUD))
        assert abs(shift) <= 2 * SAMPLES_A_FRAME
        one, other = (one, other[shift:]) if shift >= 0 else (one[-shift:], other)
        both = min(len(one), len(other))
        assert np.abs(one[:both] - other[:both]).max() <= ROUNDED


def bursts(samples: Samples) -> list[tuple[float, float, float]]:
    """From when to when something is heard, in milliseconds, and how high it is, in Hz."""
    step = RATE // 1000
    loud = np.abs(samples[: len(samples) // step * step]).reshape(-1, step).max(axis=1) >= LOUD
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(int)))
    found: list[tuple[float, float, float]] = []
    for begins, ends in zip(edges[::2], edges[1::2], strict=True):
        inside = samples[(begins + RINGING_MS) * step : (ends - RINGING_MS) * step]
        crossings = np.flatnonzero(np.diff(np.signbit(inside).astype(int)) == 1)
        if ends - begins > SHORTEST_MS and len(crossings) > 1:
            found.append((begins, ends, (len(crossings) - 1) * RATE / (crossings[-1] - crossings[0])))
    return found


def heard_from(text: str, audible: list[tuple[float, float, float]], after: float = 0) -> float:
    """From when a text is heard, by its pitch and its length."""
    ms = words().spoken_ms(text)
    return next(
        begins
        for begins, ends, high in audible
        if begins >= after and abs(high - pitch(text)) < 2 and abs(ends - begins - ms) <= 2 * RINGING_MS
    )


def test_every_hold_is_as_long_in_samples_as_it_says(heard: tuple[Home, Speaker]) -> None:
    """From the end of the clip on which it starts to the last second that is counted, which is one before it ends."""
    home, _ = heard
    seconds = {"twenty": 20, "thirty": 30, "sixty": 60, "forty-five": 45}
    holds = 0
    for sound, pieces in sounds(heard):
        audible = bursts(decoded(sound)[0])
        after = 0.0
        for text in (piece.text for piece in pieces if isinstance(piece, Phrase)):
            if not (text.endswith("from now.") and "hold" in text.lower()):
                continue
            begins = heard_from(text, audible, after) + (home.pack.clip_ms(text, 100) or 0)
            after = heard_from("One.", audible, begins)
            wanted = (seconds[text.split()[2]] - 1) * 1000
            assert after - begins == pytest.approx(wanted, abs=FRAME_MS), text
            holds += 1
    assert holds >= 8
