"""The table answers everything, and a walk through it ends."""

from itertools import product

import pytest

from coach.machine import AT_REST, TABLE, UNDERWAY, row
from coach.session import Event, State
from tests.front_door import FrontDoor

QUICK = {"routine": ("quick routine", "quick")}
NEEDS_A_PLACE = {
    Event.COME_BACK, Event.COME_BACK_LATER, Event.RESUME_LATER, Event.REPLAN, Event.NEXT_AT_END, Event.SKIP_AGAIN,
    Event.SKIP_AT_END, Event.PREVIOUS_AT_START, Event.START_OVER_AT_ONCE, Event.NO_OTHER_SIDE, Event.NOT_A_HOLD,
    Event.EASIEST_ALREADY, Event.DEEPEST_ALREADY, Event.LEAVE_OUT_THIS, Event.LEAVE_OUT_LAST,
}  # fmt: skip


@pytest.mark.parametrize("state", list(State))
def test_every_event_has_a_row_of_its_own_in_every_state(state: State) -> None:
    assert set(TABLE) == set(State)
    missing_underway = set(Event) - set(UNDERWAY) - set(TABLE[state]) - {Event.LAUNCH, Event.START_PLANNED}
    missing_at_rest = set(Event) - set(AT_REST) - set(TABLE[state]) - NEEDS_A_PLACE
    assert not missing_underway
    assert not missing_at_rest
    for event, has_place in product(Event, (True, False)):
        following, reply = row(state, event, has_place=has_place)
        assert following
        assert callable(reply)


@pytest.mark.parametrize("routine", ["full", "quick", "lower_back", "hips", "desk", "evening"])
def test_walking_next_from_the_first_step_ends_every_routine_once(door: FrontDoor, routine: str) -> None:
    door.launch()
    reply = door.intent("StartRoutineIntent", {"routine": (routine, routine)})
    seen, ends = [], 0
    for _ in range(80):
        seen += [mark[0] for mark in reply.session["marks"]]
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
