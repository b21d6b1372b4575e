"""A voice whose phrases have odd lengths, and an ear that finds them again in the samples.

Rule: each text has a level of its own, so that where it is heard is told by the sound and by nothing else.
"""

from __future__ import annotations

from array import array
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zlib import crc32

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.loudspeaker import Loudspeaker
from simulator.nlu import Understanding
from simulator.voices.clips import Clips
from simulator.voices.port import Paced
from simulator.voices.sound import RATE, Sound

EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)


class OddVoice:
    """Speaks a letter in 20 to 90 ms, and each text for some more samples that nobody expects."""

    name = "odd"

    def __init__(self, seed: int = 0) -> None:
        self.manner = str(seed)
        self.spoken: list[tuple[str, int]] = []
        self._letter_ms = Random(seed).uniform(20, 90)  # noqa: S311 - a voice, not a secret

    def missing(self) -> str:
        return ""

    def speak(self, text: str, pace: int = 100) -> Sound:
        self.spoken.append((text, pace))
        count = round(len(text) * self._letter_ms * RATE / 1000 * 100 / pace) + crc32(text.encode()) % 2_000
        return Sound(array("h", [level(text)] * count), RATE)


class BrokenVoice(OddVoice):
    """Speaks so many texts, and fails from then on."""

    def __init__(self, good: int) -> None:
        super().__init__()
        self._good = good

    def speak(self, text: str, pace: int = 100) -> Sound:
        if len(self.spoken) >= self._good:
            raise OSError("it has gone")
        return super().speak(text, pace)


def level(text: str) -> int:
    return 1_000 + crc32(text.encode()) % 30_000


def heard_from(sound: Sound, text: str, after: int = 0) -> tuple[int, int]:
    """The first sample of a text, from a sample on, and the one behind its last. Raises ValueError where it is not."""
    first = sound.samples.index(level(text), after)
    until = len(sound.samples)
    return first, next((at for at in range(first, until) if sound.samples[at] != level(text)), until)


def speaker_of(voice: Paced | None, folder: Path, understanding: Understanding) -> Speaker:
    """A speaker that speaks with a voice, and the coach behind it."""
    loudspeaker = Loudspeaker(Clips(voice, folder))
    handler = bootstrap(Settings(store="memory:"), voice=loudspeaker)
    return Speaker(handler, understanding, VirtualClock(EVENING), loudspeaker=loudspeaker)
