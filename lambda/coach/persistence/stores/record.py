"""What a store holds of one person, and the two decisions that every store makes alike.

Rule: a write is done once. It counts on a revision; when that does not stand any more, the write was either our own,
with its answer lost, or somebody else's. What a newer version of the coach has written beside our fields is kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from coach.errors import ConflictError
from coach.persistence import older
from coach.persistence.progress import Progress
from coach.persistence.reading import MS_MOST
from coach.values import replace

GONE_SECONDS = 24 * 60 * 60
"""How long it is remembered that somebody was forgotten: no write is on its way for longer."""
EPITAPH = re.compile(r"([0-9]{1,15})(?: ([0-9]{1,15}))?|null")
"""What is kept as text of somebody who was forgotten: when that was, and the time of the request that said so. Earlier
versions did not write the second, or neither of them.
"""

WRITES_MOST = 10**12
"""Largest count of writes that may be ours. What is larger would not fit into every store any more."""


@dataclass(frozen=True)
class Record:
    """A stored document and the revision it has. Without a document it is a person of whom nothing is stored, or
    nothing any more: then it has a revision all the same, and `gone` is the time of the request that said so.

    Both may be anything that somebody put there. What is no count of writes is 0, and what is no document has none of
    our fields: it is read, and written over with the next write.
    """

    revision: int = 0
    document: object = None
    gone: int = 0

    @classmethod
    def found(cls, revision: object, document: object, gone: object = 0) -> Record:
        """The record of what was found in a store."""
        count = revision if type(revision) is int and 0 < revision <= WRITES_MOST else 0
        return cls(count, document, gone if type(gone) is int and 0 < gone <= MS_MOST else 0)

    @classmethod
    def from_text(cls, revision: object, text: Any, now: float) -> Record:
        """A record from where it is kept as text, in epoch seconds `now`. The text is a document, or an epitaph: of
        that nothing is known any more once a day has passed.
        """
        if isinstance(text, str) and (epitaph := EPITAPH.fullmatch(text)):
            deleted, gone = (int(seconds or 0) for seconds in epitaph.groups())
            return cls.found(revision, None, gone) if now < deleted + GONE_SECONDS else cls()
        try:
            kept = json.loads(text)
        except (ValueError, TypeError, RecursionError):
            return cls.found(revision, text)
        return cls.found(revision, kept)

    def progress(self) -> Progress | None:
        """As progress, None if nothing was ever stored."""
        if self.document is None:
            return Progress(revision=self.revision, forgotten=self.gone) if self.revision else None
        return older.read(self.document, revision=self.revision)

    def followed_by(self, progress: Progress) -> Record:
        """The record after a save of `progress`. Only right when `progress` was read at this revision."""
        return Record(self.revision + 1, {**older.newer(self.document), **progress.document})

    def forgotten(self, revision: int | None, at: int) -> Record:
        """The record after a deletion at that time. Raises ConflictError when it is not at this revision any more."""
        if revision is not None and revision != self.revision:
            raise ConflictError(self.progress() or Progress())
        return Record(self.revision + 1, gone=at)

    def epitaph(self, now: float) -> str:
        """As text, once it is forgotten, in epoch seconds `now`."""
        return f"{int(now)} {self.gone}"


def saved(progress: Progress) -> Progress:
    """What a save that was done returns. It is written down as it was before, and is not written again."""
    stands = replace(progress, revision=progress.revision + 1, repaired=())
    vars(stands)["document"] = progress.document
    return stands


def outcome(stored: Record, progress: Progress) -> Progress:
    """The outcome of a save that found another revision: what stands when it was our own write, else ConflictError.

    A person of whom nothing is stored any more, because somebody forgot them, is told as progress of revision 0.
    """
    stands = stored.progress() or Progress()
    # Others may have written after an answer that was never heard. If it was a later turn of this session, or another
    # request with the same turn, then it is this one that comes late.
    if progress.applied and stands.applied_of(progress.applied[-1].session) == progress.applied[-1]:
        return stands
    raise ConflictError(stands)
