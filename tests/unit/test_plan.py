"""Plans: a kept place is found again, and what was left out stays out."""

from dataclasses import replace

from coach.planning import Dose, Manner, Place, Plan, authored
from coach.planning.steps import play
from tests.unit.test_coaching import LIBRARY


def test_a_kept_place_is_found_by_its_step_then_its_exercise_then_what_follows() -> None:
    plan = Plan("old", (Dose("lying_twist"), Dose("gone"), Dose("butterfly_pose")))
    played = play(plan, Manner(), LIBRARY)
    ids = [step.id for step in played.steps]
    assert played.find(Place(plan, "lying_twist.1.right")) == ids.index("lying_twist.1.right")
    assert played.find(Place(plan, "lying_twist.7.right")) == ids.index("lying_twist.1.left")
    assert played.find(Place(plan, "gone.1.left")) == ids.index("butterfly_pose.1.both")
    assert replace(played, steps=()).find(Place(plan, "gone.1.left")) is None


def test_an_authored_routine_is_without_what_was_left_out_unless_nothing_else_is_left() -> None:
    quick = LIBRARY.routines["quick"].exercises
    assert authored("quick", LIBRARY, quick[:1]).exercises == quick[1:]
    assert authored("quick", LIBRARY, quick).exercises == quick
