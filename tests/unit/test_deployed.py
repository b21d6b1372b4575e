"""The bench of what is deployed can be believed: its table checks conditions, and its figures tell their noise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest

from bench.deployed.conditions import Condition, UnknownExpressionError, updated
from bench.deployed.figures import Figure, Run, figure, ratio
from bench.deployed.goals import GOALS, Goal, Of
from bench.deployed.lives import EVENING, evenings
from bench.deployed.serving import Served, serving
from coach.errors import ConflictError
from coach.persistence.progress import Progress
from coach.persistence.repository import Person, ProgressRepository
from coach.persistence.stores import open_store
from coach.persistence.stores.wire import AMAZON_ROOTS

SOMEBODY = Person("somebody")
ITEM = {"rev": {"N": "10"}, "v": {"N": "3"}, "at": {"S": "here"}}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("table")) as served:
        yield served


@pytest.fixture
def store(served: Served, request: pytest.FixtureRequest) -> Iterator[ProgressRepository]:
    with mock.patch.dict(os.environ, served.environment(AMAZON_ROOTS)):
        yield open_store(f"dynamodb://{request.node.name}")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("rev = :ten", True),
        ("rev = :nine", False),
        ("rev <> :nine AND attribute_exists(v)", True),
        ("attribute_exists(gone) OR rev < :ten", False),
        ("NOT attribute_type(rev, :number)", False),
        ("NOT attribute_type(rev, :number) OR NOT rev BETWEEN :nine AND :ten", False),
        ("attribute_not_exists(rev)", False),
        ("(attribute_not_exists(#at) OR #at = :here) AND rev >= :nine", True),
        ("rev > :here", False),
        ("missing = :ten", False),
    ],
)
def test_a_condition_holds_or_does_not(text: str, holds: bool) -> None:
    values = {":nine": {"N": "9"}, ":ten": {"N": "10"}, ":number": {"S": "N"}, ":here": {"S": "here"}}
    assert Condition(text, {"#at": "at"}, values).holds(ITEM) is holds


@pytest.mark.parametrize("text", ["size(rev) > :n", "rev", "rev = :n rev", "rev IN (:n)", "rev + :n", "(rev = :n"])
def test_a_condition_that_is_not_understood_is_not_taken_for_true(text: str) -> None:
    with pytest.raises(UnknownExpressionError):
        Condition(text, {}, {":n": {"N": "1"}}).holds(ITEM)


def test_an_update_sets_and_removes() -> None:
    changed = updated(
        ITEM, "SET #0 = :0, v = :1 REMOVE #1", {"#0": "new", "#1": "at"}, {":0": {"S": "x"}, ":1": {"N": "4"}}
    )
    assert changed == {"rev": {"N": "10"}, "v": {"N": "4"}, "new": {"S": "x"}}
    with pytest.raises(UnknownExpressionError):
        updated(ITEM, "SET rev = rev + :0", {}, {":0": {"N": "1"}})


def test_a_write_that_counts_on_an_older_one_is_refused(store: ProgressRepository) -> None:
    first = store.save(SOMEBODY, Progress(touched=1_795_000_000))
    assert store.load(SOMEBODY) == first
    store.save(SOMEBODY, first)
    with pytest.raises(ConflictError):
        store.save(SOMEBODY, first)
    assert store.people("somebody") == [SOMEBODY]


def test_calls_and_bytes_are_counted(store: ProgressRepository, served: Served, request: pytest.FixtureRequest) -> None:
    store.load(SOMEBODY)
    store.save(SOMEBODY, Progress(touched=1_795_000_000))
    counted = served.counted(request.node.name)
    assert counted["calls"] == {"GetItem": 1, "UpdateItem": 1}
    assert counted["asked"] > counted["item"] > 0


def run(cpu: float) -> Run:
    turn = {"cpu": cpu, "wall": cpu, "bytes": 1, "said": ""}
    return Run({"started": {"cpu": cpu, "wall": cpu}, "sessions": [[turn], [turn]], "memory": 2**20, "modules": 1})


def test_what_the_machine_did_to_a_whole_round_is_no_noise_of_a_ratio() -> None:
    busy = [run(ms) for ms in (10, 30, 20, 50, 40)]
    twice = [run(2 * ms) for ms in (10, 30, 20, 50, 40)]
    assert figure(busy, "cold").noise > 0
    assert ratio(twice, busy, "cold") == Figure(2, 0)


def test_a_goal_is_missed_by_more_than_its_noise() -> None:
    goal = Goal(Of.RATIO, 0.6, 0.4)
    told = {value: goal.verdict(Figure(value, 0.05)) for value in (0.39, 0.6, 0.64, 0.66)}
    assert told == {0.39: "reached", 0.6: "met", 0.64: "met within the noise", 0.66: "missed"}
    assert all(goal.reach < goal.most for goal in GOALS.values())


def test_a_life_is_told_in_the_order_in_which_it_is_lived_and_ends_each_session_with_stop() -> None:
    sessions: list[list[dict[str, Any]]] = evenings(3)
    times = [event["request"]["timestamp"] for session in sessions for event in session]
    assert times == sorted(times)
    assert len({event["session"]["sessionId"] for session in sessions for event in session}) == len(sessions)
    assert [event["session"]["new"] for event in sessions[1]] == [True, *[False] * (len(EVENING) - 1)]
    assert sessions[0][-1]["request"]["intent"]["name"] == "AMAZON.StopIntent"
