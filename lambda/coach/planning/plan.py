"""What is being done, and where the person is in it: a plan made of doses, and a place in a plan.

Rule: a step is kept by its id, so that content may change between yesterday and today.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from coach.planning.exercises import PLANNED, Library, Position
from coach.values import replace


@dataclass(frozen=True)
class Dose:
    """One exercise in a plan. `rounds` and `ms` are 0 where the exercise's own sets and time hold, `last_ms` where the
    last round is like the others.
    """

    exercise: str
    rounds: int = 0
    ms: int = 0
    last_ms: int = 0

    def of_round(self, number: int) -> Dose:
        """The dose of one round, counted from 1, by itself: with that round's own time for all."""
        if not self.last_ms:
            return self
        return replace(self, ms=self.last_ms if number == self.rounds else self.ms, last_ms=0)


@dataclass(frozen=True)
class Plan:
    """What is being done: an authored routine, or one built for `area` and `minutes` (0: of no certain length).

    `spare` are the exercises that it could have as well, and has no time for. The `gentle` ones are done in their
    easier version, however the person does them on other days.
    """

    routine: str
    doses: tuple[Dose, ...]
    area: str = ""
    minutes: int = 0
    spare: tuple[str, ...] = ()
    gentle: tuple[str, ...] = ()

    @property
    def exercises(self) -> tuple[str, ...]:
        """The ids of its exercises, in order."""
        return tuple(dose.exercise for dose in self.doses)

    @property
    def alone(self) -> bool:
        """Whether this is a single exercise that was asked for by name."""
        return self.routine == PLANNED and len(self.doses) == 1 and not self.minutes

    def is_like(self, other: Plan) -> bool:
        """Whether both are the same: the same authored routine, however it was changed, or the very same plan."""
        return self == other or self.routine == other.routine != PLANNED

    def dose_of(self, exercise: str) -> Dose:
        """The dose of one of its exercises."""
        return next(dose for dose in self.doses if dose.exercise == exercise)

    def with_dose(self, dose: Dose) -> Plan:
        """The same plan with this dose in the place of the exercise's earlier one."""
        return replace(self, doses=tuple(dose if d.exercise == dose.exercise else d for d in self.doses))

    def with_only(self, exercises: Collection[str]) -> Plan:
        """The same plan with these of its exercises and no others."""
        return replace(self, doses=tuple(dose for dose in self.doses if dose.exercise in exercises))

    def with_gentle(self, exercises: Collection[str]) -> Plan:
        """The same plan with these of its exercises in their easier version too."""
        return replace(self, gentle=tuple(e for e in self.exercises if e in exercises or e in self.gentle))

    def all_gentle(self) -> Plan:
        """The same plan with all of its exercises in their easier version."""
        return self.with_gentle(self.exercises)

    def as_gentle_as(self, before: Plan) -> Plan:
        """The same plan in the place of one before: what is new in a gentle one is gentle too."""
        if not before.gentle:
            return self
        return self.with_gentle({*self.exercises} - {*before.exercises} | {*before.gentle})

    def by_itself(self) -> Plan:
        """The same exercises with no warm-up before them, and no landing behind."""
        return replace(self, routine=PLANNED, minutes=0)

    def as_chosen(self, exercise: str) -> Plan:
        """The same plan with an exercise as the person does it on other days."""
        return replace(self, gentle=tuple(e for e in self.gentle if e != exercise))

    def with_swapped(self, exercise: str, other: str) -> Plan:
        """The same plan with another exercise, in its own dose, in the place of one."""
        doses = tuple(Dose(other) if d.exercise == exercise else d for d in self.doses)
        return replace(self, doses=doses).as_gentle_as(self)

    def with_added(self, exercise: str, at: int) -> Plan:
        """The same plan with one exercise more, behind so many."""
        return replace(self, doses=(*self.doses[:at], Dose(exercise), *self.doses[at:])).as_gentle_as(self)


@dataclass(frozen=True)
class Place:
    """Where the person is in a plan: a step, the milliseconds done in it, and the exercises that are behind them.

    `run` tells this time through the plan from every other: when it was begun, in epoch milliseconds, and less than a
    second more for the session in which it was; 0 where nobody noted it. `worked` is when the coach last led them
    there, in epoch seconds; 0 where that is not known. `unmet` is set from when its exercise was announced until its
    work has begun to be heard: only then it was met. `body` is the position that the person was in, or getting into,
    when they last spoke up; empty for upright. `posed` is set where they may have been in the pose of the step then.
    """

    plan: Plan
    step: str
    done_ms: int = 0
    done: tuple[str, ...] = ()
    run: int = 0
    worked: int = 0
    unmet: bool = False
    body: str = ""
    posed: bool = False

    @property
    def exercise(self) -> str:
        """The id of the exercise that the step belongs to."""
        return self.step.split(".", 1)[0]


def authored(routine: str, library: Library, left_out: Collection[str] = ()) -> Plan:
    """An authored routine without what the person left out for good; all of it when nothing else would be left."""
    exercises = library.routines[routine].exercises
    kept = tuple(e for e in exercises if e not in left_out) or exercises
    return Plan(routine, tuple(Dose(e) for e in kept))


def alone(exercise: str) -> Plan:
    """One exercise by itself."""
    return Plan(PLANNED, (Dose(exercise),))


def ordered(exercises: Iterable[str], library: Library) -> tuple[str, ...]:
    """By position, from standing down to lying, so that the way to the floor is gone once."""
    heights = list(Position)
    return tuple(sorted(exercises, key=lambda e: heights.index(library.exercises[e].position)))
