"""Progress in memory: for tests, and for a coach that is not meant to remember.

Rule: documents are kept as text and not as objects, so that whatever this store accepts can be stored by the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Lock
from time import time

from coach.persistence.progress import Progress
from coach.persistence.repository import Person
from coach.persistence.stores.record import Record, outcome, saved


class MemoryStore:
    """A ProgressRepository that lasts as long as the process, for any number of threads. `now` tells epoch seconds."""

    def __init__(self, now: Callable[[], float] = time) -> None:
        self._rows: dict[Person, tuple[int, str]] = {}
        self._lock = Lock()
        self._now = now

    def load(self, person: Person) -> Progress | None:
        """See ProgressRepository."""
        with self._lock:
            return self._record(person).progress()

    def save(self, person: Person, progress: Progress) -> Progress:
        """See ProgressRepository."""
        with self._lock:
            self._let_go()
            stored = self._record(person)
            if stored.revision != progress.revision:
                return outcome(stored, progress)
            following = stored.followed_by(progress)
            self._rows[person] = (following.revision, json.dumps(following.document))
        return saved(progress)

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        """See ProgressRepository."""
        with self._lock:
            self._let_go()
            gone = self._record(person).forgotten(revision, at)
            self._rows[person] = (gone.revision, gone.epitaph(self._now()))

    def people(self, account: str) -> list[Person]:
        """See ProgressRepository."""
        with self._lock:
            kept = [person for person in self._rows if self._record(person).document is not None]
        return [person for person in kept if person.account == account]

    def _record(self, person: Person) -> Record:
        return Record.from_text(*self._rows[person], self._now()) if person in self._rows else Record()

    def _let_go(self) -> None:
        self._rows = {person: row for person, row in self._rows.items() if self._record(person) != Record()}
