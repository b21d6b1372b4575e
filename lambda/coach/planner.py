"""Plans: which exercises, in which order, for how long; and the flat list of steps that a plan is played as.

Rule: authored doses are kept. What a person changed moves them; a wish for a length picks exercises, moves holds within
their range and adds rounds, on both sides alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from coach.progress import Dose, Place, Plan, Preferences
from coach.routine import PLANNED, Breaths, Exercise, Hold, Library, Position, Reps, Step, Variation, Work

HOLD_LEAST_MS, HOLD_MOST_MS = 10_000, 90_000
"""How far a person may move a hold. The upper end keeps one side, with its words, inside one answer."""

ROUNDS_MOST = 12
"""More rounds of one exercise than this are not planned, however much time there is."""

MISS_THAT_COUNTS = 0.08
"""A plan that is off the length asked for by less than this share is as good as any; 10 % is what is promised."""

MINUTES_LEAST, MINUTES_MOST = 2, 60
"""The lengths that can be asked for."""

Cost = Callable[[Plan], int]
"""How many milliseconds a plan takes when it is spoken, by its own timeline."""


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
            return replace(breaths, count=min(max(wanted, 2), HOLD_MOST_MS // breaths.unit_ms))
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


@dataclass(frozen=True)
class Wish:
    """What a routine is to be built for. Empty and 0 are no wish; `only` limits the choice to these exercises."""

    area: str = ""
    ms: int = 0
    no_floor: bool = False
    only: tuple[str, ...] = ()


def planned(wish: Wish, library: Library, preferences: Preferences, cost: Cost) -> Plan:
    """The routine that suits a wish best. Without a length, all that suits; with one, as near to it as can be."""
    suited = [
        exercise
        for exercise in library.exercises.values()
        if exercise.id not in preferences.left_out
        and not (wish.no_floor and exercise.position.down)
        and (not wish.only or exercise.id in wish.only)
    ] or list(library.exercises.values())
    if not wish.ms:
        matching = [e.id for e in suited if not wish.area or wish.area in e.areas] or [e.id for e in suited]
        return Plan(PLANNED, tuple(Dose(e) for e in ordered(matching, library)), wish.area)
    target = min(max(wish.ms, MINUTES_LEAST * 60_000), MINUTES_MOST * 60_000)
    options = [_Option.measured(exercise, library, preferences, cost) for exercise in suited]
    best = max(_sketches(options, target), key=lambda sketch: sketch.merit(wish.area, target))
    doses = {dose.exercise: dose for dose in best.doses(target)}
    plan = Plan(PLANNED, tuple(doses[e] for e in ordered(doses, library)), wish.area, round(target / 60_000))
    return _trimmed(plan, library, preferences, target, cost)


@dataclass(frozen=True)
class _Option:
    """What one exercise costs: the first round with its instructions, a further one, and what a longer hold adds."""

    exercise: Exercise
    base_rounds: int
    first_ms: int
    more_ms: int
    stretch_ms: int

    @classmethod
    def measured(cls, exercise: Exercise, library: Library, preferences: Preferences, cost: Cost) -> _Option:
        work = dosed(exercise, Dose(exercise.id), preferences)
        base = work.sets if isinstance(work, Reps) else 1
        first = cost(alone(exercise.id))
        more = cost(Plan(PLANNED, (Dose(exercise.id, base + 1),))) - first
        room = max(_most_ms(exercise) - work.ms, 0) * len(exercise.sides)
        return cls(exercise, base, first, more, room)


@dataclass(frozen=True)
class _Sketch:
    """A choice of exercises with their rounds, before holds are moved."""

    options: tuple[_Option, ...]
    rounds: tuple[int, ...]
    ms: int

    def merit(self, area: str, target: int) -> tuple[float, ...]:
        """What makes one choice better than another, the weightiest first."""
        stretch = sum(o.stretch_ms * r for o, r in zip(self.options, self.rounds, strict=True))
        miss = max(self.ms - target, target - self.ms - stretch, 0) / target
        areas = [o.exercise.areas for o in self.options]
        foreign = sum(1 for of in areas if area and area not in of)
        main = sum(1 for of in areas if area and of[0] == area)
        extra = max(r - o.base_rounds for o, r in zip(self.options, self.rounds, strict=True))
        return (-(miss // MISS_THAT_COUNTS), -foreign, -extra, main, len({of[0] for of in areas}), len(areas), -miss)

    def doses(self, target: int) -> tuple[Dose, ...]:
        """With the time that is still free given to the holds that have a range."""
        free = target - self.ms
        doses = []
        for option, rounds in zip(self.options, self.rounds, strict=True):
            given = min(max(free, 0), option.stretch_ms * rounds)
            free -= given
            per_side = given // (rounds * len(option.exercise.sides)) // 5_000 * 5_000
            ms = _least_ms(option.exercise) + per_side if per_side else 0
            doses.append(Dose(option.exercise.id, 0 if rounds == option.base_rounds else rounds, ms))
        return tuple(doses)


def _sketches(options: Sequence[_Option], target: int) -> Iterable[_Sketch]:
    """Every choice of exercises, each with as many rounds as the time allows, shared out evenly."""
    for size in range(1, len(options) + 1):
        for chosen in combinations(options, size):
            ms = sum(option.first_ms for option in chosen)
            rounds = [option.base_rounds for option in chosen]
            turn = 0
            while turn < ROUNDS_MOST * size:
                option = chosen[turn % size]
                if ms + option.more_ms <= target:
                    ms += option.more_ms
                    rounds[turn % size] += 1
                elif turn % size == size - 1 and all(ms + o.more_ms > target for o in chosen):
                    break
                turn += 1
            yield _Sketch(chosen, tuple(rounds), ms)


def _trimmed(plan: Plan, library: Library, preferences: Preferences, target: int, cost: Cost) -> Plan:
    """The plan with its holds moved, within their ranges, by what the whole takes more or less than asked for."""
    for dose in plan.doses:
        exercise = library.exercises[dose.exercise]
        work = dosed(exercise, dose, preferences)
        if isinstance(work, Reps):
            continue
        sides = len(exercise.sides) * (dose.rounds or 1)
        wanted = work.ms + (target - cost(plan)) // sides
        ms = min(max(wanted, _least_ms(exercise)), _most_ms(exercise)) // 1_000 * 1_000
        if ms != work.ms:
            plan = plan.with_dose(replace(dose, ms=ms))
    return plan


def _least_ms(exercise: Exercise) -> int:
    return exercise.work.ms


def _most_ms(exercise: Exercise) -> int:
    match exercise.work:
        case Hold(most_ms=most):
            return most
        case Breaths(most=most) as breaths:
            return most * breaths.unit_ms
        case Reps() as reps:
            return reps.ms
