"""A shelf in a folder of this machine, for the simulator and for tests."""

from __future__ import annotations

import os
from pathlib import Path

from coach.reels.shelf import ShelfUnavailableError, name_of

HERE = "https://reels.localhost/"
"""Where a device of this machine finds what is in such a folder: the simulator looks it up by its name. By RFC 6761 no
address under it is ever asked for elsewhere.
"""


class FolderShelf:
    """A Shelf."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, sound: bytes) -> str:
        """See Shelf."""
        name = name_of(sound)
        there = self._folder / name
        try:
            if not there.exists():
                half = there.with_suffix(f".{os.getpid()}")
                half.write_bytes(sound)
                half.replace(there)
        except OSError as error:
            raise ShelfUnavailableError(type(error).__name__) from error
        return HERE + name

    def doubt(self) -> None:
        """See Shelf. It is always looked for."""
