"""Exercises that can stand for one another."""

from __future__ import annotations

from collections.abc import Collection

from coach.planning.exercises import Library
from coach.planning.plan import Plan


def nearest_like(exercise: str, plan: Plan, library: Library, left_out: Collection[str]) -> str:
    """The exercise most like another that is neither in the plan nor left out: of the same position, so that nobody is
    sent up or down for it, and for the same areas, the first of them first. Empty where there is none.
    """
    here = library.exercises[exercise]
    others = [
        other
        for other in library.exercises.values()
        if other.position is here.position
        and other.id not in (*plan.exercises, *left_out)
        and set(other.areas) & set(here.areas)
    ]
    best = max(
        others,
        key=lambda other: (other.areas[0] == here.areas[0], len(set(other.areas) & set(here.areas))),
        default=None,
    )
    return best.id if best else ""
