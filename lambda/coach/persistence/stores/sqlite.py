"""Progress in one SQLite file: what the coach on a laptop remembers until tomorrow.

Rule: a connection for each call, so that threads and processes share nothing but the file; a write takes the lock
before it reads what it counts on. WAL lets readers go on meanwhile, and `synchronous` stays FULL: what was saved
survives the pulled plug. One table, `progress`: `person` (the account, and behind a stroke the voice if there is one),
`revision`, and `document` as JSON text: for somebody who was forgotten, the epoch seconds of that, and those of the
request that said so. That row goes with the first write after a day.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import time

from coach.errors import ConfigurationError, StoreUnavailableError
from coach.persistence.progress import Progress
from coach.persistence.repository import Person
from coach.persistence.stores.record import GONE_SECONDS, Record, outcome, saved

BUSY_SECONDS = 2.0
"""How long a call waits for another one's write. A turn has to be answered within three seconds."""

_TABLE = """
CREATE TABLE IF NOT EXISTS progress (person TEXT PRIMARY KEY, revision INTEGER NOT NULL, document TEXT NOT NULL)
"""
_READ = "SELECT revision, document FROM progress WHERE person = ?"
_PEOPLE = "SELECT person FROM progress WHERE (person = ? OR person GLOB ?) AND document GLOB '{*' ORDER BY person"
_WRITE = "INSERT OR REPLACE INTO progress (person, revision, document) VALUES (?, ?, ?)"
# An earlier version wrote `null`, and not when that was: it goes at once.
_LET_GO = """
DELETE FROM progress WHERE document = 'null' OR (document GLOB '[0-9]*' AND CAST(document AS INTEGER) <= ?)
"""


class SQLiteStore:
    """A ProgressRepository in the file at `path`, which is made when it is not there. `now` tells epoch seconds.

    Raises ConfigurationError when the file cannot be opened or is something else.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time) -> None:
        self._path = path
        self._now = now
        try:
            with closing(self._connect()) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(_TABLE)
        except sqlite3.Error as error:
            raise ConfigurationError(f"The progress file {path} cannot be used: {error}.") from error

    def load(self, person: Person) -> Progress | None:
        """See ProgressRepository."""
        with self._connection() as connection:
            return self._record(connection, person).progress()

    def save(self, person: Person, progress: Progress) -> Progress:
        """See ProgressRepository."""
        with self._writing() as connection:
            stored = self._record(connection, person)
            if stored.revision != progress.revision:
                return outcome(stored, progress)
            following = stored.followed_by(progress)
            document = json.dumps(following.document, separators=(",", ":"))
            connection.execute(_WRITE, (_key(person), following.revision, document))
        return saved(progress)

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        """See ProgressRepository."""
        with self._writing() as connection:
            gone = self._record(connection, person).forgotten(revision, at)
            connection.execute(_WRITE, (_key(person), gone.revision, gone.epitaph(self._now())))

    def people(self, account: str) -> list[Person]:
        """See ProgressRepository."""
        with self._connection() as connection:
            rows = connection.execute(_PEOPLE, (account, f"{account}/*")).fetchall()
        return [Person(*key.split("/", 1)) for (key,) in rows]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that has the lock, for one write; what is left of people who were forgotten long ago goes."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_LET_GO, (int(self._now()) - GONE_SECONDS,))
            yield connection
            connection.execute("COMMIT")

    def _record(self, connection: sqlite3.Connection, person: Person) -> Record:
        row = connection.execute(_READ, (_key(person),)).fetchone()
        return Record.from_text(row[0], row[1], self._now()) if row else Record()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for one call; what it left uncommitted is undone when it closes."""
        try:
            with closing(self._connect()) as connection:
                yield connection
        except sqlite3.Error as error:
            raise StoreUnavailableError(getattr(error, "sqlite_errorname", type(error).__name__)) from error

    def _connect(self) -> sqlite3.Connection:
        # isolation_level None: this module begins and commits for itself.
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.text_factory = lambda raw: raw.decode(errors="replace")
        return connection


def _key(person: Person) -> str:
    return f"{person.account}/{person.voice}" if person.voice else person.account
