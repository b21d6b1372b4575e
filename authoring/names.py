"""Content's names of routines, exercises and areas, brought into the interaction models.

Rule: names are added, and none is taken away. What a model has and content has not is told as a fault, for a person to
remove; and nothing is written while there is a fault, or would be one afterwards. Of a file, nothing else changes.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from authoring import model, model_files
from authoring.content import Library
from authoring.document import Document, Where
from authoring.language_model import SlotType, Value, ValueName
from authoring.problem import Problem
from authoring.structure import Part
from authoring.vocabulary import Names, vocabulary
from authoring.whole import replacing

Edit = tuple[int, int, str]
"""From where to where a text is replaced, and by what."""


def bring(root: Path, library: Library | None) -> tuple[list[Path], list[Problem]]:
    """Add the names that content has to the interaction models below `root`: the files that changed.

    Gives what has to be mended first, in the order of files and lines, when there is any: then nothing is written.
    """
    pages, standing = model_files.read(root, library)
    coming: list[Problem] = []
    texts: dict[Path, str] = {}
    for locale, page in pages.items():
        if not model_files.is_whole(page.document):
            # A variety is called what its content calls it: nothing has to be added.
            continue
        document, before, names = page.document, model_files.language_model(page), vocabulary(library, locale)
        types = tuple(_with_names(kind, names.get(kind.name, {})) for kind in before.types)
        # What is added has no line yet: a fault of it is told at the nearest thing around it.
        faults = set(model.faults(document, before.model_copy(update={"types": types}), names))
        already = faults.intersection(model.faults(document, before, names))
        standing.extend(already)
        coming.extend(faults - already)
        edits = [
            edit for place, kind in enumerate(types) for edit in _edits(document, place, before.types[place], kind)
        ]
        if edits:
            texts[document.path] = _edited(document.text, edits)
    # An exercise with another id is one fault, and not one more for each name that would then be there twice.
    if problems := sorted(standing) or sorted(coming):
        return [], problems
    for path, text in texts.items():
        with replacing(path) as made:
            made.write_bytes(text.encode())
    return sorted(texts), []


def _with_names(kind: SlotType, names: Names) -> SlotType:
    """A slot type with all that it has, and with all the names that content has for it."""
    old = [_with_name(value, *names[value.id]) if value.id in names else value for value in kind.values]
    missing = [called for called in names if called not in {value.id for value in old}]
    new = [Value(id=called, name=_name([], *names[called])) for called in missing]
    return kind.model_copy(update={"values": [*old, *new]})


def _with_name(value: Value, name: str, aliases: list[str]) -> Value:
    had = [value.name.value, *(value.name.synonyms or [])]
    return value.model_copy(update={"name": _name(had, name, aliases)})


def _name(had: list[str], name: str, aliases: list[str]) -> ValueName:
    """All of the names `had` and of content's; the first stays the first if content does not have it at all."""
    first = had[0] if had and had[0] not in aliases else name
    others = [*had, *(alias for alias in aliases if alias not in had)]
    if first in others:
        others.remove(first)
    return ValueName(value=first, synonyms=others or None)


def _edits(document: Document, place: int, before: SlotType, after: SlotType) -> Iterator[Edit]:
    """What makes one slot type out of the other in the text of `document`, where it is the type at `place`."""
    values: Where = (*model_files.TYPES, place, "values")
    for number, (old, new) in enumerate(zip(before.values, after.values, strict=False)):
        if new != old:
            where = (*values, number, "name")
            yield (*document.spans[where], _written(document, where, new.name))
    last: Where = (*values, len(before.values) - 1)
    _, end = document.spans[last]
    if added := after.values[len(before.values) :]:
        yield end, end, "".join(f",{_new_line(document, last)}{_written(document, last, value)}" for value in added)


def _written(document: Document, where: Where, part: Part) -> str:
    """A part as JSON, set in as far as what stands at `where`."""
    text = json.dumps(part.model_dump(exclude_none=True), indent=2, ensure_ascii=False)
    return text.replace("\n", _new_line(document, where))


def _new_line(document: Document, where: Where) -> str:
    """A line break of the kind that the document has, and the space before what stands at `where`."""
    above = document.text[: document.spans[where][0]].rpartition("\n")
    indent = re.match(r"\s*", above[2])
    return ("\r\n" if above[0].endswith("\r") else "\n") + (indent[0] if indent else "")


def _edited(text: str, edits: list[Edit]) -> str:
    # From the end to the beginning, so that every place is still where it was.
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    return text
