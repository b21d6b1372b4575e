"""What a voice has spoken: clips of plain words, made when they are first asked for, and kept.

Rule: a clip is found by what was spoken, by which voice and how. A voice that fails is told about once, in a sentence;
what it did not speak has no clip, and nothing else stops.
"""

import os
import wave
from hashlib import blake2b
from pathlib import Path
from subprocess import SubprocessError

from simulator.voices.port import Paced
from simulator.voices.sound import RATE, Sound, read, write

_HOUSE = Path(__file__).parents[2]


def kept_in() -> Path:
    """Where clips are kept: with what is made, in a copy of the repository, and else in the person's own cache."""
    if (_HOUSE / "pyproject.toml").exists():
        return _HOUSE / "build" / "clips"
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache, "hip-coach", "clips")


class Clips:
    """The clips of one voice, or of none, which has no clip. `made` counts those that were spoken now and not before;
    `trouble` is a sentence once the voice, or the folder, has failed.
    """

    def __init__(self, voice: Paced | None, folder: Path | None = None) -> None:
        self._voice = voice
        self._folder = folder or kept_in()
        self._known: dict[tuple[str, int], Sound | None] = {}
        self.made = 0
        self.trouble = ""

    def clip(self, text: str, pace: int = 100) -> Sound | None:
        """The sound of plain words at a pace in percent, from its first sample that is heard to its last; None where
        there is none.
        """
        if (text, pace) not in self._known:
            self._known[text, pace] = self._found(text, pace) if self._voice else None
        return self._known[text, pace]

    def clip_ms(self, text: str, pace: int = 100) -> int | None:
        """How long that is, to the nearest millisecond."""
        clip = self.clip(text, pace)
        return round(clip.ms) if clip else None

    def _found(self, text: str, pace: int) -> Sound | None:
        file = self._folder / f"{self._name(text, pace)}.wav"
        try:
            kept = read(file)
        except (OSError, EOFError, wave.Error):
            kept = None
        return kept if kept and kept.rate == RATE and kept.samples else self._spoken(text, pace, file)

    def _spoken(self, text: str, pace: int, file: Path) -> Sound | None:
        if not self._voice:
            return None
        try:
            sound = self._voice.speak(text, pace)
        except (OSError, EOFError, SubprocessError, wave.Error):
            self.trouble = f"The voice {self._voice.name} has failed, so not all is heard. The words are shown."
            return None
        if not sound.samples or sound.rate != RATE:
            return None
        self.made += 1
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            half = file.with_suffix(f".{os.getpid()}")
            write(half, [sound], RATE)
            half.replace(file)
        except OSError:
            self.trouble = f"Clips cannot be kept in {self._folder}, so all is spoken anew each time."
        return sound

    def _name(self, text: str, pace: int) -> str:
        voice = self._voice
        spoken = "\0".join((voice.name, voice.manner, str(pace), text)) if voice else text
        return blake2b(spoken.encode(), digest_size=16).hexdigest()
