"""Whole conversations on Amazon's own DynamoDB Local: many speakers of one person at once, and a server that is killed.

Run by `make dynamodb-local`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from coach.alexa.requests import account_key
from coach.bootstrap import Handler, bootstrap
from coach.persistence.repository import Person
from coach.persistence.stores.dynamodb import DynamoDBStore
from coach.persistence.stores.wire import client
from simulator.envelopes import Household
from tests.adapters.dynamodb_local.server import DynamoDBLocal
from tests.adapters.people import TODAY
from tests.adapters.shelves import DynamoDBShelf
from tests.front_door import FrontDoor, Reply

pytestmark = pytest.mark.dynamodb_local

SOMEBODY = Person(account_key("amzn1.ask.account.somebody", ""))
SESSIONS = 40
TOP_UPS = 3
HEARD_OUT = 260

TOP_UP = {"exercise": ("pelvic tilt", "pelvic_tilt"), "number": ("1", None)}
QUICK = {"routine": ("quick", "quick")}


def test_forty_speakers_of_one_person_at_once_lose_nothing_and_count_nothing_twice(
    dynamodb_local_shelf: DynamoDBShelf,
) -> None:
    handler = bootstrap(repository=DynamoDBStore(client(), dynamodb_local_shelf.table))
    doors = [_door(handler, number) for number in range(SESSIONS)]

    def evening(door: FrontDoor) -> None:
        door.launch()
        for _ in range(TOP_UPS):
            assert "Noted" in door.intent("LogIntent", TOP_UP, after=5).text

    with ThreadPoolExecutor(SESSIONS) as speakers:
        list(speakers.map(evening, doors))
    # On so busy a machine not every turn could be kept at once: what was not is carried, and kept by and by.
    for door in doors:
        door.intent("WhereAmIIntent", after=5)
        door.end(after=5)
    stands = dynamodb_local_shelf.store.load(SOMEBODY)
    assert stands is not None
    assert stands.times_on(TODAY, "pelvic_tilt") == SESSIONS * TOP_UPS
    assert stands.total_days == 1


def test_a_server_killed_between_any_two_turns_of_a_routine_loses_nothing_that_was_spoken(
    server: DynamoDBLocal,
) -> None:
    shelf = DynamoDBShelf()
    door = _door(bootstrap(repository=DynamoDBStore(client(), shelf.table)), 0)
    turns: list[Callable[[], Reply]] = [
        door.launch,
        lambda: door.intent("StartRoutineIntent", QUICK, after=5),
        lambda: door.intent("AMAZON.NextIntent", after=HEARD_OUT),
        lambda: door.intent("LogIntent", TOP_UP, after=5),
        lambda: door.intent("AMAZON.PauseIntent", after=45),
        lambda: door.intent("AMAZON.ResumeIntent", after=60),
        lambda: door.intent("AMAZON.NextIntent", after=HEARD_OUT),
    ]
    for turn in turns:
        reply = turn()
        server.kill()
        server.start()
        # A server that has just come up takes seconds for its first answer, which a table of AWS's does not.
        shelf.reopened().load(SOMEBODY)
    assert list(reply.progress["place"]["done"]) == ["pelvic_tilt", "butterfly_pose"]
    assert "Your place is kept" in door.intent("AMAZON.StopIntent", after=5).text
    stands = shelf.reopened().load(SOMEBODY)
    assert stands is not None
    assert stands.place is not None
    assert stands.place.step == reply.step
    assert stands.times_on(TODAY, "pelvic_tilt") == 2
    assert stands.times_on(TODAY, "butterfly_pose") == 1
    assert stands.total_days == 1


def _door(handler: Handler, number: int) -> FrontDoor:
    who = Household("somebody", f"speaker-{number}", None, "en-US", False)
    return FrontDoor(handler, who=who, session_id=f"amzn1.echo-api.session.{number}")
