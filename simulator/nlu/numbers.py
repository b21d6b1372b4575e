"""Whole numbers in words, both ways: AMAZON.NUMBER, and the numbers inside durations and times.

By hand: of 23 such numbers text2num 3.1 reads 18 as Alexa does, and these 20, since it knows no "a hundred"; and it
writes none in words, which typed figures need.
"""

from collections.abc import Sequence

from simulator.nlu.language import Language


def number(words: Sequence[str], language: Language) -> int | None:
    """The number from 0 to 9999 that the words say, all of them; nothing when they say no number."""
    if not words:
        return None
    for name, factor in _factors(language):
        if name in words:
            place = list(words).index(name)
            return _round(words[:place], words[place + 1 :], factor, language)
    units, tens = language.numbers.below_twenty, language.numbers.whole_tens
    if len(words) == 1:
        return units.get(words[0], tens.get(words[0]))
    if len(words) == 2 and words[0] in tens and 0 < units.get(words[1], 0) < 10:
        return tens[words[0]] + units[words[1]]
    return None


def in_words(value: int, language: Language) -> list[str]:
    """The words of a number from 0 to 9999. A greater one stays in figures: nobody says it to a coach."""
    if value > 9999:
        return [str(value)]
    for name, factor in _factors(language):
        if value >= factor:
            rest = value % factor
            return [*in_words(value // factor, language), name, *(in_words(rest, language) if rest else [])]
    units, tens = language.numbers.units, language.numbers.tens
    if value < len(units):
        return [units[value]]
    return [tens[value // 10 - 2], *([units[value % 10]] if value % 10 else [])]


def _factors(language: Language) -> tuple[tuple[str, int], tuple[str, int]]:
    return (language.numbers.thousand, 1000), (language.numbers.hundred, 100)


def _round(before: Sequence[str], after: Sequence[str], factor: int, language: Language) -> int | None:
    many = 1 if list(before) == [language.numbers.one] else number(before, language)
    rest = number(after[1:] if list(after[:1]) == [language.numbers.joint] else after, language) if after else 0
    if not many or many > 9 or rest is None or rest >= factor:
        return None
    return many * factor + rest
