"""What a person was told, what the calls of a turn came to, and what the table holds in the end.

Rule: the coach is believed in nothing. What counts is what its answers said and carried, against the table itself.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum, auto
from typing import Any

from coach.answering import ENDING_MS, KEEPING_MS
from coach.bootstrap import Handler
from coach.errors import ConflictError, StoreUnavailableError
from coach.persistence.document import read
from coach.persistence.progress import Progress
from coach.persistence.repository import Person, ProgressRepository


class Heard(Enum):
    """What a call came to: an answer, word that somebody else wrote, or nothing."""

    ANSWER = auto()
    CONFLICT = auto()
    NOTHING = auto()


class Watched:
    """A repository that notes what its calls came to, and whether a save was done."""

    def __init__(self, repository: ProgressRepository) -> None:
        self._repository = repository
        self.heard: list[Heard] = []
        self.saved = False

    def load(self, person: Person) -> Progress | None:
        """See ProgressRepository."""
        return self._noted(self._repository.load, person)

    def save(self, person: Person, progress: Progress) -> Progress:
        """See ProgressRepository."""
        kept: Progress = self._noted(self._repository.save, person, progress)
        self.saved = True
        return kept

    def forget(self, person: Person, revision: int | None = None) -> None:
        """See ProgressRepository."""
        self._noted(self._repository.forget, person, revision)

    def people(self, account: str) -> Sequence[Person]:
        """See ProgressRepository."""
        return self._noted(self._repository.people, account)

    def begin(self) -> None:
        """A new turn begins."""
        self.heard, self.saved = [], False

    def _noted(self, call: Callable[..., Any], *arguments: Any) -> Any:
        try:
            result = call(*arguments)
        except StoreUnavailableError:
            self.heard.append(Heard.NOTHING)
            raise
        except ConflictError:
            self.heard.append(Heard.CONFLICT)
            raise
        self.heard.append(Heard.ANSWER)
        return result


class Notebook:
    """A table of nobody that answers always: what a turn would have kept."""

    def __init__(self) -> None:
        self.kept: Progress | None = None

    def load(self, person: Person) -> Progress | None:
        """See ProgressRepository."""
        return None

    def save(self, person: Person, progress: Progress) -> Progress:
        """See ProgressRepository."""
        self.kept = progress
        return progress

    def forget(self, person: Person, revision: int | None = None) -> None:
        """See ProgressRepository."""

    def people(self, account: str) -> Sequence[Person]:
        """See ProgressRepository."""
        return []


@dataclass
class Account:
    """What one session was told. `told` is what was acknowledged, by exercise; `safe` that part of it which a save with
    an answer carried; `view` the progress as the session last saw it; `unkept` whether its last call came to nothing.
    `failed` turns had an apology, no sensible answer or an untrue one; `excuses` are turns that spoke of the table.
    `seconds` are those of the `turns` for whose answer somebody waited: all but the report that a session ended.
    """

    told: Counter[str] = field(default_factory=Counter)
    safe: Counter[str] = field(default_factory=Counter)
    view: Progress | None = None
    unkept: bool = False
    seconds: list[float] = field(default_factory=list)
    turns: int = 0
    failed: int = 0
    excuses: int = 0

    @property
    def least(self) -> Counter[str]:
        """What the table must hold. A session that ended while the table gave no answer may have lost its last."""
        return self.safe if self.unkept else self.told

    def take(self, before: Progress | None, after: Progress | None, logged: Mapping[str, int]) -> None:
        """What a turn acknowledged: the way from one view of the progress to another, and top-ups."""
        self.told.update(logged)
        if before and after and before.place and after.place and before.place.plan == after.place.plan:
            self.told.update(set(after.place.done) - set(before.place.done))
        self.view = after or self.view

    def kept(self, watch: Watched, seconds: list[float], *, ended: bool) -> None:
        """What the calls of a turn came to; its answers, of which the last one made those calls, took so long."""
        if watch.saved:
            self.safe = Counter(self.told)
        # A turn in which nobody tried to keep anything excuses nothing; nor does a conflict, if there was time left.
        last = watch.heard[-1] if watch.heard else Heard.ANSWER
        too_late = last is Heard.CONFLICT and seconds[-1] * 1000 > (ENDING_MS if ended else KEEPING_MS)
        self.unkept = last is Heard.NOTHING or too_late
        self.turns += len(seconds)
        self.seconds += [] if ended else seconds


class Stopwatch:
    """A handler that is timed, and that is sent an envelope a second time when `twice` says so, as Alexa may."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self.twice = False
        self.seconds: list[float] = []
        self.envelope: dict[str, Any] = {}

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        """The answer to an envelope: the first of the two, when it was sent twice."""
        self.envelope, wire = event, json.dumps(event)
        answers, self.seconds = [], []
        for _ in range(1 + self.twice):
            began = time.perf_counter()
            answers.append(self._handler(json.loads(wire), context))
            self.seconds.append(time.perf_counter() - began)
        return dict(json.loads(json.dumps(answers[0])))


def carried(attributes: Mapping[str, Any]) -> Progress | None:
    """The progress in session attributes."""
    return read(attributes["progress"]) if "progress" in attributes else None


@dataclass(frozen=True)
class Difference:
    """What a table holds against what was told: `lost`, `twice` and `unkept` are numbers of things, all hoped to be 0
    but the last, which a session that ends while the table is away cannot help.
    """

    lost: int = 0
    twice: int = 0
    unkept: int = 0

    def __add__(self, other: Difference) -> Difference:
        return Difference(self.lost + other.lost, self.twice + other.twice, self.unkept + other.unkept)


def counted(day: str, history: Progress | None, accounts: list[Account], stands: Progress | None) -> Difference:
    """The exercises of a day, and all days before it, against what the sessions were told."""
    kept = Counter(stands.days.get(day, {}) if stands else {})
    most = sum((account.told for account in accounts), Counter[str]())
    least = sum((account.least for account in accounts), Counter[str]())
    lost, twice = (least - kept).total(), (kept - most).total()
    unkept = (most - kept).total() - lost
    days = stands.total_days if stands else 0
    due = (history.total_days if history else 0) + bool(kept)
    earlier = history.days if history else {}
    lost += sum(1 for d, done in earlier.items() if not stands or stands.days.get(d) != done)
    return Difference(lost + max(due - days, 0), twice + max(days - due, 0), unkept)


def settled(history: Progress | None, account: Account, stands: Progress | None) -> Difference:
    """The place and the preferences that a session left, against what the table holds right after it.

    A session that never heard of an earlier preference, because the table was away, does not undo it.
    """
    view = account.view
    if account.unkept or view is None:
        return Difference()
    if stands is None:
        return Difference(lost=int(bool(account.told)))
    places = [(p.step, p.done) if p else None for p in (view.place, stands.place)]
    preferred = [asdict(p.preferences) if p else {} for p in (history, view, stands)]
    return Difference(lost=(places[0] != places[1]) + (preferred[0] | preferred[1] != preferred[2]))
