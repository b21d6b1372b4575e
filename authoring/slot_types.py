"""The checks of an interaction model's slot types: their own faults, and that they name what content names.

Rule: the values of routines, exercises and areas are content's, id by id and name by name: nobody can ask for what is
not there, and whatever is there can be asked for by every name it has.
"""

import re
from collections.abc import Iterator, Sequence

from authoring.document import Document, Where
from authoring.language_model import SlotType, Value
from authoring.problem import Problem
from authoring.vocabulary import Names, Vocabulary

BUILT_IN_TYPES = frozenset({"AMAZON.NUMBER", "AMAZON.Ordinal", "AMAZON.DURATION", "AMAZON.TIME", "AMAZON.DATE"})
"""Those of Amazon's types that the request reader knows."""

_SPOKEN = re.compile(r"[^\W\d_]+(?:[ .'-]+[^\W\d_]+)*\.?$")
_ID = re.compile(r"[A-Za-z0-9_-]+$")


def type_problems(document: Document, where: Where, types: Sequence[SlotType], names: Vocabulary) -> Iterator[Problem]:
    """What is wrong with the slot types that stand at `where`; `names` are content's, by type and id."""
    for missing in sorted(set(names) - {kind.name for kind in types}):
        yield document.problem(where, f"the slot type {missing} is missing")
    seen: set[str] = set()
    for place, kind in enumerate(types):
        if kind.name in seen:
            yield document.problem((*where, place, "name"), f"the slot type {kind.name} is there twice")
        seen.add(kind.name)
        yield from _value_problems(document, (*where, place, "values"), kind)
        if names.get(kind.name):
            yield from _difference(document, (*where, place, "values"), kind, names[kind.name])


def _value_problems(document: Document, where: Where, kind: SlotType) -> Iterator[Problem]:
    ids: set[str] = set()
    owners: dict[str, str] = {}
    for place, value in enumerate(kind.values):
        if not _ID.match(value.id):
            yield document.problem(
                (*where, place, "id"), f"the id `{value.id}` may have letters, digits, underscores and hyphens only"
            )
        if value.id in ids:
            yield document.problem((*where, place, "id"), f"{kind.name} has the id {value.id} twice")
        ids.add(value.id)
        for at, spoken in _spoken(value):
            line: Where = (*where, place, "name", *at)
            if not _SPOKEN.match(spoken):
                yield document.problem(line, f"`{spoken}`: write it in letters, as it is said")
            same = spoken.casefold()
            if same in owners:
                yield document.problem(line, f"`{spoken}` is a name of {owners[same]} already")
            owners.setdefault(same, value.id)


def _difference(document: Document, where: Where, kind: SlotType, names: Names) -> Iterator[Problem]:
    for missing in sorted(set(names) - {value.id for value in kind.values}):
        yield document.problem(where[:-1], f"{kind.name} has no value {missing}, which content has")
    for place, value in enumerate(kind.values):
        here: Where = (*where, place)
        if value.id not in names:
            yield document.problem((*here, "id"), f"content has no {value.id} for {kind.name}")
            continue
        name, aliases = names[value.id]
        if value.name.value != name:
            yield document.problem((*here, "name", "value"), f"content calls {value.id} `{name}`")
        synonyms = value.name.synonyms or []
        for alias in aliases:
            if alias not in synonyms:
                yield document.problem((*here, "name", "synonyms"), f"`{alias}`, a name of {value.id}, is missing")
        for number, synonym in enumerate(synonyms):
            if synonym not in aliases:
                line: Where = (*here, "name", "synonyms", number)
                yield document.problem(line, f"content does not know `{synonym}` as a name of {value.id}")


def _spoken(value: Value) -> Iterator[tuple[Where, str]]:
    """Every way to say a value, with its place below the value's name."""
    yield ("value",), value.name.value
    for number, synonym in enumerate(value.name.synonyms or []):
        yield ("synonyms", number), synonym
