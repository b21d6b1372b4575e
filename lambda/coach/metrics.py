"""What an operator sees of a turn: one line of JSON a turn, in which CloudWatch finds its metrics as well.

Rule: nothing in a line tells of a person. What was asked is named only where its name says nothing of a body or a wish;
all else is `other`. Once something was, the state and what depends on it are `other` too, until the session ends: the
turns that follow pain go another way than those that follow a question, and must not be told from them.

Each byte of a log is paid for, so a line has no more than there is to tell: what did not happen is not counted in it. A
line is a document in CloudWatch's embedded metric format, of which CloudWatch Logs makes the metrics by itself:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from coach.conversation import Event, State
from coach.errors import ConflictError, StoreUnavailableError
from coach.persistence import Person, Progress, ProgressRepository

OTHER = "other"
"""The one word for all that is not named."""

NAMED_EVENTS = frozenset(
    {
        Event.LAUNCH,
        Event.START,
        Event.NEXT,
        Event.READY,
        Event.NOT_READY,
        Event.PREVIOUS,
        Event.REPEAT,
        Event.PAUSE,
        Event.RESUME,
        Event.TIME_LEFT,
        Event.WHERE,
        Event.WHATS_NEXT,
        Event.EXPLAIN,
        Event.WHY,
        Event.WHAT_TO_FETCH,
        Event.LIST_ROUTINES,
        Event.LIST_EXERCISES,
        Event.MORE,
        Event.CHOOSE,
        Event.YES,
        Event.NO,
        Event.HELP,
        Event.NONSENSE,
        Event.ENDED,
    }
)
"""What was asked and may be named: it is said by anybody, whatever their body is like and whatever they want."""

UNDERWAY = frozenset({State.COACHING, State.BETWEEN, State.PAUSED})
"""The states in the middle of a routine."""

NAMED_STATES = UNDERWAY | {
    State.IDLE,
    State.FINISHED,
    State.OFFERED,
    State.RETURNING,
    State.RETURNING_LATER,
    State.CHOOSING,
}
"""The states that may be named. The others follow only on what is not."""

SILENCE = ("EXCEEDED_MAX_REPROMPTS", "ERROR")
"""Alexa's reasons for the end of a session that nobody asked for."""

CARRIED = "logged"
"""The session attribute with the state as the last line has it."""

UNITS = {
    "Turns": "Count",
    "Completions": "Count",
    "Abandoned": "Count",
    "Fallbacks": "Count",
    "FailedTurns": "Count",
    "StoreFaults": "Count",
    "ColdStarts": "Count",
    "Latency": "Milliseconds",
}
"""The metrics, and CloudWatch's names for their units."""

_LOCALE = re.compile(r"[a-z]{2}-[A-Z]{2}")

_Handler = Callable[[dict[str, Any], object], dict[str, Any]]


@dataclass
class TurnRecord:
    """What becomes known of a turn while it is taken. `before` is the state as the line before has it, `silence`
    whether this is the end of a session that nobody asked for, `calls` what became of each call of the store.
    """

    before: str = ""
    silence: bool = False
    locale: str = ""
    event: Event | None = None
    state: State | None = None
    calls: list[str] = field(default_factory=list)
    reason: str = ""
    error: str = ""

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> TurnRecord:
        """The record of a turn of which only the envelope is known. It comes from outside: nothing is taken as is."""
        session, request = event.get("session"), event["request"]
        attributes = session.get("attributes") if isinstance(session, dict) else None
        before = attributes.get(CARRIED) if isinstance(attributes, dict) else None
        locale = request.get("locale")
        return cls(
            before=before if isinstance(before, str) and before in {OTHER, *NAMED_STATES} else "",
            silence=request.get("reason") in SILENCE,
            locale=locale if isinstance(locale, str) and _LOCALE.fullmatch(locale) else "",
        )

    def shown(self) -> dict[str, str]:
        """What may be told: what was asked, the state after the turn, and what became of the store's calls."""
        event = self.event if self.event in NAMED_EVENTS else OTHER
        state = self.before if self.state is None else self.state if self.state in NAMED_STATES else OTHER
        # Of what a screen sent in a session, and nothing came of, the state may be told: it is the one before.
        if self.before == OTHER or (event == OTHER and (self.event or not self.before)):
            state = OTHER
        outcomes = ("unavailable", "conflict", "written", "read")
        store = next((outcome for outcome in outcomes if outcome in self.calls), "unchanged")
        # Whether something was written depends on what was asked. A fault of the table does not.
        if state == OTHER and store not in ("unavailable", "conflict"):
            store = OTHER
        return {"event": str(event), "state": str(state), "store": store, "reason": self.reason, "error": self.error}

    def counts(self, state: str) -> dict[str, int]:
        """What happened in this turn, and how often. Completions and Abandoned follow from the `state` as it may be
        told, and from that only.
        """
        found = {
            "Turns": 1,
            "Completions": int(state == State.FINISHED != self.before),
            "Abandoned": int(self.silence and state in UNDERWAY and self.before in UNDERWAY),
            "Fallbacks": int(self.event is Event.NONSENSE),
            "FailedTurns": int(bool(self.error)),
            "StoreFaults": self.calls.count("unavailable"),
        }
        return {name: count for name, count in found.items() if count}


_TURN: ContextVar[TurnRecord] = ContextVar("turn")


def current() -> TurnRecord:
    """The record of the turn that is being taken; one that nobody reads where turns are not recorded."""
    return _TURN.get(None) or TurnRecord()


@dataclass
class Recorder:
    """Writes the line of each turn. `now` gives epoch seconds, `ticks` seconds of a clock that never goes back."""

    namespace: str
    # Printed, and not logged: Lambda puts what is logged into a JSON object of its own, in which CloudWatch does not
    # look for metrics; a line on standard output it takes as it is, in either log format.
    # https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
    write: Callable[[str], object] = print
    now: Callable[[], float] = time.time
    ticks: Callable[[], float] = time.perf_counter
    _cold: bool = True

    def around(self, answer: _Handler) -> _Handler:
        """The handler, with a line for each turn that it takes. Envelopes must have been checked before."""

        def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
            record = TurnRecord.of(event)
            turn, began = _TURN.set(record), self.ticks()
            try:
                response = answer(event, context)
            finally:
                _TURN.reset(turn)
            latency_ms, shown = (self.ticks() - began) * 1000, record.shown()
            self.write(json.dumps(self._line(record, shown, context, latency_ms)))
            carried = response.get("sessionAttributes")
            if isinstance(carried, dict):
                carried[CARRIED] = shown["state"]
            return response

        return handle

    def _line(self, record: TurnRecord, shown: Mapping[str, str], context: object, latency_ms: float) -> dict[str, Any]:
        cold, self._cold = self._cold, False
        told = record.counts(shown["state"]) | ({"ColdStarts": 1} if cold else {}) | {"Latency": round(latency_ms, 1)}
        metrics = [{"Name": name, "Unit": UNITS[name]} for name in told]
        directive = {"Namespace": self.namespace, "Dimensions": [[]], "Metrics": metrics}
        return {
            "_aws": {"Timestamp": round(self.now() * 1000), "CloudWatchMetrics": [directive]},
            "what": "turn",
            "request": getattr(context, "aws_request_id", ""),
            "version": getattr(context, "function_version", ""),
            "locale": record.locale,
            **{name: what for name, what in shown.items() if what},
            **told,
        }


@dataclass(frozen=True)
class WatchedRepository:
    """A ProgressRepository that notes in the record of the turn what became of each call."""

    inner: ProgressRepository

    def load(self, person: Person) -> Progress | None:
        """See ProgressRepository."""
        with _noted("read"):
            return self.inner.load(person)

    def save(self, person: Person, progress: Progress) -> Progress:
        """See ProgressRepository."""
        with _noted("written"):
            return self.inner.save(person, progress)

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        """See ProgressRepository."""
        with _noted("written"):
            self.inner.forget(person, revision, at)

    def people(self, account: str) -> Sequence[Person]:
        """See ProgressRepository."""
        with _noted("read"):
            return self.inner.people(account)


@contextmanager
def _noted(outcome: str) -> Iterator[None]:
    record = current()
    try:
        yield
    except ConflictError:
        record.calls.append("conflict")
        raise
    except StoreUnavailableError as error:
        record.calls.append("unavailable")
        record.reason = error.reason
        raise
    record.calls.append(outcome)
