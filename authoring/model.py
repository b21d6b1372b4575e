"""The checks of interaction models: shape, invocation name, intents and slot types, and their samples in `samples`.

Rule: what Amazon's service refuses, or would make it mishear, is told here with file and line, before it is sent there.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import TypeAdapter

from authoring import invocation_name, samples
from authoring.content import Page, Reader
from authoring.document import Document, Where
from authoring.language_model import LanguageModel, ModelFile
from authoring.problem import Problem
from authoring.slot_types import BUILT_IN_TYPES, type_problems
from authoring.vocabulary import vocabulary

REQUIRED = (
    "AMAZON.CancelIntent",
    "AMAZON.HelpIntent",
    "AMAZON.StopIntent",
    "AMAZON.NavigateHomeIntent",
    "AMAZON.FallbackIntent",
)
"""Certification asks for the first three, the developer console for the fourth; nonsense needs the last."""

_NAME = re.compile(r"(AMAZON\.)?[A-Za-z_]+$")


MODEL: TypeAdapter[ModelFile] = TypeAdapter(ModelFile)
TOP: Where = ("interactionModel", "languageModel")


def problems(root: Path) -> list[Problem]:
    """What is wrong with the interaction models of the repository at `root`, in the order of files and lines."""
    paths = sorted((root / "interaction_model").glob("*.json"))
    if not paths:
        return [Problem(root / "interaction_model", 1, "there is no interaction model here")]
    return sorted({problem for path in paths for problem in _file_problems(root, path)})


def _file_problems(root: Path, path: Path) -> list[Problem]:
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        return [Problem(path, error.lineno, f"this is not JSON: {error.msg}")]
    except UnicodeDecodeError:
        return [Problem(path, 1, "this file is not UTF-8 text")]
    # JSON is YAML too, and the YAML reader knows the line of everything.
    reader = Reader()
    page = reader.page(path, MODEL)
    return list(_model_problems(page, vocabulary(root, path.stem))) if page else reader.problems


def _model_problems(page: Page[ModelFile], names: dict[str, dict[str, tuple[str, list[str]]]]) -> Iterator[Problem]:
    document, model = page.document, page.content.interactionModel.languageModel
    for reason in invocation_name.faults(model.invocationName):
        yield document.problem((*TOP, "invocationName"), reason)
    yield from _intent_problems(document, model)
    yield from type_problems(document, (*TOP, "types"), model.types, names)
    yield from samples.problems(document, (*TOP, "intents"), model.intents, model.types)


def _intent_problems(document: Document, model: LanguageModel) -> Iterator[Problem]:
    where: Where = (*TOP, "intents")
    present = [intent.name for intent in model.intents]
    for name in REQUIRED:
        if name not in present:
            yield document.problem(where, f"{name} is missing, and a skill must have it")
    yield from _repeated(document, where, present, "intent")
    defined = BUILT_IN_TYPES | {kind.name for kind in model.types}
    for place, intent in enumerate(model.intents):
        here = (*where, place)
        if not _NAME.match(intent.name):
            yield document.problem((*here, "name"), f"`{intent.name}`: a name has letters and underscores only")
        yield from _repeated(document, (*here, "slots"), [slot.name for slot in intent.slots], "slot")
        for number, slot in enumerate(intent.slots):
            if not _NAME.match(slot.name):
                yield document.problem(
                    (*here, "slots", number, "name"), f"`{slot.name}`: a name has letters and underscores only"
                )
            if slot.type not in defined:
                yield document.problem(
                    (*here, "slots", number, "type"), f"the slot type {slot.type} is defined nowhere"
                )


def _repeated(document: Document, where: Where, names: Iterable[str], kind: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            yield document.problem((*where, place, "name"), f"the {kind} {name} is there twice")
        seen.add(name)
