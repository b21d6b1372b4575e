"""Whole numbers in words, both ways: AMAZON.NUMBER, and the numbers inside durations and times."""

from collections.abc import Sequence

from simulator.nlu.english import TENS, UNITS

_WORDS = {number: word for word, number in (UNITS | TENS).items()}


def number(words: Sequence[str]) -> int | None:
    """The number from 0 to 9999 that the words say, all of them; nothing when they say no number."""
    if not words:
        return None
    for name, factor in (("thousand", 1000), ("hundred", 100)):
        if name in words:
            place = list(words).index(name)
            return _round(words[:place], words[place + 1 :], factor)
    if len(words) == 1:
        return UNITS.get(words[0], TENS.get(words[0]))
    if len(words) == 2 and words[0] in TENS and 0 < UNITS.get(words[1], 0) < 10:
        return TENS[words[0]] + UNITS[words[1]]
    return None


def in_words(value: int) -> list[str]:
    """The words of a number from 0 to 9999. A greater one stays in figures: nobody says it to a coach."""
    if value > 9999:
        return [str(value)]
    for name, factor in (("thousand", 1000), ("hundred", 100)):
        if value >= factor:
            rest = value % factor
            return [*in_words(value // factor), name, *(in_words(rest) if rest else [])]
    if value in _WORDS:
        return [_WORDS[value]]
    return [_WORDS[value - value % 10], _WORDS[value % 10]]


def _round(before: Sequence[str], after: Sequence[str], factor: int) -> int | None:
    many = 1 if list(before) == ["a"] else number(before)
    rest = number(after[1:] if after[:1] == ["and"] or after[:1] == ("and",) else after) if after else 0
    if not many or many > 9 or rest is None or rest >= factor:
        return None
    return many * factor + rest
