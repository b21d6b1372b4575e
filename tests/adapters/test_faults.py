"""A few sessions behind each fault, and whether the bench sees what goes wrong.

`make dynamodb-local` runs the former; `make reliability` has the figures of many sessions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import sleep

import pytest

from bench.reliability.cells import LATEST_SECONDS, Bench, bench
from bench.reliability.ledger import Difference
from bench.reliability.people import EVENING, spend
from bench.reliability.proxy import KINDS
from bench.reliability.way import Coach
from coach.errors import StoreUnavailableError
from coach.persistence.progress import Progress
from coach.persistence.repository import Person
from coach.persistence.stores.memory import MemoryStore
from tests.adapters.sick import AWAY, UNWRITABLE, SickStore

SESSIONS, CALLS = 6, 12


@pytest.fixture(scope="module")
def servers() -> Iterator[Bench]:
    with bench() as servers:
        yield servers


@pytest.mark.dynamodb_local
def test_each_fault_is_what_its_name_says() -> None:
    with bench() as servers:
        met = {kind: _met(servers, kind) for kind in KINDS}
    assert 0 < met["garbage"][1] < CALLS
    assert met == {
        "latency": ({"ReadTimeoutError"}, CALLS),
        "throttling": ({"ProvisionedThroughputExceededException"}, 0),
        "server_error": ({"InternalServerError"}, 0),
        "reset": ({"ConnectionClosedError"}, 0),
        "garbage": ({"garbled"}, met["garbage"][1]),
        "lost_answer": ({"ConnectionClosedError"}, CALLS),
    }


def _met(servers: Bench, kind: str) -> tuple[set[str], int]:
    """What writes that meet a fault come to: the reasons that the store gives, and how many landed in the table."""
    table, reasons = f"{kind}-100", set()
    shelf, store = servers.shelf(table), servers.store(servers.faulty, table)
    people = [Person(f"somebody {number}") for number in range(CALLS)]
    for person in people:
        try:
            store.save(person, Progress())
        except StoreUnavailableError as refused:
            reasons.add(refused.reason)
    if kind == "latency":
        sleep(LATEST_SECONDS)
    return reasons, sum(shelf.store.load(person) is not None for person in people)


@pytest.mark.dynamodb_local
@pytest.mark.parametrize("share", ["10", "100", "writes"])
@pytest.mark.parametrize("kind", KINDS)
def test_behind_any_fault_nothing_is_lost_or_counted_twice_and_every_answer_is_in_time(
    servers: Bench, kind: str, share: str
) -> None:
    cell = servers.cell(kind, share, SESSIONS)
    assert len(cell.accounts) == cell.completed == SESSIONS
    assert cell.in_time == len(cell.seconds)
    assert (cell.difference.lost, cell.difference.twice) == (0, 0), cell.wronged


@pytest.mark.dynamodb_local
def test_without_a_fault_everything_is_kept(servers: Bench) -> None:
    cell = servers.cell("no_fault", "0", SESSIONS)
    assert cell.completed == SESSIONS
    assert cell.difference == Difference()


class Forgetful(MemoryStore):
    """Acknowledges what it does not write."""

    def save(self, person: Person, progress: Progress) -> Progress:
        return replace(progress, revision=progress.revision + 1)


class Unlisted(MemoryStore):
    """Acknowledges lists and maps of settings that it does not write."""

    def save(self, person: Person, progress: Progress) -> Progress:
        bare = replace(progress.preferences, left_out=(), variations={}, hold_ms={})
        return replace(super().save(person, replace(progress, preferences=bare)), preferences=progress.preferences)


class Confusing(MemoryStore):
    """Keeps what every voice says under the account by itself."""

    def save(self, person: Person, progress: Progress) -> Progress:
        return super().save(Person(person.account), progress)


class Doubling(MemoryStore):
    """Counts one exercise more with each write, and does not say so."""

    def save(self, person: Person, progress: Progress) -> Progress:
        stored = super().save(person, progress.counted("shoelace_stretch", EVENING.date()))
        return replace(progress, revision=stored.revision)


def test_the_bench_sees_what_is_lost() -> None:
    store = Forgetful()
    assert _evenings(store, Coach(store), 4).lost > 0


@pytest.mark.parametrize("kind", [Unlisted, Confusing])
def test_the_bench_sees_what_is_lost_of_lists_and_maps_and_between_two_voices(kind: type[MemoryStore]) -> None:
    store = kind()
    assert _evenings(store, Coach(store), 12).lost > 0


def test_the_bench_sees_what_nobody_was_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.conversation.machine.clause", lambda *_: None)
    store = MemoryStore()
    assert _evenings(store, Coach(SickStore(store, then=UNWRITABLE)), 12).unsaid > 0


def test_the_bench_sees_what_is_counted_twice() -> None:
    store = Doubling()
    assert _evenings(store, Coach(store), 4).twice > 0


def test_the_bench_sees_no_fault_where_there_is_none() -> None:
    store = MemoryStore()
    assert _evenings(store, Coach(store), 20) == Difference()


@pytest.mark.parametrize("away", [AWAY, UNWRITABLE])
def test_the_bench_tells_a_loss_from_what_nobody_could_have_kept_and_that_was_said(away: str) -> None:
    store = MemoryStore()
    difference = _evenings(store, Coach(SickStore(store, then=away)), 20)
    assert (difference.lost, difference.twice, difference.unsaid) == (0, 0, 0)
    assert difference.unkept > 0


def _evenings(store: MemoryStore, faulty: Coach, people: int) -> Difference:
    sound, difference = Coach(store), Difference()
    for number in range(people):
        difference += spend(f"person {number}", 1 + number % 2, faulty, sound).against(store)
    return difference
