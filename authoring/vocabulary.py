"""The names a person can say for what there is to coach: the slot types that the interaction model shares with content.

Rule: a slot value's id is the content's id, so that what Alexa resolves needs no table in between.
"""

from collections.abc import Mapping
from typing import Any

from authoring.content import Library
from authoring.words import Named

Names = Mapping[str, tuple[str, list[str]]]
"""For each id the name it goes by, and its other names."""
Vocabulary = Mapping[str, Names]
"""The names of routines, exercises and areas, by slot type."""


def vocabulary(library: Library | None, locale: str) -> Vocabulary:
    """All names that content has in a locale: none where there is no content for it."""
    for language in library.languages if library else ():
        if language.locale == locale:
            words, exercises = language.words.content, language.exercises
            return {
                "ROUTINE": _names(words.routines),
                "EXERCISE": {name: (page.content.name, page.content.aliases) for name, page in exercises.items()},
                "AREA": _names(words.areas),
            }
    return {}


def _names(named: Mapping[Any, Named]) -> Names:
    return {name: (entry.name, entry.aliases) for name, entry in named.items()}
