"""What a store holds of one person, and the two decisions that every store makes alike.

Rule: a write is done once. It counts on a revision; when that does not stand any more, the write was either our own,
with its answer lost, or somebody else's. What a newer version of the coach has written beside our fields is kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from coach.errors import ConflictError, StoreUnavailableError
from coach.persistence import older
from coach.persistence.document import KNOWN, Document, read, write
from coach.persistence.progress import Progress

GONE_SECONDS = 24 * 60 * 60
"""How long it is remembered that somebody was forgotten: no write is on its way for longer."""


@dataclass(frozen=True)
class Record:
    """A stored document and the revision it has. Without a document it is a person of whom nothing is stored, or
    nothing any more: then it has a revision all the same.
    """

    revision: int = 0
    document: Document | None = None

    @classmethod
    def from_text(cls, revision: int, text: str, now: float) -> Record:
        """A record from where it is kept as text, in epoch seconds `now`. The text is a document, or the epoch seconds
        at which the person was forgotten: of that nothing is known any more once a day has passed. Raises ValueError.
        """
        kept = json.loads(text)
        if isinstance(kept, int | None):
            return cls(revision) if now < (kept or 0) + GONE_SECONDS else cls()
        return cls(revision, kept)

    def progress(self) -> Progress | None:
        """As progress, None if nothing was ever stored. Raises StoreUnavailableError when it cannot be read."""
        if self.document is None:
            return Progress(revision=self.revision) if self.revision else None
        try:
            return read(older.upgraded(self.document), revision=self.revision)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            # A document that nobody can read is not one that may be written over.
            raise StoreUnavailableError("unreadable") from error

    def followed_by(self, progress: Progress) -> Record:
        """The record after a save of `progress`. Only right when `progress` was read at this revision."""
        stored = older.upgraded(self.document) if self.document else {}
        newer = {name: value for name, value in stored.items() if name not in KNOWN}
        return Record(self.revision + 1, newer | write(progress))

    def forgotten(self, revision: int | None) -> Record:
        """The record after a deletion. Raises ConflictError when it is not at this revision any more."""
        if revision is not None and revision != self.revision:
            raise ConflictError(self.progress() or Progress())
        return Record(self.revision + 1)


def saved(progress: Progress) -> Progress:
    """What a save that was done returns."""
    return replace(progress, revision=progress.revision + 1)


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
