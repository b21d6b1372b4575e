"""A sentence as tokens: lower-case words, without marks, with numbers written out.

Rule: the same for what a person types and for what a sample says, so that the two can be compared word by word.
"""

import re

from simulator.nlu.english import CLIPPED, CONTRACTIONS, ORDINALS, SPELLINGS, TENS, UNITS
from simulator.nlu.numbers import in_words

Tokens = tuple[str, ...]

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+")
_ABBREVIATION = re.compile(r"\b([ap])\.?\s?m\b\.?")
_CLOCK = re.compile(r"\b(\d{1,2}):0(\d)\b")
_HOUR = "|".join([r"\d+", *UNITS, *TENS, "noon", "midnight"])
_LISTED = re.compile(rf"\b({_HOUR}|o'clock|[ap]m),\s+(?=({_HOUR})\b)")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")


def tokens(text: str) -> Tokens:
    """The words of `text`: "It's 7:30 a.m." gives it's, seven, thirty, am."""
    plain = text.lower().replace("’", "'").replace("‘", "'")
    plain = _ABBREVIATION.sub(r" \1m", plain)
    plain = _CLOCK.sub(lambda found: f"{found[1]} oh {found[2]}" if found[2] != "0" else f"{found[1]} o'clock", plain)
    # A comma in a list of numbers is heard, and keeps "nine, twelve" from being twelve past nine.
    plain = _LISTED.sub(r"\1 and ", plain)
    plain = _ORDINAL.sub(_ordinal, plain)
    found: list[str] = []
    for word in _WORD.findall(plain):
        found.extend(in_words(int(word)) if word.isdigit() else [SPELLINGS.get(word, word)])
    return tuple(found)


def stem(word: str) -> str:
    """The word without its commonest endings, so that "stretches" and "stretching" are one word."""
    if word.startswith("{"):
        return word
    word = word.removesuffix("'s").removesuffix("'")
    for ending in ("ing", "es", "ed", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


def stems(words: Tokens) -> Tokens:
    """Each word without its ending."""
    return tuple(map(stem, words))


def roots(words: Tokens) -> Tokens:
    """The words with contractions written out and without endings."""
    return stems(expanded(words))


def expanded(words: Tokens) -> Tokens:
    """The words with contractions written out, so that "i've" and "i have" are the same."""
    row: list[str] = []
    for word in words:
        row.extend(_parts(word))
    return tuple(row)


def _parts(word: str) -> Tokens:
    if word in CONTRACTIONS:
        return CONTRACTIONS[word]
    for ending, meant in CLIPPED.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word.removesuffix(ending), meant)
    return (word,)


def _ordinal(found: re.Match[str]) -> str:
    number = int(found[1])
    return ORDINALS[number] if number < len(ORDINALS) else found[1]
