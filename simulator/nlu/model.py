"""The interaction model as the understanding needs it: samples as templates, slot types as catalogues.

Rule: a template is a row of tokens in which a slot stands as its type, `{EXERCISE}`: so a reading of a sentence and a
sample can be compared token by token.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.nlu.language import Language
from simulator.nlu.words import Tokens, stems, tokens

ROOT = Path(__file__).parents[2]
WRITTEN, MADE = ROOT / "interaction_model", ROOT / "build" / "interaction_model"
"""Where models are that somebody wrote whole, and where the authoring tools make those whole that say how they differ
from another one.
"""
INSTALLED = Path(__file__).with_name("models")
"""Where all of them are, whole, when they were installed and there is no repository."""

SHORTEST_MISHEARD = 6
"""Letters of the shortest name that is looked for when it was misheard: shorter ones are too like one another."""

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Template:
    """One sample of one intent, with the names of its slots in the order in which they stand in it."""

    intent: str
    tokens: Tokens
    slots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Value:
    """One value of a custom slot type."""

    id: str
    name: str


@dataclass
class Catalogue:
    """The values of one custom slot type, found by any of their names, with or without the endings of the words."""

    name: str
    language: Language
    spoken: dict[Tokens, Value] = field(default_factory=dict)
    stemmed: dict[Tokens, Value] = field(default_factory=dict)
    spelled: dict[tuple[str, int], list[tuple[str, Tokens, Value]]] = field(default_factory=dict)
    begun_with: set[str] = field(default_factory=set)

    def add(self, words: Tokens, value: Value) -> None:
        """Note one more name of a value."""
        bare = stems(words, self.language)
        self.spoken.setdefault(words, value)
        self.stemmed.setdefault(bare, value)
        self.begun_with |= {words[0], bare[0]}
        letters = "".join(words)
        self.spelled.setdefault((letters[0], len(letters)), []).append((letters, words, value))

    def find(self, words: Tokens, without_endings: Tokens) -> Value | None:
        """The value that goes by these words, or by them without their endings."""
        return self.spoken.get(words) or self.stemmed.get(without_endings)

    def near(self, letters: str) -> list[tuple[str, Tokens, Value]]:
        """The names that begin with the same letter and are nearly as long, each as letters and as words: those that
        may have been misheard.
        """
        lengths = range(max(len(letters) - 2, SHORTEST_MISHEARD), len(letters) + 3)
        return [entry for length in lengths for entry in self.spelled.get((letters[0], length), [])]


@dataclass(frozen=True)
class Model:
    """All of one interaction model. `slots` gives the types of an intent's slots by their names. `answers` are the
    samples of a slot, which count while Alexa listens for it, by intent and slot; an intent is in `dialogs` when the
    model lets a skill ask for its slots.
    """

    language: Language
    invocation_name: str
    templates: tuple[Template, ...]
    catalogues: dict[str, Catalogue]
    slots: dict[str, dict[str, str]]
    answers: dict[tuple[str, str], tuple[Template, ...]] = field(default_factory=dict)
    dialogs: frozenset[str] = frozenset()


def path_of(locale: str) -> Path:
    """Where the project's own model of a locale is: whether it is there is for whoever opens it."""
    if INSTALLED.is_dir():
        return INSTALLED / f"{locale}.json"
    written = WRITTEN / f"{locale}.json"
    # One that is made is not looked for, and so not told of, unless there is what it is made from.
    return MADE / written.name if written.with_suffix(".yaml").exists() else written


def read(path: Path, language: Language) -> Model:
    """The model in a file of Amazon's format. A file that is no such model raises KeyError or ValueError."""
    whole = json.loads(path.read_text(encoding="utf-8"))["interactionModel"]
    page, dialogs = whole["languageModel"], whole.get("dialog", {}).get("intents", [])
    catalogues = {kind["name"]: _catalogue(kind, language) for kind in page.get("types", [])}
    templates: list[Template] = []
    slots: dict[str, dict[str, str]] = {}
    answers: dict[tuple[str, str], tuple[Template, ...]] = {}
    for intent in page["intents"]:
        name, types = intent["name"], {slot["name"]: slot["type"] for slot in intent.get("slots", [])}
        slots[name] = types
        templates.extend(_template(name, types, sample, language) for sample in intent.get("samples", []))
        for slot in intent.get("slots", []):
            samples = (_template(name, types, sample, language) for sample in slot.get("samples", []))
            answers[name, slot["name"]] = tuple(samples)
    asks = frozenset(str(intent["name"]) for intent in dialogs)
    return Model(language, page["invocationName"], tuple(templates), catalogues, slots, answers, asks)


def _catalogue(kind: dict[str, Any], language: Language) -> Catalogue:
    catalogue = Catalogue(kind["name"], language)
    for entry in kind["values"]:
        name = entry["name"]
        value = Value(entry.get("id", name["value"]), name["value"])
        for words in (name["value"], *name.get("synonyms", [])):
            catalogue.add(tokens(words, language), value)
    return catalogue


def _template(intent: str, types: dict[str, str], sample: str, language: Language) -> Template:
    row: list[str] = []
    for place, part in enumerate(_SLOT.split(sample)):
        row.extend([f"{{{types[part]}}}"] if place % 2 else tokens(part, language))
    return Template(intent, tuple(row), tuple(_SLOT.findall(sample)))
