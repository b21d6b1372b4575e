"""Plans: which exercises, in which order, for how long; and the flat list of steps that a plan is played as.

Rule: authored doses are kept, on both sides alike. Only what a plan or a person changed moves them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from coach.plan import Dose, Place, Plan
from coach.progress import Preferences
from coach.routine import PLANNED, Breaths, Exercise, Hold, Library, Position, Reps, Step, Variation, Work

HOLD_LEAST_MS, HOLD_MOST_MS = 10_000, 90_000
"""How far a person may move a hold. The upper end keeps one side, with its words, inside one answer."""

BREATHS_LEAST = 2
"""Fewer breaths than these are no rest."""


def steps(plan: Plan, preferences: Preferences, library: Library) -> tuple[Step, ...]:
    """The plan as it is played: rounds and sides expanded. Exercises that the content no longer has are left out."""
    return tuple(
        Step(exercise, number, rounds, side, work, preferences.variations.get(exercise.id, Variation.USUAL))
        for dose in plan.doses
        if (exercise := library.exercises.get(dose.exercise))
        for work in [dosed(exercise, dose, preferences)]
        for rounds in [dose.rounds or (work.sets if isinstance(work, Reps) else 1)]
        for number in range(1, rounds + 1)
        for side in exercise.sides
    )


def dosed(exercise: Exercise, dose: Dose, preferences: Preferences) -> Work:
    """The work of one side, with what the plan and the person changed."""
    asked = dose.ms or preferences.hold_ms.get(exercise.id, 0)
    match exercise.work:
        case Hold(ms, most_ms):
            wanted = asked or ms * preferences.holds // 100
            return Hold(min(max(wanted, HOLD_LEAST_MS), HOLD_MOST_MS), most_ms)
        case Breaths(count, _) as breaths:
            wanted = round(asked / breaths.unit_ms) if asked else round(count * preferences.holds / 100)
            return replace(breaths, count=min(max(wanted, BREATHS_LEAST), HOLD_MOST_MS // breaths.unit_ms))
        case Reps(lower_ms=lower, pause_ms=pause, rise_ms=rise) as reps:
            pace = preferences.pace
            return replace(reps, lower_ms=lower * 100 // pace, pause_ms=pause * 100 // pace, rise_ms=rise * 100 // pace)


def find(played: Sequence[Step], place: Place) -> int | None:
    """Where a kept place is in the steps: its step; else its exercise; else the next exercise of the plan that is
    there.
    """
    ids = [step.id for step in played]
    if place.step in ids:
        return ids.index(place.step)
    order = place.plan.exercises
    after = order[order.index(place.exercise) :] if place.exercise in order else order
    for exercise in (*after, *order):
        for index, step in enumerate(played):
            if step.exercise.id == exercise:
                return index
    return None


def authored(routine: str, library: Library, preferences: Preferences) -> Plan:
    """An authored routine without what the person left out for good; all of it when nothing else would be left."""
    exercises = library.routines[routine].exercises
    kept = tuple(e for e in exercises if e not in preferences.left_out) or exercises
    return Plan(routine, tuple(Dose(e) for e in kept))


def alone(exercise: str) -> Plan:
    """One exercise by itself."""
    return Plan(PLANNED, (Dose(exercise),))


def ordered(exercises: Iterable[str], library: Library) -> tuple[str, ...]:
    """By position, from standing down to lying, so that the way to the floor is gone once."""
    heights = list(Position)
    return tuple(sorted(exercises, key=lambda e: heights.index(library.exercises[e].position)))
