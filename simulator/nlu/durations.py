"""AMAZON.DURATION: a length of time in words, as ISO 8601."""

from collections.abc import Sequence

from simulator.nlu.english import SECONDS
from simulator.nlu.numbers import number

_HALF = ("and", "a", "half")
_QUARTERS = {
    ("half", "an"): 0.5,
    ("half", "a"): 0.5,
    ("a", "half"): 0.5,
    ("a", "quarter", "of", "an"): 0.25,
    ("quarter", "of", "an"): 0.25,
    ("three", "quarters", "of", "an"): 0.75,
}


def duration(words: Sequence[str]) -> str | None:
    """The length of time that the words say: "a minute and a half" is PT1M30S. Nothing when they say none."""
    seconds = _seconds(tuple(words))
    return None if seconds is None else _iso(seconds)


def _seconds(words: tuple[str, ...]) -> int | None:
    for place, word in enumerate(words):
        if word in SECONDS:
            unit, rest = SECONDS[word], words[place + 1 :]
            many = _many(words[:place])
            if many is None:
                return None
            if rest == _HALF:
                return round((many + 0.5) * unit)
            more = _rest(rest, unit)
            return None if more is None else round(many * unit) + more
    return None


def _many(words: tuple[str, ...]) -> float | None:
    """How many of a unit stand before it."""
    if words in (("a",), ("an",)):
        return 1
    if words in _QUARTERS:
        return _QUARTERS[words]
    if words[-3:] == _HALF:
        whole = number(words[:-3])
        return None if whole is None else whole + 0.5
    return number(words)


def _rest(words: tuple[str, ...], unit: int) -> int | None:
    """The seconds of what follows the first unit: "one minute thirty", "an hour and ten minutes"."""
    if not words:
        return 0
    words = words[1:] if words[0] == "and" else words
    bare = number(words)
    if bare is not None:
        return bare * unit // 60 if unit > 1 and bare < 60 else None
    more = _seconds(words)
    return more if more is not None and more < unit else None


def _iso(seconds: int) -> str:
    for letter, unit in (("W", 604_800), ("D", 86_400)):
        if seconds and seconds % unit == 0:
            return f"P{seconds // unit}{letter}"
    hours, minutes = divmod(seconds // 60, 60)
    parts = [(hours, "H"), (minutes, "M"), (seconds % 60, "S")]
    return "PT" + ("".join(f"{many}{letter}" for many, letter in parts if many) or "0S")
