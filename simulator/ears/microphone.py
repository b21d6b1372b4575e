"""What somebody says beside this computer, from one key to the next: recorded by whatever recorder it has, and heard.

Rule: a recording is read once and is gone. Whatever is the matter is told in a sentence, and typing goes on as ever.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Final

from simulator.ears.ears import Ears, NotHeardError

RECORDERS: Final = (
    ("pw-record", "--rate=16000", "--channels=1", "--format=s16"),
    ("parecord", "--rate=16000", "--channels=1", "--format=s16le", "--file-format=wav"),
    ("arecord", "-q", "-f", "S16_LE", "-r", "16000", "-c", "1", "-t", "wav"),
    ("rec", "-q", "-r", "16000", "-c", "1", "-b", "16"),
)
"""Each writes a wav file as the ears want it to the path behind it, until it is to end. Those that share the microphone
with other programs come first.
"""

ENDS_WITHIN_S: Final = 3
"""A recorder completes its file when it is to end. One that takes longer is killed."""

_NAMES = ", ".join(recorder[0] for recorder in RECORDERS)
NO_RECORDER: Final = f"There is no recorder for sound here ({_NAMES}), so type what you would say."


class Microphone:
    """Records one thing at a time, for these `ears`."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears
        self._command: Sequence[str] = next((recorder for recorder in RECORDERS if which(recorder[0])), ())
        self._folder = TemporaryDirectory(prefix="hip-coach-")
        self._file = Path(self._folder.name, "said.wav")
        self._recording: subprocess.Popen[bytes] | None = None

    @property
    def open(self) -> bool:
        """Whether it records."""
        return self._recording is not None

    def missing(self) -> str:
        """What to do so that somebody can be heard, as a sentence; empty when they can."""
        return self._ears.missing() or ("" if self._command else NO_RECORDER)

    def start(self) -> None:
        """Begin to record. Raises NotHeardError where that cannot be."""
        if missing := self.missing():
            raise NotHeardError(missing)
        try:
            none = subprocess.DEVNULL
            self._recording = subprocess.Popen([*self._command, str(self._file)], stdin=none, stdout=none, stderr=none)
        except OSError as error:
            raise NotHeardError(self._failed()) from error

    def stop(self) -> bytes:
        """Record no more; returns what was recorded, as a wav file. Raises NotHeardError where that is nothing."""
        self._end()
        try:
            recorded = self._file.read_bytes()
            self._file.unlink()
        except OSError as error:
            raise NotHeardError(self._failed()) from error
        return recorded

    def words(self, recorded: bytes) -> str:
        """What was said in that, which takes a moment. Raises NotHeardError."""
        return self._ears.words(recorded)

    def close(self) -> None:
        """Record no more, and keep nothing."""
        self._end()
        self._folder.cleanup()

    def _end(self) -> None:
        recording, self._recording = self._recording, None
        if not recording:
            return
        # At an interrupt they complete their files as well, but what was started in the background is deaf to it.
        recording.terminate()
        try:
            recording.wait(ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            recording.kill()
            recording.wait()

    def _failed(self) -> str:
        return f"The recorder {self._command[0]} recorded nothing. Try again, or type what you would say."
