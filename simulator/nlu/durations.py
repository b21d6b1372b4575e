"""AMAZON.DURATION: a length of time in words, as ISO 8601."""

from collections.abc import Sequence

from simulator.nlu.language import Language
from simulator.nlu.numbers import number


def duration(words: Sequence[str], language: Language) -> str | None:
    """The length of time that the words say: "a minute and a half" is PT1M30S. Nothing when they say none."""
    seconds = _seconds(tuple(words), language)
    return None if seconds is None else _iso(seconds)


def _seconds(words: tuple[str, ...], language: Language) -> int | None:
    units = language.durations.seconds
    for place, word in enumerate(words):
        if word in units:
            unit, rest = units[word], words[place + 1 :]
            many = _many(words[:place], language)
            if many is None:
                return None
            if rest == language.durations.half_more:
                return round((many + 0.5) * unit)
            more = _rest(rest, unit, language)
            return None if more is None else round(many * unit) + more
    return None


def _many(words: tuple[str, ...], language: Language) -> float | None:
    """How many of a unit stand before it."""
    if words in language.durations.one:
        return 1
    if words in language.durations.parts:
        return language.durations.parts[words]
    half_more = language.durations.half_more
    if words[-len(half_more) :] == half_more:
        whole = number(words[: -len(half_more)], language)
        return None if whole is None else whole + 0.5
    return number(words, language)


def _rest(words: tuple[str, ...], unit: int, language: Language) -> int | None:
    """The seconds of what follows the first unit: "one minute thirty", "an hour and ten minutes"."""
    if not words:
        return 0
    words = words[1:] if words[0] == language.numbers.joint else words
    bare = number(words, language)
    if bare is not None:
        return bare * unit // 60 if unit > 1 and bare < 60 else None
    more = _seconds(words, language)
    return more if more is not None and more < unit else None


def _iso(seconds: int) -> str:
    for letter, unit in (("W", 604_800), ("D", 86_400)):
        if seconds and seconds % unit == 0:
            return f"P{seconds // unit}{letter}"
    hours, minutes = divmod(seconds // 60, 60)
    parts = [(hours, "H"), (minutes, "M"), (seconds % 60, "S")]
    return "PT" + ("".join(f"{many}{letter}" for many, letter in parts if many) or "0S")
