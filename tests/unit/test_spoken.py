"""The runs of words that are measured are those that the coach says, and its routines are heard to their end."""

import pytest

from bench.spoken import ROUTINES, routine, runs, works
from coach.conversation import Event


@pytest.fixture(scope="module")
def said() -> list[str]:
    return runs()


def test_each_move_is_a_run_of_its_own_on_either_side(said: list[str]) -> None:
    assert "Turn your head to the left, chin toward your shoulder." in said
    assert "Turn your head to the right, chin toward your shoulder." in said


def test_what_is_to_be_checked_is_one_run_as_it_is_spoken(said: list[str]) -> None:
    assert any("Your breath is easy, and your belly is soft. Your left hip has rolled up" in run for run in said)


def test_no_run_has_anything_in_it_that_nobody_says(said: list[str]) -> None:
    assert not [run for run in said if set(run) & set("{}_")]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("name", ROUTINES)
def test_a_routine_is_heard_to_the_end_of_its_last_work(name: str) -> None:
    *_, last = works(routine(name)[-1])
    assert last.then == Event.HEARD_OUT_LAST
