"""What there is to coach: exercises, their doses, and the routines made of them.

Rule: structure and numbers only. No words of any language, no person, no time of day. Everything is frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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


Work = Hold | Reps | Breaths


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
    """One exercise. `areas` has its main body area first; `daily` is a dose spread over the day, if it has one. `rungs`
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
    settle_ms: int
    change_ms: int
    rungs: tuple[Rung, ...] = ()
    easy: int = 0


@dataclass(frozen=True)
class Routine:
    """An authored programme: exercises in the order in which they are done."""

    id: str
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """All the content that the domain knows, by id; exercises stand in the order of the longest routine.

    `ways_ms` is the quiet after the words that lead from one position to another, by (coming from the floor, target);
    the target None is getting up at the end.
    """

    exercises: Mapping[str, Exercise]
    routines: Mapping[str, Routine]
    areas: tuple[str, ...]
    ways_ms: Mapping[tuple[bool, Position | None], int]
