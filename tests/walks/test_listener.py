"""The listener hears both sides of a whole routine alike, and finds what is put wrong."""

from dataclasses import replace

import pytest

from coach.alexa.requests import INTENTS
from coach.bootstrap import bootstrap
from coach.conversation.events import Event
from coach.speaking.content import load
from simulator.clock import to_the_second
from tests.front_door import FrontDoor, Reply
from tests.walks.listener import A_DAY_MS, Listener, OnePersonsStore

LIBRARY = load("en-US").library
FULL = {"routine": ("full routine", "full")}
SIDES = sum(len(exercise.sides) == 2 for exercise in map(LIBRARY.exercises.get, LIBRARY.routines["full"].exercises))
SETS_MORE = 2
"""The reverse lunge has three sets on each side."""

TWIST = {"exercise": ("lying twist", "lying_twist")}
LEFT, RIGHT = "lying_twist.1.left", "lying_twist.1.right"


class Walk:
    """A person at the door, with a listener beside them."""

    def __init__(self) -> None:
        self.store = OnePersonsStore()
        self.door = FrontDoor(bootstrap(repository=self.store))
        self.listener = Listener(LIBRARY, self.store)

    def says(self, name: str, slots: object = None, **moment: float) -> Reply:
        reply = self.door.intent(name, slots, **moment)  # type: ignore[arg-type]
        self.listener.hear(INTENTS[name], reply, self.now_ms)
        return reply

    @property
    def now_ms(self) -> int:
        # Requests tell their time in whole seconds.
        return round(to_the_second(self.door.now).timestamp() * 1000)


def in_the_work(reply: Reply, step: str, seconds: float) -> float:
    """So many seconds into the work of a step, counted from where the speech of its answer begins."""
    return reply.mark(step)[1] / 1000 + seconds


def test_both_sides_of_every_exercise_of_the_full_routine_last_the_same() -> None:
    walk = Walk()
    reply = walk.says("StartRoutineIntent", FULL)
    while reply.session["state"] != "finished":
        reply = walk.says("AMAZON.NextIntent")
    assert walk.listener.compared == SIDES + SETS_MORE


@pytest.mark.parametrize("question", ["TimeLeftIntent", "AMAZON.FallbackIntent", "ProgressIntent", "WhyIntent"])
def test_a_question_in_the_middle_of_a_side_makes_it_neither_longer_nor_shorter(question: str) -> None:
    walk = Walk()
    reply = walk.says("OneExerciseIntent", TWIST)
    for side in (LEFT, RIGHT):
        if side not in [step for step, *_ in reply.marks]:
            reply = walk.says("AMAZON.NextIntent")
        for said in (question, question, question, "AMAZON.PauseIntent"):
            reply = walk.says(said, into=in_the_work(reply, side, 4))
            if reply.session["state"] == "paused":
                reply = walk.says("AMAZON.ResumeIntent")
    walk.says("WhereAmIIntent")
    assert walk.listener.compared == 1


def test_a_place_that_moved_is_found() -> None:
    walk = Walk()
    begun = walk.says("OneExerciseIntent", TWIST)
    reply = walk.door.intent("TimeLeftIntent", into=in_the_work(begun, LEFT, 9))
    reply.response["sessionAttributes"]["progress"]["place"]["done_ms"] += 3_000
    with pytest.raises(AssertionError, match="moved the place"):
        walk.listener.hear(Event.TIME_LEFT, reply, walk.now_ms)


def test_a_side_that_is_shorter_is_found() -> None:
    walk = Walk()
    begun = walk.says("OneExerciseIntent", TWIST)
    reply = walk.door.intent("TimeLeftIntent", into=in_the_work(begun, LEFT, 9))
    progress = reply.response["sessionAttributes"]["progress"]
    first, second = progress["spoken"].split()[1:]
    step, starts, works, ends, *rest = second.split(":")
    shorter = ":".join([step, starts, works, str(int(ends) - 1_000), *rest])
    progress["spoken"] = progress["spoken"].replace(second, shorter)
    assert first != second
    with pytest.raises(AssertionError, match="lying_twist"):
        walk.listener.hear(Event.TIME_LEFT, reply, walk.now_ms)


def test_a_stored_place_that_is_another_is_found() -> None:
    walk = Walk()
    walk.says("OneExerciseIntent", TWIST)
    (person,) = walk.store._rows
    stored = walk.store.load(person)
    assert stored
    assert stored.place
    walk.store.save(person, replace(stored, place=replace(stored.place, done_ms=5_000)))
    with pytest.raises(AssertionError, match="restart has moved"):
        walk.listener.hang_up()


def test_a_hold_of_another_day_that_goes_on_is_found() -> None:
    walk = Walk()
    begun = walk.says("OneExerciseIntent", TWIST)
    walk.says("AMAZON.PauseIntent", into=in_the_work(begun, LEFT, 9))
    walk.listener.hang_up()
    reply = walk.door.intent("AMAZON.ResumeIntent")
    with pytest.raises(AssertionError, match="another day"):
        walk.listener.hear(Event.RESUME, reply, walk.now_ms + A_DAY_MS)
