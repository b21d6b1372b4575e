"""What is kept about a person between sessions: the place, the days, the preferences. And the port to where it is kept.

Rule: nothing about health, no names, no words that were said. A step is kept by its id, so that content may change.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from coach.plan import Document, Place
from coach.routine import Variation

SCHEMA_VERSION = 2
"""Version of the stored document. A change of shape adds a reader for the older one in `Progress.from_document`.

Version 1 had one `zone` and the one `last_request`; it is read as one device's zone and as no write yet.
"""

OBSOLETE = frozenset({"last_request", "req", "zone"})
"""Fields of older versions. They go with the next write; what else is not known is a newer version's, and stays."""

DAYS_KEPT = 14
"""How many days are kept exercise by exercise: this week and the last one. All travels with every answer of a
session.
"""

WEEKS_KEPT = 12
"""How many weeks are kept as a number of days, for the weeks in a row."""

WRITES_KEPT = 8
"""How many writes are remembered by name: one whose answer was lost is known again behind seven of other speakers."""

ZONES_KEPT = 2
"""How many devices' time zones are kept."""

CODES = string.digits + string.ascii_letters
"""One letter for each exercise of the days that are kept."""


class Mode(StrEnum):
    """How much one answer does before it waits for the person."""

    EXERCISE = "exercise"
    HANDS_FREE = "hands_free"
    STEP_BY_STEP = "step_by_step"


@dataclass(frozen=True)
class Preferences:
    """What a person has settled for good. `pace` and `holds` are percent; `hold_ms` are the holds kept for one
    exercise.
    """

    pace: int = 100
    holds: int = 100
    mode: Mode = Mode.EXERCISE
    weekly_goal: int = 4
    hold_ms: Mapping[str, int] = field(default_factory=dict)
    variations: Mapping[str, Variation] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def to_document(self) -> Document:
        """As plain data: only what differs from the defaults."""
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        plain |= {"hold_ms": dict(self.hold_ms), "variations": dict(self.variations), "left_out": list(self.left_out)}
        usual = {"pace": 100, "holds": 100, "mode": Mode.EXERCISE, "weekly_goal": 4}
        return {name: value for name, value in plain.items() if value != usual.get(name) and value not in ({}, [])}

    @classmethod
    def from_document(cls, document: Document) -> Preferences:
        """The inverse of `to_document`; what is missing has its default, what is unknown is left out."""
        known = {f.name: document[f.name] for f in fields(cls) if f.name in document}
        if "mode" in known:
            known["mode"] = Mode(known["mode"])
        if "variations" in known:
            known["variations"] = {exercise: Variation(v) for exercise, v in known["variations"].items()}
        known["left_out"] = tuple(known.get("left_out", ()))
        return cls(**known)


@dataclass(frozen=True)
class Progress:
    """All that is kept of one person.

    `touched` is the time of the last turn in epoch seconds; `days` counts exercises by ISO date; `weeks` counts days of
    practice by ISO week; `rests` are ISO weeks that were declared off; `met` and `skipped` count by exercise; `last` is
    the routine last begun and the day of it; `welcomed` is set once the first words were said; `zones` are devices
    with their time zones, the one used last at the end; `writes` names the requests whose turns were written last, so
    that none is counted twice; `revision` is the store's own count of writes, 0 before the first.
    """

    revision: int = 0
    writes: tuple[str, ...] = ()
    touched: int = 0
    zones: tuple[tuple[str, str], ...] = ()
    welcomed: bool = False
    place: Place | None = None
    last: tuple[str, str] | None = None
    days: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    weeks: Mapping[str, int] = field(default_factory=dict)
    total_days: int = 0
    rests: tuple[str, ...] = ()
    met: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    preferences: Preferences = field(default_factory=Preferences)

    @property
    def zone(self) -> str:
        """The time zone where the person was last, empty if none was ever told."""
        return self.zones[-1][1] if self.zones else ""

    def written_by(self, request: str) -> Progress:
        """With the name of the request that this is written for."""
        return replace(self, writes=(*self.writes, request)[-WRITES_KEPT:])

    def in_zone(self, device: str, zone: str) -> Progress:
        """With the time zone of the device that the person talks to."""
        others = tuple(known for known in self.zones if known[0] != device)
        return replace(self, zones=(*others, (device, zone))[-ZONES_KEPT:])

    def counted(self, exercise: str, day: date, times: int = 1) -> Progress:
        """With an exercise done on a day. Days and weeks that are too old to matter are let go."""
        iso, week = day.isoformat(), week_of(day)
        today = dict(self.days.get(iso, {}))
        first_today = not today
        today[exercise] = today.get(exercise, 0) + times
        oldest = (day - timedelta(days=DAYS_KEPT)).isoformat()
        days = {d: done for d, done in {**self.days, iso: today}.items() if d > oldest}
        weeks = {**self.weeks, week: self.weeks.get(week, 0) + first_today}
        kept = dict(sorted(weeks.items())[-WEEKS_KEPT:])
        return replace(self, days=days, weeks=kept, total_days=self.total_days + first_today)

    def times_on(self, day: date, exercise: str) -> int:
        """How often an exercise was done on a day."""
        return self.days.get(day.isoformat(), {}).get(exercise, 0)

    def days_this_week(self, day: date) -> int:
        """On how many days of the week of `day` something was done."""
        return self.weeks.get(week_of(day), 0)

    def weeks_in_a_row(self, day: date) -> int:
        """How many weeks up to this one met the goal. A week declared off, and this week until it is over, break
        nothing.
        """
        goal, count = self.preferences.weekly_goal, 0
        if self.days_this_week(day) >= goal:
            count = 1
        for back in range(1, WEEKS_KEPT):
            week = week_of(day - timedelta(weeks=back))
            if self.weeks.get(week, 0) >= goal:
                count += 1
            elif week not in self.rests:
                break
        return count

    def with_met(self, exercise: str) -> Progress:
        """With one more meeting with an exercise."""
        return replace(self, met={**self.met, exercise: self.met.get(exercise, 0) + 1})

    def with_skipped(self, exercise: str) -> Progress:
        """With one more skip of an exercise."""
        return replace(self, skipped={**self.skipped, exercise: self.skipped.get(exercise, 0) + 1})

    def to_document(self) -> Document:
        """As plain data for a store; the revision is the store's own and is left to it."""
        return {
            "version": SCHEMA_VERSION,
            "writes": list(self.writes),
            "touched": self.touched,
            "zones": [list(known) for known in self.zones],
            "welcomed": self.welcomed,
            "place": self.place.to_document() if self.place else None,
            "last": list(self.last) if self.last else None,
            **_packed(self.days),
            "weeks": dict(self.weeks),
            "total_days": self.total_days,
            "rests": list(self.rests),
            "met": dict(self.met),
            "skipped": dict(self.skipped),
            "preferences": self.preferences.to_document(),
        }

    @classmethod
    def from_document(cls, document: Document, *, revision: int = 0) -> Progress:
        """From a stored document of any version so far. Raises LookupError, TypeError or ValueError when it is none."""
        last = document.get("last")
        zones = document.get("zones") or ([["", document["zone"]]] if document.get("zone") else [])
        return cls(
            revision=revision,
            writes=tuple(map(str, document.get("writes", ()))),
            touched=int(document.get("touched", 0)),
            zones=tuple((str(device), str(zone)) for device, zone in zones),
            welcomed=bool(document.get("welcomed", False)),
            place=Place.from_document(document["place"]) if document.get("place") else None,
            last=(str(last[0]), str(last[1])) if last else None,
            days=_unpacked(document.get("codes", []), document.get("days", {})),
            weeks={week: int(n) for week, n in document.get("weeks", {}).items()},
            total_days=int(document.get("total_days", 0)),
            rests=tuple(document.get("rests", ())),
            met={e: int(n) for e, n in document.get("met", {}).items()},
            skipped={e: int(n) for e, n in document.get("skipped", {}).items()},
            preferences=Preferences.from_document(document.get("preferences", {})),
        )


def _packed(days: Mapping[str, Mapping[str, int]]) -> Document:
    """Days as strings with one letter for each time that an exercise was done: a fortnight in a few hundred bytes."""
    codes = sorted({exercise for done in days.values() for exercise in done})[: len(CODES)]
    letters = dict(zip(codes, CODES, strict=False))
    packed = {day: "".join(letters.get(e, "") * n for e, n in done.items()) for day, done in days.items()}
    return {"codes": codes, "days": packed}


def _unpacked(codes: list[str], days: Mapping[str, str]) -> dict[str, dict[str, int]]:
    exercises = dict(zip(CODES, codes, strict=False))
    return {day: dict(Counter(exercises[letter] for letter in done)) for day, done in days.items()}


def week_of(day: date) -> str:
    """The ISO week of a day, as `2026-W48`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


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

        A write of ours whose answer was lost is known by the last of `progress.writes` and counts as done: what stands
        may then have what others wrote since. Raises ConflictError with what is stored when somebody else wrote, and
        StoreUnavailableError when nothing can be said about the write.
        """
        ...

    def forget(self, person: Person) -> None:
        """Delete all that is kept of a person. Raises StoreUnavailableError."""
        ...

    def people(self, account: str) -> Sequence[Person]:
        """Everybody of whom something is kept under an account. Raises StoreUnavailableError."""
        ...
