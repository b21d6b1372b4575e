"""How a dose grows from an easy start: one rung at a time, up to the authored dose.

Rule: a rung up is one thing more, of time, of repetitions or of depth, and only what was done whole in the week before
earns it. After a long break there is half.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.planning.exercises import Exercise, Rung, Variation

AWAY_DAYS = 21
"""After three weeks without an exercise its dose is halved. No source settles how far; half is the cautious choice."""


def due(
    exercise: Exercise, at: int, *, days_ago: int, weeks_ago: int, whole: bool, chosen: Variation | None = None
) -> int:
    """The rung that an exercise is due on, which has been `at` one since it was last begun.

    That was so many days and calendar weeks ago; `whole` says that in that week it was done, and nothing of it was
    made easier or broken off. A person who has `chosen` a variation keeps it.
    """
    if days_ago >= AWAY_DAYS:
        return halved(exercise.rungs, at)
    return grown(exercise.rungs, at, chosen) if whole and weeks_ago == 1 else at


def grown(rungs: Sequence[Rung], at: int, chosen: Variation | None = None) -> int:
    """The next rung up that is more in this person's variation; the same where there is none."""
    here = rungs[at]

    def is_more(there: Rung) -> bool:
        deeper = chosen is None and there.variation is not here.variation
        return deeper or there.total > here.total

    return next((higher for higher in range(at + 1, len(rungs)) if is_more(rungs[higher])), at)


def halved(rungs: Sequence[Rung], at: int) -> int:
    """The highest rung of no more than half as much; the lowest where even that is more."""
    half = rungs[at].total / 2
    return next((lower for lower in range(at, -1, -1) if rungs[lower].total <= half), 0)


def rung_at(exercise: Exercise, at: int | None) -> int:
    """Where a person is who was left `at` a rung: still there, or at the last one there is by now. Whoever was at none
    is where an easy start begins.
    """
    return exercise.easy if at is None else min(at, len(exercise.rungs) - 1)
