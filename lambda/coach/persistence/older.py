"""What earlier versions of the coach wrote: documents and changes, as those of today.

Rule: reading only. A form that nothing can be left in any more goes from here: the last of version 2 are gone 400 days
after the release of version 3, when the table lets its items expire.

Up to version 2 a document in a session or a file had a field for each thing and its days as one letter for each time,
and only the table had the form of `document`. Version 1 had one `zone`. Both named the requests of the last writes, and
not the turns of sessions: a write of theirs whose answer was lost is not known again.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from coach.persistence import changes
from coach.persistence.changes import Change, Delta
from coach.persistence.document import KNOWN, PREFERENCE, Document, read_place, write
from coach.persistence.progress import Mode, Preferences, Progress
from coach.planning import Variation

OBSOLETE = frozenset({"req", "writes", "zone"})
"""Fields of older items in the table. They go with the next write."""

_CODES = string.digits + string.ascii_letters
_SPELLED = frozenset(
    (
        *("version", "last_request", "writes", "touched", "zone", "zones", "welcomed", "place", "last", "codes"),
        *("days", "weeks", "total_days", "rests", "met", "skipped", "preferences"),
    )
)
"""The fields of a document in which everything was spelled out."""


def upgraded(document: Mapping[str, Any]) -> Document:
    """A document of any version, in the form of today. Fields of a newer version stay. Raises LookupError, TypeError,
    ValueError or AttributeError when it is none of ours.
    """
    if "version" in document:
        unknown = {name: value for name, value in document.items() if name not in _SPELLED}
        preferences = document.get("preferences", {}).items()
        unknown |= {PREFERENCE + name: value for name, value in preferences if PREFERENCE + name not in KNOWN}
        return unknown | write(_spelled(document))
    fields = {name: value for name, value in document.items() if name not in OBSOLETE}
    return {**fields, "zones": f"={document['zone']}"} if document.get("zone") else fields


def delta(document: Mapping[str, Any], turn: int) -> Delta:
    """A change that a session of version 2 carried, as the operations of a turn. Raises LookupError, TypeError,
    ValueError or AttributeError when it is none.
    """
    return Delta(turn, tuple(_operations(document)))


def _spelled(document: Mapping[str, Any]) -> Progress:
    last = document.get("last")
    zones = document.get("zones") or ([["", document["zone"]]] if document.get("zone") else [])
    exercises = dict(zip(_CODES, document.get("codes", []), strict=False))
    return Progress(
        touched=int(document.get("touched", 0)),
        zones=tuple((str(device), str(zone)) for device, zone in zones),
        welcomed=bool(document.get("welcomed", False)),
        # When the coach last led there was not kept by itself: it was the last turn, as far as anybody knows.
        place=read_place({"at": document.get("touched", 0), **document["place"]}) if document.get("place") else None,
        last=(str(last[0]), str(last[1])) if last else None,
        days={
            day: dict(Counter(exercises[letter] for letter in done)) for day, done in document.get("days", {}).items()
        },
        weeks={week: int(n) for week, n in document.get("weeks", {}).items()},
        total_days=int(document.get("total_days", 0)),
        rests=tuple(document.get("rests", ())),
        met={e: int(n) for e, n in document.get("met", {}).items()},
        skipped={e: int(n) for e, n in document.get("skipped", {}).items()},
        preferences=_preferences(document.get("preferences", {})),
    )


def _preferences(document: Mapping[str, Any]) -> Preferences:
    usual = Preferences()
    return Preferences(
        pace=document.get("pace", usual.pace),
        holds=document.get("holds", usual.holds),
        mode=Mode(document.get("mode", usual.mode)),
        weekly_goal=document.get("weekly_goal", usual.weekly_goal),
        hold_ms=dict(document.get("hold_ms", {})),
        variations={e: Variation(way) for e, way in document.get("variations", {}).items()},
        left_out=tuple(document.get("left_out", ())),
    )


def _operations(document: Mapping[str, Any]) -> Iterator[Change]:
    for day, exercises in document.get("done", {}).items():
        yield from (changes.done(e, date.fromisoformat(day), n) for e, n in exercises.items())
    counted = document.get("counted", {})
    yield from (changes.met(e) for e, n in counted.get("met", {}).items() for _ in range(n))
    for exercise, n in counted.get("skipped", {}).items():
        yield from [changes.skips_forgotten(exercise)] if n < 0 else [changes.skipped(exercise)] * n
    yield from _settled(document.get("settled", {}))
    yield from _preferred(document.get("preferences", {}))


def _settled(settled: Mapping[str, Any]) -> Iterator[Change]:
    if settled.get("welcomed"):
        yield changes.welcomed()
    if settled.get("last"):
        day, routine = settled["last"]
        yield changes.begun(routine, date.fromisoformat(day))
    if settled.get("rests"):
        yield changes.resting(settled["rests"])
    yield from (changes.in_zone(device, zone) for device, zone in settled.get("zones", ()))


def _preferred(preferences: Mapping[str, Any]) -> Iterator[Change]:
    numbers = {"pace": changes.pace, "holds": changes.holds, "weekly_goal": changes.weekly_goal}
    yield from (numbers[name](value) for name, value in preferences.items() if name in numbers)
    if "mode" in preferences:
        yield changes.mode(Mode(preferences["mode"]))
    if "hold_ms" in preferences:
        yield changes.usual_holds()
        yield from (changes.hold(e, ms) for e, ms in preferences["hold_ms"].items())
    yield from (changes.variation(e, Variation(way)) for e, way in preferences.get("variations", {}).items())
    left_out: Sequence[str] = preferences.get("left_out", ())
    yield from (changes.left_out(e) for e in left_out)
