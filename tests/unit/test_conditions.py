"""What is said of conditions is about exercises that there are, and leaves something out or lets something be done."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.planning.conditions import ADVICE, GENTLEST, Advice, advice_for
from coach.speaking.content import load

EXERCISES = load("en-US").library.exercises
MODEL = Path(__file__).parents[2] / "interaction_model" / "en-US.json"


@pytest.mark.parametrize("advice", ADVICE.values(), ids=ADVICE)
def test_it_names_exercises_that_there_are_and_none_on_both_sides(advice: Advice) -> None:
    assert {*advice.leave_out, *advice.gentler, *advice.as_authored, *advice.only} <= EXERCISES.keys()
    assert not {*advice.leave_out, *advice.as_authored} & {*advice.gentler}
    assert [bool(advice.gentler), bool(advice.only), advice.nothing_yet].count(True) == 1


@pytest.mark.parametrize("advice", ADVICE.values(), ids=ADVICE)
def test_what_it_bars_is_all_but_what_may_be_done(advice: Advice) -> None:
    barred = {*advice.bars(EXERCISES)}
    may = {*advice.gentler, *advice.as_authored, *advice.only}
    assert barred == ({*advice.leave_out} or (set() if advice.as_authored else EXERCISES.keys() - may))
    assert not barred & may


def test_the_gentlest_routine_is_done_from_standing_down_to_lying() -> None:
    heights = [list(type(EXERCISES[e].position)).index(EXERCISES[e].position) for e in GENTLEST]
    assert heights == sorted(heights)


def test_people_can_name_every_condition_that_there_is_advice_for() -> None:
    types = json.loads(MODEL.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]["types"]
    (condition,) = [kind for kind in types if kind["name"] == "CONDITION"]
    assert {value["id"] for value in condition["values"]} - {"other"} == ADVICE.keys()


@given(st.lists(st.sampled_from(sorted(ADVICE)), min_size=1, max_size=3))
def test_of_several_conditions_what_any_of_them_bars_is_barred(names: list[str]) -> None:
    together = advice_for(names, EXERCISES)
    assert {*together.bars(EXERCISES)} == {e for name in names for e in ADVICE[name].bars(EXERCISES)}
    assert not {*together.bars(EXERCISES)} & {*together.gentler, *together.only}
    assert together.nothing_yet == (len({*together.bars(EXERCISES)}) == len(EXERCISES))
