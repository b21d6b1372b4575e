"""What was recorded, as words: by a recogniser that is known here, and by the one of this computer where it is."""

from __future__ import annotations

import io
import wave
from array import array
from pathlib import Path
from random import Random

import pytest

from bench.ears import recording
from coach.speaking.content import load
from simulator.ears import whisper
from simulator.ears.ears import FAILED, LONGEST_S, NO_RECORDING, NOTHING, TOO_LONG, Ears, NotHeardError, expected
from simulator.ears.whisper import Whisper
from simulator.voices.espeak import Espeak
from simulator.voices.sound import Sound, silence

RATE = 16_000


class Told:
    """A recogniser that is told what it hears; of an error, it fails with it."""

    rate = RATE

    def __init__(self, hears: str | OSError, missing: str = "") -> None:
        self._hears = hears
        self._missing = missing
        self.heard: list[Sound] = []
        self.expected = ""
        self.woken = 0

    def missing(self) -> str:
        return self._missing

    def wake(self) -> None:
        self.woken += 1

    def close(self) -> None:
        self.woken = 0

    def words(self, sound: Sound, expected: str) -> str:
        self.heard.append(sound)
        self.expected = expected
        if isinstance(self._hears, OSError):
            raise self._hears
        return self._hears


def wav(seconds: float = 1, channels: int = 1, width: int = 2, rate: int = RATE) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((channels, width, rate, 0, "NONE", "not compressed"))
        written.writeframes(bytes(round(seconds * rate) * channels * width))
    return file.getvalue()


def refusal(ears: Ears, recorded: bytes) -> str:
    with pytest.raises(NotHeardError) as refused:
        ears.words(recorded)
    return str(refused.value)


def test_what_is_said_comes_out_as_words() -> None:
    told = Told(" Next.\n")
    assert Ears(told, load("en-US")).words(wav(1.5)) == "Next."
    assert told.heard == [Sound(array("h", [0] * 24_000), RATE)]


def test_what_the_coach_calls_things_is_expected() -> None:
    sentences = expected(load("en-US"))
    assert sentences.startswith("Alexa, open Hip Coach. ")
    assert "the quick routine" in sentences
    assert "the lying twist" in sentences
    assert "the reverse lunge" in sentences


@pytest.mark.parametrize(
    ("recorded", "sentence"),
    [
        (b"", NO_RECORDING),
        (b"RIFF", NO_RECORDING),
        (wav()[:30], NO_RECORDING),
        (wav()[:44] + b"\0" * 31, NO_RECORDING),
        (wav(channels=2), NO_RECORDING),
        (wav(width=1), NO_RECORDING),
        (wav(rate=48_000), NO_RECORDING),
        (wav(LONGEST_S + 0.01), TOO_LONG),
    ],
)
def test_what_cannot_be_words_is_refused_with_a_sentence(recorded: bytes, sentence: str) -> None:
    told = Told("Next.")
    assert refusal(Ears(told, load("en-US")), recorded) == sentence
    assert told.heard == []


def test_the_longest_recording_is_listened_to() -> None:
    assert Ears(Told("Next."), load("en-US")).words(wav(LONGEST_S)) == "Next."


@pytest.mark.parametrize(("hears", "sentence"), [("", NOTHING), (" ", NOTHING), (OSError("gone"), FAILED)])
def test_where_no_words_come_a_sentence_says_what_to_do(hears: str | OSError, sentence: str) -> None:
    assert refusal(Ears(Told(hears), load("en-US")), wav()) == sentence


def test_where_nothing_can_listen_nothing_is_woken_and_the_sentence_names_what_to_install() -> None:
    told = Told("Next.", missing="Run `make ears`.")
    ears = Ears(told, load("en-US"))
    ears.wake()
    assert told.woken == 0
    assert refusal(ears, wav()) == "Nothing here understands speech, so type it. Run `make ears`."


def test_the_recogniser_says_how_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper, "_TOOL", tmp_path)
    monkeypatch.setattr(whisper, "find_spec", lambda _: None)
    assert Whisper().missing() == "Run `make ears`, or install `hip-coach[ears]`."
    (tmp_path / ".ready").touch()
    assert not Whisper().missing()


def test_a_process_that_does_not_listen_fails_and_the_next_words_have_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here the program is one that ends at once, then one that hears a word in everything."""
    program = tmp_path / "bin" / "python"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    (tmp_path / ".ready").touch()
    monkeypatch.setattr(whisper, "_TOOL", tmp_path)
    monkeypatch.setattr(whisper, "find_spec", lambda _: None)
    ears = Ears(Whisper(), load("en-US"))
    ears.wake()
    assert refusal(ears, wav()) == FAILED
    program.write_text("#!/bin/sh\necho null\nexec /bin/cat >/dev/null\n")
    assert refusal(ears, wav()) == FAILED
    program.write_text('#!/bin/sh\necho \'{"words": "Next."}\'\nexec /bin/cat >/dev/null\n')
    assert ears.words(wav()) == "Next."
    ears.close()
    assert refusal(ears, b"") == NO_RECORDING


@pytest.fixture(scope="module")
def ears() -> Ears:
    """The recogniser of this computer."""
    here = Ears(Whisper(), load("en-US"))
    if missing := here.missing() or Espeak().missing():
        pytest.skip(missing)
    return here


@pytest.mark.parametrize(
    "words", ["next", "repeat", "pause", "resume", "how much longer", "start my hip routine", "just the lying twist"]
)
def test_what_a_synthesiser_says_is_understood(ears: Ears, words: str) -> None:
    assert ears.words(recording(Espeak().speak(words))).lower().rstrip(".?!") == words


def noise() -> Sound:
    chance = Random(1)  # noqa: S311 - a noise, not a secret
    return Sound(array("h", [round(chance.gauss(0, 2_000)) for _ in range(2 * RATE)]), RATE)


@pytest.mark.parametrize("sound", [silence(2_000, RATE), noise()], ids=["silence", "noise"])
def test_of_what_is_no_speech_it_makes_no_words(ears: Ears, sound: Sound) -> None:
    assert refusal(ears, recording(sound)) == NOTHING
