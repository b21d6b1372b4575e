"""What every conversation needs: a coach who has met nobody, a witness at its door, and the real understanding."""

from collections.abc import Iterator

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.nlu import Understanding
from simulator.services import AlexaServices
from tests.compared import Compared
from tests.conversations.witness import Witness
from tests.understood import understood_in


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    """The understanding of the interaction model that was written first."""
    return understood_in()


@pytest.fixture(scope="session")
def nobody_allowed() -> Iterator[AlexaServices]:
    """A speaker's reminders that nobody has given permission to."""
    with AlexaServices() as api:
        yield api


@pytest.fixture
def reminders() -> Iterator[AlexaServices]:
    """The speaker's reminders, of which it has none yet."""
    with AlexaServices() as api:
        yield api


@pytest.fixture
def witness(reminders: AlexaServices) -> Iterator[Witness]:
    """A coach with an empty store; what was seen is written down, and nothing in it may break a rule."""
    watched = Witness(bootstrap(Settings(store="memory:", alexa_api=reminders.url), recollections=Compared()))
    yield watched
    watched.write()
    assert not (complaints := watched.complaints()), "\n".join(complaints)
