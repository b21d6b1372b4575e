"""A plan as it is played: the flat list of its steps, with rounds and sides expanded and doses settled.

Rule: authored doses are kept, on both sides alike. Only what a plan or a person changed moves them. What goes around
the exercises, a warm-up and a landing, are steps like theirs, and are none of the exercises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from coach.planning.exercises import (
    PLANNED,
    Breaths,
    Exercise,
    Flow,
    Hold,
    Library,
    Moved,
    Position,
    Reps,
    Rung,
    Side,
    Variation,
    Work,
)
from coach.planning.growth import rung_at
from coach.planning.plan import Dose, Place, Plan
from coach.values import replace

LANDING = "landing"
"""The id of what comes behind the last exercise."""

HOLD_LEAST_MS, HOLD_MOST_MS = 10_000, 90_000
"""How far a person may move a hold. The upper end keeps one side, with its words, inside one answer."""

REPS_MOST = 20
"""As many repetitions as a person may ask for on a side, for the same reason."""

PACES = (70, 85, 100, 115, 130)
"""The coach's paces in percent: of the voice's rate, of the tempo of reps, and of the time to get into position."""

HOLDS = (75, 100, 125, 150)
"""Holds in general, in percent of their dose."""

BREATHS_LEAST = 2
"""Fewer breaths than these are no rest."""

AROUND_FROM_MINUTES = 15
"""A plan of this length or more has the time for a warm-up and a landing."""


@dataclass(frozen=True)
class Manner:
    """How exercises are done: `pace` and `holds` in percent, and by exercise the holds in milliseconds and the
    variations that differ from the usual ones. Who goes `easy` has the dose of the rung that each exercise has reached.
    """

    pace: int = 100
    holds: int = 100
    hold_ms: Mapping[str, int] = field(default_factory=dict)
    variations: Mapping[str, Variation] = field(default_factory=dict)
    easy: bool = False
    rungs: Mapping[str, int] = field(default_factory=dict)

    def rung_of(self, exercise: Exercise) -> Rung | None:
        """The rung that an exercise has reached, None where its dose is the authored one."""
        if not self.easy or not exercise.rungs:
            return None
        return exercise.rungs[rung_at(exercise, self.rungs.get(exercise.id))]

    def variation_of(self, exercise: Exercise) -> Variation:
        """How an exercise is done: as the person chose, else as its rung has it."""
        rung = self.rung_of(exercise)
        return self.variations.get(exercise.id, rung.variation if rung else Variation.USUAL)


@dataclass(frozen=True)
class Step:
    """What is done in one go on one side. `set` counts from 1. The id stays the same when the content around it
    changes.
    """

    exercise: Exercise
    set: int
    sets: int
    side: Side
    work: Work
    variation: Variation = Variation.USUAL

    @property
    def id(self) -> str:
        """`exercise.set.side`, as it is kept in a session and in the store."""
        return f"{self.exercise.id}.{self.set}.{self.side}"

    @property
    def position(self) -> Position:
        """How the body is placed in it."""
        return self.exercise.positions.get(self.variation, self.exercise.position)

    @property
    def met_as(self) -> str:
        """What it is called in the count of meetings: each variation is something new to whoever does it."""
        usual = self.variation is Variation.USUAL
        return self.exercise.id if usual else f"{self.exercise.id}_{self.variation}"

    @property
    def moved(self) -> Moved:
        """The moves into it and out of it."""
        return self.exercise.moved[self.variation]

    @property
    def first_side(self) -> bool:
        """Whether a round begins with this step."""
        return self.side is self.exercise.sides[0]

    @property
    def is_around(self) -> bool:
        """Whether it is a warm-up or a landing."""
        return self.exercise.is_around

    @property
    def first_of_exercise(self) -> bool:
        """Whether the exercise begins with this step."""
        return self.set == 1 and self.first_side

    @property
    def last_of_exercise(self) -> bool:
        """Whether the exercise is complete after this step."""
        return self.set == self.sets and self.side is self.exercise.sides[-1]

    @property
    def meets(self) -> str:
        """What is met with this step, by the name it has in the count of meetings; empty for nothing."""
        return self.met_as if self.first_of_exercise and not self.is_around else ""

    @property
    def credits(self) -> str:
        """The exercise that is done once this step is; empty for none."""
        return self.exercise.id if self.last_of_exercise and not self.is_around else ""


@dataclass(frozen=True)
class Played:
    """A plan expanded into its steps, once, for whoever does it in this manner. Made by `play`."""

    plan: Plan
    manner: Manner
    steps: tuple[Step, ...]

    @cached_property
    def exercises(self) -> tuple[str, ...]:
        """The exercises of the plan that the content has, in order, without what goes around them."""
        return tuple(dict.fromkeys(step.exercise.id for step in self.steps if not step.is_around))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Where its steps are, by their ids."""
        return {step.id: at for at, step in enumerate(self.steps)}

    def index_of(self, step: str) -> int | None:
        """Where the step with an id is, None if it is not there."""
        return self.numbers.get(step)

    def step(self, name: str) -> Step | None:
        """The step with an id, None if it is not there."""
        at = self.index_of(name)
        return None if at is None else self.steps[at]

    def first_step_of(self, exercise: str) -> int:
        """The index of the first step of one of its exercises."""
        return next(at for at, step in enumerate(self.steps) if step.exercise.id == exercise)

    def find(self, place: Place) -> int | None:
        """Where a kept place is: at its step; else its exercise; else the next exercise of the plan that is there."""
        at = self.index_of(place.step)
        if at is not None:
            return at
        if self.steps and place.exercise == LANDING:
            return len(self.steps) - 1
        order = place.plan.exercises
        after = order[order.index(place.exercise) :] if place.exercise in order else order
        there = self.exercises
        return next((self.first_step_of(e) for e in (*after, *order) if e in there), None)


def play(plan: Plan, manner: Manner, library: Library) -> Played:
    """The plan as it is played. Exercises that the content no longer has are left out."""
    return Played(plan, manner, tuple(_expanded(plan, manner, library)))


def still_there(place: Place, manner: Manner, library: Library) -> Place | None:
    """A kept place, or the nearest that the content has by now; None where nothing of its plan is left to do."""
    routine = place.plan.routine if place.plan.routine in library.routines else PLANNED
    known = replace(place, plan=replace(place.plan, routine=routine))
    played = play(known.plan, manner, library)
    index = played.find(known)
    if index is None:
        return None
    step = played.steps[index]
    if step.id != known.step:
        return replace(known, step=step.id, done_ms=0)
    return known if known.done_ms < step.work.ms or index + 1 < len(played.steps) else None


def dosed(exercise: Exercise, dose: Dose, manner: Manner) -> Work:
    """The work of one side, with what the plan and the person changed."""
    asked = dose.ms or manner.hold_ms.get(exercise.id, 0)
    match _own(exercise, manner):
        case Hold(ms, most_ms):
            wanted = asked or ms * manner.holds // 100
            return Hold(min(max(wanted, min(ms, HOLD_LEAST_MS)), HOLD_MOST_MS), most_ms)
        case Breaths(count, _) as breaths:
            wanted = round(asked / breaths.unit_ms) if asked else round(count * manner.holds / 100)
            return replace(breaths, count=min(max(wanted, BREATHS_LEAST), HOLD_MOST_MS // breaths.unit_ms))
        case Reps(lower_ms=lower, pause_ms=pause, rise_ms=rise) as reps:
            pace = manner.pace
            reps = replace(reps, count=round(dose.ms / reps.unit_ms)) if dose.ms else reps
            return replace(reps, lower_ms=lower * 100 // pace, pause_ms=pause * 100 // pace, rise_ms=rise * 100 // pace)
        case Flow(moves):
            return Flow(tuple(replace(move, ms=move.ms * 100 // manner.pace) for move in moves))


def sets_of(work: Work) -> int:
    """The rounds that a whole dose has."""
    return work.sets if isinstance(work, Reps) else 1


def _own(exercise: Exercise, manner: Manner) -> Work:
    """The work of an exercise before anything about it was wished: its authored dose, or that of the rung reached."""
    rung = manner.rung_of(exercise)
    match exercise.work:
        case work if rung is None:
            return work
        case Hold():
            return Hold(rung.amount, rung.amount)
        case Breaths() as breaths:
            return replace(breaths, count=rung.amount, most=rung.amount)
        case Reps() as reps:
            return replace(reps, count=rung.amount, sets=rung.sets)
        case flow:
            return flow


def _expanded(plan: Plan, manner: Manner, library: Library) -> Iterator[Step]:
    steps = tuple(_of_exercises(plan, manner, library))
    framed = bool(steps) and _has_around(plan, library)
    routine = library.routines.get(plan.routine)
    warm_up = library.warm_up_lying if routine and routine.rests else library.warm_up
    if framed and warm_up:
        yield _around(warm_up, manner)
    yield from steps
    if framed and library.landing and steps[-1].position.down:
        yield _around(library.landing, manner)


def _has_around(plan: Plan, library: Library) -> bool:
    """Whether there is time for a warm-up and a landing: in an authored routine as it says, else by the length."""
    routine = library.routines.get(plan.routine)
    return routine.around if routine else plan.minutes >= AROUND_FROM_MINUTES


def _around(exercise: Exercise, manner: Manner) -> Step:
    return Step(exercise, 1, 1, Side.BOTH, dosed(exercise, Dose(exercise.id), manner))


def _of_exercises(plan: Plan, manner: Manner, library: Library) -> Iterator[Step]:
    for dose in plan.doses:
        exercise = library.exercises.get(dose.exercise)
        if exercise is None:
            continue
        rounds = dose.rounds or sets_of(_own(exercise, manner))
        variation = Variation.EASIER if exercise.id in plan.gentle else manner.variation_of(exercise)
        for number in range(1, rounds + 1):
            work = dosed(exercise, dose.of_round(number), manner)
            for side in exercise.sides:
                yield Step(exercise, number, rounds, side, work, variation)
