"""A sentence as tokens: lower-case words, without marks, with numbers written out.

Rule: the same for what a person types and for what a sample says, so that the two can be compared word by word.
"""

import re
from collections.abc import Callable
from functools import cache, partial

from simulator.nlu.language import Language
from simulator.nlu.numbers import in_words

Tokens = tuple[str, ...]

SHORTEST_STEM = 4
"""Letters that must be left of a word whose ending is cut off."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")

_PLAIN = re.compile(r"\s*(?:[^\W\d_]+(?:'[^\W\d_]+)*(?:\s+|$))*")
_SPELLED = re.compile(r"\b\w\s\w\b")
"""What is nothing but words, as nearly all samples are, has no figures and no short forms in it, unless letters stand
alone in it one after the other.
"""


def tokens(text: str, language: Language) -> Tokens:
    """The words of `text`: "It's 7:30 a.m." gives it's, seven, thirty, am."""
    plain = text.lower().replace("’", "'").replace("‘", "'")
    if _PLAIN.fullmatch(plain) and not _SPELLED.search(plain):
        words = plain.split()
        return tuple(map(language.spellings.get, words, words))
    for pattern, said in _figures(language):
        plain = pattern.sub(said, plain)
    row: list[str] = []
    for word in _WORD.findall(plain):
        row.extend(in_words(int(word), language) if word.isdigit() else [language.spellings.get(word, word)])
    return tuple(row)


@cache
def stem(word: str, language: Language) -> str:
    """The word without its commonest endings, so that "stretches" and "stretching" are one word."""
    if word.startswith("{"):
        return word
    for ending in language.endings.owner:
        word = word.removesuffix(ending)
    for ending in language.endings.other:
        left = len(word) - len(ending)
        if word.endswith(ending) and left >= SHORTEST_STEM and not word.endswith(language.endings.kept):
            return word.removesuffix(ending)
    return word


def stems(words: Tokens, language: Language) -> Tokens:
    """Each word without its ending."""
    return tuple(stem(word, language) for word in words)


def roots(words: Tokens, language: Language) -> Tokens:
    """The words with contractions written out and without endings."""
    return stems(expanded(words, language), language)


def expanded(words: Tokens, language: Language) -> Tokens:
    """The words with contractions written out, so that "i've" and "i have" are the same."""
    row: list[str] = []
    for word in words:
        row.extend(_parts(word, language))
    return tuple(row)


@cache
def _parts(word: str, language: Language) -> Tokens:
    if word in language.contractions:
        return language.contractions[word]
    for ending, meant in language.clipped.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word.removesuffix(ending), meant)
    return (word,)


@cache
def _figures(language: Language) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
    """What is typed in figures and short forms, in the order in which it is looked for, and how it is said."""
    forms = [(re.compile(pattern), partial(_expanded, said=said)) for pattern, said in language.patterns.items()]
    # A comma in a list of numbers is heard, and keeps "nine, twelve" from being twelve past nine.
    comma = (_comma_in_a_list(language), partial(_expanded, said=rf"\1 {language.numbers.joint} "))
    ordinals = re.compile(language.numbers.ordinal_figures)
    return (*forms, comma, (ordinals, lambda found: _ordinal(int(found[1]), language)))


def _expanded(found: re.Match[str], said: str) -> str:
    return found.expand(said)


def _comma_in_a_list(language: Language) -> re.Pattern[str]:
    """A comma between two numbers or times: after the first, and before the second."""
    numbers, times = language.numbers, language.times
    begin = rf"\d+|{_any([*numbers.units, *numbers.tens, *map(' '.join, times.named)])}"
    end = _any([times.oclock, *map(" ".join, times.half_days)])
    return re.compile(rf"\b({begin}|{end}),\s+(?=({begin})\b)")


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


def _ordinal(number: int, language: Language) -> str:
    ordinals = language.numbers.ordinals
    return ordinals[number] if number < len(ordinals) else str(number)
