"""Progress of people who have done a lot, and of any person at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from coach.persistence.changes import easy, made, met, rung, skipped, tried
from coach.persistence.progress import (
    GOAL_MOST,
    RUNS_KEPT,
    SESSIONS_KEPT,
    Applied,
    Mode,
    Preferences,
    Progress,
    Trial,
    Went,
)
from coach.planning.exercises import Variation
from coach.planning.plan import Dose, Place, Plan
from coach.planning.steps import HOLDS, PACES
from coach.speaking import Mark, Spoken, Tempo

EXERCISES = (
    "reverse_lunge",
    "deep_squat_rest",
    "seated_lunge",
    "seated_twist",
    "butterfly_pose",
    "shoelace_stretch",
    "pigeon_pose",
    "lying_twist",
    "lateral_hip_stretch",
    "pelvic_tilt",
)
TODAY = date(2026, 11, 23)
NOW = 1_795_460_000
"""Epoch seconds of an evening of that day."""

DAILY = {"pelvic_tilt": 10, "deep_squat_rest": 3}
"""Exercises that are done several times a day."""


def beginner() -> Progress:
    """Somebody in the middle of a first routine, who goes easy."""
    plan = Plan("quick", (Dose("lying_twist"), Dose("seated_lunge")))
    started = Progress(
        applied=(Applied("first", 1, "r"),),
        touched=NOW,
        zones=(("3fa2c1", "Europe/Berlin"),),
        welcomed=True,
        place=Place(plan, "lying_twist.1.left", 12),
    )
    begun = [easy(True), rung("lying_twist", 2), tried("lying_twist", TODAY, Went.BEGUN), met("lying_twist")]
    return made(started, begun)


@cache
def veteran(years: int = 3, *, restless: bool = False) -> Progress:
    """Somebody who did everything on every day of some years, changed a few settings, and is in the last exercise.

    Whoever is `restless` never does the same on two days in a row. Such years are lived once a process.
    """
    progress = Progress(
        applied=tuple(Applied(f"{n:06x}", NOW + n, f"{n:06x}") for n in range(SESSIONS_KEPT)),
        touched=NOW,
        zones=(("3fa2c1", "America/Argentina/Buenos_Aires"), ("0be4d2", "America/New_York")),
        welcomed=True,
        runs=tuple((NOW * 1000 + n, EXERCISES[: 2 + n]) for n in range(RUNS_KEPT)),
        tempos=(("3fa2c1/en-US", Tempo(97.3, 2.1)), ("0be4d2/en-US", Tempo(112.0, 4.0))),
        spoken=Spoken(
            NOW * 1000, tuple(Mark(f"lateral_hip_stretch.1.{side}", 0, 21_300, 81_300) for side in ("left", "right"))
        ),
    )
    for back in reversed(range(365 * years)):
        for exercise in EXERCISES:
            times = DAILY.get(exercise, 1) - (restless and back % 2)
            progress = progress.counted(exercise, TODAY - timedelta(days=back), times) if times else progress
            progress = made(progress, [met(exercise)])
    plan = Plan("planned", tuple(map(Dose, EXERCISES)), "lower_back", 25)
    return replace(
        made(progress, [skipped("reverse_lunge")] * 2),
        place=Place(plan, "lateral_hip_stretch.1.left", 23_456, EXERCISES[:8], NOW * 1000, NOW),
        last=("2026-11-22", "lower_back"),
        rests=("2026-W44", "2026-W45"),
        preferences=Preferences(
            pace=115,
            holds=150,
            mode=Mode.HANDS_FREE,
            weekly_goal=5,
            hold_ms={"lying_twist": 60_000, "pigeon_pose": 45_000},
            variations={"pigeon_pose": Variation.EASIER, "lying_twist": Variation.DEEPER},
            left_out=("reverse_lunge",),
        ),
        settled=(("weekly_goal", NOW), ("hold/pigeon_pose", NOW + 60)),
    )


_exercises = st.sampled_from([*EXERCISES, "x", "bridge", "cat_cow"])
_numbers = st.integers(0, 10**6)
_counts = st.dictionaries(_exercises, st.integers(1, 10**4))
_weeks = st.dates(date(2020, 1, 1), date(2040, 1, 1)).map(lambda day: "{}-W{:02}".format(*day.isocalendar()))
_doses = st.builds(Dose, _exercises, st.integers(0, 9), st.integers(0, 600_000), st.integers(0, 90_000))
_plans = st.builds(
    Plan,
    st.sampled_from(["full", "planned"]),
    st.lists(_doses, min_size=1, unique_by=lambda dose: dose.exercise).map(tuple),
    st.sampled_from(["", "hips"]),
    spare=st.lists(_exercises, unique=True).map(tuple),
    gentle=st.lists(_exercises, unique=True).map(tuple),
)
_places = st.builds(
    Place,
    *(_plans, _exercises.map(lambda e: f"{e}.1.left"), _numbers, st.lists(_exercises).map(tuple), _numbers, _numbers),
)
_marks = st.builds(
    lambda step, times, *more: Mark(step, *sorted(times), *more),
    *(st.sampled_from(["lying_twist.1.left", "x.2.both"]), st.tuples(_numbers, _numbers, _numbers), _numbers),
    *(st.sampled_from(["", "lying_twist"]), st.sampled_from(["", "x"]), st.sampled_from(["", "heard_out"])),
    *(_numbers, _numbers),
)
_tempos = st.builds(
    lambda percent, spread: Tempo(percent / 10, spread / 10), st.integers(600, 1600), st.integers(1, 200)
)
_preferences = st.builds(
    Preferences,
    pace=st.sampled_from(PACES),
    holds=st.sampled_from(HOLDS),
    mode=st.sampled_from(Mode),
    weekly_goal=st.integers(1, GOAL_MOST),
    hold_ms=st.dictionaries(_exercises, _numbers),
    variations=st.dictionaries(_exercises, st.sampled_from(Variation)),
    left_out=st.lists(_exercises, unique=True).map(tuple),
    easy=st.booleans(),
    rungs=st.dictionaries(_exercises, st.integers(0, 99)),
)
_hex = st.text("0123456789abcdef", min_size=1)
anybody = st.builds(
    Progress,
    revision=st.just(0),
    applied=st.lists(st.builds(Applied, _hex, st.integers(0, 999), _hex), max_size=SESSIONS_KEPT).map(tuple),
    runs=st.lists(st.tuples(_numbers, st.lists(_exercises, unique=True).map(tuple)), max_size=RUNS_KEPT).map(tuple),
    touched=_numbers,
    tempos=st.lists(st.tuples(st.sampled_from(["/en-US", "3fa2c1/en-US"]), _tempos)).map(tuple),
    spoken=st.none() | st.builds(Spoken, _numbers, st.lists(_marks, min_size=1).map(tuple)),
    zones=st.lists(st.tuples(st.sampled_from(["", "3fa2c1"]), st.just("Europe/Berlin"))).map(tuple),
    welcomed=st.booleans(),
    place=st.none() | _places,
    aside=st.none() | _places,
    last=st.none() | st.tuples(st.just("2026-11-23"), st.sampled_from(["full", "hips"])),
    days=st.dictionaries(
        st.dates(date(2020, 1, 1), date(2040, 1, 1)).map(date.isoformat),
        st.dictionaries(_exercises, st.integers(1, 30), min_size=1),
    ),
    weeks=st.dictionaries(_weeks, st.integers(0, 7)),
    total_days=_numbers,
    settled=st.lists(st.tuples(st.sampled_from(["pace", "hold/lying_twist"]), _numbers)).map(tuple),
    rests=st.lists(_weeks, unique=True).map(tuple),
    met=_counts,
    skipped=_counts,
    trials=st.dictionaries(
        _exercises,
        st.builds(Trial, st.dates(date(2020, 1, 1), date(2040, 1, 1)).map(date.isoformat), st.sampled_from(Went)),
    ),
    preferences=_preferences,
)
"""Any progress that could be stored."""
