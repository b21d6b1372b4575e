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

from coach.persistence import changes, document
from coach.persistence.changes import Change, Delta
from coach.persistence.document import KNOWN, PREFERENCE, Document
from coach.persistence.heard import read_mark
from coach.persistence.plans import read_spelled
from coach.persistence.progress import GOAL_MOST, Mode, Preferences, Progress
from coach.persistence.reading import (
    COUNT_MOST,
    ENTRIES_MOST,
    ID,
    KEY,
    MS_MOST,
    WORK_MS_MOST,
    ZONE,
    Fields,
    day,
    flag,
    items,
    number,
    one_of,
    week,
)
from coach.planning import Variation
from coach.planning.steps import HOLDS, PACES
from coach.speaking import Mark, Spoken
from coach.values import replace

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


def read(plain: object, *, revision: int = 0) -> Progress:
    """Progress from a document of any version. `repaired` has the names of the fields that do not read."""
    if isinstance(plain, Mapping) and _is_spelled(plain):
        return _spelled(plain, revision)
    if isinstance(plain, Mapping) and plain.get("zone"):
        plain = {**plain, "zones": f"={plain['zone']}"}
    return document.read(plain, revision=revision)


def spoken(session: Fields) -> Spoken | None:
    """The answer that was being spoken, where the session had it itself: up to version 3."""
    marks = session.each("marks", _mark, items)
    return Spoken(session.get("sent_ms", number(0, MS_MOST), 0), marks) if marks else None


def _mark(plain: Any) -> Mark:
    """A mark as the session had it. One of version 2 does not say what follows it."""
    step, starts, works, ends, done, *follows = items(plain)
    return read_mark([step, starts, works, ends, done, *(follows or ("", "", "")), 0, 0])


def newer(plain: object) -> Document:
    """What a newer version of the coach has written into a document of any version, beside what is read here."""
    if not isinstance(plain, Mapping):
        return {}
    if not _is_spelled(plain):
        return {name: value for name, value in plain.items() if name not in KNOWN | OBSOLETE}
    preferences = plain.get("preferences")
    settled = preferences.items() if isinstance(preferences, Mapping) else ()
    unknown = {name: value for name, value in plain.items() if name not in _SPELLED}
    return unknown | {PREFERENCE + name: value for name, value in settled if PREFERENCE + name not in KNOWN}


def _is_spelled(plain: Mapping[str, Any]) -> bool:
    """Whether everything is spelled out in a document: those named their version in full."""
    return "version" in plain and "v" not in plain


def delta(plain: Mapping[str, Any], turn: int) -> Delta:
    """A change that a session of version 2 carried, as the operations of a turn. Raises LookupError, TypeError,
    ValueError or AttributeError when it is none.
    """
    return Delta(turn, tuple(_operations(plain)))


def _spelled(plain: Mapping[str, Any], revision: int) -> Progress:
    fields = Fields(plain)
    count = number(0, COUNT_MOST)
    zone = fields.get("zone", ZONE, "") if "zone" in fields else ""
    exercises = dict(fields.each("codes", _lettered, lambda codes: zip(_CODES, items(codes), strict=False)))

    def times(done: tuple[str, str]) -> tuple[str, Mapping[str, int]]:
        return day(done[0]), Counter(exercises[letter] for letter in done[1])

    def counted(name: str) -> dict[str, int]:
        return dict(fields.each(name, lambda entry: (ID(entry[0]), count(entry[1])), dict.items))

    touched = fields.get("touched", number(0, MS_MOST // 1000), 0)
    found = Progress(
        revision=revision,
        touched=touched,
        zones=fields.each("zones", _zone, items) or ((("", zone),) if zone else ()),
        welcomed=fields.get("welcomed", flag, False),
        # When the coach last led there was not kept by itself: it was the last turn, as far as anybody knows.
        place=read_spelled(fields.within("place"), touched) if "place" in fields else None,
        last=fields.get("last", document.last, None),
        days=dict(fields.each("days", times, dict.items)),
        weeks=dict(fields.each("weeks", lambda entry: (week(entry[0]), number(0, 7)(entry[1])), dict.items)),
        total_days=fields.get("total_days", count, 0),
        rests=fields.each("rests", week, items),
        met=counted("met"),
        skipped=counted("skipped"),
        preferences=_preferences(fields.within("preferences")) if "preferences" in fields else Preferences(),
    )
    return replace(found, repaired=tuple(fields.unread))


def _lettered(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[0], ID(pair[1])


def _zone(known: Sequence[Any]) -> tuple[str, str]:
    device, zone = known
    return KEY(device), ZONE(zone)


def _preferences(fields: Fields) -> Preferences:
    usual, ms = Preferences(), number(1, WORK_MS_MOST)
    return Preferences(
        pace=fields.get("pace", one_of(*PACES), usual.pace),
        holds=fields.get("holds", one_of(*HOLDS), usual.holds),
        mode=fields.get("mode", Mode, usual.mode),
        weekly_goal=fields.get("weekly_goal", number(1, GOAL_MOST), usual.weekly_goal),
        hold_ms=dict(fields.each("hold_ms", lambda entry: (ID(entry[0]), ms(entry[1])), dict.items)),
        variations=dict(fields.each("variations", lambda entry: (ID(entry[0]), Variation(entry[1])), dict.items)),
        left_out=fields.each("left_out", ID, items),
    )


def _operations(plain: Mapping[str, Any]) -> Iterator[Change]:
    for day_, exercises in plain.get("done", {}).items():
        yield from (changes.done(e, date.fromisoformat(day_), n) for e, n in exercises.items())
    counted, times = plain.get("counted", {}), number(-1, ENTRIES_MOST)
    yield from (changes.met(e) for e, n in counted.get("met", {}).items() for _ in range(times(n)))
    for exercise, n in counted.get("skipped", {}).items():
        yield from [changes.skips_forgotten(exercise)] if times(n) < 0 else [changes.skipped(exercise)] * n
    yield from _settled(plain.get("settled", {}))
    yield from _preferred(plain.get("preferences", {}))


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
