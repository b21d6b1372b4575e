"""Plans: a kept place is found again, and what was left out stays out."""

from coach import planner
from coach.plan import Dose, Place, Plan
from coach.progress import Preferences
from tests.unit.test_coaching import LIBRARY


def test_a_kept_place_is_found_by_its_step_then_its_exercise_then_what_follows() -> None:
    plan = Plan("old", (Dose("lying_twist"), Dose("gone"), Dose("butterfly_pose")))
    steps = planner.steps(plan, Preferences(), LIBRARY)
    ids = [step.id for step in steps]
    assert planner.find(steps, Place(plan, "lying_twist.1.right")) == ids.index("lying_twist.1.right")
    assert planner.find(steps, Place(plan, "lying_twist.7.right")) == ids.index("lying_twist.1.left")
    assert planner.find(steps, Place(plan, "gone.1.left")) == ids.index("butterfly_pose.1.both")
    assert planner.find((), Place(plan, "gone.1.left")) is None


def test_an_authored_routine_is_without_what_was_left_out_unless_nothing_else_is_left() -> None:
    quick = LIBRARY.routines["quick"].exercises
    assert planner.authored("quick", LIBRARY, Preferences(left_out=quick[:1])).exercises == quick[1:]
    assert planner.authored("quick", LIBRARY, Preferences(left_out=quick)).exercises == quick
