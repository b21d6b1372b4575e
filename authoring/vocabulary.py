"""The names a person can say for what there is to coach: the slot types that the interaction model shares with content.

Rule: a slot value's id is the content's id, so that what Alexa resolves needs no table in between.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from authoring.content import EXERCISE_WORDS, LOCALE, Reader
from authoring.words import Named

Names = dict[str, tuple[str, list[str]]]
"""For each id the name it goes by, and its other names."""


def vocabulary(root: Path, locale: str = "en-US") -> dict[str, Names]:
    """The names of routines, exercises and areas, by slot type. A page with a fault is left out: the check tells it."""
    reader = Reader()
    folder = root / "content" / "locales" / locale
    exercises = reader.pages(folder / "exercises", EXERCISE_WORDS)
    words = reader.page(folder / "locale.yaml", LOCALE)
    return {
        "ROUTINE": _names(words.content.routines) if words else {},
        "EXERCISE": {name: (page.content.name, page.content.aliases) for name, page in exercises.items()},
        "AREA": _names(words.content.areas) if words else {},
    }


def _names(named: Mapping[Any, Named]) -> Names:
    return {name: (entry.name, entry.aliases) for name, entry in named.items()}
