"""A kind of fault at a rate: so many sessions behind it, and what came of them.

Rule: people live at the same time, each for themselves. How many at once is bound by what the machine can do without a
turn being late for want of it: many where they wait, few where they do not.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from bench.reliability.ledger import Difference
from bench.reliability.people import Evening, spend
from bench.reliability.proxy import FaultProxy
from bench.reliability.way import Coach
from bench.reliability.witness import Account
from coach.persistence.progress import Progress
from coach.persistence.repository import Person
from coach.persistence.stores.dynamodb import DynamoDBStore
from coach.persistence.stores.wire import client
from tests.adapters.dynamodb_local.server import DynamoDBLocal
from tests.adapters.shelves import DynamoDBShelf

IN_TIME_SECONDS = 3.0
TWO_SPEAKERS = 0.15
"""How many people have a session on each of two speakers at once."""

AT_ONCE, AT_ONCE_WAITING = 4, 20
"""How many people live at once, and how many when every call or write is late."""

WARMED_UP = 40
"""Writes that DynamoDB Local needs until it answers as fast as it can, which a table of AWS's always does."""

LATEST_SECONDS = 11.0
"""After so long no call is on its way any more: the longest latency of `faults`, and a little."""

AWS = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


@dataclass
class Cell:
    """What came of the sessions behind one kind of fault that befalls a share of the calls: so many in a hundred, or
    all `writes`.
    """

    kind: str
    share: str
    accounts: list[Account] = field(default_factory=list)
    difference: Difference = field(default_factory=Difference)
    wronged: list[str] = field(default_factory=list)
    """The names of the people who lost something, for whom something counts twice, or who had no sensible answer."""

    @property
    def completed(self) -> int:
        """Sessions in which every turn had a sensible answer."""
        return sum(not account.failed for account in self.accounts)

    @property
    def turns(self) -> int:
        """How many requests were answered, those that came twice and the ends of sessions among them."""
        return sum(account.turns for account in self.accounts)

    @property
    def seconds(self) -> list[float]:
        """How long each answer took, from the shortest to the longest."""
        return sorted(seconds for account in self.accounts for seconds in account.seconds)

    @property
    def in_time(self) -> int:
        """How many answers took less than a turn may take."""
        return sum(seconds < IN_TIME_SECONDS for seconds in self.seconds)


@dataclass(frozen=True)
class Bench:
    """DynamoDB Local, and mitmproxy before it. `sound` and `faulty` are their endpoints."""

    sound: str
    faulty: str

    def cell(self, kind: str, share: str, sessions: int) -> Cell:
        """Let so many sessions run, in a table of their own."""
        table = f"{kind}-{share}"
        shelf = self.shelf(table)
        for number in range(WARMED_UP):
            shelf.store.save(Person(f"nobody {number}"), Progress())
        at_once = AT_ONCE_WAITING if kind == "latency" and share in ("100", "writes") else AT_ONCE
        coaches: SimpleQueue[tuple[Coach, Coach]] = SimpleQueue()
        for _ in range(at_once):
            coaches.put((Coach(self.store(self.faulty, table)), Coach(self.store(self.sound, table))))

        def live(person: tuple[str, int]) -> Evening:
            pair = coaches.get()
            try:
                return spend(*person, *pair)
            finally:
                coaches.put(pair)

        with ThreadPoolExecutor(at_once) as pool:
            evenings = dict(zip(_people(table, sessions), pool.map(live, _people(table, sessions)), strict=True))
        if kind == "latency":
            time.sleep(LATEST_SECONDS)
        return self._counted(Cell(kind, share), evenings, shelf.store)

    def shelf(self, table: str) -> DynamoDBShelf:
        """A new table, with a client that waits."""
        os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = self.sound
        return DynamoDBShelf(table)

    def store(self, url: str, table: str) -> DynamoDBStore:
        """A table at one of the endpoints, with the client that is deployed."""
        os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = url
        return DynamoDBStore(client(), table)

    def _counted(self, cell: Cell, evenings: dict[tuple[str, int], Evening], store: DynamoDBStore) -> Cell:
        for (name, _), evening in evenings.items():
            difference = evening.against(store)
            cell.accounts += evening.accounts
            cell.difference += difference
            if difference.lost or difference.twice or any(account.failed for account in evening.accounts):
                cell.wronged.append(name)
        return cell


@contextmanager
def bench() -> Iterator[Bench]:
    """The two servers, for as long as they are needed."""
    with TemporaryDirectory() as folder, patch.dict(os.environ, AWS):
        os.environ.pop("AWS_PROFILE", None)
        server = DynamoDBLocal(Path(folder))
        server.start()
        proxy = FaultProxy(server.url)
        try:
            proxy.start()
            yield Bench(server.url, proxy.url)
        finally:
            proxy.stop()
            server.kill()


def _people(table: str, sessions: int) -> Iterator[tuple[str, int]]:
    """The names of people, and how many speakers each talks to, until there are so many sessions."""
    chance, number = Random(table), 0  # noqa: S311
    while sessions:
        speakers = min(sessions, 2 if chance.random() < TWO_SPEAKERS else 1)
        yield f"{table}.{number}", speakers
        sessions, number = sessions - speakers, number + 1
