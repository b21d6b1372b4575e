"""What went wrong once in a household, as the shortest stories of it.

Rule: the oracle listens to each as to any evening; a story adds what it alone can ask.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.model.acts import DELETE, END, FORGET, GOALS, HANDS_FREE, HOW, NEXT, OPEN, QUICK, SQUAT, STOP, YES
from tests.model.household import Fate, Household
from tests.model.sayings import Told
from tests.model.store import AWAY, WELL


@pytest.fixture
def house() -> Household:
    return Household()


def test_a_squat_whose_request_comes_again_after_the_next_turn_counts_once(house: Household) -> None:
    house.say("kitchen", "anna", OPEN)
    house.say("kitchen", "anna", SQUAT, fate=Fate.AGAIN_LATER)
    house.say("kitchen", "anna", GOALS[0])
    house.a_stray_arrives(0, [])
    house.ask("anna", SQUAT)


def test_a_request_from_before_a_deletion_brings_nothing_back(house: Household) -> None:
    house.say("kitchen", "anna", OPEN)
    house.say("kitchen", "anna", SQUAT, fate=Fate.LATE)
    house.say("bedroom", "anna", FORGET)
    house.say("bedroom", "anna", DELETE)
    house.a_stray_arrives(0, [])


def test_a_squat_that_is_told_while_the_store_is_away_after_a_lost_answer_is_not_lost(house: Household) -> None:
    house.say("kitchen", "anna", OPEN, fate=Fate.UNHEARD)
    house.say("kitchen", "anna", SQUAT, health=[AWAY])
    house.say("kitchen", "anna", HOW)
    house.ask("anna", SQUAT)


def test_a_goal_that_could_not_be_written_is_not_lost_to_a_request_that_comes_late(house: Household) -> None:
    house.say("kitchen", "anna", OPEN)
    house.say("kitchen", "anna", SQUAT, fate=Fate.LATE)
    house.say("kitchen", "anna", GOALS[1], health=[AWAY])
    house.a_stray_arrives(0, [])
    house.say("kitchen", "anna", HOW)
    house.ask("anna", HOW)


@pytest.mark.parametrize("act", [NEXT, STOP, YES])
def test_a_speaker_with_nothing_on_the_go_does_not_end_the_routine_of_another(house: Household, act: object) -> None:
    house.say("kitchen", "anna", OPEN)
    house.say("bedroom", "anna", QUICK)
    house.say("kitchen", "anna", SQUAT)
    house.say("kitchen", "anna", act)  # type: ignore[arg-type]
    house.ask("anna", OPEN)


def test_a_place_that_is_said_to_be_kept_is_the_one_to_which_a_new_session_leads(house: Household) -> None:
    house.say("kitchen", "anna", QUICK)
    house.say("bedroom", "anna", OPEN)
    house.say("kitchen", "anna", NEXT)
    house.say("bedroom", "anna", STOP)
    house.ask("anna", OPEN)


def test_an_answer_that_leads_on_by_itself_goes_on_first_with_what_is_being_done(house: Household) -> None:
    house.say("kitchen", "anna", QUICK)
    house.say("kitchen", "anna", NEXT)
    house.say("kitchen", "anna", HANDS_FREE)
    house.ask("anna", OPEN)


def test_the_second_answer_to_a_request_that_came_twice_tells_what_stands(house: Household) -> None:
    house.say("kitchen", "anna", OPEN)
    house.say("bedroom", "anna", SQUAT)
    house.say("kitchen", "anna", SQUAT, fate=Fate.TWICE_AND_THE_SECOND_IS_HEARD)


@pytest.mark.parametrize("ended", [True, False], ids=["by a stop", "by the cable"])
def test_a_squat_that_was_told_and_could_not_be_written_is_not_lost_without_a_word(
    house: Household, ended: bool
) -> None:
    house.say("kitchen", "anna", OPEN)
    house.say("kitchen", "anna", SQUAT, health=[AWAY])
    if ended:
        house.say("kitchen", "anna", STOP, health=[AWAY])
    else:
        house.pull_the_cable("kitchen")
    house.now += timedelta(minutes=5)
    house.ask("anna", SQUAT)


def test_a_squat_that_is_said_to_be_written_by_now_is_not_lost_with_what_is_told_after_it(house: Household) -> None:
    house.say("kitchen", "anna", OPEN)
    house.say("kitchen", "anna", SQUAT, health=[AWAY])
    house.say("kitchen", "anna", SQUAT)
    assert Told(house.skill.heard[-1]).says("written_by_now")
    house.say("kitchen", "anna", SQUAT, health=[AWAY])
    house.pull_the_cable("kitchen")
    house.ask("anna", SQUAT)
    assert Told(house.skill.heard[-2]).squats == 3


def test_a_session_that_lapses_elsewhere_brings_nothing_back_of_what_is_deleted(house: Household) -> None:
    house.say("kitchen", "anna", QUICK)
    house.say("bedroom", "anna", FORGET)
    house.say("bedroom", "anna", DELETE)
    house.now += timedelta(minutes=3)
    house.say("kitchen", "anna", END)


def test_what_another_speaker_could_not_write_before_a_deletion_is_gone_with_it(house: Household) -> None:
    house.say("kitchen", "anna", OPEN)
    house.say("kitchen", "anna", SQUAT, health=[AWAY])
    house.say("bedroom", "anna", FORGET)
    house.say("bedroom", "anna", DELETE)
    house.say("kitchen", "anna", HOW)
    house.ask("anna", SQUAT)


@pytest.mark.parametrize("read", [True, False])
def test_what_could_not_be_written_before_a_deletion_is_gone_although_the_session_went_on_unwritten_after_it(
    house: Household, read: bool
) -> None:
    house.say("kitchen", "anna", OPEN, health=[] if read else [AWAY])
    house.say("kitchen", "anna", SQUAT, health=[AWAY])
    house.say("bedroom", "anna", FORGET)
    house.say("bedroom", "anna", DELETE)
    house.say("kitchen", "anna", GOALS[0], health=[AWAY])
    house.say("kitchen", "anna", HOW)
    house.ask("anna", SQUAT, HOW)


def test_where_one_part_is_deleted_and_the_other_is_not_neither_is_claimed(house: Household) -> None:
    house.say("kitchen", "", SQUAT)
    house.say("kitchen", "", STOP)
    house.say("bedroom", "anna", SQUAT)
    house.say("bedroom", "anna", FORGET)
    house.say("bedroom", "anna", DELETE, health=[WELL, WELL, AWAY])
    assert Told(house.skill.heard[-1]).says("not_deleted")
    assert not Told(house.skill.heard[-1]).says("deleted")
    house.ask("", SQUAT)
    house.ask("anna", SQUAT)


def test_a_goal_that_is_told_while_the_store_is_away_after_two_lost_answers_is_not_lost(house: Household) -> None:
    house.say("kitchen", "anna", OPEN, fate=Fate.UNHEARD)
    house.say("kitchen", "anna", SQUAT, fate=Fate.UNHEARD)
    house.say("kitchen", "anna", GOALS[1], health=[AWAY])
    house.say("kitchen", "anna", HOW)
    house.ask("anna", HOW)


def test_a_squat_that_came_twice_the_second_time_before_a_store_that_is_away_counts_once(house: Household) -> None:
    house.say("kitchen", "anna", OPEN, fate=Fate.UNHEARD)
    house.say("kitchen", "anna", SQUAT, fate=Fate.TWICE_AND_THE_SECOND_IS_HEARD, health=[WELL, WELL, AWAY])
    house.say("kitchen", "anna", HOW, fate=Fate.UNHEARD)
    house.say("kitchen", "anna", SQUAT)


def test_a_squat_that_is_told_while_the_store_is_away_after_the_session_was_lost_is_not_lost(house: Household) -> None:
    house.say("bedroom", "anna", QUICK)
    house.say("bedroom", "anna", NEXT)
    house.say("bedroom", "anna", HOW)
    house.drop_attributes("bedroom")
    house.say("bedroom", "anna", SQUAT, health=[AWAY])
    house.say("bedroom", "anna", SQUAT)


def test_of_one_setting_that_two_speakers_change_the_later_change_holds(house: Household) -> None:
    house.say("kitchen", "anna", OPEN)
    house.say("kitchen", "anna", GOALS[0], health=[AWAY])
    house.say("bedroom", "anna", GOALS[1])
    house.say("kitchen", "anna", HOW)
    house.ask("anna", HOW)


def test_an_open_session_of_version_2_stays_with_the_voice_that_began_it(house: Household) -> None:
    house.say("kitchen", "anna", QUICK)
    house.was_version_2("kitchen")
    house.say("kitchen", "anna", SQUAT)
