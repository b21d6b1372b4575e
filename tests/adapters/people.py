"""Progress of people who have done a lot, and of any person at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from coach.persistence.changes import made, met, skipped
from coach.persistence.progress import SESSIONS_KEPT, Applied, Mode, Preferences, Progress
from coach.planning.exercises import Variation
from coach.planning.plan import Dose, Place, Plan

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
    """Somebody in the middle of a first routine."""
    plan = Plan("quick", (Dose("lying_twist"), Dose("seated_lunge")))
    started = Progress(
        applied=(Applied("first", 1, "r"),),
        touched=NOW,
        zones=(("3fa2c1", "Europe/Berlin"),),
        welcomed=True,
        place=Place(plan, "lying_twist.1.left", 12),
    )
    return made(started, [met("lying_twist")])


def veteran(years: int = 3, *, restless: bool = False) -> Progress:
    """Somebody who did everything on every day of some years, changed a few settings, and is in the last exercise.

    Whoever is `restless` never does the same on two days in a row.
    """
    progress = Progress(
        applied=tuple(Applied(f"{n:06x}", 10 + n, f"{n:06x}") for n in range(SESSIONS_KEPT)),
        touched=NOW,
        zones=(("3fa2c1", "America/Argentina/Buenos_Aires"), ("0be4d2", "America/New_York")),
        welcomed=True,
    )
    for back in reversed(range(365 * years)):
        for exercise in EXERCISES:
            times = DAILY.get(exercise, 1) - (restless and back % 2)
            progress = progress.counted(exercise, TODAY - timedelta(days=back), times) if times else progress
            progress = made(progress, [met(exercise)])
    plan = Plan("planned", tuple(map(Dose, EXERCISES)), "lower_back", 25)
    return replace(
        made(progress, [skipped("reverse_lunge")] * 2),
        place=Place(plan, "lateral_hip_stretch.1.left", 23_456, EXERCISES[:8]),
        last=("2026-11-22", "lower_back"),
        rests=("2026-W44", "2026-W45"),
        preferences=Preferences(
            pace=120,
            holds=150,
            mode=Mode.HANDS_FREE,
            weekly_goal=5,
            hold_ms={"lying_twist": 60_000, "pigeon_pose": 45_000},
            variations={"pigeon_pose": Variation.EASIER, "lying_twist": Variation.DEEPER},
            left_out=("reverse_lunge",),
        ),
    )


_exercises = st.sampled_from([*EXERCISES, "x", "bridge", "cat_cow"])
_numbers = st.integers(0, 10**6)
_counts = st.dictionaries(_exercises, st.integers(1, 10**4))
_weeks = st.dates(date(2020, 1, 1), date(2040, 1, 1)).map(lambda day: "{}-W{:02}".format(*day.isocalendar()))
_doses = st.builds(Dose, _exercises, st.integers(0, 9), st.integers(0, 600_000), st.integers(0, 90_000))
_plans = st.builds(
    Plan, st.sampled_from(["full", "planned"]), st.lists(_doses).map(tuple), st.sampled_from(["", "hips"])
)
_places = st.builds(
    Place, _plans, _exercises.map(lambda e: f"{e}.1.left"), _numbers, st.lists(_exercises).map(tuple), _numbers
)
_preferences = st.builds(
    Preferences,
    pace=st.integers(50, 150),
    holds=st.integers(50, 200),
    mode=st.sampled_from(Mode),
    weekly_goal=st.integers(0, 7),
    hold_ms=st.dictionaries(_exercises, _numbers),
    variations=st.dictionaries(_exercises, st.sampled_from(Variation)),
    left_out=st.lists(_exercises, unique=True).map(tuple),
)
_hex = st.text("0123456789abcdef", min_size=1)
anybody = st.builds(
    Progress,
    revision=st.just(0),
    applied=st.lists(st.builds(Applied, _hex, st.integers(0, 999), _hex), max_size=SESSIONS_KEPT).map(tuple),
    touched=_numbers,
    zones=st.lists(st.tuples(st.sampled_from(["", "3fa2c1"]), st.just("Europe/Berlin"))).map(tuple),
    welcomed=st.booleans(),
    place=st.none() | _places,
    aside=st.none() | _places,
    last=st.none() | st.tuples(st.sampled_from(["full", "hips"]), st.just("2026-11-23")),
    days=st.dictionaries(
        st.dates(date(2020, 1, 1), date(2040, 1, 1)).map(date.isoformat),
        st.dictionaries(_exercises, st.integers(1, 30), min_size=1),
    ),
    weeks=st.dictionaries(_weeks, st.integers(0, 7)),
    total_days=_numbers,
    rests=st.lists(_weeks, unique=True).map(tuple),
    met=_counts,
    skipped=_counts,
    preferences=_preferences,
)
"""Any progress that could be stored."""
