"""The checks of interaction models: invocation name, intents and slot types, and their samples in `samples`.

Rule: what Amazon's service refuses, or would make it mishear, is told here with file and line, before it is sent there.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from authoring import dialogs, invocation_name, samples
from authoring.content import Library
from authoring.document import Document, Where
from authoring.language_model import LanguageModel
from authoring.model_files import TOP, TYPES, language_model, read, written
from authoring.problem import Problem
from authoring.slot_types import BUILT_IN_TYPES, type_problems
from authoring.vocabulary import Vocabulary, vocabulary

REQUIRED = (
    "AMAZON.CancelIntent",
    "AMAZON.HelpIntent",
    "AMAZON.StopIntent",
    "AMAZON.NavigateHomeIntent",
    "AMAZON.FallbackIntent",
)
"""Certification asks for the first three, the developer console for the fourth; nonsense needs the last."""

LARGEST_BYTES = 1_500_000
"""What Amazon takes for one model, as it tells of the quotas of interaction models."""

_NAME = re.compile(r"(AMAZON\.)?[A-Za-z_]+$")


def problems(root: Path, library: Library | None) -> list[Problem]:
    """What is wrong with the interaction models of the repository at `root`, in the order of files and lines.

    `library` is the content that they must agree with. Without it, while content has a fault, each is looked at by
    itself: a page that cannot be read must not look like an exercise that is gone.
    """
    pages, found = read(root, library)
    for locale, page in pages.items():
        found.extend(faults(page.document, language_model(page), vocabulary(library, locale)))
        found.extend(dialogs.problems(page.document, page.content.interactionModel))
        if (size := len(written(page).encode())) > LARGEST_BYTES:
            reason = f"this is sent as {size:,} bytes, and Amazon takes {LARGEST_BYTES:,}"
            found.append(page.document.problem(TOP, reason))
    return sorted(set(found))


def faults(document: Document, model: LanguageModel, names: Vocabulary) -> Iterator[Problem]:
    """What is wrong with a well-formed model, told where it stands in `document`. `names` are content's, if known."""
    for reason in invocation_name.faults(model.invocationName):
        yield document.problem((*TOP, "invocationName"), reason)
    yield from _intent_problems(document, model)
    yield from type_problems(document, TYPES, model.types, names)
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
