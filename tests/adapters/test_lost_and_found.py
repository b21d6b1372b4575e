"""Whatever happens to the store between two turns, what was spoken and answered is kept, and kept once.

Through the front door: one coach, one store that falls ill, and as many speakers as it takes.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.bootstrap import Handler, bootstrap
from tests.adapters.sick import AWAY, UNHEARD, WELL, SickStore
from tests.front_door import FrontDoor, Reply

TILT = {"exercise": ("pelvic tilt", "pelvic_tilt")}
QUICK = {"routine": ("quick", "quick")}
TODAY = "2026-11-23"


@pytest.fixture
def store() -> SickStore:
    return SickStore()


@pytest.fixture
def coach(store: SickStore) -> Handler:
    return bootstrap(repository=store)


@pytest.fixture
def kitchen(coach: Handler) -> FrontDoor:
    return FrontDoor(coach, session_id="kitchen")


@pytest.fixture
def bedroom(coach: Handler) -> FrontDoor:
    return FrontDoor(coach, session_id="bedroom", now=FrontDoor(coach).now + timedelta(seconds=1))


def tilts(reply: Reply) -> int:
    """How many pelvic tilts the coach knows of today."""
    progress = reply.progress
    return int(progress["days"].get(TODAY, {}).get("pelvic_tilt", 0))


def test_a_session_reads_once_and_a_turn_that_changes_nothing_writes_nothing(
    kitchen: FrontDoor, store: SickStore
) -> None:
    kitchen.launch()
    kitchen.intent("StartRoutineIntent", QUICK)
    kitchen.intent("AMAZON.PauseIntent", into=40)
    store.calls.clear()
    kitchen.intent("WhyIntent", after=9)
    kitchen.intent("AMAZON.HelpIntent", after=9)
    kitchen.intent("ListRoutinesIntent", after=9)
    assert store.calls.count("load") == 0
    assert store.calls.count("save") <= 1


def test_what_could_not_be_written_is_written_with_the_next_turn_even_if_that_changes_nothing(
    kitchen: FrontDoor, store: SickStore
) -> None:
    kitchen.launch()
    store.health = [AWAY]
    assert "once today" in kitchen.intent("LogIntent", TILT).text
    kitchen.intent("ListRoutinesIntent")
    assert tilts(FrontDoor(bootstrap(repository=store.inner)).launch()) == 1


def test_what_could_not_be_written_is_written_when_the_session_ends(kitchen: FrontDoor, store: SickStore) -> None:
    kitchen.launch()
    store.health = [AWAY]
    kitchen.intent("LogIntent", TILT)
    kitchen.end()
    assert tilts(kitchen.launch()) == 1


def test_a_whole_routine_goes_on_while_the_table_is_gone_and_nothing_of_it_is_lost(
    kitchen: FrontDoor, store: SickStore
) -> None:
    kitchen.launch()
    store.then = AWAY
    reply = kitchen.intent("StartRoutineIntent", QUICK)
    while reply.session["state"] != "finished":
        reply = kitchen.intent("AMAZON.NextIntent", after=250)
        assert "notes" not in reply.text
    store.then = WELL
    kitchen.intent("ProgressIntent")
    assert "One day this week" in kitchen.intent("ProgressIntent").text
    kitchen.hang_up()
    assert "Yesterday" not in kitchen.launch().text
    assert "Yes, three exercises today" in kitchen.intent("ProgressIntent", {"day": (TODAY, None)}).text


def test_when_the_table_is_gone_as_a_session_begins_it_is_said_once_and_the_place_is_found_later(
    kitchen: FrontDoor, store: SickStore
) -> None:
    kitchen.launch()
    step = kitchen.intent("StartRoutineIntent", QUICK).step
    kitchen.intent("AMAZON.StopIntent", into=20)
    store.health = [AWAY, AWAY]
    assert "My notes don't answer just now" in kitchen.launch().text
    assert "notes" not in kitchen.intent("AMAZON.HelpIntent").text
    assert kitchen.intent("AMAZON.ResumeIntent").step == step


def test_a_routine_begun_while_the_table_was_gone_is_joined_with_what_was_kept(
    kitchen: FrontDoor, store: SickStore
) -> None:
    kitchen.launch()
    kitchen.intent("LogIntent", TILT)
    kitchen.intent("WeeklyGoalIntent", {"number": ("5", None)})
    kitchen.intent("AMAZON.StopIntent")
    store.health = [AWAY] * 3
    kitchen.launch()
    kitchen.intent("LogIntent", TILT)
    begun = kitchen.intent("StartRoutineIntent", QUICK)
    assert kitchen.intent("AMAZON.PauseIntent", into=1).step == begun.step
    goal = kitchen.intent("ProgressIntent")
    assert tilts(goal) == 2
    assert "goal of five" in goal.text


def test_stop_makes_no_promise_that_cannot_be_kept(kitchen: FrontDoor, store: SickStore) -> None:
    kitchen.launch()
    begun = kitchen.intent("StartRoutineIntent", QUICK)
    _, works, _ = begun.mark(begun.step)
    store.then = AWAY
    reply = kitchen.intent("AMAZON.StopIntent", into=works / 1000 + 5)
    assert "couldn't write everything down" in reply.text
    assert "is kept" not in reply.text
    assert not reply.open


def test_nothing_is_said_to_be_deleted_that_is_not(kitchen: FrontDoor, store: SickStore) -> None:
    kitchen.launch()
    kitchen.intent("LogIntent", TILT)
    kitchen.intent("ForgetMeIntent")
    store.health = [AWAY]
    reply = kitchen.intent("DeleteEverythingIntent")
    assert "can't promise that everything is deleted" in reply.text
    assert reply.open
    assert tilts(FrontDoor(bootstrap(repository=store.inner)).launch()) == 1
    kitchen.intent("ForgetMeIntent")
    assert "deleted everything" in kitchen.intent("DeleteEverythingIntent").text
    assert tilts(FrontDoor(bootstrap(repository=store.inner)).launch()) == 0


def test_of_two_speakers_at_once_the_later_one_has_the_place_and_both_count(
    kitchen: FrontDoor, bedroom: FrontDoor
) -> None:
    kitchen.launch()
    bedroom.launch()
    kitchen.intent("LogIntent", TILT)
    there = bedroom.intent("LogIntent", TILT)
    assert "twice today" in there.text
    kitchen.intent("StartRoutineIntent", QUICK)
    later = bedroom.intent("OneExerciseIntent", {"exercise": ("pigeon pose", "pigeon_pose")})
    assert tilts(later) == 2
    bedroom.intent("AMAZON.StopIntent", into=40)
    assert bedroom.launch().step == later.step


def test_what_one_speaker_settles_as_it_knows_it_already_holds_against_what_another_settled_since(
    kitchen: FrontDoor, bedroom: FrontDoor
) -> None:
    five, three = {"number": ("5", None)}, {"number": ("3", None)}
    kitchen.launch()
    kitchen.intent("WeeklyGoalIntent", five)
    bedroom.launch()
    bedroom.intent("WeeklyGoalIntent", three)
    assert "five days" in kitchen.intent("WeeklyGoalIntent", five).text
    kitchen.hang_up()
    kitchen.launch()
    assert "your goal is five days" in kitchen.intent("ProgressIntent").text


def test_a_speaker_that_has_begun_nothing_does_not_take_the_place_from_another(
    kitchen: FrontDoor, bedroom: FrontDoor
) -> None:
    bedroom.launch()
    kitchen.launch()
    step = kitchen.intent("StartRoutineIntent", QUICK).step
    kitchen.intent("AMAZON.StopIntent", into=1)
    bedroom.intent("WeeklyGoalIntent", {"number": ("5", None)})
    assert kitchen.launch().step == step


def test_an_unheard_write_behind_which_another_speaker_wrote_counts_once(
    kitchen: FrontDoor, bedroom: FrontDoor, store: SickStore
) -> None:
    kitchen.launch()
    bedroom.launch()
    store.health = [UNHEARD]
    kitchen.intent("LogIntent", TILT)
    bedroom.intent("LogIntent", TILT)
    assert "three times today" in kitchen.intent("LogIntent", TILT).text


@pytest.mark.parametrize(
    ("name", "slots"), [("LogIntent", TILT), ("AMAZON.NextIntent", None), ("SkipIntent", None), ("LaunchRequest", None)]
)
def test_a_first_request_that_comes_twice_is_done_once(
    kitchen: FrontDoor, coach: Handler, name: str, slots: Mapping[str, tuple[str, str | None]] | None
) -> None:
    kitchen.launch()
    kitchen.intent("StartRoutineIntent", {"routine": ("lower back", "lower_back")})
    kitchen.intent("AMAZON.StopIntent", into=1)
    sent: list[dict[str, object]] = []

    def overheard(event: dict[str, object], context: object) -> dict[str, object]:
        sent.append(event)
        return coach(event, context)

    listening = FrontDoor(overheard, now=kitchen.now)
    first = listening.launch() if name == "LaunchRequest" else listening.intent(name, slots)
    again = Reply(coach(sent[0], None))
    assert (again.step, tilts(again), again.open) == (first.step, tilts(first), first.open)
    if name == "LogIntent":
        assert "once today" in again.text
        # The speaker goes on from the second answer.
        listening.attributes = again.response["sessionAttributes"]
        assert "twice today" in listening.intent("LogIntent", TILT).text


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["kitchen", "bedroom"]), st.lists(st.sampled_from([WELL, AWAY, UNHEARD]), max_size=4)
        ),
        max_size=8,
    )
)
def test_whatever_the_store_does_each_thing_that_was_noted_counts_once(turns: list[tuple[str, list[str]]]) -> None:
    store = SickStore()
    coach = bootstrap(repository=store)
    doors = {name: FrontDoor(coach, session_id=name) for name in ("kitchen", "bedroom")}
    for door in doors.values():
        door.launch()
    for name, health in turns:
        store.health = health
        assert "Noted" in doors[name].intent("LogIntent", TILT).text
    store.health = []
    for door in doors.values():
        door.intent("ProgressIntent")
    assert tilts(FrontDoor(coach).launch()) == len(turns)


def test_a_request_that_a_later_one_has_overtaken_costs_nobody_what_they_heard_since(kitchen: FrontDoor) -> None:
    kitchen.launch()
    kitchen.intent("StartRoutineIntent", QUICK)
    late = replace(kitchen)
    kitchen.intent("AMAZON.NextIntent", after=260)
    late.intent("LogIntent", TILT, after=10)
    assert kitchen.intent("AMAZON.NextIntent", after=260).text.startswith("Third of three")
    assert kitchen.intent("AMAZON.NextIntent", after=260).step == "lying_twist.1.right"
    done = kitchen.intent("AMAZON.NextIntent", after=260)
    assert set(done.progress["days"][TODAY]) == {"pelvic_tilt", "butterfly_pose", "lying_twist"}
    assert tilts(done) == 1


def test_what_is_overtaken_and_heard_all_the_same_is_kept_with_the_next_turn(kitchen: FrontDoor) -> None:
    kitchen.launch()
    late = replace(kitchen)
    kitchen.intent("WeeklyGoalIntent", {"number": ("5", None)}, after=260)
    told = late.intent("LogIntent", TILT, after=10)
    assert "can't write anything down" in told.text
    late.intent("ListRoutinesIntent", after=300)
    assert tilts(kitchen.launch()) == 1


def test_a_request_that_comes_late_does_not_take_the_place_of_what_could_not_be_written(
    kitchen: FrontDoor, store: SickStore
) -> None:
    kitchen.launch()
    late = replace(kitchen)
    store.health = [AWAY]
    assert "once today" in kitchen.intent("LogIntent", TILT, after=60).text
    late.intent("WeeklyGoalIntent", {"number": ("5", None)}, after=10)
    assert "twice today" in kitchen.intent("LogIntent", TILT).text
    assert tilts(kitchen.launch()) == 2


def test_what_was_heard_before_an_answer_that_was_not_counts_once_although_the_next_one_was_not_written(
    kitchen: FrontDoor, store: SickStore
) -> None:
    kitchen.launch()
    kitchen.intent("StartRoutineIntent", QUICK)
    unheard = replace(kitchen)
    unheard.intent("WhatsNextIntent", after=260)
    store.health = [AWAY]
    told = kitchen.intent("LeaveOutIntent", {"exercise": ("pigeon pose", "pigeon_pose")}, after=270)
    assert "I'll leave out the pigeon pose" in told.text
    after = kitchen.intent("ListRoutinesIntent")
    assert tilts(after) == 1
    assert after.progress["preferences"]["left_out"] == ("pigeon_pose",)


def test_the_end_of_a_session_is_written_harder_than_a_turn(kitchen: FrontDoor, store: SickStore) -> None:
    kitchen.launch()
    store.health = [AWAY, AWAY, UNHEARD]
    kitchen.intent("LogIntent", TILT)
    kitchen.end()
    assert tilts(kitchen.launch()) == 1


def test_an_idle_speaker_that_meets_the_routine_of_another_one_can_go_on_with_it(
    kitchen: FrontDoor, bedroom: FrontDoor
) -> None:
    kitchen.launch()
    bedroom.intent("StartRoutineIntent", QUICK)
    bedroom.intent("AMAZON.NextIntent")
    bedroom.intent("AMAZON.PauseIntent", into=40)
    assert "twice today" in kitchen.intent("LogIntent", TILT, after=200).text
    assert "butterfly" in kitchen.intent("WhereAmIIntent").text
    reply = kitchen.intent("AMAZON.ResumeIntent")
    assert reply.step == "butterfly_pose.1.both"
    assert "from now" in reply.text or "with me" in reply.text


def test_next_on_an_idle_speaker_that_meets_the_routine_of_another_one_goes_on_with_it(
    kitchen: FrontDoor, bedroom: FrontDoor
) -> None:
    kitchen.launch()
    begun = bedroom.intent("StartRoutineIntent", QUICK)
    bedroom.intent("AMAZON.PauseIntent", into=begun.mark(begun.step)[1] / 1000 + 10)
    kitchen.intent("LogIntent", TILT, after=200)
    reply = kitchen.intent("AMAZON.NextIntent")
    assert "no routine" not in reply.text
    assert reply.step == "butterfly_pose.1.both"


def test_two_who_begin_in_the_same_second_are_each_counted(kitchen: FrontDoor, coach: Handler) -> None:
    bedroom = FrontDoor(coach, session_id="bedroom", now=kitchen.now)
    kitchen.intent("StartRoutineIntent", QUICK)
    bedroom.intent("StartRoutineIntent", QUICK)
    assert tilts(kitchen.intent("AMAZON.NextIntent", after=260)) == 1
    assert tilts(bedroom.intent("AMAZON.NextIntent", after=260)) == 2


def test_what_was_heard_out_counts_although_it_is_longer_by_now(kitchen: FrontDoor, bedroom: FrontDoor) -> None:
    bedroom.launch()
    kitchen.intent("StartRoutineIntent", QUICK)
    bedroom.intent("LongerHoldsIntent", after=9)
    kitchen.end(after=260)
    assert tilts(kitchen.launch()) == 1


def test_what_was_begun_before_the_store_could_be_read_counts_for_the_day_on_which_it_was_begun(
    kitchen: FrontDoor, store: SickStore
) -> None:
    kitchen.launch()
    kitchen.hang_up()
    kitchen.now += timedelta(days=1)
    store.health = [AWAY]
    kitchen.intent("StartRoutineIntent", QUICK)
    after = kitchen.intent("AMAZON.NextIntent", after=260)
    assert after.progress["days"] == {"2026-11-24": {"pelvic_tilt": 1}}


def test_a_routine_of_which_nobody_heard_the_beginning_is_not_taken_for_heard_behind_a_turn_that_wrote_nothing(
    kitchen: FrontDoor,
) -> None:
    kitchen.launch()
    unheard = replace(kitchen)
    unheard.intent("StartRoutineIntent", QUICK, after=8)
    kitchen.intent("AMAZON.HelpIntent", after=268)
    told = kitchen.intent("LogIntent", {"exercise": ("pigeon pose", "pigeon_pose")})
    assert told.progress["days"] == {TODAY: {"pigeon_pose": 1}}


def test_a_session_of_which_an_answer_was_lost_keeps_its_place_although_another_speaker_has_spoken_since(
    kitchen: FrontDoor, bedroom: FrontDoor
) -> None:
    kitchen.launch()
    bedroom.launch()
    kitchen.intent("StartRoutineIntent", QUICK)
    unheard = replace(kitchen)
    unheard.intent("LeaveOutIntent", {"exercise": ("pigeon pose", "pigeon_pose")}, after=9)
    bedroom.intent("OneExerciseIntent", {"exercise": ("seated twist", "seated_twist")})
    after = kitchen.intent("AMAZON.NextIntent", after=260)
    assert "The pelvic tilt again" in after.text
    assert after.progress["preferences"]["left_out"] == ("pigeon_pose",)


@pytest.mark.parametrize("name", ["", "WhereAmIIntent"])
def test_an_answer_that_was_lost_is_not_taken_for_heard_by_who_comes_back_after_the_session_has_ended(
    kitchen: FrontDoor, name: str
) -> None:
    kitchen.intent("StartRoutineIntent", QUICK)
    kitchen.intent("AMAZON.PauseIntent", after=260)
    unheard = replace(kitchen)
    unheard.intent("AMAZON.NextIntent", after=9)
    if name:
        kitchen.intent(name, after=20)
    kitchen.end(after=260)
    assert set(kitchen.launch(after=7200).progress["days"][TODAY]) == {"pelvic_tilt"}


def test_the_place_that_is_said_to_be_kept_is_kept_although_the_answer_before_was_lost(kitchen: FrontDoor) -> None:
    kitchen.intent("StartRoutineIntent", QUICK)
    kitchen.intent("AMAZON.PauseIntent", after=45)
    unheard = replace(kitchen)
    unheard.intent("SkipIntent", after=9)
    kitchen.intent("WhereAmIIntent", after=45)
    assert "Your place is kept: the pelvic tilt" in kitchen.intent("AMAZON.StopIntent", after=268).text
    assert "You were at the pelvic tilt" in kitchen.launch().text
