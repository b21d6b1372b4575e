"""Stores to test: those that need nothing by default, and Amazon's DynamoDB Local with `-m dynamodb_local`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import boto3
import pytest
from moto import mock_aws

from coach.persistence.stores import wire
from tests.adapters.dynamodb_local.server import DynamoDBLocal
from tests.adapters.shelves import PATIENCE_S, DynamoDBShelf, MemoryShelf, Shelf, SQLiteShelf
from tests.patience import PATIENCE_SECONDS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LOCAL = pytest.param("dynamodb_local", marks=pytest.mark.dynamodb_local)


@pytest.fixture(params=["memory", "sqlite", "moto", LOCAL])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """Every store, one after the other."""
    return _opened(request)


# moto checks a condition and writes in two steps, so it cannot stand for a table that many write to.
@pytest.fixture(params=["memory", "sqlite", LOCAL])
def busy_shelf(request: pytest.FixtureRequest) -> Shelf:
    """Every store that keeps its word to many at once."""
    return _opened(request)


def _opened(request: pytest.FixtureRequest) -> Shelf:
    shelf: Shelf = request.getfixturevalue(f"{request.param}_shelf")
    return shelf


@pytest.fixture
def memory_shelf() -> MemoryShelf:
    return MemoryShelf()


@pytest.fixture
def sqlite_shelf(tmp_path: Path) -> SQLiteShelf:
    return SQLiteShelf(tmp_path / "progress.sqlite")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """AWS's own variables, with credentials of nobody and no endpoint yet."""
    return _of_nobody(monkeypatch)


def _of_nobody(environ: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }.items():
        environ.setenv(name, value)
    for name in (
        "AWS_PROFILE",
        "AWS_REGION",
        "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_DYNAMODB",
        "AWS_CA_BUNDLE",
        *wire.OTHER_WAYS,
    ):
        environ.delenv(name, raising=False)
    return environ


@pytest.fixture
def patient(aws: pytest.MonkeyPatch) -> None:
    aws.setattr(wire, "READ_SECONDS", PATIENCE_SECONDS)
    aws.setattr(wire, "CONNECT_SECONDS", PATIENCE_SECONDS)
    aws.setattr(wire, "CALL_SECONDS", PATIENCE_SECONDS)
    aws.setattr(wire, "BETWEEN_SECONDS", 0)


@pytest.fixture(scope="session")
def moto_client() -> DynamoDBClient:
    """A client for every table of moto: to make one takes longer than most that is tried with it."""
    with pytest.MonkeyPatch.context() as environ:
        _of_nobody(environ)
        return boto3.client("dynamodb")


@pytest.fixture
def moto_shelf(aws: pytest.MonkeyPatch, moto_client: DynamoDBClient) -> Iterator[DynamoDBShelf]:
    with mock_aws():
        yield DynamoDBShelf(client=moto_client)


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DynamoDBLocal]:
    """One server for all tests that do not kill it."""
    server = DynamoDBLocal(tmp_path_factory.mktemp("dynamodb"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def dynamodb_local_shelf(shared_server: DynamoDBLocal, aws: pytest.MonkeyPatch) -> DynamoDBShelf:
    """A table of its own on the server, called as it is on AWS, only more patiently."""
    aws.setenv("AWS_ENDPOINT_URL_DYNAMODB", shared_server.url)
    aws.setattr(wire, "READ_SECONDS", PATIENCE_S)
    aws.setattr(wire, "CALL_SECONDS", PATIENCE_S)
    return DynamoDBShelf(f"hip-coach-{uuid4().hex}", wire.client())


@pytest.fixture
def server(tmp_path: Path, aws: pytest.MonkeyPatch) -> Iterator[DynamoDBLocal]:
    """A server of this test's own, to kill."""
    server = DynamoDBLocal(tmp_path)
    server.start()
    aws.setenv("AWS_ENDPOINT_URL_DYNAMODB", server.url)
    yield server
    server.kill()
