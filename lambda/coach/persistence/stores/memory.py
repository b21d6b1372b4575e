"""Progress in memory: for tests, and for a coach that is not meant to remember.

Rule: documents are kept and not objects, so that whatever this store accepts can be stored by the others.
"""

from __future__ import annotations

import json
from threading import Lock

from coach.persistence.progress import Progress
from coach.persistence.repository import Person
from coach.persistence.stores.record import Record, outcome, saved


class MemoryStore:
    """A ProgressRepository that lasts as long as the process, for any number of threads."""

    def __init__(self) -> None:
        self._rows: dict[Person, tuple[int, str]] = {}
        self._lock = Lock()

    def load(self, person: Person) -> Progress | None:
        """See ProgressRepository."""
        with self._lock:
            return self._record(person).progress()

    def save(self, person: Person, progress: Progress) -> Progress:
        """See ProgressRepository."""
        with self._lock:
            stored = self._record(person)
            if stored.revision != progress.revision:
                return outcome(stored, progress)
            following = stored.followed_by(progress)
            self._rows[person] = (following.revision, json.dumps(following.document))
        return saved(progress)

    def forget(self, person: Person, revision: int | None = None) -> None:
        """See ProgressRepository."""
        with self._lock:
            self._rows[person] = (self._record(person).forgotten(revision).revision, "null")

    def people(self, account: str) -> list[Person]:
        """See ProgressRepository."""
        with self._lock:
            kept = [person for person, (_, document) in self._rows.items() if document != "null"]
        return [person for person in kept if person.account == account]

    def _record(self, person: Person) -> Record:
        return Record.in_json(*self._rows[person]) if person in self._rows else Record()
