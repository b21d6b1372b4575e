"""The table answers everything, and a walk through it ends."""

import pytest

from coach.conversation.events import Event
from coach.conversation.session import State
from coach.conversation.table import BY_TIME, TABLE, row
from tests.front_door import FrontDoor

NEEDS_A_PLACE = {
    Event.COME_BACK, Event.COME_BACK_LATER, Event.RESUME_LATER, Event.REPLAN, Event.NEXT_AT_END, Event.SKIP_AGAIN,
    Event.SKIP_AT_END, Event.PREVIOUS_AT_START, Event.START_OVER_AT_ONCE, Event.NO_OTHER_SIDE, Event.NOT_A_HOLD,
    Event.EASIEST_ALREADY, Event.DEEPEST_ALREADY, Event.LEAVE_OUT_THIS, Event.LEAVE_OUT_LAST, Event.STOP_UNKEPT,
    Event.EASIER_NEXT_TIME, Event.DEEPER_NEXT_TIME,
}  # fmt: skip
NEEDS_NO_PLACE = {Event.LAUNCH}


@pytest.mark.parametrize("rest", [State.IDLE, State.PAUSED, State.BETWEEN, State.FINISHED])
@pytest.mark.parametrize("state", list(State))
def test_every_event_has_a_row_in_every_state(state: State, rest: State) -> None:
    assert set(TABLE) == set(State)
    impossible = NEEDS_A_PLACE if rest is State.IDLE else NEEDS_NO_PLACE
    impossible = impossible if state is State.ASKED_FORGET else {*impossible, Event.CANNOT_FORGET}
    for event in set(Event) - impossible - set(BY_TIME):
        assert event in {**TABLE[rest], **TABLE[state]}, f"{event} has no answer in {state}"
        following, reply = row(state, rest, event)
        assert following
        assert callable(reply)


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
