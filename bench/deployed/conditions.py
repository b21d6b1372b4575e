"""The conditions that DynamoDB checks before it writes, and the updates that it makes: as much of its language as is
sent here.

Rule: what is not understood raises, and is never taken for true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Item = dict[str, Any]
_WORDS = re.compile(r"\s*(<>|<=|>=|[=<>(),]|[#:]?\w+)")
_COMPARED = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


class UnknownExpressionError(Exception):
    """An expression that is not among those that are sent here."""


class Condition:
    """A condition, to be held against an item. OR binds least, then AND, then NOT."""

    def __init__(self, text: str, names: Mapping[str, str], values: Mapping[str, Any]) -> None:
        self._words, self._names, self._values = words(text), names, values
        self._at = 0

    def holds(self, item: Item) -> bool:
        """Whether the item meets it. Raises UnknownExpressionError."""
        self._at = 0
        held = self._any(item)
        if self._at != len(self._words):
            raise UnknownExpressionError(" ".join(self._words))
        return held

    def _any(self, item: Item) -> bool:
        held = self._all(item)
        while self._next_is("OR"):
            held = self._all(item) or held
        return held

    def _all(self, item: Item) -> bool:
        held = self._one(item)
        while self._next_is("AND"):
            held = self._one(item) and held
        return held

    def _one(self, item: Item) -> bool:
        if self._next_is("NOT"):
            return not self._one(item)
        if self._next_is("("):
            held = self._any(item)
            self._must_be(")")
            return held
        word = self._take()
        if self._next_is("("):
            return self._function(word, item)
        left, how = self._value(word, item), self._take()
        if how.upper() == "BETWEEN":
            least = self._value(self._take(), item)
            self._must_be("AND")
            most = self._value(self._take(), item)
            return _alike(left, least, most) and _plain(least) <= _plain(left) <= _plain(most)
        if how not in _COMPARED:
            raise UnknownExpressionError(" ".join(self._words))
        right = self._value(self._take(), item)
        if left is None or right is None:
            return False
        if how in ("=", "<>"):
            return bool(_COMPARED[how](left, right))
        return _alike(left, right) and bool(_COMPARED[how](_plain(left), _plain(right)))

    def _function(self, name: str, item: Item) -> bool:
        found = self._value(self._take(), item)
        if name == "attribute_type":
            self._must_be(",")
            kind = self._value(self._take(), item)
            self._must_be(")")
            return found is not None and kind is not None and next(iter(found)) == kind["S"]
        self._must_be(")")
        if name == "attribute_exists":
            return found is not None
        if name == "attribute_not_exists":
            return found is None
        raise UnknownExpressionError(name)

    def _value(self, word: str, item: Item) -> Any:
        if word.startswith(":"):
            return self._values[word]
        return item.get(self._names[word] if word.startswith("#") else word)

    def _take(self) -> str:
        if self._at == len(self._words):
            raise UnknownExpressionError(" ".join(self._words))
        self._at += 1
        return self._words[self._at - 1]

    def _next_is(self, word: str) -> bool:
        there = self._at < len(self._words) and self._words[self._at].upper() == word
        self._at += there
        return there

    def _must_be(self, word: str) -> None:
        if not self._next_is(word):
            raise UnknownExpressionError(" ".join(self._words))


def updated(item: Item, text: str, names: Mapping[str, str], values: Mapping[str, Any]) -> Item:
    """The item with an update made: attributes that are SET to values, and those that are taken away by REMOVE. Raises
    UnknownExpressionError.
    """
    made, doing, rest = dict(item), "", iter(words(text))
    for word in rest:
        if word.upper() in ("SET", "REMOVE"):
            doing = word.upper()
        elif word == ",":
            continue
        elif doing == "SET" and next(rest, "") == "=":
            made[names.get(word, word)] = values[next(rest)]
        elif doing == "REMOVE":
            made.pop(names.get(word, word), None)
        else:
            raise UnknownExpressionError(text)
    return made


def words(text: str) -> list[str]:
    """An expression in its words. Raises UnknownExpressionError for what is none."""
    found, at = [], 0
    while at < len(text.rstrip()):
        word = _WORDS.match(text, at)
        if not word:
            raise UnknownExpressionError(text)
        found.append(word[1])
        at = word.end()
    return found


def _alike(*values: Any) -> bool:
    return None not in values and len({next(iter(value)) for value in values}) == 1


def _plain(value: Mapping[str, Any]) -> Any:
    ((kind, plain),) = value.items()
    return float(plain) if kind == "N" else plain
