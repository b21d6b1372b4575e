"""Piper: a neural network that goes from sounds to samples, its lengths learned with the rest from recordings.

Rule: it runs in an environment of its own (`build/tools/voices`), and one process speaks all texts, because its network
takes longer to read than a text to speak. Each sentence is spoken for itself; the silence between two is theirs alone.
"""

import subprocess
from functools import cached_property
from pathlib import Path
from typing import IO

from bench.voices.sound import Sound, from_samples

_TOOL = Path(__file__).parents[2] / "build" / "tools" / "voices"
_SPEAKER = Path(__file__).with_name("piper_speaker.py")


class Piper:
    """The voice `joe`, an American man."""

    name = "piper"
    manner = "en_US-joe-medium"

    def missing(self) -> str:
        """What to make, when it is not there."""
        return "" if (_TOOL / ".ready").exists() else "Run `make voices`."

    def speak(self, text: str) -> Sound:
        """The sound of plain words. Raises OSError when the process has ended."""
        asked, told = self._pipes
        asked.write(" ".join(text.split()).encode() + b"\n")
        asked.flush()
        rate, size = map(int, told.readline().split() or (0, 0))
        if not rate:
            raise OSError("Piper has stopped speaking")
        return from_samples(told.read(size), rate)

    @cached_property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """Where words go in and sounds come out; the process ends with this one, whose end it reads to."""
        # Not with this folder on its path, where the module `piper` is another one.
        command = [str(_TOOL / "bin" / "python"), "-P", str(_SPEAKER)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if not process.stdin or not process.stdout:
            raise OSError("Piper has no pipes")
        return process.stdin, process.stdout
