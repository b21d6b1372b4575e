"""A world that is as small as it can be and has everything that the table can tell apart: three exercises, two
routines, words that all last the same, and a speaker with room for any answer.
"""

from collections.abc import Callable, Hashable
from itertools import permutations

from coach.planning import Exercise, Hold, Library, Position, Reps, Routine, Side, Variation
from coach.planning.exercises import Move, Moved, around
from coach.planning.steps import LANDING
from coach.speaking import Line, Platform, Prompt, Saying, Span
from coach.speaking.cues import Around, Items, Phrase, Way, told_ms

WORDS_MS = 500
LONG_MS = 200_000
"""A warm-up that is so long leaves no room in its answer for an exercise."""

SIDES = (Side.LEFT, Side.RIGHT)


def _exercise(name: str, position: Position, sides: tuple[Side, ...], work: Hold | Reps) -> Exercise:
    moved = Moved(setup=(Move(2_000, once=True), Move(2_000)), out=(Move(1_000),))
    return Exercise(name, ("hips",), position, (), (), sides, work, None, dict.fromkeys(Variation, moved))


EXERCISES = (
    _exercise("fold", Position.STANDING, (Side.BOTH,), Hold(30_000, 40_000)),
    _exercise("lying_twist", Position.LYING, SIDES, Hold(30_000, 40_000)),
    _exercise("deep_squat_rest", Position.STANDING, SIDES, Reps(2, 2, 1_000, 1_000, 1_000, 5_000)),
)

UP = {
    (Position.LYING, Position.KNEELING): (Move(20_000),),
    (Position.KNEELING, Position.STANDING): (Move(21_000),),
    (Position.LYING, Position.STANDING): (Move(20_000), Move(21_000)),
}
"""The one way that leads over another position: whoever gets up from lying is on their knees in between."""

LIBRARY = Library(
    exercises={exercise.id: exercise for exercise in EXERCISES},
    routines={
        "full": Routine("full", ("fold", "deep_squat_rest", "lying_twist"), around=True),
        "quick": Routine("quick", ("lying_twist", "fold")),
    },
    areas=("hips",),
    ways=dict.fromkeys(permutations(Position, 2), (Move(3_000),)) | UP,
    warm_up=around("warm_up", Position.STANDING, (Move(LONG_MS),)),
    landing=around(LANDING, Position.LYING, (Move(2_000),)),
)


class EvenWords:
    """Every saying is its own name, and takes as long as any other."""

    locale = "en-US"
    pace = 100

    def __call__(self, saying: Saying) -> Phrase:
        match saying:
            case Line(exercise=name) | Way(there=name):
                return Phrase(name, WORDS_MS)
            case Around(part=name) | Prompt(name=name):
                return Phrase(name, WORDS_MS)

    def paced(self, pace: int) -> "EvenWords":
        return self

    def remembered_ms(self, key: Hashable, items: Callable[[], Items]) -> int:
        return told_ms(items(), self)


SPEAKER = Platform(
    answer_ms=220_000,
    alone_ms=236_000,
    characters=7_500,
    written=lambda timeline: 0,
    starts_after=Span(1_000, 1_000),
    speaking_up=Span(0, 0),
    listening_ms=8_000,
)
