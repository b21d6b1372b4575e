"""Compiled content, loaded: the library for the domain, and the words for speech.

Rule: nothing is checked here. The authoring tools have refused what is wrong before it was compiled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from coach.errors import ContentMissingError
from coach.planning import Breaths, Exercise, Hold, Library, Position, Reps, Routine, Rung, Side, Variation, Work
from coach.planning.exercises import Move, Moved, Moves, around
from coach.planning.steps import LANDING
from coach.speaking.tempo import Voice

COMPILED = Path(__file__).parents[1] / "compiled"
"""Where the authoring tools put the compiled content, a page and a module for each locale."""

FALLBACK_LOCALE = "en-US"
"""The words for a locale that has none of its own."""

LOCALES_KEPT = 64
"""More than Alexa has. What comes from outside must not fill the memory."""

_LOCALE = re.compile(r"[a-z]{2,3}-[A-Z0-9]{2,3}")
"""What a locale looks like. It comes from outside, and is looked for among files."""


@dataclass(frozen=True)
class Content:
    """One locale's content. `words` is the compiled page as it was read; `templates` has a function for each prompt
    with something to fill in, by its name and the number of the way to say it.
    """

    locale: str
    voice: Voice
    library: Library
    words: Mapping[str, Any]
    templates: Mapping[str, Callable[..., str]]


@cache
def load(locale: str) -> Content:
    """The content of a locale. Raises ContentMissingError when it was not compiled."""
    path = COMPILED / f"{locale}.json"
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentMissingError(f"There is no compiled content for {locale}. Run `make content` first.") from None
    return read(words, vars(import_module(f"coach.compiled.{module_name(locale)}")))


def module_name(locale: str) -> str:
    """The name of the module that has the prompts of a locale."""
    return locale.replace("-", "_")


@lru_cache(LOCALES_KEPT)
def best_locale(locale: str) -> str:
    """The locale itself if it has content, else one of the same language, else the fallback."""
    if not _LOCALE.fullmatch(locale):
        return FALLBACK_LOCALE
    if (COMPILED / f"{locale}.json").exists():
        return locale
    language = locale.split("-", 1)[0]
    if FALLBACK_LOCALE.startswith(f"{language}-"):
        return FALLBACK_LOCALE
    return next((path.stem for path in sorted(COMPILED.glob(f"{language}-*.json"))), FALLBACK_LOCALE)


def read(words: Mapping[str, Any], templates: Mapping[str, Callable[..., str]]) -> Content:
    """The content in a compiled page, and the module that was compiled with it."""
    routines = {
        name: Routine(name, tuple(page["exercises"]), page["around"], page["rests"])
        for name, page in words["routines"].items()
    }
    ways = {
        (Position(here), Position(there)): _timed(way["moves"])
        for here, from_here in words["ways"].items()
        for there, way in from_here.items()
    }
    longest = max((routine.exercises for routine in routines.values()), key=len)
    library = Library(
        exercises={name: _exercise(name, words["exercises"][name]) for name in (*longest, *words["exercises"])},
        routines=routines,
        areas=tuple(words["areas"]),
        ways=ways,
        warm_up=_around(words, "warm_up", Position.STANDING),
        warm_up_lying=_around(words, "warm_up_lying", Position.LYING),
        landing=_around(words, LANDING, Position.LYING),
    )
    return Content(words["locale"], Voice(**words["voice"]), library, words, templates)


def _exercise(name: str, page: Mapping[str, Any]) -> Exercise:
    sides = (Side.BOTH,) if page["sides"] == "both" else (Side.LEFT, Side.RIGHT)
    return Exercise(
        id=name,
        areas=tuple(page["areas"]),
        position=Position(page["position"]),
        needs=tuple(page["needs"]),
        helps=tuple(page["helps"]),
        sides=sides,
        work=_work(page["work"]),
        daily=tuple(page["daily"]) if page["daily"] else None,
        moved={
            Variation(variation): Moved(**{part: _timed(moves) for part, moves in parts.items()})
            for variation, parts in page["moved"].items()
        },
        positions={Variation(variation): Position(there) for variation, there in page["positions"].items()},
        rungs=tuple(Rung(Variation(way), *numbers) for way, *numbers in page["easy"]["rungs"]),
        easy=page["easy"]["start"],
    )


def _around(words: Mapping[str, Any], name: str, position: Position) -> Exercise:
    return around(name, position, _timed(words["around"][name]["moves"]))


def _timed(moves: Iterable[tuple[int, bool]]) -> Moves:
    return tuple(Move(*move) for move in moves)


def _work(work: Mapping[str, Mapping[str, int]]) -> Work:
    kinds = {"hold": Hold, "reps": Reps, "breaths": Breaths}
    ((kind, dose),) = work.items()
    return kinds[kind](**dose)  # type: ignore[no-any-return]
