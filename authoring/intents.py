"""The intents of the interaction models, held against the code that hears them and the conversations that try them.

Rule: an intent that the code does not know is nonsense for ever, and one that no conversation uses has been heard by
nobody. One without a sample cannot be said, so that Alexa alone decides when it is meant.
"""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from authoring import events
from authoring.code import Module, holder
from authoring.content import Page
from authoring.document import Document, Where, read
from authoring.language_model import Intent, ModelFile
from authoring.model_files import TOP, Models
from authoring.problem import Problem
from authoring.samples import heard

INTENTS = "INTENTS"
"""The table in the code: for each intent the event that it means."""

CONVERSATIONS = Path("tests", "conversations")

REQUESTS = frozenset({"Connections.Response"})
"""What a conversation may expect that is no intent: Alexa brings it by itself."""


def problems(root: Path, models: Models, modules: Sequence[Module]) -> Iterator[Problem]:
    """Where models, code and conversations disagree. `models` are by locale."""
    yield from _known(models, modules)
    conversations = [read(path) for path in sorted((root / CONVERSATIONS).rglob("*.yaml"))]
    yield from (fault for conversation in conversations for fault in conversation.faults)
    yield from _tried(models, conversations)


def _known(models: Models, modules: Sequence[Module]) -> Iterator[Problem]:
    """Intents that only one side knows."""
    module = holder(modules, INTENTS)
    lines: dict[str, ast.expr] = {}
    for key, value in _table(module.constants[INTENTS]):
        match key:
            case ast.Constant(value=str(name)) if events.named(value):
                lines[name] = key
            case _:
                yield module.problem(value, "this line is not an intent and its event, written out")
    known = {locale: dict(_intents(model)) for locale, model in models.items()}
    for locale, intents in known.items():
        for name in intents.keys() - lines.keys():
            reason = f"{name} means no event: {module.path.name} does not have it"
            yield models[locale].document.problem(intents[name], reason)
    for name, line in lines.items():
        if without := [locale for locale, intents in known.items() if name not in intents]:
            yield module.problem(line, f"the interaction model of {', '.join(without)} has no {name}")


def _tried(models: Models, conversations: Sequence[Document]) -> Iterator[Problem]:
    """Intents that no conversation uses, and those in conversations that no model has."""
    turns = [(document, *turn) for document in conversations for turn in _turns(document.data, ())]
    named = {turn["intent"] for _, _, turn in turns if "intent" in turn}
    said = {heard(turn["say"]) for _, _, turn in turns if isinstance(turn.get("say"), str)}
    known = {name for model in models.values() for name, _ in _intents(model)}
    for document, where, turn in turns:
        if "intent" in turn and turn["intent"] not in known | REQUESTS:
            yield document.problem((*where, "intent"), f"no interaction model has {turn['intent']}")
    for model in models.values():
        for intent, (name, where) in zip(_listed(model), _intents(model), strict=True):
            if intent.samples and name not in named and said.isdisjoint(map(heard, intent.samples)):
                yield model.document.problem(where, f"no conversation of {CONVERSATIONS} uses {name}")


def _table(table: ast.expr) -> Iterator[tuple[ast.expr | None, ast.expr]]:
    yield from zip(table.keys, table.values, strict=True) if isinstance(table, ast.Dict) else [(None, table)]


def _listed(model: Page[ModelFile]) -> list[Intent]:
    return model.content.interactionModel.languageModel.intents


def _intents(model: Page[ModelFile]) -> Iterator[tuple[str, Where]]:
    """The name of each intent of a model, and where it stands."""
    return ((intent.name, (*TOP, "intents", place, "name")) for place, intent in enumerate(_listed(model)))


def _turns(data: Any, where: Where) -> Iterator[tuple[Where, dict[str, Any]]]:
    """What is said in a file of conversations, wherever in it that stands."""
    if isinstance(data, dict):
        if data.keys() & {"say", "intent"}:
            yield where, data
        for key, value in data.items():
            yield from _turns(value, (*where, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _turns(value, (*where, place))
