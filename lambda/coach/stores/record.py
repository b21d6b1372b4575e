"""What a store holds of one person, and the two decisions that every store makes alike.

Rule: a write is done once. It counts on a revision; when that does not stand any more, the write was either our own,
with its answer lost, or somebody else's. What a newer version of the coach has written beside our fields is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from coach.errors import ConflictError, StoreUnavailableError
from coach.plan import Document
from coach.progress import OBSOLETE, Preferences, Progress

KNOWN_PREFERENCES = frozenset(f.name for f in fields(Preferences))
"""A preference stands in a document only where it differs from its default: one of these that is missing was reset."""


@dataclass(frozen=True)
class Record:
    """A stored document and the revision it has; revision 0 is a person of whom nothing is stored."""

    revision: int = 0
    document: Document | None = None

    def progress(self) -> Progress | None:
        """As progress, None if nothing is stored. Raises StoreUnavailableError when the document cannot be read."""
        if self.document is None:
            return None
        try:
            return Progress.from_document(self.document, revision=self.revision)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            # A document that nobody can read is not one that may be written over.
            raise StoreUnavailableError("unreadable") from error

    def followed_by(self, progress: Progress) -> Record:
        """The record after a save of `progress`. Only right when `progress` was read at this revision."""
        return Record(self.revision + 1, _with_unknown(self.document or {}, progress.to_document()))


def saved(progress: Progress) -> Progress:
    """What a save that was done returns."""
    return replace(progress, revision=progress.revision + 1)


def settled(stored: Record, progress: Progress) -> Progress:
    """The outcome of a save that found another revision: what stands when it was our own write, else ConflictError.

    A person of whom nothing is stored any more, because somebody forgot them, is told as progress of revision 0.
    """
    stands = stored.progress() or Progress()
    # Not only when it was the last: others may have written after an answer that was never heard.
    if progress.writes and progress.writes[-1] in stands.writes:
        return stands
    raise ConflictError(stands)


def _with_unknown(stored: Document, new: Document) -> Document:
    """The new document, with those fields of the stored one that this version of the coach knows nothing of."""
    stored = {name: value for name, value in stored.items() if name not in OBSOLETE}
    preferences = {k: v for k, v in stored.get("preferences", {}).items() if k not in KNOWN_PREFERENCES}
    return {**stored, **new, "preferences": {**preferences, **new["preferences"]}}
