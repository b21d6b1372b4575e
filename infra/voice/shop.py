"""The clips of a voice that are there already, and those that are missing.

Rule: a clip is kept as soon as it is made, by what was spoken, by whom and how, so that a run that breaks off, or a
later one after a text was changed, makes and pays for nothing twice.
"""

import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from infra.voice.makers import Maker
from infra.voice.mp3 import FormatError, checked

Wanted = tuple[str, int]
"""A text, and the pace in percent at which it is spoken."""


class Shop:
    """Where the clips of a maker are kept."""

    def __init__(self, maker: Maker, folder: Path) -> None:
        self._maker, self._folder = maker, folder

    def missing(self, wanted: Iterable[Wanted]) -> list[Wanted]:
        """Those that have to be made."""
        return [each for each in wanted if self.kept(*each) is None]

    def kept(self, text: str, pace: int) -> bytes | None:
        """A clip that is there; None where it is not, or not whole."""
        try:
            return checked(self._file(text, pace).read_bytes())
        except (OSError, FormatError):
            return None

    def made(self, text: str, pace: int) -> bytes:
        """A clip, made now and kept. Raises what its maker raises."""
        clip = self._maker.clip(text, pace)
        file = self._file(text, pace)
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(f".{os.getpid()}")
        half.write_bytes(clip)
        half.replace(file)
        return clip

    def _file(self, text: str, pace: int) -> Path:
        spoken = "\0".join((self._maker.name, self._maker.manner, str(pace), text))
        return self._folder / f"{blake2b(spoken.encode(), digest_size=16).hexdigest()}.mp3"
