"""The words around an exercise: which prompt of the locale a sentence is, so that names, clocks and counts are heard.

Rule: a prompt is known by its authored words, with anything in its fields but what has a list of its own (numbers,
sides, names). New wordings are known at once; a prompt that is gone is missed loudly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from bench.listening.authored import LOADER, LOCALE, exercises

NAMES = ("announce",)
SIDES = ("now_side",)
SETS = ("set",)
HOLDS, REPS, BREATHS = ("start_hold",), ("start_reps",), ("start_breaths",)
COUNTS = ("count", "rep")
BREATHES = ("breathe_", "last_breath")
OUT_BREATHS = ("breathe_out",)
LENGTHS = ("begin",)
ENDS = ("finished",)
CLOCK = (*COUNTS, *BREATHES, "half_way", "ten_left")
"""What belongs to a clock, and is said again and again because it has to be."""
NEEDED = (*NAMES, *SIDES, *SETS, *HOLDS, *REPS, *BREATHS, *LENGTHS, *ENDS, *CLOCK)

_WHOLE = frozenset({"set", "count", "rep", "begin"})
"""Of these names, those that other prompts begin with as well."""

_TAGS = {"if": "(?:", "elif": "|", "else": "|", "endif": "|)", "for": "(?:", "endfor": ")*"}
"""What the tags of a template are in a regular expression."""

_SECONDS = {"second": 1, "minute": 60}
_TOKENS = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
_ANYTHING = r"[^.!?]+?"


@dataclass(frozen=True)
class Framed:
    """A prompt that was recognised: its name, what is in its fields, and how many sentences it has."""

    name: str
    fields: Mapping[str, str]
    sentences: int

    def is_of(self, names: Sequence[str]) -> bool:
        """Whether its name begins with one of these: there are several ways to start a hold."""
        return any(self.name == name or (self.name.startswith(name) and name not in _WHOLE) for name in names)


class Framing:
    """The prompts of a locale, as what they sound like. Raises LookupError when one that is needed is not there."""

    def __init__(self, folder: Path = LOCALE) -> None:
        prompts = _read(folder / "prompts.yaml")
        if missing := [name for name in NEEDED if not any(prompt.startswith(name) for prompt in prompts)]:
            raise LookupError(f"no prompt is called {', '.join(missing)}")
        locale = _read(folder / "locale.yaml")
        self._exercises = exercises(folder).values()
        self.numbers: list[str] = locale["numbers"]
        self._lists = {
            "number": self.numbers,
            "ordinal": locale["ordinals"],
            "side": list(locale["sides"].values()),
            "the": [one.the for one in self._exercises],
            "routine": [str(one["the"]) for one in locale["routines"].values()],
        }
        self._called: dict[str, str] = locale["called"]
        self._known = list(self._patterns(prompts))
        self.find = cache(self._find)

    def _find(self, text: str) -> Framed | None:
        """The longest prompt that a text begins with, to the end of a sentence; None when it begins with none."""
        best: Framed | None = None
        longest = 0
        for name, pattern in self._known:
            found = pattern.match(text)
            if found and found.end() > longest:
                fields = {field.rstrip("_"): words for field, words in found.groupdict().items() if words}
                best = Framed(name, fields, len(re.findall(r"[.!?][\"”]?(?=\s|$)", found[0])) or 1)
                longest = found.end()
        return best

    def number(self, words: str) -> int | None:
        """The number that words begin with; None when it is none."""
        first = words.lower().split()[0] if words.split() else ""
        return 1 if first in {"a", "an"} else self.numbers.index(first) if first in self.numbers else None

    def seconds(self, words: str) -> int:
        """The seconds that a length of time has, as in "one minute and ten seconds"; nought when it is none."""
        pairs = pairwise(words.lower().split())
        return sum((self.number(many) or 0) * _SECONDS.get(unit.rstrip("s"), 0) for many, unit in pairs)

    def _patterns(self, prompts: Mapping[str, Any]) -> Iterator[tuple[str, re.Pattern[str]]]:
        for name, wordings in prompts.items():
            for wording in wordings if isinstance(wordings, list) else [wordings]:
                # What ends without a mark is a part of other prompts, or words of somebody else's.
                if (text := " ".join(str(wording).split())).endswith((".", "?", "!", '."', "%}")):
                    yield name, re.compile(rf"{self._pattern(text)}(?=\s|$)", re.IGNORECASE)

    def _pattern(self, wording: str) -> str:
        """A regular expression for what Jinja makes of a wording."""
        names: set[str] = set()
        return "".join(self._part(token, names) for token in _TOKENS.split(wording))

    def _part(self, token: str, names: set[str]) -> str:
        if token.startswith("{%"):
            return _TAGS[token.strip("{}%- ").split()[0]]
        if not token.startswith("{{"):
            return re.escape(token)
        field, *filters = (part.strip() for part in token.strip("{} ").split("|"))
        if field in self._called:
            return re.escape(self._called[field])
        name = re.sub(r"\W", "", field)
        inner = self._inside(filters)
        if not name or name in names:
            return f"(?:{inner})"
        names.add(name)
        return f"(?P<{name}_>{inner})"

    def _inside(self, filters: Sequence[str]) -> str:
        """What a field may be, by the filter that it goes through."""
        for one in filters:
            if key := re.fullmatch(r"words_in\('(\w+)'\)", one):
                return _one_of([words for one in self._exercises for words in one.words_of(key[1])]) or _ANYTHING
            if one in self._lists:
                return _one_of(self._lists[one])
        return _ANYTHING


def _one_of(several: Sequence[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(several, key=len, reverse=True))


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER))  # noqa: S506 - a safe one
