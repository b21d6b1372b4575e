"""Plans: as long as was asked for, both sides alike, once down to the floor, and nothing that was left out."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach import planner
from coach.coaching import plan_ms
from coach.planner import Wish
from coach.progress import Dose, Place, Plan, Preferences
from coach.routine import Hold
from tests.unit.test_coaching import LIBRARY, scene

AREAS = ["", *LIBRARY.areas]
IDS = sorted(LIBRARY.exercises)


def built(wish: Wish, preferences: Preferences | None = None) -> tuple[Plan, int]:
    at = scene(planner.alone("lying_twist"), preferences)
    plan = planner.planned(wish, LIBRARY, at.progress.preferences, lambda plan: plan_ms(at, plan))
    return plan, plan_ms(at, plan)


def went_down(plan: Plan) -> int:
    down = [False, *(LIBRARY.exercises[e].position.down for e in plan.exercises)]
    return sum(1 for before, now in pairwise(down) if now and not before)


@given(st.integers(3, 60), st.sampled_from(AREAS), st.booleans())
@example(3, "", False)
@example(60, "", True)
def test_a_plan_lasts_as_long_as_was_asked_for(minutes: int, area: str, no_floor: bool) -> None:
    plan, ms = built(Wish(area=area, ms=minutes * 60_000, no_floor=no_floor))
    assert ms == pytest.approx(minutes * 60_000, rel=0.1)
    assert went_down(plan) <= (0 if no_floor else 1)


@pytest.mark.parametrize("area", AREAS)
def test_two_minutes_are_one_exercise_and_as_near_as_its_dose_allows(area: str) -> None:
    plan, ms = built(Wish(area=area, ms=2 * 60_000))
    assert len(plan.doses) == 1
    assert ms == pytest.approx(2 * 60_000, rel=0.13)


@given(st.integers(2, 60), st.sets(st.sampled_from(IDS), max_size=6))
def test_what_was_left_out_is_in_no_plan(minutes: int, left_out: set[str]) -> None:
    plan, _ = built(Wish(ms=minutes * 60_000), Preferences(left_out=tuple(sorted(left_out))))
    assert not left_out & set(plan.exercises)
    assert len(set(plan.exercises)) == len(plan.exercises)


@given(st.integers(2, 60), st.sampled_from(AREAS))
def test_a_plan_keeps_every_dose_inside_its_range(minutes: int, area: str) -> None:
    plan, _ = built(Wish(area=area, ms=minutes * 60_000))
    for dose in plan.doses:
        work = LIBRARY.exercises[dose.exercise].work
        if isinstance(work, Hold) and dose.ms:
            assert work.ms <= dose.ms <= work.most_ms


@pytest.mark.parametrize("area", LIBRARY.areas)
def test_a_plan_for_an_area_works_on_that_area(area: str) -> None:
    plan, _ = built(Wish(area=area))
    assert plan.exercises
    assert all(area in LIBRARY.exercises[e].areas for e in plan.exercises)


def test_a_kept_place_is_found_by_its_step_then_its_exercise_then_what_follows() -> None:
    plan = Plan("old", (Dose("lying_twist"), Dose("gone"), Dose("butterfly_pose")))
    steps = planner.steps(plan, Preferences(), LIBRARY)
    ids = [step.id for step in steps]
    assert planner.find(steps, Place(plan, "lying_twist.1.right")) == ids.index("lying_twist.1.right")
    assert planner.find(steps, Place(plan, "lying_twist.7.right")) == ids.index("lying_twist.1.left")
    assert planner.find(steps, Place(plan, "gone.1.left")) == ids.index("butterfly_pose.1.both")
    assert planner.find((), Place(plan, "gone.1.left")) is None
