"""The sentences that were written for the exercises, by exercise: what they are for, and how long their moves take.
The ways from one position to another belong to every exercise.

Rule: any text under the words of an exercise counts, wherever it stands there; so a new kind of text needs no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

LOCALE = Path(__file__).parents[2] / "content" / "locales" / "en-US"
VARIATIONS = ("usual", "easier", "deeper")
ON_REQUEST = frozenset({"name", "the", "aliases", "why", "check", "deeper", "felt", "not_felt", "way", "say"})
"""Keys whose words are heard by whoever asks for them, which nobody does here."""

SEEN = frozenset({"picture"})
"""Keys whose words stand for a picture, and are never spoken."""

WAYS = "ways"
"""The key of the ways from one position to another, which belong to no exercise alone."""

ONCE = "setup"
"""Moves that are no mappings: those under this key are done once for both sides, all others once for each."""

_SIDES = (("left", "right"), ("right", "left"))
_SENTENCE_ENDS = re.compile(r"""(?<=[.!?])\s+|(?<=[.!?]["”])\s+""")
# The loader in C is ten times as fast, where PyYAML has been built with it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RENDERING = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - words for a voice, not a page


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order."""
    return [part for part in _SENTENCE_ENDS.split(" ".join(text.split())) if part]


def bare(sentence: str) -> str:
    """A sentence as it is compared: its letters, small, without the mark at its end."""
    return sentence.strip(" .,;:!?…").lower()


@dataclass(frozen=True)
class Authored:
    """One authored sentence: the keys that lead to its text and its place in it; for a move, the seconds that it takes
    and whether it is done once for both sides. A `fragment` has no mark at its end: it is a part of what others say.
    """

    keys: tuple[str, ...]
    place: int
    takes: float = 0
    once: bool = False
    fragment: bool = False

    @property
    def variation(self) -> str:
        """The way of doing the exercise that it belongs to; empty when it belongs to all."""
        return self.keys[0] if self.keys[0] in VARIATIONS else ""

    @property
    def kind(self) -> str:
        """What it is for: the first key that is no variation."""
        return self.keys[1] if self.variation else self.keys[0]

    @property
    def pool(self) -> tuple[str, ...]:
        """The sentences that it takes turns with: those under the same keys."""
        return tuple(key for key in self.keys if not key.isdigit())

    def __str__(self) -> str:
        return ".".join(self.keys) + (f" ({self.place + 1})" if self.place else "")


@dataclass
class Exercise:
    """The words of one exercise: how it is named in a sentence, and its sentences by what they are compared by."""

    id: str
    the: str
    sentences: dict[str, list[Authored]] = field(default_factory=dict)

    def find(self, sentence: str, variation: str = "usual") -> Authored | None:
        """What was authored with these words for either side, in this variation if in several; None when nothing."""
        several = self.sentences.get(bare(sentence), [])
        return min(several, key=lambda one: one.variation != variation, default=None)

    def all(self) -> dict[Authored, str]:
        """Every authored sentence, with its words for the left."""
        found: dict[Authored, str] = {}
        for words, several in self.sentences.items():
            for authored in several:
                found.setdefault(authored, words)
        return found

    def moves(self, variation: str) -> list[Authored]:
        """The moves of the way into a variation that have seconds."""
        several = [one for one in self.all() if one.takes and one.kind == "setup" and not one.place]
        return [one for one in several if one.variation == variation]

    def words_of(self, kind: str) -> list[str]:
        """The words of a kind, for either side."""
        return [words for words, several in self.sentences.items() if any(one.kind == kind for one in several)]

    def cues(self, pool: tuple[str, ...]) -> set[Authored]:
        """The sentences that take turns in a work."""
        return {one for one in self.all() if one.pool == pool}


def exercises(folder: Path = LOCALE) -> dict[str, Exercise]:
    """All exercises by their ids. Raises OSError and yaml.YAMLError when a file cannot be read."""
    ways = {WAYS: _read(folder / "locale.yaml").get(WAYS, {})}
    return {
        path.stem: exercise(path.stem, _read(path) | ways) for path in sorted((folder / "exercises").glob("*.yaml"))
    }


def exercise(name: str, words: Mapping[str, Any]) -> Exercise:
    """The exercise with the words of a file."""
    made = Exercise(name, str(words["the"]))
    for keys, text, takes, once in _texts(words, ()):
        if keys[0] in {"name", "the", "aliases"}:
            continue
        template = _RENDERING.from_string(text)
        for side, other in _SIDES:
            for place, sentence in enumerate(sentences(template.render(side=side, other=other))):
                several = made.sentences.setdefault(bare(sentence), [])
                authored = Authored(keys, place, takes, once, not sentence.endswith((".", "!", "?", '"')))
                if authored not in several:
                    several.append(authored)
    return made


def _texts(value: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, float, bool]]:
    if isinstance(value, str):
        yield keys, value, 0, ONCE in keys
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _texts(part, (*keys, str(place)))
    elif isinstance(value, dict) and "say" in value and "takes" in value:
        yield keys, str(value["say"]), float(value["takes"]), bool(value.get("once"))
    elif isinstance(value, dict):
        for key, part in value.items():
            # YAML takes the key `on` for a yes.
            yield from _texts(part, (*keys, "on" if key is True else str(key)))


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER))  # noqa: S506 - a safe one
