"""Sketches of a routine that is to take a certain time: which exercises, how many rounds, and how far holds move.

Rule: what a sketch takes is expected from what its parts take, so that thousands can be compared; only the best few are
timed by their own timeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest, nsmallest
from itertools import combinations, pairwise

from coach.planning.exercises import PLANNED, Position, Reps
from coach.planning.option import ROUNDS_MOST, Cost, Option
from coach.planning.plan import Dose, Plan
from coach.values import replace

ROUNDS_ADDED_WELL = 2
"""More than these are added only where nothing else fills the time."""

MISS_THAT_COUNTS = 0.05
"""A plan that is expected to be off by less than this share is as good as any."""

MISS_IN_DOUBT, MISS_TO_TRY = 0.08, 0.13
"""A plan that is expected to be off by more than the first may break the promise; beyond the second it surely does."""

HOLDS_TRIED = 8
"""So many holds on either side of its own are tried for an exercise that has nothing beside it."""

TRIES = 8
"""So many plans of one kind are timed for a wish, the most promising first."""


@dataclass(frozen=True)
class Sketch:
    """A choice of exercises with their rounds, and how long they are expected to take before holds are moved."""

    options: tuple[Option, ...]
    rounds: tuple[int, ...]
    ms: int
    target: int
    whole: bool

    @cached_property
    def room_ms(self) -> int:
        """How much moved holds can change on the way to the length asked for."""
        longer = self.ms < self.target
        return sum(
            abs(option.bound_ms(whole=self.whole, longer=longer) - option.work.ms) * option.sides * option.movable(n)
            for option, n in zip(self.options, self.rounds, strict=True)
        )

    @cached_property
    def miss(self) -> float:
        """How far off it is at best, as a share of the length asked for."""
        return max(abs(self.target - self.ms) - self.room_ms, 0) / self.target

    @property
    def alone(self) -> bool:
        """Whether there is nothing else that it could be made of. A longer hold may then make its answer shorter, for
        more is left out of it: what it takes is to be tried, and not to be expected.
        """
        return self.options[0].alone

    @property
    def free_ms(self) -> int:
        """How much longer, or shorter, its holds are to make it. Beyond their range they go no further than needed."""
        free = self.target - self.ms
        spared = 0 if self.whole else round(self.target * MISS_THAT_COUNTS)
        return max(free - spared, 0) if free > 0 else min(free + spared, 0)

    def merit(self, area: str) -> tuple[float, ...]:
        """What makes one choice better than another, the weightiest first."""
        areas = [o.exercise.areas for o in self.options]
        main = sum(1 for of in areas if area and of[0] == area)
        added = [n - o.rounds for o, n in zip(self.options, self.rounds, strict=True)]
        extra = max(added)
        foreign = sum(
            o.first_ms + more * o.more_ms
            for o, more in zip(self.options, added, strict=True)
            if area and area not in o.exercise.areas
        )
        return (
            -self.miss if self.miss > MISS_IN_DOUBT else 0,
            -max(extra - ROUNDS_ADDED_WELL, 0),
            -round(foreign / self.ms, 1),
            -self._strain(),
            -extra,
            main,
            len({of[0] for of in areas}),
            -self.miss if self.miss > MISS_THAT_COUNTS else 0,
            len(areas),
            -self.miss,
        )

    def _strain(self) -> float:
        """How far from whole its doses are: the share of its work that is added or taken away."""
        if self.whole:
            return 0
        worked = sum(o.work_ms * n for o, n in zip(self.options, self.rounds, strict=True))
        cut = sum(o.work_ms * max(o.rounds - n, 0) for o, n in zip(self.options, self.rounds, strict=True))
        return round((abs(self.free_ms) + cut) / worked, 1)

    def doses(self, free_ms: int) -> tuple[Dose, ...]:
        """With every hold moved by the same share of its room, so that the whole takes so much more, or less."""
        longer = free_ms > 0
        share = min(abs(free_ms) / max(self.room_ms, 1), 1)
        return tuple(
            option.moved(n, share, option.bound_ms(whole=self.whole, longer=longer))
            for option, n in zip(self.options, self.rounds, strict=True)
        )

    def every(self) -> Iterable[tuple[Dose, ...]]:
        """What an exercise that has nothing beside it can be with so many rounds, from its shortest to its longest."""
        (option,), (rounds,) = self.options, self.rounds
        for longer in (False, True):
            bound_ms = option.bound_ms(whole=self.whole, longer=longer)
            yield from ((option.moved(rounds, tried / HOLDS_TRIED, bound_ms),) for tried in range(HOLDS_TRIED + 1))


_Way = tuple[Position, bool, Position, bool]


def _way(one: Option, other: Option) -> _Way:
    """What the cost of going from one exercise to another depends on: where they are, and whether there are sets.

    An answer ends differently before and after sets, so that they cost more or less in company than alone.
    """
    (here, work), (there, next_work) = ((o.exercise.position, o.work) for o in (one, other))
    return here, isinstance(work, Reps), there, isinstance(next_work, Reps)


def ways_between(options: Sequence[Option], cost: Cost) -> Mapping[_Way, int]:
    """What two exercises one after the other cost more than each alone."""
    ways: dict[_Way, int] = {}
    for one, other in combinations(options, 2):
        way = _way(one, other)
        if way not in ways:
            both = Plan(PLANNED, tuple(replace(o.dose, rounds=o.rounds) for o in (one, other)))
            ways[way] = cost(both) - one.first_ms - other.first_ms
    return ways


def sketches(options: Sequence[Option], ways: Mapping[_Way, int], target: int, *, whole: bool) -> Iterable[Sketch]:
    """Every choice of exercises, with as many rounds as the time allows and with one more, shared out evenly; with
    fewer sets than their own only where doses need not be whole. One that has nothing beside it has any number of them.
    """
    if options[0].alone:
        only = options[0]
        for n in range(only.rounds if whole else only.least, only.most + 1):
            yield Sketch((only,), (n,), only.first_ms + (n - only.rounds) * only.more_ms, target, whole)
        return
    for size in range(1, len(options) + 1):
        for chosen in combinations(options, size):
            ms = sum(o.first_ms for o in chosen)
            ms += sum(ways[_way(a, b)] for a, b in pairwise(chosen))
            if ms <= target:
                for rounds, added in _shared(chosen, target - ms):
                    yield Sketch(chosen, rounds, ms + added, target, whole)
                continue
            yield Sketch(chosen, tuple(o.rounds for o in chosen), ms, target, whole)
            for cut in range(1, 0 if whole else max(o.rounds - o.least for o in chosen) + 1):
                rounds = tuple(max(o.rounds - cut, o.least) for o in chosen)
                less = sum((o.rounds - n) * o.more_ms for o, n in zip(chosen, rounds, strict=True))
                yield Sketch(chosen, rounds, ms - less, target, whole)


def _shared(chosen: Sequence[Option], free: int) -> Iterable[tuple[tuple[int, ...], int]]:
    """The rounds that fill a time evenly, and the same with one round more; and what each adds."""
    rounds, added = [o.rounds for o in chosen], 0
    for _ in range(ROUNDS_MOST):
        for i, option in enumerate(chosen):
            if rounds[i] < option.most and added + option.more_ms <= free:
                added += option.more_ms
                rounds[i] += 1
    yield tuple(rounds), added
    waiting = [i for i, option in enumerate(chosen) if rounds[i] < option.most]
    if waiting:
        next_one = min(waiting, key=lambda i: chosen[i].more_ms)
        yield tuple(n + (i == next_one) for i, n in enumerate(rounds)), added + chosen[next_one].more_ms


def best(sketches: Iterable[Sketch], area: str, *, finish: bool) -> list[Sketch]:
    """The sketches for an area that are worth timing, the best first; the nearest one where none is near, and all of an
    exercise that has nothing beside it. To `finish` is to go on with what is begun.
    """
    every = [s for s in sketches if not area or any(area in o.exercise.areas for o in s.options)]
    every = [s for s in every if not finish or any(o.begun for o in s.options)]
    if every and every[0].alone:
        return sorted(every, key=lambda s: s.merit(area), reverse=True)
    near = [sketch for sketch in every if sketch.miss <= MISS_TO_TRY]
    return nlargest(TRIES, near, lambda s: s.merit(area)) or nsmallest(1, every, lambda s: s.miss)


def timed(sketch: Sketch, cost: Cost) -> tuple[tuple[Dose, ...], int]:
    """The doses of a sketch, corrected once by what they really take, or unmoved where that is nearer; and by how much
    they miss.
    """
    doses = sketch.doses(sketch.free_ms)
    over = cost(Plan(PLANNED, doses)) - sketch.target
    if abs(over) <= sketch.target * MISS_IN_DOUBT:
        return doses, abs(over)
    others = dict.fromkeys(
        (sketch.doses(sketch.free_ms - over), sketch.doses(0), *(sketch.every() if sketch.alone else ()))
    )
    tried = ((again, abs(cost(Plan(PLANNED, again)) - sketch.target)) for again in others)
    return min((*tried, (doses, abs(over))), key=lambda one: one[1])
