"""The names a person can say for what there is to coach: the slot types that the interaction model shares with content.

Rule: a slot value's id is the content's id, so that what Alexa resolves needs no table in between.
"""

from collections.abc import Mapping
from typing import Any

from authoring.content import Language, Library
from authoring.document import Document, Place, Where
from authoring.words import Named

Names = Mapping[str, tuple[str, list[str]]]
"""For each id the name it goes by, and its other names."""
Vocabulary = Mapping[str, Names]
"""The names of routines, exercises and areas, by slot type."""

KINDS = {"ROUTINE": "routines", "AREA": "areas", "EXERCISE": "exercises"}
"""The slot types, and what content calls such things."""


def vocabulary(library: Library | None, locale: str) -> Vocabulary:
    """All names that content has in a locale: none where there is no content for it."""
    languages = library.languages if library else ()
    return next((names_in(language) for language in languages if language.locale == locale), {})


def names_in(language: Language) -> Vocabulary:
    """All names that content has in a language."""
    words, exercises = language.words.content, language.exercises
    return {
        "ROUTINE": _names(words.routines),
        "EXERCISE": {name: (page.content.name, page.content.aliases) for name, page in exercises.items()},
        "AREA": _names(words.areas),
    }


def places(language: Language, kind: str, called: str) -> tuple[Place, list[Place]]:
    """Where the name and the other names of a thing are written."""
    page: Document = language.exercises[called].document if kind == "EXERCISE" else language.words.document
    where: Where = () if kind == "EXERCISE" else (KINDS[kind], called)
    aliases = names_in(language)[kind][called][1]
    return page.place((*where, "name")), [page.place((*where, "aliases", number)) for number in range(len(aliases))]


def _names(named: Mapping[Any, Named]) -> Names:
    return {name: (entry.name, entry.aliases) for name, entry in named.items()}
