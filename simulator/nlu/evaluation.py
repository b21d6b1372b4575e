"""How well the understanding does on what people say: labelled utterances, figures, and Amazon's own form of the set.

Rule: no utterance of a set is a sample of the model, or the measurement would measure nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from simulator.nlu import FALLBACK, Match, Understanding
from simulator.nlu.model import Model
from simulator.nlu.readings import spans
from simulator.nlu.words import tokens

TODAY = date(2026, 11, 23)
"""The day on which everything in the sets is said: a Monday."""


@dataclass(frozen=True)
class Labelled:
    """An utterance and what it means. A slot's value is the id it resolves to; `?word` is a value in no list."""

    say: str
    intent: str
    slots: dict[str, str]


@dataclass(frozen=True)
class Result:
    """An utterance, and how it was understood."""

    labelled: Labelled
    match: Match

    @property
    def right(self) -> bool:
        """Whether the intent is the right one."""
        return self.match.intent == self.labelled.intent

    @property
    def all_right(self) -> bool:
        """Whether intent and all slots are right."""
        return self.right and slots_of(self.match) == self.labelled.slots


def load(path: Path) -> list[Labelled]:
    """The labelled utterances of a file."""
    page: dict[str, list[str | dict[str, str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [_labelled(intent, entry) for intent, entries in page.items() for entry in entries]


def run(understanding: Understanding, labelled: Iterable[Labelled]) -> list[Result]:
    """Have every utterance understood."""
    return [Result(one, understanding.understand(one.say, today=TODAY)) for one in labelled]


def slots_of(match: Match) -> dict[str, str]:
    """The filled slots of a match, in the way labels are written."""
    return {name: _told(slot) for name, slot in match.slots.items() if "value" in slot}


@dataclass(frozen=True)
class Score:
    """What a set came to, each from 0 to 1: intents of in-domain talk, all slots right too, other talk turned away."""

    intents: float
    with_slots: float
    rejected: float


def score(results: list[Result]) -> Score:
    """The three figures of a set."""
    meant = [result for result in results if result.labelled.intent != FALLBACK]
    other = [result for result in results if result.labelled.intent == FALLBACK]
    return Score(
        sum(result.right for result in meant) / len(meant),
        sum(result.all_right for result in meant) / len(meant),
        sum(result.right for result in other) / len(other),
    )


def annotations(labelled: Iterable[Labelled], model: Model) -> dict[str, Any]:
    """The utterances as an annotation set of Amazon's NLU evaluation tool, which wants the words said for a slot."""
    return {"data": [_annotation(one, model) for one in labelled]}


def _labelled(intent: str, entry: str | dict[str, str]) -> Labelled:
    if isinstance(entry, str):
        return Labelled(entry, intent, {})
    return Labelled(entry["say"], intent, {name: value for name, value in entry.items() if name != "say"})


def _told(slot: dict[str, Any]) -> str:
    for authority in slot.get("resolutions", {}).get("resolutionsPerAuthority", []):
        if "values" in authority:
            return str(authority["values"][0]["value"]["id"])
        return f"?{slot['value']}"
    return str(slot["value"])


def _annotation(one: Labelled, model: Model) -> dict[str, Any]:
    slots = {name: {"slotValue": {"type": "Simple", "value": _said(one, name, model)}} for name in one.slots}
    intent: dict[str, Any] = {"name": one.intent} | ({"slots": slots} if slots else {})
    inputs = {"utterance": one.say, "referenceTimestamp": f"{TODAY.isoformat()}T19:00:00.000Z"}
    return {"inputs": inputs, "expected": [{"intent": intent}]}


def _said(one: Labelled, slot: str, model: Model) -> str:
    """The words of an utterance that stand for the labelled value of a slot; a built-in type's value as it is sent."""
    kind, value = model.slots[one.intent][slot], one.slots[slot]
    for span in spans(tokens(one.say, model.language), model, TODAY):
        if span.type == kind and span.listed and span.listed.id == value:
            return span.value
    return value.removeprefix("?")
