"""An easy start over twenty weeks: of somebody who does everything, and of a crowd that does as it likes.

HIP_COACH_CROWD says how large the crowd is.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from coach.conversation.ladder import climbed
from coach.persistence import Progress, Went, changes
from coach.persistence.changes import made
from coach.planning import Breaths, Dose, Exercise, Reps, Variation
from coach.planning.steps import dosed
from coach.speaking.content import load
from tests.growth.facts import (
    A_WEEK_LATER_IN_FULL,
    EASIER,
    REACHED_IN_WEEK,
    SOURCE_LEAST,
    USUAL,
    WEEKS,
    Amount,
    is_half,
    is_one_step,
)
from tests.growth.judge import Judge

EXERCISES = load("en-US").library.exercises
CROWD, TWENTY_WEEKS = int(os.environ.get("HIP_COACH_CROWD", "200")), 140
MONDAY = date(2026, 8, 3)
DEPTHS = [Variation.EASIER, Variation.USUAL, Variation.DEEPER]

every_exercise = pytest.mark.parametrize("name", sorted(WEEKS))


def dose_of(progress: Progress, exercise: Exercise) -> Amount:
    preferences = progress.preferences
    work, depth = dosed(exercise, Dose(exercise.id), preferences), DEPTHS.index(preferences.variation_of(exercise))
    match work:
        case Reps():
            return Amount(depth, work.count, work.sets)
        case Breaths():
            return Amount(depth, work.count)
        case hold:
            return Amount(depth, hold.ms // 1000)


def newcomer() -> Progress:
    return made(Progress(), [changes.easy(True)])


def begun(progress: Progress, exercise: Exercise, day: date) -> Progress:
    return made(progress, climbed(progress, [exercise], day))


def went(progress: Progress, exercise: Exercise, day: date, how: Went) -> Progress:
    return made(progress, [changes.tried(exercise.id, day, how)])


def test_every_exercise_has_its_way() -> None:
    assert EXERCISES.keys() == WEEKS.keys() == SOURCE_LEAST.keys() == REACHED_IN_WEEK.keys()


@every_exercise
@pytest.mark.parametrize("weekday", [0, 3, 6])
def test_whoever_completes_every_week_has_the_dose_of_the_week_and_keeps_the_authored_one(
    name: str, weekday: int
) -> None:
    exercise, progress, had = EXERCISES[name], newcomer(), []
    for week in range(20):
        day = MONDAY + timedelta(weeks=week, days=weekday)
        progress = went(begun(progress, exercise, day), exercise, day, Went.WHOLE)
        had.append(dose_of(progress, exercise))
    stays = 20 - len(WEEKS[name])
    assert tuple(had) == WEEKS[name] + (SOURCE_LEAST[name],) * stays
    reached = next(
        week
        for week, dose in enumerate(had, 1)
        if dose.total == SOURCE_LEAST[name].total and (dose.depth == USUAL or name in A_WEEK_LATER_IN_FULL)
    )
    assert reached == REACHED_IN_WEEK[name]
    assert had.index(SOURCE_LEAST[name]) + 1 == reached + (name in A_WEEK_LATER_IN_FULL)


@every_exercise
def test_whoever_never_completes_stays_where_they_began(name: str) -> None:
    exercise, progress = EXERCISES[name], newcomer()
    for week in range(20):
        progress = begun(progress, exercise, MONDAY + timedelta(weeks=week))
        assert dose_of(progress, exercise) == WEEKS[name][0]


@every_exercise
def test_three_weeks_away_halve_any_dose_and_a_day_less_does_not(name: str) -> None:
    exercise = EXERCISES[name]
    for weeks in range(1, 20):
        progress, day = newcomer(), MONDAY
        for week in range(weeks):
            day = MONDAY + timedelta(weeks=week)
            progress = went(begun(progress, exercise, day), exercise, day, Went.WHOLE)
        before = dose_of(progress, exercise)
        assert dose_of(begun(progress, exercise, day + timedelta(days=20)), exercise) == before
        assert is_half(name, before, dose_of(begun(progress, exercise, day + timedelta(days=21)), exercise))


class Somebody:
    """Who comes when they like, and does as they like; and their judges."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.progress = newcomer()
        self.judges = {name: Judge(name) for name in chance.sample(sorted(WEEKS), 3)}
        self.comes, self.trouble = chance.uniform(0.05, 0.9), chance.choice([0, 0.02, 0.1, 0.4])
        self.refuses = chance.choice([0, 0, 0.2, 0.8])
        self.away_until = MONDAY

    def lives(self, day: date) -> None:
        if day < self.away_until or self.chance.random() > self.comes:
            return
        if self.chance.random() < 0.02:
            self.away_until = day + timedelta(days=self.chance.randint(7, 60))
        for name in self.chance.sample(sorted(self.judges), self.chance.randint(1, 3)):
            self._does(EXERCISES[name], day)

    def _does(self, exercise: Exercise, day: date) -> None:
        judge, before = self.judges[exercise.id], self.progress
        chosen = before.preferences.variations.get(exercise.id)
        self.progress = begun(before, exercise, day)
        judge.begins(day, dose_of(self.progress, exercise), None if chosen is None else DEPTHS.index(chosen))
        rung = before.preferences.rungs.get(exercise.id)
        has_grown = rung is not None and self.progress.preferences.rungs[exercise.id] > rung
        if has_grown and self.chance.random() < self.refuses:
            self.progress = made(self.progress, [changes.rung(exercise.id, rung or 0)])
            judge.refuses(day, dose_of(before, exercise), dose_of(self.progress, exercise))
        self._goes(exercise, day, judge)

    def _goes(self, exercise: Exercise, day: date, judge: Judge) -> None:
        if self.chance.random() >= self.trouble:
            self.progress = went(self.progress, exercise, day, Went.WHOLE)
            judge.ends(day, well=True)
            return
        self.progress = went(self.progress, exercise, day, Went.BROKEN)
        if self.chance.random() < 0.3:
            self.progress = made(self.progress, [changes.variation(exercise.id, self.chance.choice(DEPTHS[:2]))])
        if self.chance.random() < 0.5:
            # On with it, to the end.
            self.progress = went(self.progress, exercise, day, Went.WHOLE)
        judge.ends(day, well=False)


def test_no_dose_of_a_crowd_grows_that_has_not_earned_it(record_property: Callable[[str, object], None]) -> None:
    grown, halved, faults = 0, 0, []
    for number in range(CROWD):
        somebody = Somebody(random.Random(number))  # noqa: S311
        for day in range(TWENTY_WEEKS):
            somebody.lives(MONDAY + timedelta(days=day))
        for judge in somebody.judges.values():
            grown, halved = grown + judge.grown, halved + judge.halved
            faults += [f"person {number}: {fault}" for fault in judge.faults]
    record_property("grown", grown)
    record_property("halved", halved)
    assert not faults, "\n".join(faults[:20])
    assert grown > 5 * CROWD
    assert halved > CROWD // 4


def test_the_judge_sees_what_must_not_be() -> None:
    assert not is_one_step("lying_twist", Amount(USUAL, 20), Amount(USUAL, 30))
    assert not is_one_step("butterfly_pose", Amount(EASIER, 3), Amount(USUAL, 4))
    assert not is_one_step("reverse_lunge", Amount(USUAL, 10), Amount(USUAL, 10, 2))
    assert not is_half("seated_lunge", Amount(USUAL, 60), Amount(USUAL, 35))
    judge = Judge("lying_twist")
    judge.begins(MONDAY, Amount(USUAL, 20))
    judge.ends(MONDAY, well=True)
    judge.ends(MONDAY, well=False)
    judge.begins(MONDAY + timedelta(days=7), Amount(USUAL, 25))
    judge.begins(MONDAY + timedelta(days=8), Amount(USUAL, 30))
    judge.begins(MONDAY + timedelta(days=29), Amount(USUAL, 20))
    assert [fault.split(") ")[1] for fault in judge.faults] == [
        "grew, and the week before had not earned it",
        "is the second step of a week",
        "grew, and the week before had not earned it",
        "is no half of Amount(depth=1, amount=30, sets=1",
    ]
