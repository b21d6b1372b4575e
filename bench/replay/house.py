"""The coach from within: the one module here that knows its classes, and so the one to change when they move.

Rule: a house has a clock that stands still, a store that fails when it is told to, and an Alexa that answers what it is
told to. So a turn depends on nothing but its envelope, what is kept, and these.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar
from unittest import mock
from urllib.request import OpenerDirector

from bench.replay.alexa import Alexa
from coach.bootstrap import bootstrap
from coach.conversation import machine, table
from coach.conversation.session import State
from coach.errors import StoreUnavailableError
from coach.persistence.progress import Preferences, Progress
from coach.persistence.repository import Person
from coach.persistence.stores.memory import MemoryStore
from coach.planning.plan import Place

Json = dict[str, Any]
Row = tuple[int, str]
"""What the memory store keeps of a person: the revision, and the document as text."""

STATES = tuple(str(state) for state in State)

T = TypeVar("T")

CALL_S, OVERTAKEN_S, SLOW_S = 0.005, 0.3, 1.2
"""How long a call of the store takes: as a rule, when somebody else writes first, and when it is slow. A turn gives up
its patience after a second.
"""


class House:
    """One coach with its people. `faults` and `alexa` hold for the next turn; `heard` has the state and the event of
    each row of the table that it took, and `log` what it told an operator, with the trace of what broke.
    """

    def __init__(self) -> None:
        self._seconds = 0.0
        self.alexa = Alexa(self.wait)
        self.faults: Mapping[str, list[str]] = {}
        self.heard: list[list[str]] = []
        self.log: list[str] = []
        self._store = MemoryStore()
        self._seen: dict[str, Row] = {}
        self._handler = bootstrap(repository=_Shaken(self))

    def wait(self, seconds: float) -> None:
        """Let time pass, as the coach measures it."""
        self._seconds += seconds

    def clock(self) -> float:
        """The seconds that have passed, for the coach."""
        return self._seconds

    def answer(self, envelope: Json) -> Json:
        """The response to an envelope. Raises what the handler raises."""
        self.heard.clear()
        self.log.clear()
        return dict(json.loads(json.dumps(self._handler(json.loads(json.dumps(envelope)), None))))

    def changed(self) -> dict[str, Row | None]:
        """The rows that are others than when this was asked last; None for those that are gone."""
        rows = {_key(person): row for person, row in self._store._rows.items()}
        found = {key: row for key, row in rows.items() if self._seen.get(key) != row}
        gone = dict.fromkeys(key for key in self._seen if key not in rows)
        self._seen = rows
        return {**found, **gone}

    def kept(self, key: str) -> Json | None:
        """What is kept of a person, by its meaning; None if nothing is."""
        progress = self._store.load(_person(key))
        return _meaning(progress) if progress else None

    def put(self, rows: Mapping[str, Row | None]) -> None:
        """Have these rows in the store, as they were recorded; None takes one out."""
        for key, row in rows.items():
            if row is None:
                self._store._rows.pop(_person(key), None)
            else:
                self._store._rows[_person(key)] = (int(row[0]), row[1])
        self.changed()

    def clear(self) -> None:
        """Have nobody in the store."""
        self._store._rows.clear()
        self._seen = {}


def state_of(response: Json) -> str:
    """The state that a response leaves the conversation in, empty when it carries none."""
    return str(response.get("sessionAttributes", {}).get("session", {}).get("state", ""))


@contextmanager
def opened() -> Iterator[House]:
    """A house, and the process around it without a clock, a network, or a log on the screen."""
    house = House()
    real, row = time.monotonic, table.row

    def watched(state: Any, rest: Any, event: Any) -> Any:
        house.heard.append([str(state), str(event)])
        return row(state, rest, event)

    with ExitStack() as changes:
        for name, module in sorted(sys.modules.items()):
            if name.startswith("coach.") and getattr(module, "monotonic", None) is real:
                changes.enter_context(mock.patch.object(module, "monotonic", house.clock))
        changes.enter_context(mock.patch.object(machine, "row", watched))
        changes.enter_context(mock.patch.object(OpenerDirector, "open", house.alexa.open))
        logger, listener = logging.getLogger("coach"), _Listener(house.log)
        changes.enter_context(mock.patch.object(logger, "propagate", False))
        logger.addHandler(listener)
        changes.callback(logger.removeHandler, listener)
        yield house


class _Listener(logging.Handler):
    """Keeps what is logged, with the exception that it is about."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Take in one line."""
        self._lines.append(record.getMessage())
        if "turn_failed" in record.getMessage():
            self._lines.append(traceback.format_exc())


class _Shaken:
    """The store as the coach sees it. For each call the faults of the house have words, of which the last one holds
    for all calls that follow: "" it works, "away" it does not, "unheard" it does and its answer is lost, "slow" it
    takes long, "overtaken" somebody else writes first, "forgotten" somebody else forgets the person first.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._calls: dict[str, int] = {}
        self._script: Mapping[str, list[str]] = {}

    def load(self, person: Person) -> Progress | None:
        return self._called("load", person, lambda: self._house._store.load(person))

    def save(self, person: Person, progress: Progress) -> Progress:
        return self._called("save", person, lambda: self._house._store.save(person, progress))

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        self._called("forget", person, lambda: self._house._store.forget(person, revision, at))

    def people(self, account: str) -> list[Person]:
        return self._called("people", Person(account), lambda: self._house._store.people(account))

    def _called(self, name: str, person: Person, call: Callable[[], T]) -> T:
        store, fault = self._house._store, self._fault(name)
        self._house.wait({"overtaken": OVERTAKEN_S, "slow": SLOW_S}.get(fault, CALL_S))
        if fault == "away":
            raise StoreUnavailableError("away")
        if fault == "overtaken" and (stored := store.load(person)):
            store.save(person, stored)
        if fault == "forgotten":
            store.forget(person)
        answer = call()
        if fault == "unheard":
            raise StoreUnavailableError("unheard")
        return answer

    def _fault(self, name: str) -> str:
        if self._script is not self._house.faults:
            self._script, self._calls = self._house.faults, {}
        words = self._script.get(name) or [""]
        call = self._calls.get(name, 0)
        self._calls[name] = call + 1
        return words[min(call, len(words) - 1)]


def _key(person: Person) -> str:
    return f"{person.account}/{person.voice}"


def _person(key: str) -> Person:
    return Person(*key.split("/"))


def _meaning(progress: Progress) -> Json:
    """All that is kept, in a form that says what is meant and not how it is written."""
    meaning = {
        "touched": progress.touched,
        "zones": progress.zones,
        "welcomed": progress.welcomed,
        "place": _place(progress.place) if progress.place else None,
        "aside": _place(progress.aside) if progress.aside else None,
        "last": progress.last,
        "days": {day: dict(done) for day, done in progress.days.items()},
        "weeks": dict(progress.weeks),
        "total_days": progress.total_days,
        "rests": progress.rests,
        "met": dict(progress.met),
        "skipped": dict(progress.skipped),
        "preferences": _preferences(progress.preferences),
    }
    return dict(json.loads(json.dumps(meaning)))


def _place(place: Place) -> Json:
    plan = place.plan
    doses = [[dose.exercise, dose.rounds, dose.ms] for dose in plan.doses]
    routine = {"routine": plan.routine, "area": plan.area, "minutes": plan.minutes, "doses": doses}
    return {**routine, "step": place.step, "done_ms": place.done_ms, "done": place.done}


def _preferences(preferences: Preferences) -> Json:
    return {
        "pace": preferences.pace,
        "holds": preferences.holds,
        "mode": preferences.mode,
        "weekly_goal": preferences.weekly_goal,
        "hold_ms": dict(preferences.hold_ms),
        "variations": dict(preferences.variations),
        "left_out": preferences.left_out,
    }
