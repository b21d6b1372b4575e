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
from simulator.heard import Heard
from simulator.reels import Reels
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

Samples = npt.NDArray[np.int32]
Burst = tuple[float, float, float]
"""From when to when something is heard, in milliseconds, and how high it is, in Hz."""
Audible = list[tuple[tuple[Phrase | Pause, ...], list[Burst]]]
"""What is in each sound by its frames, and what is heard of it."""


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


ROUTINES = ("full", "quick", "lower back", "hips", "desk", "evening")
A_DAY_MS = 24 * 3_600_000
STEPS_MOST = 40

PEOPLE: dict[str, tuple[tuple[str, ...], Habits | None]] = {
    "says next": ((), None),
    "hands free": (("hands free",), Habits()),
    "with fewer words": (("less talking", "hands free"), Habits()),
}
"""What somebody says on the first evening before a routine, and the player of their speaker, if it has one."""


def six_evenings(home: Home, person: str) -> Speaker:
    """Every routine, one each evening, by `next` or by itself."""
    settings, player = PEOPLE[person]
    speaker = home.speaker(home.coach(), player=player)
    for said in ("Alexa, open Hip Coach", *settings):
        speaker.say(said)
    for routine in ROUTINES:
        speaker.say(f"Alexa, ask Hip Coach for the {routine} routine")
        _to_its_end(speaker)
        speaker.wait(A_DAY_MS)
    return speaker


def _to_its_end(speaker: Speaker) -> None:
    last = ""
    for _ in range(STEPS_MOST):
        heard = speaker.listen() if speaker.who.player else speaker.say("next")
        if heard is None or "is done" in heard.text:
            break
        last = heard.text
    assert "routine done, all" in last


@pytest.fixture(scope="module", params=PEOPLE)
def heard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Speaker]:
    """Six evenings in tones, of which a first hearing told which texts they need."""
    folder = tmp_path_factory.mktemp("tones")
    (folder / "shelf").mkdir()
    silent = Home(folder, _lengths(folder))
    spoken_of = six_evenings(silent, request.param).heard
    needed = {piece.text for each in spoken_of for piece in each.pieces if isinstance(piece, Phrase)}
    for sound in silent.shelf.iterdir():
        sound.unlink()
    home = Home(folder, Tones(folder).written(needed & set(spoken())))
    return home, six_evenings(home, request.param)


def _lengths(folder: Path) -> VoicePack:
    """A pack of about the same lengths, which nobody has to encode."""
    return render(folder, length=lambda text, _: words().spoken_ms(text) + DELAY_MS)


def sounds(heard: tuple[Home, Speaker]) -> Iterator[tuple[bytes, tuple[Phrase | Pause, ...]]]:
    """The bytes of each sound of a talk, and what the frames say is in it."""
    home, speaker = heard
    reels = Reels(home.shelf, [home.pack])
    addresses = dict.fromkeys(found for each in speaker.heard if (found := _address(each)))
    for address in addresses:
        name = address.rsplit("/", 1)[1]
        yield (home.shelf / name).read_bytes(), reels.streamed(name, speaker.content.voice)


def _address(each: Heard) -> str:
    if each.stream and each.pieces:
        return each.stream.stream.url
    answered = each.response and "outputSpeech" in each.response["response"]
    return found[1] if answered and (found := SOUND.search(ssml(each))) else ""


def decoded(sound: bytes) -> tuple[Samples, Samples]:
    """The samples by dr_mp3, and by mpg123 as libsndfile has it."""
    one = miniaudio.decode(sound, nchannels=1, sample_rate=RATE)
    with soundfile.SoundFile(io.BytesIO(sound)) as file:
        assert (file.samplerate, file.channels, file.format) == (RATE, 1, "MP3")
        return np.frombuffer(one.samples, dtype=np.int16).astype(np.int32), file.read(dtype="int16").astype(np.int32)


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


def bursts(samples: Samples) -> list[Burst]:
    """All that is heard."""
    step = RATE // 1000
    loud = np.abs(samples[: len(samples) // step * step]).reshape(-1, step).max(axis=1) >= LOUD
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(int)))
    found: list[Burst] = []
    for begins, ends in zip(edges[::2], edges[1::2], strict=True):
        inside = samples[(begins + RINGING_MS) * step : (ends - RINGING_MS) * step]
        crossings = np.flatnonzero(np.diff(np.signbit(inside).astype(int)) == 1)
        if ends - begins > SHORTEST_MS and len(crossings) > 1:
            found.append((begins, ends, (len(crossings) - 1) * RATE / (crossings[-1] - crossings[0])))
    return found


def heard_from(text: str, audible: list[Burst], after: float = 0) -> float:
    """From when a text is heard, by its pitch and its length."""
    ms = words().spoken_ms(text)
    return next(
        begins
        for begins, ends, high in audible
        if begins >= after and abs(high - pitch(text)) < 2 and abs(ends - begins - ms) <= 2 * RINGING_MS
    )


@pytest.fixture(scope="module")
def audible(heard: tuple[Home, Speaker]) -> Audible:
    return [(pieces, bursts(decoded(sound)[0])) for sound, pieces in sounds(heard)]


def test_every_text_is_heard_where_it_was_laid_and_nothing_else_is(
    audible: Audible,
) -> None:
    for pieces, found in audible:
        laid, at = [], DELAY_MS
        for piece in pieces:
            if isinstance(piece, Phrase) and words().spoken_ms(piece.text) > SHORTEST_MS + 2 * RINGING_MS:
                laid.append((at, pitch(piece.text)))
            at += piece.ms
        assert len(found) == len(laid)
        for (begins, _, high), (where, wanted) in zip(found, laid, strict=True):
            assert begins == pytest.approx(where, abs=RINGING_MS)
            assert high == pytest.approx(wanted, abs=2)


def test_every_hold_is_as_long_in_samples_as_it_says(heard: tuple[Home, Speaker], audible: Audible) -> None:
    """From the end of the clip on which it starts to the last second that is counted, which is one before it ends."""
    home, _ = heard
    seconds = {"twenty": 20, "thirty": 30, "sixty": 60, "forty-five": 45}
    holds = 0
    for pieces, found in audible:
        after = 0.0
        for text in (piece.text for piece in pieces if isinstance(piece, Phrase)):
            if not (text.endswith("from now.") and "hold" in text.lower()):
                continue
            begins = heard_from(text, found, after) + (home.pack.clip_ms(text, 100) or 0)
            after = heard_from("One.", found, begins)
            wanted = (seconds[text.split()[2]] - 1) * 1000
            assert after - begins == pytest.approx(wanted, abs=FRAME_MS), text
            holds += 1
    assert holds >= 30
