"""What no page can know by itself: that ids, words, sides, names and the order of routines agree with one another.

Rule: each fault is told where an author would mend it, and every fault is told, not the first one only.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from authoring.content import Language, Library, Page
from authoring.document import Document, Where
from authoring.poses.faults import faults
from authoring.problem import Problem
from authoring.structure import Exercise
from authoring.wording import names_a_side
from authoring.words import ExerciseWords, ways_from
from coach.planning.exercises import Position

ONLY_IN: dict[str, frozenset[Position]] = {
    "desk": frozenset((Position.STANDING, Position.CHAIR)),
    "evening": frozenset((Position.SEATED, Position.LYING)),
}
"""Routines that promise a person certain positions."""

MOVES_WITHOUT_A_WAY = 3
"""A longer set-up has a picture of the way into it."""


def problems(library: Library) -> Iterator[Problem]:
    """All disagreements between the pages of `library`."""
    yield from _routines(library)
    yield from _poses(library)
    for language in library.languages:
        yield from _same_ids(library, language)
        yield from _names(language)
        yield from _areas(library, language)
        yield from _ways(language)
        for name in library.exercises.keys() & language.exercises.keys():
            yield from _exercise(library.exercises[name].content, language.exercises[name])


def _routines(library: Library) -> Iterator[Problem]:
    document = library.routines.document
    for name, routine in library.routines.content.items():
        for place, exercise in enumerate(routine.exercises):
            if exercise not in library.exercises:
                yield document.problem((name, "exercises", place), f"there is no exercise `{exercise}`")
        known = [library.exercises[exercise].content for exercise in routine.exercises if exercise in library.exercises]
        positions = [exercise.position for exercise in known]
        for reason in _unfit_order(positions, ONLY_IN.get(name, frozenset(Position))):
            yield document.problem((name, "exercises"), f"`{name}` {reason}")
        if name == "full" and (left_out := sorted(library.exercises.keys() - set(routine.exercises))):
            yield document.problem((name, "exercises"), f"`full` leaves out {', '.join(left_out)}")


def _poses(library: Library) -> Iterator[Problem]:
    folder = library.routines.document.path.parent / "poses"
    for name in library.exercises.keys() - library.poses.keys():
        yield Problem(folder / f"{name}.yaml", 1, f"the poses of `{name}` are missing")
    for name, page in library.poses.items():
        if name not in library.exercises:
            yield page.document.problem((), f"there is no exercise `{name}` that these poses could be of")
            continue
        for way, pose in page.content:
            for part, reason in faults(pose, library.exercises[name].content.sides) if pose else ():
                yield page.document.problem((way, part), reason)
        words = [language.exercises[name].content for language in library.languages if name in language.exercises]
        if not page.content.way and any(len(each.usual.setup) > MOVES_WITHOUT_A_WAY for each in words):
            yield page.document.problem((), f"`way` is missing: the set-up has more than {MOVES_WITHOUT_A_WAY} moves")


def _unfit_order(positions: list[Position], allowed: frozenset[Position]) -> Iterator[str]:
    runs = [position for position, _ in groupby(positions)]
    if [down for down, _ in groupby(position.down for position in positions)].count(True) > 1:
        yield "goes down to the floor more than once"
    elif len(runs) > len(set(runs)):
        yield "comes back to a position it has left: keep the exercises of one position together"
    if unfit := sorted(set(positions) - allowed):
        yield f"must not have exercises that are {', '.join(unfit)}"


def _same_ids(library: Library, language: Language) -> Iterator[Problem]:
    folder = language.words.document.path.parent / "exercises"
    for name in library.exercises.keys() - language.exercises.keys():
        yield Problem(folder / f"{name}.yaml", 1, f"the words for `{name}` are missing")
    for name in language.exercises.keys() - library.exercises.keys():
        page = language.exercises[name].document
        yield page.problem((), f"there is no exercise `{name}` that these words could be for")
    words, document = language.words.content.routines, language.words.document
    for name in library.routines.content.keys() - words.keys():
        yield document.problem(("routines",), f"the words for `{name}` are missing")
    for name in words.keys() - library.routines.content.keys():
        yield document.problem(("routines", name), f"there is no routine `{name}` that these words could be for")


def _areas(library: Library, language: Language) -> Iterator[Problem]:
    worked = {area for page in library.exercises.values() for area in page.content.areas}
    for area in language.words.content.areas.keys() - worked:
        yield language.words.document.problem(("areas", area), f"no exercise is for `{area}`")


def _ways(language: Language) -> Iterator[Problem]:
    document = language.words.document
    for here in Position:
        reached = ways_from(here, language.words.content.ways)
        if missing := sorted(set(Position) - {here, *reached}):
            yield document.problem(("ways", here), f"no way leads from {here} to {', '.join(missing)}")


def _names(language: Language) -> Iterator[Problem]:
    document = language.words.document
    for kind in ("routines", "areas"):
        entries = getattr(language.words.content, kind)
        yield from _shared((key, document, (kind, key), entry) for key, entry in entries.items())
    yield from _shared((key, page.document, (), page.content) for key, page in language.exercises.items())


def _shared(entries: Iterable[tuple[str, Document, Where, Any]]) -> Iterator[Problem]:
    """Names that two things have, or one thing twice: nobody could say which is meant."""
    owners: dict[str, str] = {}
    for key, document, where, entry in entries:
        names = {(*where, "name"): entry.name}
        names |= {(*where, "aliases", place): alias for place, alias in enumerate(entry.aliases)}
        for place, name in names.items():
            if name.casefold() in owners:
                yield document.problem(place, f"`{name}` is what `{owners[name.casefold()]}` is called already")
            owners.setdefault(name.casefold(), key)


def _exercise(exercise: Exercise, page: Page[ExerciseWords]) -> Iterator[Problem]:
    words, document = page.content, page.document
    for key in ("lower", "rise"):
        if exercise.work.reps and getattr(words, key) is None:
            yield document.problem((), f"`{key}` is missing: reps are counted with it")
        if not exercise.work.reps and getattr(words, key) is not None:
            yield document.problem((key,), f"`{key}` is only for reps")
    if exercise.sides == "each":
        yield from _two_sides(page)
    else:
        yield from _both_at_once(page)


def _two_sides(page: Page[ExerciseWords]) -> Iterator[Problem]:
    words, document = page.content, page.document
    if words.on is None:
        yield document.problem((), "`on` is missing: it names the side in a sentence")
    elif not names_a_side(words.on):
        yield document.problem(("on",), "`on` must say left or right")
    if not any(map(names_a_side, words.check)):
        yield document.problem(("check",), "`check` must say which side is which")
    for where, way in (("usual", words.usual), ("easier", words.easier), ("deeper", words.deeper)):
        for part in ("brief", "picture"):
            if not names_a_side(getattr(way, part)):
                yield document.problem((where, part), f"`{part}` must say left or right")
        again = [move.say for move in way.setup if not move.once]
        if not any(map(names_a_side, again)):
            yield document.problem((where, "setup"), "`setup` must lead to the other side: nothing of it is said there")
        for place, move in enumerate(way.setup):
            if move.once and names_a_side(move.say):
                reason = "this names a side, and is not said for the other one: leave out `once`"
                yield document.problem((where, "setup", place), reason)


def _both_at_once(page: Page[ExerciseWords]) -> Iterator[Problem]:
    document = page.document
    if page.content.on is not None:
        yield document.problem(("on",), "`on` is only for exercises with sides")
    for where, text in _scalars(page.document.data, ()):
        if where[-1] == "once":
            yield document.problem(where, "`once` is only for exercises with sides")
        elif "{{" in text and names_a_side(text):
            yield document.problem(where, "both sides are worked at once: no side can be named")


def _scalars(data: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(data, str):
        yield where, data
        return
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield from _scalars(value, (*where, key))
