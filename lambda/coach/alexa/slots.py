"""The slots of an intent, read as the detail of the event that it is.

Rule: whatever is missing, was not understood, or is of another kind than Alexa's documents say is empty, never trusted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from coach.alexa.limits import SLOT_MAX_CHARACTERS
from coach.conversation.details import (
    A_DAY,
    LAST,
    PARTS_OF_DAY,
    About,
    Choice,
    Condition,
    Count,
    Daily,
    Detail,
    Hurt,
    Length,
    Named,
    Wanted,
    When,
)
from coach.conversation.events import DETAILS, Event

TIMES = ("time", "time_two", "time_three")
"""The slots of a request for reminders, in the order in which they are said."""

MATCHED = "ER_SUCCESS_MATCH"
"""The status of a value that is one of those listed."""

CONDITIONS = ("condition", "another")
"""The slots of conditions."""

PREGNANCY = "pregnancy"
"""The condition that is told in words which are no name in a sentence: "six months gone"."""

A_MINUTE_MS = 60_000

_TIME = re.compile(r"(\d\d):([0-5]\d)")
_WEEKEND = "-WE"
_WEEK = re.compile(r"\d{4}-W\d\d")
_DURATION = re.compile(r"P(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_DURATION_SECONDS = (30 * 86_400, 604_800, 86_400, 3_600, 60, 1)


class Slots:
    """The slots of an intent as Alexa sends them; whatever is missing or was not understood is empty."""

    def __init__(self, slots: Mapping[str, Any]) -> None:
        self._slots = slots

    def has(self, name: str) -> bool:
        """Whether the intent has a slot of this name, filled or not."""
        return name in self._slots

    def value(self, name: str) -> str:
        """The words that were heard, as Alexa writes them."""
        return _text(self._slots, name, "value")

    def id(self, name: str) -> str:
        """The id that the words were resolved to."""
        authorities = _at(self._slots, name, "resolutions", "resolutionsPerAuthority")
        for authority in authorities if isinstance(authorities, list) else ():
            if _at(authority, "status", "code") == MATCHED and _at(authority, "values", 0):
                return _text(authority, "values", 0, "value", "id")
        return ""

    def unlisted(self) -> bool:
        """Whether something was heard for a name of ours that is none: any talk may have come in by it."""
        named = (name for name in self._slots if _at(self._slots, name, "resolutions"))
        return any(self.value(name) and not self.id(name) for name in named)

    def number(self, name: str) -> int:
        """The number that was said; 0 for anything else."""
        return _number(self.value(name))


def _at(value: Any, *path: str | int) -> Any:
    """What is found down a path; None where it does not lead anywhere."""
    for key in path:
        try:
            value = value[key]
        except (TypeError, LookupError):
            return None
    return value


def _text(value: Any, *path: str | int) -> str:
    """The text down a path, as much of it as anybody says."""
    found = _at(value, *path)
    return found[:SLOT_MAX_CHARACTERS] if isinstance(found, str) else ""


def _wanted(slots: Slots, event: Event) -> Wanted:
    length = duration_ms(slots.value("length"))
    return Wanted(slots.id("routine"), slots.id("area"), length, event is Event.NO_FLOOR)


def _named(slots: Slots, _: Event) -> Named:
    exercise = slots.id("exercise")
    number = slots.number("number") or slots.number("ordinal")
    return Named(exercise, "" if exercise else slots.value("exercise"), number)


def _about(slots: Slots, _: Event) -> About:
    return About(slots.id("routine"), slots.id("exercise"))


def _length(slots: Slots, _: Event) -> Length:
    seconds = slots.number("seconds") + 60 * slots.number("minutes")
    length = slots.value("length") or slots.id("unit")
    return Length(duration_ms(length) or seconds * 1000, slots.number("number"))


def _count(slots: Slots, _: Event) -> Count:
    return Count(slots.number("number"), slots.id("exercise"))


def _choice(slots: Slots, _: Event) -> Choice:
    """An intent without a slot for which one it is means the last one."""
    return Choice(slots.number("ordinal") if slots.has("ordinal") else LAST)


def _when(slots: Slots, _: Event) -> When:
    said, ms = slots.value("day"), duration_ms(slots.value("length"))
    week = _day(said.removesuffix(_WEEKEND)) if _WEEK.fullmatch(said.removesuffix(_WEEKEND)) else None
    if week and said.endswith(_WEEKEND):
        return When(week + timedelta(days=5), ms, weekend=True)
    return When(week or _day(said), ms, said if week else "")


def _daily(slots: Slots, _: Event) -> Daily:
    said = [slots.value(name) for name in TIMES]
    times = tuple(time for value in said if (time := _time(value)) is not None)
    part = next((value for value in said if value in PARTS_OF_DAY), "")
    wait = duration_ms(slots.value("wait")) // A_MINUTE_MS
    return Daily(times, part, slots.number("number"), slots.id("exercise"), wait)


def _hurt(slots: Slots, _: Event) -> Hurt:
    return Hurt(slots.id("part"))


def _condition(slots: Slots, _: Event) -> Condition:
    """An intent without a slot for which one it is means a pregnancy."""
    if not any(map(slots.has, CONDITIONS)):
        return Condition((PREGNANCY,))
    return Condition(tuple(name for name in map(slots.id, CONDITIONS) if name))


_READ: Mapping[type[Detail], Callable[[Slots, Event], Detail]] = {
    Wanted: _wanted,
    Named: _named,
    About: _about,
    Length: _length,
    Count: _count,
    Choice: _choice,
    When: _when,
    Daily: _daily,
    Hurt: _hurt,
    Condition: _condition,
}
"""How each kind of detail is read from slots."""


def duration_ms(value: str) -> int:
    """Milliseconds of an ISO 8601 duration as Alexa gives it (`PT1M30S`); 0 for anything else."""
    match = _DURATION.fullmatch(value)
    if not match:
        return 0
    return 1000 * sum(int(n or 0) * unit for n, unit in zip(match.groups(), _DURATION_SECONDS, strict=True))


def lasts_nothing(value: str) -> bool:
    """Whether a duration is none at all, as of zero minutes."""
    return _DURATION.fullmatch(value) is not None and not duration_ms(value)


def _number(value: str) -> int:
    """A number as Alexa gives it; 0 for anything else, and for more than anybody counts to."""
    return int(value) if value.isdecimal() and len(value) <= 4 else 0


def _time(value: str) -> int | None:
    """Minutes after midnight of a time as Alexa gives it (`19:30`)."""
    match = _TIME.fullmatch(value)
    time = int(match[1]) * 60 + int(match[2]) if match else A_DAY
    return time if time < A_DAY else None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def detail(slots: Slots, event: Event) -> Detail | None:
    """What the slots of an intent say of the event that it is; None for an event that carries nothing."""
    kind = DETAILS.get(event)
    return _READ[kind](slots, event) if kind else None
