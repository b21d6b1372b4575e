"""Content as the coach loads it: a JSON file for each locale, with every side already put into words, and a module with
its prompts.

Rule: the same content always gives the same bytes. Times are integer milliseconds, words are plain text.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authoring import screen, templates
from authoring.content import Language, Library
from authoring.poses.avg import avg
from authoring.structure import Exercise, Stage, Work
from authoring.wording import render
from authoring.words import Around, AroundWords, ExerciseWords, Moves, OtherWay, Sides, Variation, Ways, ways_from
from coach.planning.exercises import Position
from coach.speaking.content import module_name

JsonObject = dict[str, Any]

PICTURED = {"usual": "usual", "easier": "easier", "deeper": "deeper", "way": "usual_way"}
"""What the pictures of an exercise are called where they are looked up."""


@dataclass(frozen=True)
class _BySide:
    """The sides of one exercise, each with its own spoken word and the opposite one."""

    spoken: dict[str, tuple[str, str]]

    @classmethod
    def of(cls, exercise: Exercise, words: Sides) -> "_BySide":
        if exercise.sides == "both":
            return cls({"both": (words.both, words.both)})
        return cls({"left": (words.left, words.right), "right": (words.right, words.left)})

    def text(self, template: str | None) -> dict[str, str]:
        return {side: render(template or "", *spoken) for side, spoken in self.spoken.items()}

    def texts(self, templates: list[str]) -> dict[str, list[str]]:
        return {side: [render(one, *spoken) for one in templates] for side, spoken in self.spoken.items()}


def write(library: Library, out: Path) -> list[Path]:
    """Write the compiled content of each locale, and what a screen shows, into the folder `out`; tell which files were
    written.
    """
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for language in library.languages:
        path, words = out / f"{language.locale}.json", compile_language(library, language)
        path.write_text(json.dumps(words, separators=(",", ":")) + "\n", encoding="utf-8")
        (out / f"{module_name(language.locale)}.py").write_text(templates.module(words), encoding="utf-8")
        written.append(path)
    drawn, shown = out / "poses.json", out / screen.MADE
    drawn.write_text(json.dumps(_poses(library), separators=(",", ":")) + "\n", encoding="utf-8")
    shown.write_text(screen.compiled(library.routines.document.path.parent), encoding="utf-8")
    return [*written, drawn, shown]


def _poses(library: Library) -> JsonObject:
    """The pictures of the exercises, by exercise and variation; the way into the usual one is `usual_way`. Each is the
    text of its JSON, so that nobody has to read those that are not shown.
    """
    return {
        name: {PICTURED[way]: json.dumps(avg(pose), separators=(",", ":")) for way, pose in page.content if pose}
        for name, page in library.poses.items()
    }


def compile_language(library: Library, language: Language) -> JsonObject:
    """All that the coach knows in one locale. The library must have passed its checks."""
    words = language.words.content
    plain = words.model_dump(
        mode="json", include={"voice", "called", "numbers", "ordinals", "sides", "areas", "positions", "equipment"}
    )
    return plain | {
        "locale": language.locale,
        "exercises": {
            name: _exercise(page.content, language.exercises[name].content, words.sides)
            for name, page in library.exercises.items()
        },
        "routines": {
            name: routine.model_dump() | words.routines[name].model_dump()
            for name, routine in library.routines.content.items()
        },
        "ways": _ways(words.ways),
        "around": {part: _around(getattr(words.around, part)) for part in Around.model_fields},
        "prompts": {
            name: {"fields": sorted(fields), "say": language.prompts.content[name], "reprompt": None}
            for name, fields in library.prompts.content.items()
        },
    }


def _exercise(exercise: Exercise, words: ExerciseWords, sides: Sides) -> JsonObject:
    by_side = _BySide.of(exercise, sides)
    return exercise.model_dump(mode="json", include={"areas", "position", "positions", "needs", "helps", "sides"}) | {
        "work": _work(exercise.work),
        "daily": [exercise.daily.least, exercise.daily.most] if exercise.daily else None,
        "moved": {name: _moved(way) for name, way in _variations(words)},
        "easy": _easy(exercise.easy),
        "words": _words(words, by_side),
    }


def _variations(words: ExerciseWords) -> Iterator[tuple[str, Variation]]:
    """Each variation whole: what is at rest in all of them is written with the usual one."""
    yield "usual", words.usual
    for name, other in (("easier", words.easier), ("deeper", words.deeper)):
        resting = {part: getattr(words.usual, part) for part in ("landmark", "out") if getattr(other, part) is None}
        yield name, other.model_copy(update=resting)


def _moved(way: Variation) -> JsonObject:
    moved = {"setup": _timed(way.setup), "out": _timed(way.out)}
    return moved | ({"way": _timed(way.way)} if isinstance(way, OtherWay) and way.way else {})


def _timed(moves: Moves) -> list[tuple[int | bool, ...]]:
    """Each move's milliseconds, whether it is done once, and, where so, that it takes a chair."""
    return [(_ms(move.takes), move.once, *((True,) if move.chair else ())) for move in moves]


def _easy(stages: list[Stage]) -> JsonObject:
    """The rungs in order, as variation, amount, sets and days, and the number of that which an easy start begins at."""
    rungs = []
    for stage in stages:
        climb, way = stage.climb, "easier" if stage.easier else "usual"
        amounts = [_ms(amount) if climb.seconds else amount for amount in climb.amounts]
        rungs += [[way, amount, climb.sets or 1, climb.every] for amount in amounts]
    return {"start": stages[0].climb.amounts.index(stages[0].climb.start) if stages else 0, "rungs": rungs}


def _work(work: Work) -> JsonObject:
    if work.hold:
        return {"hold": {"ms": _ms(work.hold.seconds), "most_ms": _ms(work.hold.most)}}
    ((kind, dose),) = work.model_dump(exclude_none=True).items()
    counts = {key: dose[key] for key in ("count", "sets", "most") if key in dose}
    return {kind: counts | {f"{key}_ms": _ms(value) for key, value in dose.items() if key not in counts}}


def _words(words: ExerciseWords, by_side: _BySide) -> JsonObject:
    plain = words.model_dump(include={"name", "the", "aliases", "why", "lower", "rise"}, exclude_none=True)
    cautions = words.cautions.model_dump(exclude_none=True)
    return plain | {
        "cues": {kind: by_side.texts(cues) for kind, cues in words.cues.model_dump().items()},
        "cautions": {moment: by_side.text(caution) for moment, caution in cautions.items()},
        "check": by_side.texts(words.check),
        "felt": by_side.text(words.felt),
        "not_felt": by_side.text(words.not_felt),
        **{name: _said(way, words, by_side) for name, way in _variations(words)},
    }


def _said(way: Variation, words: ExerciseWords, by_side: _BySide) -> JsonObject:
    said = {
        "setup": by_side.texts([move.say for move in way.setup]),
        "landmark": by_side.text(way.landmark),
        "brief": by_side.text(way.brief),
        "picture": by_side.text(way.picture),
        "out": by_side.texts([move.say for move in way.out]),
        "on": by_side.text(words.on),
    }
    if not isinstance(way, OtherWay):
        return said
    return said | {
        "on": by_side.text(way.on or words.on),
        "say": by_side.text(way.say),
        "way": by_side.texts([move.say for move in way.way or []]),
    }


def _ways(ways: Ways) -> JsonObject:
    return {here: {there: _of_no_side(moves) for there, moves in ways_from(here, ways).items()} for here in Position}


def _around(words: AroundWords) -> JsonObject:
    said = [move.say for move in words.moves]
    return {"moves": _timed(words.moves), "words": {"the": words.the, "moves": said}}


def _of_no_side(moves: Moves) -> JsonObject:
    """Moves that belong to no exercise, and so to no side."""
    return {"moves": _timed(moves), "words": [move.say for move in moves]}


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
