"""What there is to coach: exercises, their doses, and the routines made of them.

Rule: structure and numbers only. No words of any language, no person, no time of day. Everything is frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import accumulate

PLANNED = "planned"
"""Routine id of what the coach builds to a person's wish, and of one exercise alone."""


class Side(StrEnum):
    """The side that is worked, or both at once."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def other(self) -> Side:
        """The opposite side; both sides are their own opposite."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}[self]


class Position(StrEnum):
    """How the body is placed, from the highest to the lowest. A routine follows this order."""

    STANDING = "standing"
    CHAIR = "chair"
    KNEELING = "kneeling"
    SEATED = "seated"
    LYING = "lying"

    @property
    def down(self) -> bool:
        """Whether the person is on the floor."""
        return self not in (Position.STANDING, Position.CHAIR)


class Variation(StrEnum):
    """How an exercise is done by one person."""

    USUAL = "usual"
    EASIER = "easier"
    DEEPER = "deeper"


@dataclass(frozen=True)
class Hold:
    """A position kept. A dose that is a range begins at `ms` and may grow to `most_ms`."""

    ms: int
    most_ms: int

    @property
    def unit_ms(self) -> int:
        """The smallest part that can be resumed: of a hold, any millisecond."""
        return 1


@dataclass(frozen=True)
class Reps:
    """Repetitions of one leg in one set, at a tempo; `sets` rounds with `rest_ms` between them."""

    count: int
    sets: int
    lower_ms: int
    pause_ms: int
    rise_ms: int
    rest_ms: int

    @property
    def unit_ms(self) -> int:
        """The time of one repetition."""
        return self.lower_ms + self.pause_ms + self.rise_ms

    @property
    def ms(self) -> int:
        """The time of one set on one side."""
        return self.count * self.unit_ms


@dataclass(frozen=True)
class Breaths:
    """A position kept for a number of paced breaths; a range begins at `count` and may grow to `most`."""

    count: int
    most: int
    inhale_ms: int
    exhale_ms: int

    @property
    def unit_ms(self) -> int:
        """The time of one breath."""
        return self.inhale_ms + self.exhale_ms

    @property
    def ms(self) -> int:
        """The time of all the breaths on one side."""
        return self.count * self.unit_ms


@dataclass(frozen=True)
class Move:
    """One move of a body, and how many milliseconds somebody stiff needs for it. What is done `once` is not done again
    for the other side, or for another set; what is done by a `chair` is left out where there is none.
    """

    ms: int
    once: bool = False
    chair: bool = False


Moves = tuple[Move, ...]


@dataclass(frozen=True)
class Flow:
    """Easy moves, one after the other, each in its own time: a warm-up, or a landing."""

    moves: Moves

    @property
    def unit_ms(self) -> int:
        """The smallest part that can be told of: any millisecond."""
        return 1

    @property
    def ms(self) -> int:
        """The time of all the moves."""
        return sum(move.ms for move in self.moves)

    @property
    def begins_ms(self) -> tuple[int, ...]:
        """When each move begins."""
        return tuple(accumulate((move.ms for move in self.moves[:-1]), initial=0))


Work = Hold | Reps | Breaths | Flow


@dataclass(frozen=True)
class Moved:
    """The moves of one way to do an exercise: to `setup`, and `out` of it. `way` leads there from the middle of the
    usual way; without it one comes out of that first.
    """

    setup: Moves
    out: Moves
    way: Moves = ()


@dataclass(frozen=True)
class Rung:
    """One step on the way from an easy start to the authored dose: how the exercise is done, and how much of it.

    `amount` is the milliseconds of a hold, the breaths, or the repetitions of one set. It is for `every` so many days.
    """

    variation: Variation
    amount: int
    sets: int = 1
    every: int = 1

    @property
    def total(self) -> int:
        """All of it on one side."""
        return self.amount * self.sets


@dataclass(frozen=True)
class Exercise:
    """One exercise. `areas` has its main body area first; `daily` is a dose spread over the day, if it has one; `moved`
    has the moves of each variation; `positions` those in which a variation is done elsewhere than usually. `rungs`
    lead up to the dose, from the gentlest; an easy start begins at the one of number `easy`.
    """

    id: str
    areas: tuple[str, ...]
    position: Position
    needs: tuple[str, ...]
    helps: tuple[str, ...]
    sides: tuple[Side, ...]
    work: Work
    daily: tuple[int, int] | None
    moved: Mapping[Variation, Moved]
    positions: Mapping[Variation, Position] = field(default_factory=dict)
    rungs: tuple[Rung, ...] = ()
    easy: int = 0

    @cached_property
    def is_around(self) -> bool:
        """Whether it goes around the exercises of a plan, and is none of them: a warm-up, or a landing."""
        return isinstance(self.work, Flow)


def around(name: str, position: Position, moves: Moves) -> Exercise:
    """What goes around the exercises of a plan, done at once on both sides, with no way in or out of its own."""
    nothing = dict.fromkeys(Variation, Moved((), ()))
    return Exercise(name, (), position, (), (), (Side.BOTH,), Flow(moves), None, nothing)


@dataclass(frozen=True)
class Routine:
    """An authored programme: exercises in the order in which they are done, with a warm-up and a landing `around` them
    or without. One that `rests` has nobody on their feet: it warms up lying, ends where it ends, and leads nobody up
    from the floor.
    """

    id: str
    exercises: tuple[str, ...]
    around: bool = False
    rests: bool = False


@dataclass(frozen=True)
class Library:
    """All the content that the domain knows, by id; exercises stand in the order of the longest routine. `ways` are the
    moves that lead from one position to another; `warm_up` or `warm_up_lying`, and `landing`, go around the exercises
    of a plan.
    """

    exercises: Mapping[str, Exercise]
    routines: Mapping[str, Routine]
    areas: tuple[str, ...]
    ways: Mapping[tuple[Position, Position], Moves]
    warm_up: Exercise | None = None
    warm_up_lying: Exercise | None = None
    landing: Exercise | None = None
