"""A walk through the table ends; that it answers everything is held by `tests/moves`."""

import pytest

from tests.front_door import FrontDoor


@pytest.mark.parametrize("routine", ["full", "quick", "lower_back", "hips", "desk", "evening"])
def test_walking_next_from_the_first_step_ends_every_routine_once(door: FrontDoor, routine: str) -> None:
    door.launch()
    reply = door.intent("StartRoutineIntent", {"routine": (routine, routine)})
    seen, ends = [], 0
    for _ in range(80):
        seen += [mark[0] for mark in reply.marks]
        reply = door.intent("AMAZON.NextIntent", after=400)
        ends += " done" in reply.text and "This routine is done" not in reply.text
        if reply.session["state"] == "finished":
            break
    assert len(seen) == len(set(seen)), "no step was spoken twice"
    assert reply.session["state"] == "finished"
    again = door.intent("AMAZON.NextIntent")
    assert again.session["state"] == "finished"
    assert again.open


def test_finishing_is_a_state_that_answers_next_and_stop(door: FrontDoor) -> None:
    door.launch()
    door.intent("OneExerciseIntent", {"exercise": ("pelvic tilt", "pelvic_tilt")})
    assert door.intent("AMAZON.NextIntent").open
    assert not door.intent("AMAZON.StopIntent").open


@pytest.mark.parametrize("begun", [False, True], ids=["nothing on the go", "in a routine"])
@pytest.mark.parametrize(
    ("intent", "slot"),
    [
        ("StartRoutineIntent", "routine"),
        ("StartRoutineIntent", "area"),
        ("ListExercisesIntent", "routine"),
        ("OneExerciseIntent", "exercise"),
        ("GoToIntent", "exercise"),
        ("ExplainIntent", "exercise"),
        ("LeaveOutIntent", "exercise"),
        ("BringBackIntent", "exercise"),
        ("LogIntent", "exercise"),
        ("ChooseIntent", "ordinal"),
    ],
)
def test_a_name_that_only_a_younger_model_has_is_answered(door: FrontDoor, intent: str, slot: str, begun: bool) -> None:
    door.launch()
    if begun:
        door.intent("StartRoutineIntent", {"routine": ("quick", "quick")})
    reply = door.intent(intent, {slot: ("knee hug", "knee_hug")})
    assert "something went wrong" not in reply.text
    assert reply.open
