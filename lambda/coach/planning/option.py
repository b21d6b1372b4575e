"""What one exercise can be in a routine that is to take a certain time: its rounds, and how far its work may move.

Rule: what it costs is measured by its own timeline, alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coach.planning.exercises import PLANNED, Breaths, Exercise, Hold, Reps, Work
from coach.planning.plan import Dose, Plan
from coach.planning.steps import BREATHS_LEAST, HOLD_LEAST_MS, HOLD_MOST_MS, Manner, dosed, sets_of
from coach.values import replace

HOLD_ROUNDING_MS = 5_000
"""A moved hold is a length that is easily said."""

ROUNDS_MOST = 4
"""So many rounds an exercise has at most, however much time there is, if its own dose has no more."""

Cost = Callable[[Plan], int]
"""How many milliseconds a plan takes when it is spoken, by its own timeline."""


@dataclass(frozen=True)
class Option:
    """What one exercise costs: its own rounds with the instructions, and a further one. Rounds below `least` are done
    already; below `rounds` the dose is not whole. `alone` is the one that there is nothing else beside. What is `easy`
    is never made longer.
    """

    exercise: Exercise
    dose: Dose
    work: Work
    least: int
    rounds: int
    first_ms: int
    more_ms: int
    begun: bool
    alone: bool
    easy: bool = False

    @classmethod
    def measured(cls, exercise: Exercise, begun: Dose | None, manner: Manner, cost: Cost, *, alone: bool) -> Option:
        """The option of an exercise; `begun` is the dose of the one that the person is in the middle of."""
        here = begun if begun and begun.exercise == exercise.id else None
        dose, least = (Dose(exercise.id, ms=here.ms), here.rounds) if here else (Dose(exercise.id), 1)
        work = dosed(exercise, dose, manner)
        rounds = max(sets_of(work), least)
        first, further = (cost(Plan(PLANNED, (replace(dose, rounds=n),))) for n in (rounds, rounds + 1))
        easy = manner.rung_of(exercise) is not None
        return cls(exercise, dose, work, least, rounds, first, further - first, bool(here), alone, easy)

    def bound_ms(self, *, whole: bool, longer: bool) -> int:
        """How far the time of one side may move."""
        ms = self.work.ms
        if isinstance(self.work, Reps) or (longer and self.easy):
            return ms
        unit = self.work.unit_ms
        if whole:
            return max(ms, min(most_ms(self.work), HOLD_MOST_MS)) if longer else ms
        least = BREATHS_LEAST * unit if isinstance(self.work, Breaths) else HOLD_LEAST_MS
        return HOLD_MOST_MS // unit * unit if longer else min(ms, least)

    @property
    def most(self) -> int:
        """How many rounds it may have."""
        return max(self.rounds, ROUNDS_MOST)

    @property
    def sides(self) -> int:
        """How often one round does it."""
        return len(self.exercise.sides)

    @property
    def work_ms(self) -> int:
        """The work of one round."""
        return self.work.ms * self.sides

    def movable(self, rounds: int) -> int:
        """How many of its rounds may have another time. What is begun goes on as it is; only where nothing else can
        fill the time, its last round may differ, if that is still to come.
        """
        return int(self.alone and rounds > self.least) if self.begun else rounds

    def moved(self, rounds: int, share: float, bound_ms: int) -> Dose:
        """The dose with its time moved by a share of the way to a bound."""
        ms = self.work.ms
        step = HOLD_ROUNDING_MS if isinstance(self.work, Hold) else self.work.unit_ms
        wanted = round((ms + (bound_ms - ms) * share) / step) * step
        wanted = min(max(wanted, min(ms, bound_ms)), max(ms, bound_ms))
        dose = replace(self.dose, rounds=0 if rounds == sets_of(self.work) else rounds)
        if wanted == ms or not self.movable(rounds):
            return dose
        return replace(dose, last_ms=wanted) if self.begun else replace(dose, ms=wanted)


def most_ms(work: Work) -> int:
    """The upper end of an authored range."""
    match work:
        case Hold(most_ms=most):
            return most
        case Breaths(most=most) as breaths:
            return most * breaths.unit_ms
        case counted:
            return counted.ms
