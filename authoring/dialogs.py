"""The dialog part of interaction models: what Alexa can be had to listen for, held against the intents and the code.

Rule: the code asks only for what the dialog part has, with all slots of the intent; and what that has is asked for.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence

from authoring.code import Module, holder
from authoring.content import Page
from authoring.document import Document, Where
from authoring.language_model import DialogIntent, Intent, InteractionModel, ModelFile
from authoring.problem import Problem

ELICITED, SLOTS = "ELICITED", "SLOTS"
"""The tables of the code: what is listened for, and all slots of those intents."""

WHERE: Where = ("interactionModel", "dialog", "intents")


def problems(document: Document, model: InteractionModel) -> Iterator[Problem]:
    """What is wrong with the dialog part of a model by itself."""
    intents = {intent.name: intent for intent in model.languageModel.intents}
    prompts, used = {prompt.id for prompt in model.prompts}, set()
    for place, asked in enumerate(model.dialog.intents if model.dialog else ()):
        here = (*WHERE, place)
        yield from (document.problem((*here, "name"), reason) for reason in _faults(asked, intents.get(asked.name)))
        for slot in asked.slots:
            used |= {slot.prompts.elicitation} - {""}
            if slot.elicitationRequired and slot.prompts.elicitation not in prompts:
                yield document.problem(
                    (*here, "name"), f"{asked.name} asks for {slot.name} with no prompt of this file"
                )
    for place, prompt in enumerate(model.prompts):
        if prompt.id not in used:
            yield document.problem(("interactionModel", "prompts", place, "id"), f"nothing asks with {prompt.id}")


def _faults(asked: DialogIntent, intent: Intent | None) -> Iterator[str]:
    if intent is None:
        yield f"{asked.name} is asked about, and is no intent"
        return
    if [(slot.name, slot.type) for slot in asked.slots] != [(slot.name, slot.type) for slot in intent.slots]:
        yield f"{asked.name} has other slots here than in its intent"
    answers = {slot.name: slot.samples for slot in intent.slots}
    for slot in asked.slots:
        if slot.elicitationRequired and f"{{{slot.name}}}" not in answers.get(slot.name, ()):
            yield f"{asked.name} asks for {slot.name}, and `{{{slot.name}}}` is no sample of that slot"


def owed(models: Mapping[str, Page[ModelFile]], modules: Sequence[Module]) -> Iterator[Problem]:
    """Where code and models disagree about what is asked for."""
    module = holder(modules, ELICITED)
    asked, lines = dict(_literal(module, ELICITED)), dict(_lines(module))
    slots = ast.literal_eval(module.constants[SLOTS])
    for locale, page in models.items():
        model = page.content.interactionModel
        required = {
            (intent.name, slot.name): (*WHERE, place, "slots", number, "prompts", "elicitation")
            for place, intent in enumerate(model.dialog.intents if model.dialog else ())
            for number, slot in enumerate(intent.slots)
            if slot.elicitationRequired
        }
        named = {intent.name: tuple(slot.name for slot in intent.slots) for intent in model.languageModel.intents}
        for event, wanted in asked.items():
            intent, slot = wanted
            if wanted not in required:
                yield module.problem(lines[event], f"the dialog part of {locale} does not ask for {slot} of {intent}")
            if slots.get(intent) != named.get(intent):
                yield module.problem(lines[event], f"{SLOTS} has other slots of {intent} than the model of {locale}")
        for wanted in required.keys() - set(asked.values()):
            yield page.document.problem(required[wanted], f"no code asks for {wanted[1]} of {wanted[0]}")


def _literal(module: Module, table: str) -> Iterator[tuple[str, tuple[str, str]]]:
    node = module.constants[table]
    for key, value in zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ():
        if isinstance(key, ast.Attribute):
            yield key.attr, ast.literal_eval(value)


def _lines(module: Module) -> Iterator[tuple[str, ast.expr]]:
    node = module.constants[ELICITED]
    yield from ((key.attr, key) for key in getattr(node, "keys", ()) if isinstance(key, ast.Attribute))
