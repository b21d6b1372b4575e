"""A recording of a person as the words that they said.

Rule: what cannot be words is refused with a sentence that says what to do. Whoever cannot be heard can type.
"""

import io
import wave
from array import array
from threading import Lock
from typing import Final

from coach.speaking.content import Content
from simulator.ears.port import Recogniser
from simulator.voices.sound import Sound

LONGEST_S: Final = 15

TOO_LONG: Final = f"That was longer than {LONGEST_S} seconds. Say it in fewer words."
NOTHING: Final = "No words were heard. Try again a little louder, or type it."
FAILED: Final = "What listens here has failed. Try again, or type it."
NO_RECORDING: Final = "That is no recording that can be listened to."

_SAMPLE_BYTES: Final = 2
_COMMANDS: Final = (
    "Previous. Pause. Resume. Repeat. Next. Stop. Ready. Yes. No. Help. How much longer? How do I do this? Slower. "
    "Skip it. Start over."
)


class NotHeardError(Exception):
    """No words came of it. The message says what to do."""


class Ears:
    """What a recogniser hears, where it expects what is said to the coach."""

    def __init__(self, recogniser: Recogniser, content: Content) -> None:
        self._recogniser = recogniser
        self._expected = expected(content)
        self._listening = Lock()

    def missing(self) -> str:
        """What to do so that they hear, as a sentence; empty when they do."""
        missing = self._recogniser.missing()
        return f"Nothing here understands speech, so type it. {missing}" if missing else ""

    def wake(self) -> None:
        """Be ready soon, where they can hear at all."""
        if not self._recogniser.missing():
            self._recogniser.wake()

    def close(self) -> None:
        """Listen no more."""
        self._recogniser.close()

    def words(self, wav: bytes) -> str:
        """What is said in a wav file. Raises NotHeardError."""
        if missing := self.missing():
            raise NotHeardError(missing)
        sound = self._read(wav)
        try:
            # Two pages that listen at once are heard one after the other.
            with self._listening:
                words = " ".join(self._recogniser.words(sound, self._expected).split())
        except OSError as error:
            raise NotHeardError(FAILED) from error
        if not words:
            raise NotHeardError(NOTHING)
        return words

    def _read(self, wav: bytes) -> Sound:
        try:
            with wave.open(io.BytesIO(wav)) as file:
                kind = file.getnchannels(), file.getsampwidth(), file.getframerate()
                samples = file.readframes(file.getnframes())
        except (EOFError, wave.Error) as error:
            raise NotHeardError(NO_RECORDING) from error
        if kind != (1, _SAMPLE_BYTES, self._recogniser.rate) or len(samples) % _SAMPLE_BYTES:
            raise NotHeardError(NO_RECORDING)
        if len(samples) > LONGEST_S * self._recogniser.rate * _SAMPLE_BYTES:
            raise NotHeardError(TOO_LONG)
        return Sound(array("h", samples), self._recogniser.rate)


def expected(content: Content) -> str:
    """Sentences that are said to the coach, by its names for what there is to do."""
    words = content.words
    called = f"{words['called']['wake_word']}, open {words['called']['coach']}."
    routines = ", ".join(str(routine["the"]) for routine in words["routines"].values())
    exercises = ", ".join(str(exercise["words"]["the"]) for exercise in words["exercises"].values())
    return f"{called} {_COMMANDS} Start {routines}. Just {exercises}."
