"""What somebody says beside this computer, from one key to the next: recorded by whatever recorder it has, and heard.

Rule: a recording is read once and is gone: it is in memory and in no file, and a recorder to which nobody listens any
more ends by itself. Whatever is the matter is told in a sentence, and typing goes on as ever.
"""

import io
import subprocess
import wave
from collections.abc import Sequence
from shutil import which
from threading import Thread
from typing import IO, Final

from simulator.ears.ears import LONGEST_S, Ears, NotHeardError

RATE: Final = 16_000

RECORDERS: Final = (
    ("parecord", "--raw", f"--rate={RATE}", "--channels=1", "--format=s16le", "--latency-msec=50"),
    ("arecord", "-q", "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1"),
    ("rec", "-q", "-t", "raw", "-r", str(RATE), "-c", "1", "-b", "16", "-e", "signed-integer", "-L", "-"),
)
"""Each writes samples to its output as the ears want them, one after the other. The one that shares the microphone with
other programs comes first.
"""

_MOST: Final = 2 * RATE * (LONGEST_S + 1)
"""So many bytes are more than the ears listen to."""
_AT_ONCE: Final = 4_096

_NAMES = ", ".join(recorder[0] for recorder in RECORDERS)
NO_RECORDER: Final = f"There is no recorder for sound here ({_NAMES}), so type what you would say."


class Microphone:
    """Records one thing at a time, for these `ears`. `samples` are what has been recorded of it so far."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears
        self._command: Sequence[str] = next((recorder for recorder in RECORDERS if which(recorder[0])), ())
        self._recorder: subprocess.Popen[bytes] | None = None
        self._reader = Thread()
        self.samples = bytearray()

    @property
    def open(self) -> bool:
        """Whether it records."""
        return self._recorder is not None

    @property
    def over(self) -> bool:
        """Whether it records no more by itself: the recorder has ended, or it is longer than the ears listen."""
        return self.open and not self._reader.is_alive()

    def missing(self) -> str:
        """What to do so that somebody can be heard, as a sentence; empty when they can."""
        return self._ears.missing() or ("" if self._command else NO_RECORDER)

    def start(self) -> None:
        """Begin to record. Raises NotHeardError where that cannot be."""
        if missing := self.missing():
            raise NotHeardError(missing)
        try:
            none = subprocess.DEVNULL
            recorder = subprocess.Popen(self._command, bufsize=0, stdin=none, stdout=subprocess.PIPE, stderr=none)
        except OSError as error:
            raise NotHeardError(self._failed()) from error
        self._recorder, self.samples = recorder, bytearray()
        if recorder.stdout:
            self._reader = Thread(target=_read, args=(recorder.stdout, self.samples), daemon=True)
            self._reader.start()

    def stop(self) -> bytes:
        """Record no more; returns what was recorded, as a wav file. Raises NotHeardError where that is nothing."""
        self._end()
        if not self.samples:
            raise NotHeardError(self._failed())
        file = io.BytesIO()
        with wave.open(file, "wb") as written:
            written.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
            written.writeframes(self.samples)
        self.samples = bytearray()
        return file.getvalue()

    def words(self, recorded: bytes) -> str:
        """What was said in that, which takes a moment. Raises NotHeardError."""
        return self._ears.words(recorded)

    def close(self) -> None:
        """Record no more, and make words of nothing."""
        self._end()
        self.samples = bytearray()
        self._ears.close()

    def _end(self) -> None:
        recorder, self._recorder = self._recorder, None
        if recorder:
            recorder.kill()
            recorder.wait()
            self._reader.join()

    def _failed(self) -> str:
        return f"The recorder {self._command[0]} recorded nothing. Try again, or type what you would say."


def _read(samples: IO[bytes], into: bytearray) -> None:
    """Take in what is recorded, until it is at its end or too long for the ears."""
    with samples:
        while len(into) < _MOST and (read := samples.read(_AT_ONCE)):
            into += read
