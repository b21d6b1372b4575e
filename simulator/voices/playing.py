"""Sound played by whatever player this computer has, and stopped at once.

Rule: a player that is not there, or fails, is told in a sentence; what is spoken is read then.
"""

import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from simulator.voices.sound import Sound, write

PLAYERS = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
    ("afplay",),
)
"""Each plays the file that is named behind it. Those that share the loudspeaker with other programs come first."""

EARLY_MS = 1_000
"""So long before its end a sound may be over: players are not alike in that."""

_NAMES = ", ".join(player[0] for player in PLAYERS)
NO_PLAYER = f"There is no player for sound here ({_NAMES}), so the words are shown and not heard."


class Player:
    """Plays one sound at a time. `trouble` is a sentence where it can't."""

    def __init__(self) -> None:
        self._command = next((player for player in PLAYERS if which(player[0])), None)
        self._folder = TemporaryDirectory(prefix="hip-coach-")
        self._file = Path(self._folder.name, "answer.wav")
        self._playing: subprocess.Popen[bytes] | None = None
        self._ms = 0.0
        self.trouble = "" if self._command else NO_PLAYER

    def load(self, sound: Sound, from_ms: int = 0) -> None:
        """Stop what is playing, and be ready to play this at once, from a moment of it on."""
        self.stop()
        if not self._command:
            return
        self._ms = sound.ms
        try:
            write(self._file, [sound.after(from_ms)], sound.rate)
        except OSError as error:
            self._fail(error)

    def play(self) -> None:
        """Begin to play what was loaded."""
        if not self._command:
            return
        try:
            none = subprocess.DEVNULL
            self._playing = subprocess.Popen([*self._command, str(self._file)], stdin=none, stdout=none, stderr=none)
        except OSError as error:
            self._fail(error)

    def watch(self, into_ms: int) -> None:
        """See whether it plays, so long after it began: without a sound card some end at once, and say nothing."""
        if not self._playing or self._playing.poll() is None:
            return
        if self._playing.returncode:
            self._fail(f"it ended with status {self._playing.returncode}")
        elif into_ms < self._ms - EARLY_MS:
            self._fail("it ended before the sound did")
        self._playing = None

    def stop(self) -> None:
        """Fall silent."""
        if self._playing:
            self._playing.kill()
            self._playing.wait()
            self._playing = None

    def close(self) -> None:
        """Fall silent for good."""
        self.stop()
        self._folder.cleanup()

    def _fail(self, why: object) -> None:
        name = self._command[0] if self._command else "player"
        self.trouble = f"The player {name} fails ({why}), so the words are shown alone."
        self._command = None
