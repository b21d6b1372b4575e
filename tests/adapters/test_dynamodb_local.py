"""Progress in Amazon's own DynamoDB Local: many sessions of one person, and a server that is killed.

Run by `pytest -m dynamodb_local tests/adapters`, with the contract of all stores.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

import pytest

from coach.errors import ConflictError, StoreUnavailableError
from coach.persistence.progress import Applied, Progress
from coach.persistence.repository import Person, ProgressRepository
from coach.persistence.stores.dynamodb import DynamoDBStore
from coach.persistence.stores.wire import client
from coach.planning.plan import Place
from tests.adapters.dynamodb_local.server import DynamoDBLocal
from tests.adapters.people import NOW, TODAY, beginner
from tests.adapters.shelves import TABLE, DynamoDBShelf

pytestmark = pytest.mark.dynamodb_local

SOMEBODY = Person("5f2b6a1d0c9e48f7b3a2d1c0e9f8a7b6")
SESSIONS = 40
TURNS = 5

T = TypeVar("T")


def test_forty_sessions_of_one_person_at_once_lose_nothing_and_count_nothing_twice(
    dynamodb_local_shelf: DynamoDBShelf,
) -> None:
    def session(number: int) -> None:
        store = dynamodb_local_shelf.store
        progress = _patiently(store.load, SOMEBODY) or Progress()
        for turn in range(TURNS):
            progress = _counted_once(store, progress, Applied(f"session-{number}", turn + 1))

    with ThreadPoolExecutor(SESSIONS) as sessions:
        list(sessions.map(session, range(SESSIONS)))
    stands = dynamodb_local_shelf.store.load(SOMEBODY)
    assert stands is not None
    assert stands.times_on(TODAY, "pelvic_tilt") == SESSIONS * TURNS
    assert stands.revision == SESSIONS * TURNS


def test_a_server_killed_between_any_two_turns_has_kept_what_it_acknowledged(server: DynamoDBLocal) -> None:
    DynamoDBShelf()
    store, progress = DynamoDBStore(client(), TABLE), beginner()
    for turn in range(4):
        place = replace(_place(progress), done_ms=turn * 10_000)
        counted = progress.counted("lying_twist", TODAY)
        turned = replace(counted, place=place, applied=(Applied(f"turn-{turn}", 1, "r"),), touched=NOW + turn)
        progress = _patiently(store.save, SOMEBODY, turned)
        server.kill()
        with pytest.raises(StoreUnavailableError):
            store.load(SOMEBODY)
        server.start()
        assert _patiently(store.load, SOMEBODY) == progress
    assert progress.times_on(TODAY, "lying_twist") == 4


def test_a_server_killed_while_it_is_written_to_counts_every_turn_once(server: DynamoDBLocal) -> None:
    DynamoDBShelf()
    turns, written = 400, threading.Semaphore(0)

    def session() -> Progress:
        store, progress = DynamoDBStore(client(), TABLE), Progress()
        for turn in range(turns):
            progress = _counted_once(store, progress, Applied("session", turn + 1))
            written.release()
        return progress

    with ThreadPoolExecutor(1) as sessions:
        running = sessions.submit(session)
        for _ in range(2):
            for _ in range(turns // 4):
                assert written.acquire(timeout=120), "nothing is written any more"
            server.kill()
            server.start()
        progress = running.result()
    assert progress.times_on(TODAY, "pelvic_tilt") == turns
    assert DynamoDBStore(client(), TABLE).load(SOMEBODY) == progress


def _place(progress: Progress) -> Place:
    assert progress.place
    return progress.place


def _counted_once(store: ProgressRepository, progress: Progress, turn: Applied) -> Progress:
    """A turn that counts one exercise, and says the same save again for as long as no answer is heard."""
    while True:
        counted = progress.counted("pelvic_tilt", TODAY).with_applied(turn)
        try:
            return _patiently(store.save, SOMEBODY, counted)
        except ConflictError as conflict:
            progress = conflict.stored


def _patiently(call: Callable[..., T], *arguments: object) -> T:
    """The answer of a call, made again while the server is away or too busy for the time that a call has."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return call(*arguments)
        except StoreUnavailableError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
