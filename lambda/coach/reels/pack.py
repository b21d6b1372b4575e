"""A voice pack: every phrase of a locale that was rendered, in one file, each with its length.

    one line of JSON    {"version": 1, "voice": …, "locale": …, "chime": [first, frames],
                         "paces": {"100": {"a text": [first, frames], …}, …}}
    frames              see `frames`; `first` counts them from the end of that line

Rule: a pack is read as it is. Whoever makes one checks its frames (infra/voice); here it is only held to its own index,
so that a file that was cut short is refused at the start and not in somebody's living room.
"""

from __future__ import annotations

import json
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from coach.errors import ConfigurationError
from coach.reels.frames import FRAME_BYTES, FRAME_MS

VERSION = 1
SUFFIX = ".pack"

Clip = tuple[int, int]
"""The first frame of a clip and how many it has."""


class VoicePack:
    """The clips of one voice in one locale, by their text and the pace in percent at which they are spoken."""

    def __init__(self, path: Path) -> None:
        """Raises ConfigurationError for a file that is no pack, or not whole."""
        try:
            with path.open("rb") as file:
                index = json.loads(file.readline())
                self._frames_from = file.tell()
                self._bytes = mmap(file.fileno(), 0, access=ACCESS_READ)
            if index["version"] != VERSION:
                raise ConfigurationError(f"{path.name} is a voice pack of another version: make it anew.")
            self._read(index)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise ConfigurationError(f"{path.name} is no voice pack, or not whole: make it anew.") from error

    def _read(self, index: dict[str, Any]) -> None:
        self.voice, self.locale = str(index["voice"]), str(index["locale"])
        self._chime: Clip = _clip(index["chime"])
        self.clips = {
            (text, int(pace)): _clip(clip) for pace, clips in index["paces"].items() for text, clip in clips.items()
        }
        self.paces = frozenset(pace for _, pace in self.clips)
        frames, rest = divmod(len(self._bytes) - self._frames_from, FRAME_BYTES)
        if rest or any(first + count > frames for first, count in (self._chime, *self.clips.values())):
            raise ValueError("not whole")

    @property
    def chime_ms(self) -> int:
        """How long the soft sound is."""
        return self._chime[1] * FRAME_MS

    def clip_ms(self, text: str, pace: int) -> int | None:
        """See coach.speaking.clips.Clips."""
        clip = self.clips.get((text, pace))
        return clip[1] * FRAME_MS if clip else None

    def frames(self, text: str, pace: int) -> bytes | None:
        """The frames of a text at a pace; None where it was not rendered."""
        clip = self.clips.get((text, pace))
        return self._cut(clip) if clip else None

    def chime(self) -> bytes:
        """The frames of the soft sound."""
        return self._cut(self._chime)

    def _cut(self, clip: Clip) -> bytes:
        first, count = clip
        begins = self._frames_from + first * FRAME_BYTES
        return self._bytes[begins : begins + count * FRAME_BYTES]


def _clip(told: Any) -> Clip:
    first, count = map(int, told)
    if first < 0 or count < 1:
        raise ValueError("no clip")
    return first, count


def packs_in(folder: Path) -> dict[str, VoicePack]:
    """The packs in a folder, by their locale. Raises ConfigurationError for one that cannot be used, and for none."""
    packs = [VoicePack(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]
    if not packs:
        raise ConfigurationError(f"There is no voice pack in {folder}: make one with `make voice`.")
    return {pack.locale: pack for pack in packs}
