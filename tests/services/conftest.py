"""A coach whose speaker has reminders, and a door to it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.services import AlexaServices
from tests.front_door import SOMEBODY, FrontDoor


@pytest.fixture
def api() -> Iterator[AlexaServices]:
    """The speaker's reminders, of which it has none yet; the person has given permission."""
    with AlexaServices() as service:
        service.allow(SOMEBODY.token)
        yield service


@pytest.fixture
def door(api: AlexaServices) -> FrontDoor:
    """The front door of a coach who has met nobody, on a speaker with reminders."""
    coach = bootstrap(Settings(store="memory:", alexa_api=api.url))
    return FrontDoor(coach, who=replace(SOMEBODY, api=api.url))
