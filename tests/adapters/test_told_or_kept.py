"""What is confirmed while the store does not take it is said not to be written down: in every state, and once more at
the end.

Through the front door: one coach, and one store that can be read and not be written, or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from coach.bootstrap import bootstrap
from tests.adapters.sick import AWAY, UNWRITABLE, WELL, SickStore
from tests.front_door import FrontDoor, Reply

Slots = Mapping[str, tuple[str, str | None]]

TILT: Slots = {"exercise": ("pelvic tilt", "pelvic_tilt")}
PIGEON: Slots = {"exercise": ("pigeon pose", "pigeon_pose")}
QUICK: Slots = {"routine": ("quick", "quick")}
SIX: Slots = {"number": ("6", None)}
TODAY = "2026-11-23"

UNWRITTEN, ALL_WRITTEN = "can't write anything down", "all written down now"
LOST = "couldn't write everything down"

SETTLED: list[tuple[str, Slots | None]] = [
    ("LogIntent", TILT),
    ("WeeklyGoalIntent", SIX),
    ("SlowerIntent", None),
    ("FasterIntent", None),
    ("NormalPaceIntent", None),
    ("HandsFreeIntent", None),
    ("ExerciseByExerciseIntent", None),
    ("LongerHoldsIntent", None),
    ("ShorterHoldsIntent", None),
    ("GoEasyIntent", None),
    ("ChimesIntent", None),
    ("UsualHoldsIntent", None),
    ("LeaveOutIntent", PIGEON),
    ("BringBackIntent", TILT),
]
"""What is confirmed, and goes on as it was."""


@pytest.fixture
def store() -> SickStore:
    return SickStore()


@pytest.fixture
def door(store: SickStore) -> FrontDoor:
    """A speaker of somebody who has been here before, and for whom nothing is as it is for everybody."""
    door = FrontDoor(bootstrap(repository=store))
    door.launch()
    for name in ("SlowerIntent", "LongerHoldsIntent", "StepByStepIntent"):
        door.intent(name)
    door.intent("LeaveOutIntent", TILT)
    door.intent("AMAZON.StopIntent")
    return door


def at_the_welcome(door: FrontDoor) -> None:
    door.launch()


def in_a_hold(door: FrontDoor) -> None:
    door.launch()
    door.intent("StartRoutineIntent", QUICK)
    begun = door.intent("ReadyIntent", after=120)
    door.intent("TimeLeftIntent", into=begun.mark(begun.step)[1] / 1000 + 5)


def while_paused(door: FrontDoor) -> None:
    in_a_hold(door)
    door.intent("AMAZON.PauseIntent", into=1)


def between_two(door: FrontDoor) -> None:
    door.launch()
    door.intent("StartRoutineIntent", QUICK)
    door.intent("ReadyIntent", after=120)
    door.intent("WhatsNextIntent", after=400)


def at_the_end(door: FrontDoor) -> None:
    reply = door.launch()
    reply = door.intent("StartRoutineIntent", QUICK)
    while reply.session["state"] != "finished":
        reply = door.intent("AMAZON.NextIntent", after=400)


def on_an_offer(door: FrontDoor) -> None:
    door.launch()
    door.intent("StartRoutineIntent", {"minutes": ("10", None), "duration": ("PT10M", None)})


def asked_to_start_over(door: FrontDoor) -> None:
    at_the_end(door)
    door.intent("AMAZON.StartOverIntent")


def asked_to_forget(door: FrontDoor) -> None:
    door.launch()
    door.intent("ForgetMeIntent")


def where_it_hurt(door: FrontDoor) -> None:
    in_a_hold(door)
    door.intent("PainIntent", into=3)


SITUATIONS = [at_the_welcome, in_a_hold, while_paused, between_two, at_the_end, on_an_offer]
QUESTIONS = [asked_to_start_over, asked_to_forget, where_it_hurt]
Situation = Callable[[FrontDoor], None]


@pytest.mark.parametrize(("name", "slots"), SETTLED, ids=[name for name, _ in SETTLED])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_is_confirmed_and_not_written_is_said_to_be_so(
    door: FrontDoor, store: SickStore, situation: Situation, name: str, slots: Slots | None
) -> None:
    situation(door)
    store.then = UNWRITABLE
    timing = {"into": 1.0} if situation is in_a_hold else {}
    assert UNWRITTEN in door.intent(name, slots, **timing).text


@pytest.mark.parametrize("situation", [*SITUATIONS, *QUESTIONS])
def test_whoever_stops_hears_that_not_all_of_it_is_written(
    door: FrontDoor, store: SickStore, situation: Situation
) -> None:
    situation(door)
    store.then = UNWRITABLE
    door.intent("WeeklyGoalIntent", SIX, into=1)
    reply = door.intent("AMAZON.StopIntent", into=1)
    assert LOST in reply.text
    assert "is kept" not in reply.text
    assert not reply.open


@pytest.mark.parametrize("health", [UNWRITABLE, AWAY])
def test_no_promise_is_made_to_whoever_would_rather_stop_than_go_on_hurting(
    door: FrontDoor, store: SickStore, health: str
) -> None:
    in_a_hold(door)
    store.then = health
    door.intent("PainIntent", into=3)
    reply = door.intent("AMAZON.StopIntent", into=1)
    assert LOST in reply.text
    assert "is kept" not in reply.text


def test_the_first_failure_is_said_although_nothing_new_is_confirmed_and_no_second_one(
    door: FrontDoor, store: SickStore
) -> None:
    door.launch()
    store.then = UNWRITABLE
    assert UNWRITTEN in door.intent("StartRoutineIntent", QUICK).text
    assert UNWRITTEN not in door.intent("WhyIntent", into=5).text
    assert UNWRITTEN not in door.intent("AMAZON.NextIntent", after=400).text


def test_each_new_thing_that_is_confirmed_is_said_not_to_be_written(door: FrontDoor, store: SickStore) -> None:
    door.launch()
    store.then = UNWRITABLE
    assert UNWRITTEN in door.intent("LogIntent", TILT).text
    assert UNWRITTEN not in door.intent("ListRoutinesIntent").text
    assert UNWRITTEN in door.intent("WeeklyGoalIntent", SIX).text


def test_an_exercise_that_is_done_by_going_on_is_nothing_new_that_is_confirmed(
    door: FrontDoor, store: SickStore
) -> None:
    in_a_hold(door)
    store.then = UNWRITABLE
    assert UNWRITTEN in door.intent("AMAZON.PauseIntent", into=10).text
    assert UNWRITTEN not in door.intent("AMAZON.NextIntent").text


def test_it_is_said_behind_what_is_confirmed_and_before_the_question(door: FrontDoor, store: SickStore) -> None:
    door.launch()
    store.then = UNWRITABLE
    said = door.intent("WeeklyGoalIntent", SIX).text
    assert said.index("Your goal is six days") < said.index(UNWRITTEN) < said.index("?")


def test_it_costs_a_hold_nothing(door: FrontDoor, store: SickStore) -> None:
    in_a_hold(door)
    before = door.intent("WhereAmIIntent", into=1).marks[0]
    store.then = UNWRITABLE
    reply = door.intent("WeeklyGoalIntent", SIX, into=1)
    step, _, works, ends, done = reply.marks[0]
    assert UNWRITTEN in reply.text
    assert step == before[0]
    assert done + ends - works == before[4] + before[3] - before[2]


def test_nothing_stands_between_somebody_in_pain_and_the_way_out(door: FrontDoor, store: SickStore) -> None:
    in_a_hold(door)
    store.then = UNWRITABLE
    reply = door.intent("PainIntent", into=3)
    assert "write" not in reply.text
    assert "write" not in door.intent("PainIntent", {"symptom": ("numb", "numbness")}, into=3).text


def test_a_routine_that_ends_is_said_not_to_be_written(door: FrontDoor, store: SickStore) -> None:
    door.launch()
    store.then = UNWRITABLE
    assert UNWRITTEN in door.intent("OneExerciseIntent", PIGEON).text
    left = door.intent("ReadyIntent", after=120)
    right = door.intent("AMAZON.NextIntent", into=left.mark(left.step)[1] / 1000 + 10)
    assert UNWRITTEN not in right.text
    ended = door.intent("AMAZON.NextIntent", into=right.mark(right.step)[1] / 1000 + 10).text
    assert "all done" in ended
    assert UNWRITTEN in ended


def test_a_day_off_that_is_not_noted_is_said_to_be_so(door: FrontDoor, store: SickStore) -> None:
    door.launch()
    store.then = UNWRITABLE
    reply = door.intent("RestDayIntent")
    assert LOST in reply.text
    assert not reply.open


def test_what_is_written_after_all_is_said_once(door: FrontDoor, store: SickStore) -> None:
    door.launch()
    store.health = [AWAY]
    assert UNWRITTEN in door.intent("LogIntent", TILT).text
    assert ALL_WRITTEN in door.intent("ListRoutinesIntent").text
    assert "written" not in door.intent("ListRoutinesIntent").text
    assert "write" not in door.intent("AMAZON.StopIntent").text


def test_what_is_written_with_the_last_words_is_said_with_them(door: FrontDoor, store: SickStore) -> None:
    door.launch()
    store.health = [AWAY]
    door.intent("LogIntent", TILT)
    stopped = door.intent("AMAZON.StopIntent")
    assert ALL_WRITTEN in stopped.text
    assert LOST not in stopped.text


def test_a_second_failure_is_said_like_the_first(door: FrontDoor, store: SickStore) -> None:
    begun = door.intent("OneExerciseIntent", PIGEON)
    works = begun.mark(begun.step)[1] / 1000
    store.health = [AWAY, WELL, AWAY]
    assert UNWRITTEN in door.intent("AMAZON.PauseIntent", into=works + 10).text
    assert UNWRITTEN not in door.intent("AMAZON.ResumeIntent").text
    assert UNWRITTEN in door.intent("AMAZON.PauseIntent", into=20).text


def test_what_is_confirmed_before_the_store_could_be_read_is_told_of(door: FrontDoor, store: SickStore) -> None:
    store.then = AWAY
    first = door.launch().text
    assert "My notes don't answer" in first
    assert UNWRITTEN not in first
    assert UNWRITTEN in door.intent("LogIntent", TILT).text
    assert UNWRITTEN not in door.intent("ListRoutinesIntent").text
    assert LOST in door.intent("AMAZON.StopIntent").text


def test_what_is_confirmed_with_the_first_words_of_a_session_is_told_of_in_them(
    door: FrontDoor, store: SickStore
) -> None:
    store.then = AWAY
    said = door.intent("LogIntent", TILT).text
    assert "as soon as they do" in said
    assert UNWRITTEN not in said


def test_whoever_has_done_nothing_hears_nothing_of_it(door: FrontDoor, store: SickStore) -> None:
    store.then = UNWRITABLE
    door.launch()
    assert "write" not in door.intent("AMAZON.StopIntent").text
    store.then = AWAY
    door.launch()
    assert "write" not in door.intent("AMAZON.StopIntent").text


def test_a_turn_that_gives_up_on_other_writers_says_so(
    door: FrontDoor, store: SickStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = FrontDoor(bootstrap(repository=store.inner), session_id="other", now=door.now)
    door.launch()
    other.launch()
    other.intent("LogIntent", TILT)
    monkeypatch.setattr("coach.answering.KEEPING_MS", 0)
    reply: Reply = door.intent("WeeklyGoalIntent", SIX)
    assert UNWRITTEN in reply.text
