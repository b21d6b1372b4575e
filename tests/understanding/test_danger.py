"""Whoever is in trouble is heard, whatever words they have for it; no doubt is a yes; nobody is scared for nothing."""

from pathlib import Path

import pytest

from simulator.nlu import Understanding
from simulator.nlu.evaluation import AS_SERIOUS, dangerous, heard_to_hurt, lists, trouble_missed
from tests.understood import understood_in

HERE = Path(__file__).parent
HEARD_AT_LEAST = {"third": 0.9, "fourth": 0.93, "held_out": 0.96}
"""How much trouble is heard at the least in words that nobody looked at before. The goal is all of it."""
OTHERS_AT_MOST = {"third": 4, "fourth": 8, "held_out": 3}
"""How many of the other confusions there are at the most. The goal is none."""


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return understood_in()


def confusions(understanding: Understanding, part: str) -> dict[str, list[str]]:
    folder = HERE / "en-US" / part
    return dangerous(understanding, lists(folder / "danger.yaml"), lists(folder / "doubt.yaml"))


def test_of_what_is_known_nothing_dangerous_is_confused(understanding: Understanding) -> None:
    assert {kind: wrong for kind, wrong in confusions(understanding, "tuning").items() if wrong} == {}


@pytest.mark.parametrize(("part", "least"), HEARD_AT_LEAST.items())
def test_of_what_was_not_known_hardly_anything_is(understanding: Understanding, part: str, least: float) -> None:
    danger = lists(HERE / "en-US" / part / "danger.yaml")
    confused = confusions(understanding, part)
    in_trouble, missed = sum(len(danger[kind]) for kind in AS_SERIOUS), trouble_missed(confused)

    assert missed / in_trouble <= 1 - least
    assert confused["trouble taken for anything else"] == []
    assert sum(map(len, confused.values())) - missed <= OTHERS_AT_MOST[part]


@pytest.mark.parametrize(("part", "least"), [("tuning", 0.95), ("third", 0.9), ("fourth", 0.9), ("held_out", 0.9)])
def test_somebody_whom_it_hurts_is_heard(understanding: Understanding, part: str, least: float) -> None:
    danger = lists(HERE / "en-US" / part / "danger.yaml")

    assert len(danger["ease"]) >= 20
    assert len(heard_to_hurt(understanding, danger)) / len(danger["ease"]) >= least


def test_the_lists_are_long_enough_to_tell_anything() -> None:
    for part, least in (("tuning", 30), ("held_out", 24)):
        danger, doubt = (lists(HERE / "en-US" / part / f"{name}.yaml") for name in ("danger", "doubt"))
        assert min(len(danger[kind]) for kind in AS_SERIOUS) >= least
        assert min(len(doubt[kind]) for kind in ("yes", "no", "doubt")) >= 30
