"""Samples of one channel, and how long they take to hear.

Rule: a sound begins with its first audible sample and ends with its last, so that a length is of words and not of the
silence that a synthesiser puts around them.
"""

from __future__ import annotations

import subprocess
import wave
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

RATE = 22_050
"""Samples a second of all that is put together: what both voices have, so that nothing is converted."""

_SECONDS_MOST = 60
"""A program that takes longer for a text has stopped."""

_SILENT_BELOW = 200
"""Of 32,767, about 44 dB under full scale: over the noise of the synthesisers, under their softest consonants."""


@dataclass(frozen=True)
class Sound:
    """Samples of 16 bits, and how many of them are played in a second. `before_ms` and `after_ms` are the silence that
    the synthesiser puts around them, which is cut off.
    """

    samples: array[int]
    rate: int
    before_ms: float = 0
    after_ms: float = 0

    @property
    def ms(self) -> float:
        """How long it takes to play, in milliseconds."""
        return len(self.samples) / self.rate * 1000

    def after(self, ms: int) -> Sound:
        """What is left of it behind its first milliseconds."""
        return Sound(self.samples[round(ms * self.rate / 1000) :], self.rate)


def recorded(*command: str, said: str = "") -> Sound:
    """What a program speaks into the wav file whose name it is given last; `said` goes to its standard input. Raises
    SubprocessError when it fails, or does not come to an end.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "said.wav")
        subprocess.run(
            [*command, str(path)], input=said.encode(), check=True, capture_output=True, timeout=_SECONDS_MOST
        )
        with wave.open(str(path)) as file:
            return from_samples(file.readframes(file.getnframes()), file.getframerate())


def from_samples(data: bytes, rate: int) -> Sound:
    """The sound in samples of 16 bits, without the silence around it."""
    samples = array("h", data)
    first = next((at for at, sample in enumerate(samples) if abs(sample) >= _SILENT_BELOW), len(samples))
    last = next((at for at in range(len(samples) - 1, first, -1) if abs(samples[at]) >= _SILENT_BELOW), first)
    behind = len(samples) - last - 1
    return Sound(samples[first : last + 1], rate, first / rate * 1000, behind / rate * 1000)


def silence(ms: float, rate: int) -> Sound:
    """Nothing for `ms` milliseconds."""
    return Sound(array("h", bytes(2 * round(ms * rate / 1000))), rate)


def read(path: Path) -> Sound:
    """The sound in a wav file, as it is. Raises OSError, wave.Error and EOFError for what is none."""
    with wave.open(str(path)) as file:
        if (file.getnchannels(), file.getsampwidth()) != (1, 2):
            raise wave.Error("not one channel of 16 bits")
        return Sound(array("h", file.readframes(file.getnframes())), file.getframerate())


def write(path: Path | IO[bytes], sounds: Iterable[Sound], rate: int) -> None:
    """Writes sounds of one rate one after the other to a wav file, or as one to where bytes go."""
    if isinstance(path, Path):
        with path.open("wb") as opened:
            write(opened, sounds, rate)
        return
    with wave.open(path, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", "not compressed"))
        for sound in sounds:
            file.writeframes(sound.samples.tobytes())
