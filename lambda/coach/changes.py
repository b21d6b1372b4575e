"""What a turn changed in a person's progress, so that it can be made again on what somebody else wrote meanwhile.

Rule: what was done is added, what was settled is set, and each change is made once: `Progress.writes` tells which stand
already. The place is no part of a change: it belongs to the speaker that is being talked to, and the later one has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from coach.plan import Document
from coach.progress import Preferences, Progress

COUNTED = ("met", "skipped")
SETTLED = ("welcomed", "last", "rests", "zones")

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Change:
    """What the turn of one request changed: exercises `done` by ISO date, what was `counted` and `settled` by field of
    Progress, and the `preferences` by name. Settled values are as in a document.
    """

    request: str
    done: Mapping[str, Counts] = field(default_factory=dict)
    counted: Mapping[str, Counts] = field(default_factory=dict)
    settled: Mapping[str, Any] = field(default_factory=dict)
    preferences: Mapping[str, Any] = field(default_factory=dict)

    def to_document(self) -> Document:
        """As plain data for the session, without what is empty."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}

    @classmethod
    def from_document(cls, document: Document) -> Change:
        """The inverse of `to_document`. Raises LookupError, TypeError, ValueError or AttributeError when it is none."""
        change = cls(**document)
        if not {*change.counted} <= {*COUNTED} or not {*change.settled} <= {*SETTLED}:
            raise ValueError("a change of something else")
        made_again(Progress(), [change])
        return change


def changed(before: Progress, after: Progress, request: str) -> Change:
    """What the turn of `request` changed."""
    done = {day: _more(before.days.get(day, {}), exercises) for day, exercises in after.days.items()}
    counted = {name: _more(getattr(before, name), getattr(after, name)) for name in COUNTED}
    was, now = before.to_document(), after.to_document()
    return Change(
        request,
        done={day: more for day, more in done.items() if more},
        counted={name: more for name, more in counted.items() if more},
        settled={name: now[name] for name in SETTLED if now[name] != was[name]},
        preferences=_preferences(before.preferences, after.preferences),
    )


def made_again(stored: Progress, changes: Sequence[Change]) -> Progress:
    """What is stored, with those of the changes that are not in it yet.

    Changes are in their order, and each write had all that came before it: behind the last one that stands, all stand.
    """
    standing = [at for at, change in enumerate(changes) if change.request in stored.writes]
    for change in changes[standing[-1] + 1 if standing else 0 :]:
        stored = _made(stored, change)
    return stored


def _made(progress: Progress, change: Change) -> Progress:
    for day, exercises in change.done.items():
        for exercise, times in exercises.items():
            progress = progress.counted(exercise, date.fromisoformat(day), times)
    made: dict[str, Any] = {name: _added(getattr(progress, name), more) for name, more in change.counted.items()}
    settled = Progress.from_document(dict(change.settled))
    made |= {name: getattr(settled, name) for name in change.settled}
    preferred = Preferences.from_document(dict(change.preferences))
    preferences = {name: getattr(preferred, name) for name in change.preferences}
    return replace(progress, **made, preferences=replace(progress.preferences, **preferences))


def _more(before: Counts, after: Counts) -> dict[str, int]:
    return {name: more for name in (*after, *before) if (more := after.get(name, 0) - before.get(name, 0))}


def _added(counts: Counts, more: Counts) -> dict[str, int]:
    both = {name: counts.get(name, 0) + more.get(name, 0) for name in (*counts, *more)}
    return {name: count for name, count in both.items() if count > 0}


def _preferences(before: Preferences, after: Preferences) -> dict[str, Any]:
    names = [f.name for f in fields(Preferences) if getattr(before, f.name) != getattr(after, f.name)]
    plain = {name: getattr(after, name) for name in names}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in plain.items()}
