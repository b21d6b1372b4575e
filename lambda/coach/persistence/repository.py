"""The port to where progress is kept, and whose it is.

Rule: a write counts on the revision that was read, so that nothing of what somebody else wrote is lost unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.persistence.progress import Progress


@dataclass(frozen=True)
class Person:
    """Whose progress it is: an account, and a voice in it that the speaker recognises, empty if it does not.

    Both are opaque keys that name nobody.
    """

    account: str
    voice: str = ""


class ProgressRepository(Protocol):
    """Where progress is kept, one record a person."""

    def load(self, person: Person) -> Progress | None:
        """The progress of a person, None if there is none. Raises StoreUnavailableError."""
        ...

    def save(self, person: Person, progress: Progress) -> Progress:
        """Write, if nobody wrote since `progress.revision`; return what stands then, with its revision.

        A write of ours whose answer was lost is known by the last of `progress.applied` and counts as done: what stands
        may then have what others wrote since. Raises ConflictError with what is stored when somebody else wrote, and
        StoreUnavailableError when nothing can be said about the write.
        """
        ...

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        """Delete all that is kept of a person; with a revision only if nobody wrote since. `at` is the time of the
        request that says so, in epoch seconds, 0 where nobody is told.

        What is left for a day is the revision and that time, `Progress.forgotten`, so that a write that was on its way
        finds that somebody else wrote, and neither it nor a request from before that time brings anything back. Raises
        ConflictError with what is stored when somebody did write since, and StoreUnavailableError when nothing can be
        said about it.
        """
        ...

    def people(self, account: str) -> Sequence[Person]:
        """Everybody of whom something is kept under an account. Raises StoreUnavailableError."""
        ...
