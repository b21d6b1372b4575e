"""What only a table over a network has: an item of a certain size and age, and a network that fails."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from coach.errors import StoreUnavailableError
from coach.persistence.progress import Applied
from coach.persistence.repository import Person, ProgressRepository
from coach.persistence.stores import wire
from coach.persistence.stores.dynamodb import KEPT_SECONDS, DynamoDBStore
from coach.persistence.stores.wire import client
from tests.adapters.people import NOW, beginner, veteran
from tests.adapters.serving import serving
from tests.adapters.shelves import DynamoDBShelf
from tests.patience import PATIENCE_SECONDS

SOMEBODY = Person("5f2b6a1d0c9e48f7b3a2d1c0e9f8a7b6")
Call = Callable[[ProgressRepository], object]
CALLS = {
    "load": lambda store: store.load(SOMEBODY),
    "save": lambda store: store.save(SOMEBODY, beginner()),
    "forget": lambda store: store.forget(SOMEBODY),
    "people": lambda store: store.people(SOMEBODY.account),
}
calls = pytest.mark.parametrize("call", CALLS.values(), ids=list(CALLS))


@pytest.mark.parametrize("restless", [False, True])
def test_the_item_of_a_veteran_is_little_over_one_kilobyte_and_under_two_while_they_are_coached(
    moto_shelf: DynamoDBShelf, restless: bool
) -> None:
    person = veteran(restless=restless)
    stands = moto_shelf.store.save(SOMEBODY, replace(person, spoken=None))
    assert _bytes(moto_shelf.item(SOMEBODY)) < 1_300
    moto_shelf.store.save(SOMEBODY, replace(person, revision=stands.revision, applied=person.applied[1:]))
    assert _bytes(moto_shelf.item(SOMEBODY)) < 2_048


def test_an_item_does_not_grow_with_the_years(moto_shelf: DynamoDBShelf) -> None:
    moto_shelf.store.save(Person("one"), veteran(years=1))
    moto_shelf.store.save(Person("three"), veteran(years=3))
    grown = _bytes(moto_shelf.item(Person("three"))) - _bytes(moto_shelf.item(Person("one")))
    assert 0 <= grown <= 2 * len(veteran().met)


def test_an_item_expires_four_hundred_days_after_the_last_turn(moto_shelf: DynamoDBShelf) -> None:
    progress = moto_shelf.store.save(SOMEBODY, beginner())
    assert moto_shelf.item(SOMEBODY)["expires"] == {"N": str(NOW + KEPT_SECONDS)}
    moto_shelf.store.save(SOMEBODY, replace(progress, applied=(Applied("later", 1, "r"),), touched=NOW + 60))
    assert moto_shelf.item(SOMEBODY)["expires"] == {"N": str(NOW + 60 + KEPT_SECONDS)}


def test_a_number_with_a_point_that_a_newer_coach_wrote_does_no_harm(moto_shelf: DynamoDBShelf) -> None:
    progress = moto_shelf.store.save(SOMEBODY, beginner())
    moto_shelf.set(SOMEBODY, "warmth", {"N": "0.5"})
    moto_shelf.set(SOMEBODY, "tags", {"SS": ["a", "b"]})
    assert moto_shelf.store.load(SOMEBODY) == progress
    moto_shelf.store.save(SOMEBODY, replace(progress, applied=(Applied("later", 1, "r"),)))
    assert moto_shelf.item(SOMEBODY)["warmth"] == {"N": "0.5"}


@calls
def test_a_table_that_is_not_there_is_a_store_that_is_unavailable(moto_shelf: DynamoDBShelf, call: Call) -> None:
    with pytest.raises(StoreUnavailableError) as told:
        call(DynamoDBStore(moto_shelf.client, "another-table"))
    assert told.value.reason == "ResourceNotFoundException"


@calls
def test_a_table_that_nobody_listens_for_is_told_at_once(aws: pytest.MonkeyPatch, call: Call) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        store = _store(aws, taken.getsockname()[1])
        with pytest.raises(StoreUnavailableError) as told:
            call(store)
    assert told.value.reason == "EndpointConnectionError"


def test_the_two_calls_of_a_turn_are_over_within_three_seconds() -> None:
    attempt = wire.CONNECT_SECONDS + wire.READ_SECONDS
    assert wire.ATTEMPTS * attempt + wire.BETWEEN_SECONDS <= wire.CALL_SECONDS
    assert 2 * wire.CALL_SECONDS < 3


@calls
def test_a_table_that_never_answers_is_not_waited_for(aws: pytest.MonkeyPatch, call: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = _store(aws, silent.getsockname()[1])
        with pytest.raises(StoreUnavailableError) as told:
            call(store)
    assert told.value.reason == "ReadTimeoutError"


@calls
@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (400, {"__type": "x#ProvisionedThroughputExceededException"}, "ProvisionedThroughputExceededException"),
        (400, {"__type": "x#ThrottlingException"}, "ThrottlingException"),
        (400, {"__type": "x#AccessDeniedException"}, "AccessDeniedException"),
        (500, {"__type": "x#InternalServerError"}, "InternalServerError"),
        (503, "Service Unavailable", "503"),
        (200, "<html>Please log in to the network</html>", "garbled"),
        (200, {}, "garbled"),
        (200, [], "garbled"),
        (200, {"Item": "none"}, "garbled"),
        (200, {"ConsumedCapacity": 5}, "garbled"),
        (200, {"ConsumedCapacity": ["TableName"]}, "garbled"),
        (200, [1, 2], "garbled"),
        (200, "", "garbled"),
        (200, "[" * 100_000, "RecursionError"),
        (400, "[" * 100_000, "RecursionError"),
    ],
)
def test_whatever_a_sick_table_answers_is_told(
    aws: pytest.MonkeyPatch, call: Call, status: int, body: object, reason: str
) -> None:
    _be_patient(aws)
    with _answering(status, body) as port:
        store = _store(aws, port)
        with pytest.raises(StoreUnavailableError) as told:
            call(store)
    assert told.value.reason == reason


@pytest.mark.parametrize("items", [5, [5], ["voice"], [{}], [{"voice": "S"}], None])
def test_a_household_that_does_not_read_is_no_household(aws: pytest.MonkeyPatch, items: object) -> None:
    _be_patient(aws)
    with _answering(200, {"Items": items, "ConsumedCapacity": {"TableName": "hip-coach-progress"}}) as port:
        store = _store(aws, port)
        with pytest.raises(StoreUnavailableError) as told:
            store.people(SOMEBODY.account)
    assert told.value.reason == "garbled"


@calls
def test_an_answer_that_trickles_in_is_not_waited_for(aws: pytest.MonkeyPatch, call: Call) -> None:
    aws.setattr(wire, "READ_SECONDS", PATIENCE_SECONDS)
    aws.setattr(wire, "CALL_SECONDS", 0.3)
    with _trickling() as port:
        store = _store(aws, port)
        with pytest.raises(StoreUnavailableError) as told:
            call(store)
    assert told.value.reason == "ReadTimeoutError"


@calls
def test_no_id_is_told_in_an_error_or_a_log(
    aws: pytest.MonkeyPatch, call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    _be_patient(aws)
    sick = {"__type": "x#InternalServerError", "message": SOMEBODY.account}
    with _answering(500, sick) as port, pytest.raises(StoreUnavailableError) as told:
        call(_store(aws, port))
    assert SOMEBODY.account not in f"{told.value!r} {told.value.__cause__} {caplog.text}"


def _be_patient(aws: pytest.MonkeyPatch) -> None:
    aws.setattr(wire, "READ_SECONDS", PATIENCE_SECONDS)
    aws.setattr(wire, "CALL_SECONDS", PATIENCE_SECONDS)


def _store(aws: pytest.MonkeyPatch, port: int) -> DynamoDBStore:
    aws.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{port}")
    return DynamoDBStore(client(), "hip-coach-progress")


@contextmanager
def _trickling() -> Iterator[int]:
    """The port of a server that begins an answer at once and never ends it: a byte now and then, until it gives up."""
    over = threading.Event()

    class Trickle(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            for _ in range(5 * PATIENCE_SECONDS):
                if over.wait(0.2):
                    break
                self.wfile.write(b" ")

    with serving(Trickle) as port:
        try:
            yield port
        finally:
            over.set()


@contextmanager
def _answering(status: int, body: object) -> Iterator[int]:
    """The port of a server that gives the same answer to everything."""
    payload = (body if isinstance(body, str) else json.dumps(body)).encode()

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

    with serving(Answer) as port:
        yield port


def _bytes(value: Any) -> int:
    """The size of an item or of a value in it, as DynamoDB reckons it, rounded up."""
    if "S" in value and isinstance(value["S"], str):
        return len(value["S"].encode())
    if "N" in value and isinstance(value["N"], str):
        return len(value["N"]) // 2 + 2
    if "BOOL" in value or "NULL" in value:
        return 1
    if "L" in value:
        return 3 + sum(1 + _bytes(each) for each in value["L"])
    if "M" in value:
        return 3 + sum(1 + len(name.encode()) + _bytes(each) for name, each in value["M"].items())
    return sum(len(name.encode()) + _bytes(each) for name, each in value.items())
