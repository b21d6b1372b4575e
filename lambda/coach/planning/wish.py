"""Wishes: the routine that suits what a person asked for, as long as they asked for.

Rule: authored doses are kept. A wish for a length picks exercises, moves holds within their range and adds rounds, on
both sides alike; only a length that no such plan fits moves holds beyond their range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from coach.planning.exercises import PLANNED, Exercise, Library
from coach.planning.fitting import best, sketches, timed, ways_between
from coach.planning.option import Cost, Option, most_ms
from coach.planning.plan import Dose, Plan, ordered
from coach.planning.steps import AROUND_FROM_MINUTES, Manner, dosed, sets_of
from coach.values import replace

PROMISED, PROMISED_SAFELY = 0.1, 0.09
"""By this share of the length asked for a plan may be off; and the same, less what wording that varies makes of it."""

MINUTES_LEAST, MINUTES_MOST = 2, 60
"""The lengths that can be asked for."""


@dataclass(frozen=True)
class Wish:
    """What a routine is to be built for. Empty and 0 are no wish.

    `only` limits the choice to these exercises, in this order; those `left_out` are for nobody's wish, unless nothing
    else is left. `begun` is the one of them that the person is in, with the rounds it has had so far, this one
    included: their dose stays, so that both sides are alike.
    """

    area: str = ""
    ms: int = 0
    no_floor: bool = False
    only: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    begun: Dose | None = None


def planned(wish: Wish, library: Library, manner: Manner, cost: Cost) -> Plan:
    """The routine that suits a wish best. Without a length, all that suits; with one, within 10 % of it.

    What is begun is finished, if a plan with it fits; where there is nothing else, the last of the rounds added to it
    may have another time. Doses stay whole where a choice of whole doses that serves the area fits. Where none does,
    holds and breaths are shorter or longer than their range, on both sides alike, and sets of repetitions fewer; and
    where not even that fits, the area is given up, and the plan has none.

    Out of reach is only what lies below one round of the shortest exercise at HOLD_LEAST_MS, or above all exercises
    together with ROUNDS_MOST at HOLD_MOST_MS; and where there is nothing else, between two rounds of repetitions, or
    between the end of what is begun and one more round of it at its shortest. Then the plan comes as near as it can.
    """
    plan = _planned(wish, library, manner, cost)
    others = (e.id for e in _suited(wish, library, wish.left_out))
    return replace(plan, spare=tuple(e for e in others if e not in plan.exercises))


def _planned(wish: Wish, library: Library, manner: Manner, cost: Cost) -> Plan:
    suited = _suited(wish, library, wish.left_out) or _suited(wish, library, ())
    served = [e for e in suited if wish.area in e.areas]
    if not wish.ms:
        plan = Plan(PLANNED, tuple(Dose(e.id) for e in served or suited), wish.area if served else "")
        # What takes so long has the time to warm up and to land, as what was asked for by its length.
        minutes = cost(plan) // 60_000
        return replace(plan, minutes=minutes) if minutes >= AROUND_FROM_MINUTES and len(plan.doses) > 1 else plan
    target = min(max(wish.ms, MINUTES_LEAST * 60_000), MINUTES_MOST * 60_000)
    options = [Option.measured(e, wish.begun, manner, cost, alone=len(suited) == 1) for e in suited]
    ways = ways_between(options, cost)
    areas = dict.fromkeys((wish.area if served else "", ""))
    # What goes around a plan of this length is not of its parts.
    minutes = round(target / 60_000)
    lowest = options[-1]
    around_ms = cost(Plan(PLANNED, (replace(lowest.dose, rounds=lowest.rounds),), minutes=minutes)) - lowest.first_ms
    # Whoever is in the middle of an exercise has one side of it behind them: it is finished, if that can be.
    finishing = (True, False) if wish.begun else (False,)
    tried: list[tuple[int, Plan]] = []
    for finish, area, whole in product(finishing, areas, (True, False)):
        for sketch in best(sketches(options, ways, target - around_ms, whole=whole), area, finish=finish):
            doses, miss = timed(sketch, lambda plan: cost(replace(plan, minutes=minutes)) - around_ms)
            plan = Plan(PLANNED, doses, area, minutes)
            if miss <= target * (PROMISED if finish else PROMISED_SAFELY):
                return plan
            tried.append((miss, plan))
    return min(tried, key=lambda one: one[0])[1]


def added(plan: Plan, library: Library, manner: Manner) -> bool:
    """Whether an exercise has more rounds than its own."""
    own = {dose.exercise: dosed(library.exercises[dose.exercise], Dose(dose.exercise), manner) for dose in plan.doses}
    return any(dose.rounds > sets_of(own[dose.exercise]) for dose in plan.doses)


def strained(plan: Plan, library: Library, manner: Manner) -> int:
    """-1 when a dose of the plan is shorter than its own, 1 when one is longer than its range, 0 when all are whole."""
    longer = 0
    for dose in plan.doses:
        exercise = library.exercises[dose.exercise]
        own, work = (dosed(exercise, d, manner) for d in (Dose(dose.exercise), dose))
        if work.ms < own.ms or 0 < dose.rounds < sets_of(work):
            return -1
        longer |= work.ms > max(own.ms, most_ms(own))
    return int(longer)


def _suited(wish: Wish, library: Library, left_out: Sequence[str]) -> list[Exercise]:
    """What a wish leaves to choose from, in the order in which it would be done."""
    return [
        exercise
        for exercise in map(library.exercises.__getitem__, wish.only or ordered(library.exercises, library))
        if exercise.id not in left_out and not (wish.no_floor and exercise.position.down)
    ]
