"""A length that was asked for is the length that it takes, by what is heard: from the first words to the last."""

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from tests.front_door import FrontDoor
from tests.unit.test_replanning import spoken_ms, to_the_end

WITHIN = 0.1
"""What was promised."""


@pytest.mark.parametrize("minutes", [3, 5, 6, 7, 8, 10, 15, 20, 30])
def test_a_first_evening_takes_as_long_as_it_was_to(minutes: int) -> None:
    door = FrontDoor(bootstrap(Settings(store="memory:")))
    offer = door.intent("StartRoutineIntent", {"length": (f"PT{minutes}M", None)})
    assert "Ready to begin?" in offer.text
    heard = to_the_end(door, door.intent("AMAZON.YesIntent"))
    assert sum(map(spoken_ms, heard)) == pytest.approx(minutes * 60_000, rel=WITHIN)
