"""A coach whose speaker has reminders, and a door to it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.reminders import RemindersApi
from tests.front_door import SOMEBODY, FrontDoor


@pytest.fixture
def api() -> Iterator[RemindersApi]:
    """The speaker's reminders, of which it has none yet; the person has given permission."""
    with RemindersApi() as service:
        service.allow(SOMEBODY.token)
        yield service


@pytest.fixture
def door(api: RemindersApi) -> FrontDoor:
    """The front door of a coach who has met nobody, on a speaker with reminders."""
    coach = bootstrap(Settings(store="memory:", reminders_api=api.url))
    return FrontDoor(coach, who=replace(SOMEBODY, api=api.url))
