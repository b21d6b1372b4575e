"""What every test may use: compiled content, a fresh coach, and the front door to it."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from coach.speaking.content import Content, load
from coach.speaking.phrasebook import Phrasebook
from simulator.__main__ import LET_LIE
from tests.front_door import FrontDoor

# A run keeps models and content for many tests: to look through them for garbage as often as a small program does takes
# a seventh of its time.
gc.set_threshold(LET_LIE)

settings.register_profile("quick", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("quick")


@pytest.fixture(scope="session")
def content() -> Content:
    """The content of the house."""
    return load("en-US")


@pytest.fixture(scope="session")
def phrasebook(content: Content) -> Phrasebook:
    """Its words."""
    return Phrasebook(content)


@pytest.fixture
def handler() -> Handler:
    """A coach who has met nobody."""
    return bootstrap(Settings(store="memory:"))


@pytest.fixture
def door(handler: Handler) -> FrontDoor:
    """The front door of a coach who has met nobody."""
    return FrontDoor(handler)
