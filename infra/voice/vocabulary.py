"""Every text that an answer with an exercise in it can need: what leads in and out, what is said in the work, and the
words around it.

Rule: made from the content and from the ranges that the coach plays a dose in, and never from what somebody was heard
to need. What has something of a person in it, such as how their week goes or what they asked for, is not in it: the
speaker says that itself.
"""

from collections.abc import Iterable, Iterator
from itertools import count, product, takewhile

from coach.planning import PLANNED, Exercise, Hold, Library, Reps, Side, Variation
from coach.planning.option import ROUNDS_MOST
from coach.planning.steps import BREATHS_LEAST, HOLD_MOST_MS, REPS_MOST, sets_of
from coach.speaking import Line, Prompt, Saying
from coach.speaking.cues import Around, Way
from coach.speaking.phrasebook import Phrasebook
from coach.values import replace

ELSEWHERE = ("again_", "ask_", "card_", "help_", "missed", "reminder", "screen_", "touch_")
"""How the prompts begin that no answer with an exercise has in it: they ask, or are read, or answer a mishap."""

PARTS = ("brief", "landmark", "rise", "felt", "not_felt", "say")
IN_MOVES = ("setup", "out", "way")
IN_TURN = ("cues.breath", "cues.form", "cues.let_go")
CARES = ("cautions.before", "cautions.entering", "cautions.during", "cautions.leaving")
"""The parts of an exercise's words that are spoken as one, move by move, one after another, and with care."""

FINISHED = ("finished", "finished_some", "finished_none", "finished_alone")

LAST_SECONDS = (3, 2, 1)
"""What is counted at the end of a hold."""


def texts(phrasebook: Phrasebook) -> tuple[str, ...]:
    """The texts of a locale, in the order of its content, each once."""
    found = (text for saying in _sayings(phrasebook) for text in _worded(phrasebook, saying))
    return tuple(dict.fromkeys(text for text in found if text))


def _worded(phrasebook: Phrasebook, saying: Saying) -> Iterator[str]:
    """Each way in which a saying is worded; nothing for what an exercise has no words for."""
    ways = len(phrasebook.content.words["prompts"][saying.name]["say"]) if isinstance(saying, Prompt) else 1
    for seed in range(ways):
        try:
            yield phrasebook.text(saying, seed)
        except LookupError:
            return


def _sayings(phrasebook: Phrasebook) -> Iterator[Saying]:
    library, words = phrasebook.content.library, phrasebook.content.words
    for exercise in library.exercises.values():
        yield from _lines(phrasebook, exercise)
        yield from _of(exercise, library)
    for around in words["around"]:
        yield Prompt("next_exercise", {"exercise": around, "position": ""})
    for here, there in library.ways:
        yield from (Way(here, there, index) for index in range(len(library.ways[here, there])))
    for part in words["around"]:
        yield from (Around(part, index) for index in range(len(words["around"][part]["words"]["moves"])))
    yield from _counted(library)
    for name, prompt in words["prompts"].items():
        if not prompt["fields"] and not name.startswith(ELSEWHERE):
            yield Prompt(name)


def _lines(phrasebook: Phrasebook, exercise: Exercise) -> Iterator[Line]:
    for side, variation in product(exercise.sides, Variation):
        moved = exercise.moved[variation]
        yield from (Line(exercise.id, part, side, variation) for part in (*PARTS, *CARES))
        for part, moves in zip(IN_MOVES, (moved.setup, moved.out, moved.way), strict=True):
            yield from (Line(exercise.id, part, side, variation, index) for index in range(len(moves)))
        for part in IN_TURN:
            yield from _in_turn(phrasebook, Line(exercise.id, part, side, variation, 0))


def _in_turn(phrasebook: Phrasebook, first: Line) -> Iterator[Line]:
    """The lines of a part of which there are several, which come round and round."""
    yield first
    lines = (replace(first, index=index) for index in count(1))
    yield from takewhile(lambda line: phrasebook.text(line) != phrasebook.text(first), lines)


def _of(exercise: Exercise, library: Library) -> Iterator[Prompt]:
    """What is said with the name of an exercise."""
    its, most = {"exercise": exercise.id}, len(library.exercises)
    in_area = {**its, "area": exercise.areas[0]}
    yield Prompt("announce_alone", in_area)
    for all_ in range(2, most + 1):
        yield from (Prompt("announce", {**in_area, "number": number, "count": all_}) for number in _to(all_))
    yield Prompt("next_exercise", its | {"position": exercise.position})
    for position in {exercise.position, *exercise.positions.values()}:
        yield Prompt("next_exercise_moving", its | {"position": position})
    for side in exercise.sides:
        yield from (Prompt(name, {**its, "side": side}) for name in ("again", "back_at"))
        yield from (Prompt("now_side", {**its, "side": side, "variation": variation}) for variation in Variation)
    if isinstance(exercise.work, Reps):
        yield from (Prompt("rep", {"number": number, **its}) for number in _to(REPS_MOST))
        yield from (Prompt("rest", {"left": exercise.work.rest_ms, "streams": streams}) for streams in (0, 1))


def _counted(library: Library) -> Iterator[Prompt]:
    """What is said with a number in it."""
    works = [exercise.work for exercise in library.exercises.values()]
    breaths = [work for work in works if not isinstance(work, Hold | Reps)]
    breaths_most = max((HOLD_MOST_MS // work.unit_ms for work in breaths), default=BREATHS_LEAST)
    for ms, side in product(range(1_000, HOLD_MOST_MS + 1, 1_000), Side):
        yield from (Prompt(name, {"left": ms, "side": side}) for name in ("start_hold", "start_hold_again"))
    yield from (Prompt("count", {"number": number}) for number in LAST_SECONDS)
    for number in _to(REPS_MOST):
        yield from (Prompt(name, {"number": number}) for name in ("start_reps", "start_reps_again"))
    for number in _to(breaths_most):
        yield from (Prompt(name, {"number": number}) for name in ("start_breaths", "start_breaths_again", "breathe_in"))
    sets = max(ROUNDS_MOST, *map(sets_of, works))
    for all_ in range(2, sets + 1):
        for number in _to(all_):
            yield from (Prompt("set", {"number": number, "count": all_, "side": side}) for side in Side)
            yield from (Prompt("next_set", {"number": number, "count": all_, "rest": rest}) for rest in (0, 1))
    yield from (Prompt("next_side", {"side": side}) for side in Side)
    for routine, done in product((*library.routines, PLANNED), range(len(library.exercises) + 1)):
        yield from (Prompt(name, {"routine": routine, "count": done}) for name in FINISHED)


def _to(last: int) -> Iterable[int]:
    return range(1, last + 1)
