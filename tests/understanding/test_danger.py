"""Whoever is in trouble is heard, whatever words they have for it: all of them, by the tier of care that they need."""

from pathlib import Path

import pytest
import yaml

from coach.alexa.red_flags import tier
from coach.alexa.requests import INTENTS
from coach.conversation import Event
from simulator.nlu import Understanding
from simulator.nlu.evaluation import slots_of

HERE = Path(__file__).parent
MODEL = HERE.parents[1] / "interaction_model" / "en-US.json"
DANGERS: dict[str, list[str]] = yaml.safe_load((HERE / "en-US.danger.yaml").read_text(encoding="utf-8"))

AS_SERIOUS = {
    Event.EMERGENCY: {Event.EMERGENCY},
    Event.URGENT: {Event.EMERGENCY, Event.URGENT},
    Event.CANNOT_GET_UP: {Event.EMERGENCY, Event.CANNOT_GET_UP},
    Event.PAIN: {Event.PAIN},
}
"""What each may be taken for. What is only a pain is not to frighten anybody."""


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding.from_file(MODEL)


@pytest.mark.parametrize("meant", AS_SERIOUS)
def test_everybody_in_trouble_is_heard(understanding: Understanding, meant: Event) -> None:
    missed = {said: heard for said in DANGERS[meant] if (heard := _heard(understanding, said)) not in AS_SERIOUS[meant]}

    assert missed == {}


def test_the_lists_are_long_enough_to_tell_anything() -> None:
    assert {meant: len(DANGERS[meant]) >= 30 for meant in AS_SERIOUS if meant is not Event.PAIN} == {
        Event.EMERGENCY: True,
        Event.URGENT: True,
        Event.CANNOT_GET_UP: True,
    }


def _heard(understanding: Understanding, said: str) -> Event:
    match = understanding.understand(said)
    event = INTENTS.get(match.intent, Event.NONSENSE)
    slots = slots_of(match)
    return tier(slots.get("sensation", ""), slots.get("part", "")) if event is Event.PAIN else event
