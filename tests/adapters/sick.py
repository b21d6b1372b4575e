"""A store that falls ill when a test says so: it refuses everything, or what is to be written, or does what it was
asked and is never heard.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from coach.errors import StoreUnavailableError
from coach.persistence.progress import Progress
from coach.persistence.repository import Person, ProgressRepository
from coach.persistence.stores.memory import MemoryStore

T = TypeVar("T")

WELL, AWAY, UNHEARD, UNWRITABLE = "well", "away", "unheard", "unwritable"


@dataclass
class SickStore:
    """A ProgressRepository. `health` is how it is at each of the next calls; when none is left, `then` goes on."""

    inner: ProgressRepository = field(default_factory=MemoryStore)
    health: list[str] = field(default_factory=list)
    then: str = WELL
    calls: list[str] = field(default_factory=list)

    def load(self, person: Person) -> Progress | None:
        return self._called("load", lambda: self.inner.load(person))

    def save(self, person: Person, progress: Progress) -> Progress:
        return self._called("save", lambda: self.inner.save(person, progress))

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        return self._called("forget", lambda: self.inner.forget(person, revision, at))

    def people(self, account: str) -> list[Person]:
        return self._called("people", lambda: list(self.inner.people(account)))

    def _called(self, name: str, call: Callable[[], T]) -> T:
        self.calls.append(name)
        health = self.health.pop(0) if self.health else self.then
        if health == AWAY or (health == UNWRITABLE and name != "load"):
            raise StoreUnavailableError("away")
        answer = call()
        if health == UNHEARD:
            raise StoreUnavailableError("unheard")
        return answer
