"""Plain data that comes from outside, read one field at a time.

Rule: a field that does not read as ours has its default, and its name is told; nothing else of the data is lost for it.
A field that is not there has its default too, and that is nothing to be told: an older version did not have it. Each
bound is far beyond what there ever is, so that whoever meets one has been tampered with, and small enough that what is
worked out with it takes no time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

T = TypeVar("T")
Read = Callable[[Any], T]
"""Makes a value of plain data. Raises one of UNREADABLE for what is none of ours."""

UNREADABLE: Final = (LookupError, TypeError, ValueError, AttributeError, OverflowError)

COUNT_MOST: Final = 1_000_000
"""Largest count: three thousand years of days, or one exercise ten times a day for three hundred years."""

MS_MOST: Final = 10**13
"""Latest moment in milliseconds, the year 2286."""

TURN_MOST: Final = MS_MOST // 1000
"""Largest number of a turn: it is the moment of its request, in seconds. Earlier versions counted from 1."""

WORK_MS_MOST: Final = 10 * COUNT_MOST
"""Longest time of one step, close to three hours; a hold of a minute and a half is the longest that can be had."""

ROUNDS_MOST: Final = 20
"""Most rounds of one exercise: an earlier version gave a plan up to eleven more than its own."""

RUNGS_MOST: Final = 99
"""Highest rung of an easy start: the longest way to a dose has some twenty."""

ENTRIES_MOST: Final = 200
"""Most entries of a list or mapping: content has some ten exercises, and weeks and days are kept by the dozen."""


class Fields:
    """The fields of some plain data. `unread` has the names of those that did not read, each once, for all the data
    that this is `within`.
    """

    def __init__(self, plain: object, unread: dict[str, None] | None = None, within: str = "") -> None:
        self.unread: dict[str, None] = {} if unread is None else unread
        self._within = within
        self._plain: Mapping[str, Any] = plain if isinstance(plain, Mapping) else {}
        if not isinstance(plain, Mapping):
            self.note("")

    def __contains__(self, name: str) -> bool:
        return self._plain.get(name) is not None

    def note(self, name: str) -> None:
        """Tell that a field did not read, or could not be true."""
        self.unread[f"{self._within}{name}".rstrip(".") or "document"] = None

    def within(self, name: str) -> Fields:
        """The fields of a field that has some."""
        return Fields(self._plain.get(name), self.unread, f"{self._within}{name}.")

    def get(self, name: str, read: Read[T], default: T) -> T:
        """A field, read."""
        if name not in self._plain:
            return default
        try:
            return read(self._plain[name])
        except UNREADABLE:
            self.note(name)
            return default

    def each(self, name: str, read: Read[T], split: Read[Iterable[Any]]) -> tuple[T, ...]:
        """The entries of a field that has many, without those that do not read."""
        entries: list[Any] = self.get(name, lambda plain: list(split(plain)), [])
        if len(entries) > ENTRIES_MOST:
            self.note(name)
        found: list[T] = []
        for entry in entries[:ENTRIES_MOST]:
            try:
                found.append(read(entry))
            except UNREADABLE:
                self.note(name)
        return tuple(found)


def number(least: int, most: int) -> Read[int]:
    """A whole number between two bounds."""

    def read(plain: Any) -> int:
        # True is an int to Python, and a number of another kind may be as good as none.
        return int(_sound(plain, type(plain) is int and least <= plain <= most))

    return read


def digits(least: int, most: int) -> Read[int]:
    """A whole number between two bounds, written down."""
    whole = number(least, most)
    return lambda plain: whole(int(_sound(plain, isinstance(plain, str) and plain.isdecimal())))


def text(shape: str) -> Read[str]:
    """Text of a shape, which a regular expression tells."""
    matches = re.compile(shape, re.ASCII).fullmatch
    return lambda plain: str(_sound(plain, isinstance(plain, str) and matches(plain) is not None))


def one_of(*choices: T) -> Read[T]:
    """One of some values."""
    return lambda plain: choices[choices.index(plain)]


def flag(plain: Any) -> bool:
    """True or false."""
    return bool(_sound(plain, isinstance(plain, bool)))


def items(plain: Any) -> list[Any]:
    """The entries of a list."""
    return list(_sound(plain, isinstance(plain, list)))


def words(plain: Any) -> list[str]:
    """The words of a text."""
    return str(_sound(plain, isinstance(plain, str))).split()


def day(plain: Any) -> str:
    """A date as ISO text, in the one form in which dates are written down."""
    return str(_sound(plain, date.fromisoformat(plain).isoformat() == plain))


def week(plain: Any) -> str:
    """An ISO week as text, `2026-W48`."""
    year, number_ = plain.split("-W")
    date.fromisocalendar(int(year), int(number_), 1)
    return str(_sound(plain, len(plain) == len("2026-W48")))


def signs(plain: Any) -> list[str]:
    """The letters of a text."""
    return list(_sound(plain, isinstance(plain, str)))


def _sound(plain: T, true: bool) -> T:
    if not true:
        raise ValueError("none of ours")
    return plain


MOMENT: Final = digits(0, MS_MOST)
"""A moment in epoch milliseconds, written down."""

TURN: Final = number(0, TURN_MOST)
"""The number of a turn."""

KEY: Final = text(r"[\w-]{0,64}")
"""An opaque key: a digest as hexadecimal digits, or nothing."""

VOICE: Final = text(r"([0-9a-f]{16,64})?")
"""The key of a voice, or nothing: it tells whose progress is written, so nothing but a digest will do."""

ID: Final = text(r"\w{1,64}")
"""The id of an exercise or a routine: it is the name of a file, and sometimes of none any more."""

ID_IF_ANY: Final = text(r"\w{0,64}")
"""An id, or nothing."""

SETTING: Final = text(r"\w{1,64}(/\w{1,64})?")
"""The name of a setting, of one exercise or of all."""

STEP: Final = text(r"\w{1,64}(\.\w{1,64}){2}")
"""The id of a step: the exercise, the set and the side."""

SPEAKER: Final = text(r"[\w-]{0,64}/[\w-]{2,16}")
"""The key of a speaker: a device, and the locale that it speaks."""

ZONE: Final = text(r"[\w+/-]{1,64}")
"""The name of a time zone."""
