"""Which of the authored words can be heard: each part of each page, held against what code says and prompts take.

Rule: what nobody can hear is mended, or marked in `content/unspoken.yaml` with the reason; and what is marked there
cannot be heard. Names and aliases are what people say: the interaction model has them, which its own check sees to.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal

from pydantic import TypeAdapter

from authoring.code import Module
from authoring.content import Language, Library, Page
from authoring.document import Document, Where
from authoring.phrasing import Phrasing
from authoring.problem import Problem
from authoring.sayings import Kind, Said
from authoring.words import ExerciseWords

Section = Literal["exercises", "words", "locale"]
Unspoken = dict[Section, dict[str, str]]
UNSPOKEN: TypeAdapter[Unspoken] = TypeAdapter(Unspoken)
"""What cannot be heard, by the kind of page: patterns of places, and reasons."""

SAID_BY_PEOPLE = frozenset({"name", "aliases"})
"""What the interaction model has."""

SEEN = frozenset({"picture"})
"""What is on a screen, and is read there to who cannot see it."""


@dataclass(frozen=True)
class Leaf:
    """Something authored: on which kind of page, under which name, where it stands, and whether it can be heard."""

    section: Section
    name: str
    document: Document
    where: Where
    heard: bool


def problems(
    library: Library, marks: Page[Unspoken], said: Sequence[Said], modules: Sequence[Module]
) -> Iterator[Problem]:
    """What cannot be heard and is not marked, and what is marked and can be heard."""
    leaves = list(_leaves(library, said, modules))
    marked: set[tuple[Section, str]] = set()
    for section, patterns in marks.content.items():
        for pattern in patterns:
            found = [leaf for leaf in leaves if leaf.section == section and fnmatchcase(leaf.name, pattern)]
            marked |= {(leaf.section, leaf.name) for leaf in found}
            heard = sorted({leaf.name for leaf in found if leaf.heard})
            if heard:
                yield marks.document.problem((section, pattern), f"{', '.join(heard)} can be heard: take the mark away")
            if not found:
                yield marks.document.problem((section, pattern), f"nothing is authored as `{pattern}`")
    yield from _other_ways(library, said)
    for leaf in leaves:
        if not leaf.heard and (leaf.section, leaf.name) not in marked:
            reason = f"nobody can hear `{leaf.name}`: have it said, or mark it in content/unspoken.yaml"
            yield leaf.document.problem(leaf.where, reason)


def _other_ways(library: Library, said: Sequence[Said]) -> Iterator[Problem]:
    """Inside of another prompt, the first way to say one is the only one that is heard."""
    inner = {one.name for one in said if one.kind is Kind.INNER} - {one.name for one in said if one.kind is Kind.PROMPT}
    for language in library.languages:
        page = language.prompts
        for name in inner & page.content.keys():
            if len(page.content[name]) > 1:
                reason = f"nobody can hear another way to say `{name}`: it is said inside of others"
                yield page.document.problem((name, 1), reason)


def _leaves(library: Library, said: Sequence[Said], modules: Sequence[Module]) -> Iterator[Leaf]:
    read = {attribute for module in modules for attribute in module.attributes}
    for name, page in library.exercises.items():
        for key in page.document.data:
            yield Leaf("exercises", f"{name}.{key}", page.document, (key,), bool({key, f"{key}_ms"} & read))
    parts = {one.name for one in said if one.kind is Kind.PART}
    prompts = {one.name for one in said if one.kind is not Kind.PART}
    for language in library.languages:
        phrasing = Phrasing.of(language, prompts, modules)
        for name, words in language.exercises.items():
            yield from _exercise(name, words, parts, phrasing)
        yield from _locale(library, language, phrasing, read)


def _exercise(name: str, words: Page[ExerciseWords], parts: set[str], phrasing: Phrasing) -> Iterator[Leaf]:
    """The parts of an exercise's words."""
    for where in map(_keys, _places(words.document.data, ())):
        part, whole = where[-1], ".".join(where)
        heard = part in SAID_BY_PEOPLE | SEEN or bool({part, whole} & parts)
        heard = heard or phrasing.takes("exercises", "words", part)
        yield Leaf("words", f"{name}.{whole}", words.document, where, heard)


def _keys(where: Where) -> tuple[str, ...]:
    return tuple(map(str, where))


def _locale(library: Library, language: Language, phrasing: Phrasing, read: Collection[str]) -> Iterator[Leaf]:
    """The words of a locale that belong to no single exercise."""
    exercises = [page.content for page in library.exercises.values()]
    things = {
        str(thing) for one in exercises for key in ("needs", "helps") if key in read for thing in getattr(one, key)
    }
    positions = {str(one.position) for one in exercises}
    document = language.words.document
    for where in _places(document.data, ()):
        match [str(key) for key in where]:
            case ["voice", *_]:
                continue
            case ["routines" | "areas", _, "name" | "aliases"]:
                heard = True
            case ["routines" | "areas" as kind, _, key]:
                heard = phrasing.takes(kind, key)
            case ["positions", position, key]:
                heard = phrasing.takes("positions", key) and position in positions
            case ["ways" | "around", *_]:
                heard = True
            case ["equipment", thing]:
                heard = phrasing.takes("equipment") and thing in things
            case ["sides", _]:
                heard = phrasing.takes("sides")
            case keys:
                heard = phrasing.takes(*keys)
        yield Leaf("locale", ".".join(map(str, where)), document, where, heard)


def _places(data: Any, where: Where) -> Iterator[Where]:
    """Where something is authored: a text, or a list of them."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _places(value, (*where, key))
    else:
        yield where
