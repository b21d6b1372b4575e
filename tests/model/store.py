"""A store that falls ill: a call does not reach it, or its answer is lost, or a write reaches it after all, later.

Rule: it shows what it holds as raw text, which is compared and never understood.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from coach.errors import ConflictError, StoreUnavailableError
from coach.persistence.progress import Progress
from coach.persistence.repository import Person, ProgressRepository
from coach.persistence.stores.memory import MemoryStore

T = TypeVar("T")

WELL, AWAY, UNHEARD, LATE = "well", "away", "unheard", "late"
HEALTH = (WELL, AWAY, UNHEARD, LATE)


@dataclass
class IllStore:
    """A ProgressRepository. `health` is how it is at each of the next calls; when none is left, it is well.

    `calls` are those of the turn: what was asked, of whom, and how the store was. `late` are writes that are still on
    their way. `through` is what the calls go through, which a test may put a defect into.
    """

    rows: MemoryStore = field(default_factory=MemoryStore)
    through: ProgressRepository | None = None
    health: list[str] = field(default_factory=list)
    calls: list[tuple[str, Person, str]] = field(default_factory=list)
    late: list[Callable[[], object]] = field(default_factory=list)

    def load(self, person: Person) -> Progress | None:
        return self._called("load", person, lambda: self._inner.load(person))

    def save(self, person: Person, progress: Progress) -> Progress:
        return self._called("save", person, lambda: self._inner.save(person, progress))

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        return self._called("forget", person, lambda: self._inner.forget(person, revision, at))

    def people(self, account: str) -> list[Person]:
        return list(self._inner.people(account))

    def raw(self) -> dict[Person, tuple[int, str]]:
        """All that it holds."""
        return dict(self.rows._rows)

    def rewrite(self, person: Person, form: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """What it holds of a person takes another form."""
        if self.holds(person):
            revision, text = self.rows._rows[person]
            self.rows._rows[person] = (revision, json.dumps(form(json.loads(text))))

    def holds(self, person: Person) -> bool:
        """Whether anything of a person is there."""
        return person in self.people(person.account)

    def arrive_late(self, which: int = 0) -> None:
        """A write that was given up reaches the store."""
        try:
            self.late.pop(which % len(self.late))()
        except ConflictError:
            # Nobody is left to hear it.
            return

    @property
    def answered(self) -> bool:
        """Whether the last call of the turn was answered."""
        return not self.calls or self.calls[-1][2] == WELL

    def deletions(self, *health: str) -> set[Person]:
        """Those whose deletion in this turn met one of these states of the store."""
        return {person for name, person, how in self.calls if name == "forget" and how in health}

    @property
    def _inner(self) -> ProgressRepository:
        return self.through or self.rows

    def _called(self, name: str, person: Person, call: Callable[[], T]) -> T:
        health = self.health.pop(0) if self.health else WELL
        self.calls.append((name, person, health))
        if health == LATE and name != "load":
            self.late.append(call)
        if health in (AWAY, LATE):
            raise StoreUnavailableError(health)
        answer = call()
        if health == UNHEARD:
            raise StoreUnavailableError(health)
        return answer
