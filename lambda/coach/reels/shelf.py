"""The port to where reels are put and devices fetch them, and the one function that picks a shelf by its URL.

Rule: what is put there is named by what it is, so that it is there once however often it is heard, and by whomever.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from coach.errors import CoachError, ConfigurationError

CONTENT_TYPE = "audio/mpeg"

_BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
"""Names with dots in them do not go with the certificates of S3."""


class ShelfUnavailableError(CoachError):
    """The shelf did not take it in time, or refused. `reason` is a short technical word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Shelf(Protocol):
    """Where reels are."""

    def put(self, sound: bytes) -> str:
        """The address at which a device finds a sound from now on, for an hour at least. Raises
        ShelfUnavailableError.
        """
        ...

    def doubt(self) -> None:
        """Take nothing for there that was not looked for since: a device could not fetch something, and does not tell
        what that was.
        """
        ...


def name_of(sound: bytes) -> str:
    """What a sound is called."""
    return f"{blake2b(sound, digest_size=20).hexdigest()}.mp3"


def open_shelf(url: str) -> Shelf:
    """The shelf that `url` names. Raises ConfigurationError with a sentence that says what to change."""
    scheme, _, rest = url.partition("://")
    if scheme == "s3" and _BUCKET.fullmatch(rest):
        from coach.reels.s3 import bucket  # noqa: PLC0415

        return bucket(rest)
    if scheme == "folder" and Path(rest).is_dir():
        from coach.reels.folder import FolderShelf  # noqa: PLC0415

        return FolderShelf(Path(rest))
    raise ConfigurationError(
        f"“{url}” is no shelf for reels: use s3://BUCKET, or folder://PATH of a folder that is there."
    )
