"""AMAZON.DURATION: a length of time in words, as ISO 8601.

By hand: nothing that is kept reads "a minute and a half" or "three quarters of an hour".
"""

from collections.abc import Sequence

from simulator.nlu.language import Language
from simulator.nlu.numbers import number


def duration(words: Sequence[str], language: Language) -> str | None:
    """The length of time that the words say: "a minute and a half" is PT1M30S. Nothing when they say none."""
    stressed = language.durations.stressed
    if words and words[-1] in stressed:
        return None
    said = tuple(word for word in words if word not in stressed)
    if said and said[-1] in language.durations.months:
        months = _many(said[:-1], language)
        return f"P{months}M" if isinstance(months, int) else None
    length = seconds(said, language)
    return None if length is None else _iso(length)


def seconds(words: tuple[str, ...], language: Language) -> int | None:
    """The seconds of the length of time that the words say."""
    units = language.durations.seconds
    for place, word in enumerate(words):
        if word in units:
            unit, rest = units[word], words[place + 1 :]
            many = _many(words[:place], language)
            if rest == language.durations.half_more and not place:
                many = 1
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
    more = seconds(words, language)
    return more if more is not None and more < unit else None


def _iso(length: int) -> str:
    for letter, unit in (("W", 604_800), ("D", 86_400)):
        if length and length % unit == 0:
            return f"P{length // unit}{letter}"
    hours, minutes = divmod(length // 60, 60)
    parts = [(hours, "H"), (minutes, "M"), (length % 60, "S")]
    return "PT" + ("".join(f"{many}{letter}" for many, letter in parts if many) or "0S")
