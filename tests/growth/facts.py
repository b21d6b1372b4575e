"""What an easy start is to be, written down by hand: the dose of every week for somebody who does everything.

Rule: nothing here is read from the content or the code. The sets of the lunge are its own; a dose is of one side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

EASIER, USUAL, DEEPER = 0, 1, 2
"""How deep an exercise is done."""


@dataclass(frozen=True)
class Amount:
    """A dose: how deep, in how many sets, and how many seconds, breaths or repetitions in each."""

    depth: int
    amount: int
    sets: int = 1

    @property
    def total(self) -> int:
        return self.amount * self.sets


def _usual(*amounts: int) -> tuple[Amount, ...]:
    return tuple(Amount(USUAL, amount) for amount in amounts)


def _easier(*amounts: int) -> tuple[Amount, ...]:
    return tuple(Amount(EASIER, amount) for amount in amounts)


def _sets(number: int, *amounts: int) -> tuple[Amount, ...]:
    return tuple(Amount(USUAL, amount, number) for amount in amounts)


WEEKS: dict[str, tuple[Amount, ...]] = {
    "reverse_lunge": (*_sets(1, 5, 6, 7, 8, 9, 10), *_sets(2, 6, 7, 8, 9, 10), *_sets(3, 7, 8, 9, 10)),
    "lying_twist": _usual(20, 25, 30),
    "shoelace_stretch": (*_easier(15, 20, 25, 30), *_usual(15, 20, 25, 30)),
    "seated_twist": (*_easier(20, 25, 30, 35, 40, 45, 50, 55, 60), *_usual(60)),
    "seated_lunge": _usual(20, 25, 30, 35, 40, 45, 50, 55, 60),
    "pigeon_pose": (*_easier(15, 20, 25, 30), *_usual(15, 20, 25, 30)),
    "butterfly_pose": (*_easier(3, 4, 5), *_usual(5)),
    "lateral_hip_stretch": (*_easier(3, 4), *_usual(4)),
    "pelvic_tilt": _usual(5, 10, 15, 20),
    "deep_squat_rest": _usual(10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60),
}
"""The dose of each week, from the first. The last one is the authored dose, and stays."""

SOURCE_LEAST = {
    "reverse_lunge": Amount(USUAL, 10, 3),
    "lying_twist": Amount(USUAL, 30),
    "shoelace_stretch": Amount(USUAL, 30),
    "seated_twist": Amount(USUAL, 60),
    "seated_lunge": Amount(USUAL, 60),
    "pigeon_pose": Amount(USUAL, 30),
    "butterfly_pose": Amount(USUAL, 5),
    "lateral_hip_stretch": Amount(USUAL, 4),
    "pelvic_tilt": Amount(USUAL, 20),
    "deep_squat_rest": Amount(USUAL, 60),
}
"""The least of the doses that the exercises come with: what an easy start leads to."""

REACHED_IN_WEEK = {
    "reverse_lunge": 15,
    "lying_twist": 3,
    "shoelace_stretch": 8,
    "seated_twist": 9,
    "seated_lunge": 9,
    "pigeon_pose": 8,
    "butterfly_pose": 3,
    "lateral_hip_stretch": 2,
    "pelvic_tilt": 4,
    "deep_squat_rest": 11,
}
"""In which week as much is reached. Three are still done the easier way then, and the usual way a week later."""

A_WEEK_LATER_IN_FULL = ("seated_twist", "butterfly_pose", "lateral_hip_stretch")

STEP = {"reverse_lunge": 1, "butterfly_pose": 1, "lateral_hip_stretch": 1}
"""How much more a week may bring, in repetitions and breaths; of all others, in seconds, it is five."""

LEAST_EVER = {"reverse_lunge": 3, "butterfly_pose": 2, "lateral_hip_stretch": 2, "pelvic_tilt": 5}
"""What may be left when a dose is halved; of all others it is ten seconds."""

AWAY_DAYS = 21


def is_one_step(exercise: str, before: Amount, after: Amount) -> bool:
    """Whether one thing alone is more, by no more than a step."""
    deeper, more = after.depth - before.depth, after.amount - before.amount
    sets = after.sets - before.sets
    if deeper:
        return deeper == 1 and more <= 0 and sets == 0
    if sets:
        return sets == 1 and more < 0
    return 0 < more <= STEP.get(exercise, 5)


def is_half(exercise: str, before: Amount, after: Amount) -> bool:
    """Whether no more than half is left, or all the least there is; and not less than a half that could be had."""
    least = LEAST_EVER.get(exercise, 10)
    if after.total > before.total / 2:
        return after == replace(after, amount=least, sets=1)
    return after.total >= min(least, before.total / 2) and after.depth <= before.depth
