"""Every store behind one face, for tests: how to open it, how to open it again, and how to look at what lies in it."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import boto3

from coach.persistence.repository import Person, ProgressRepository
from coach.persistence.stores.dynamodb import DynamoDBStore, _attribute
from coach.persistence.stores.memory import MemoryStore
from coach.persistence.stores.sqlite import SQLiteStore
from coach.persistence.stores.wire import Client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLE = "hip-coach-progress"
PATIENCE_S = 60
"""For a call to a table on this machine, which others may keep busy."""

KEY: dict[str, Any] = {"account": "HASH", "voice": "RANGE"}
"""The key of the table, as in infra/template.yaml."""


class Shelf(Protocol):
    """A store and a way behind its back. `wait` lets seconds pass, with what a table does by itself meanwhile; `lies`
    tells whether anything at all is stored under a person. `add` puts a field that this version does not know into a
    person's document, a preference when `preference` is true; `has` tells whether it is there. `spoil` puts something
    else into a field, and `ruin` leaves nothing that can be read.
    """

    store: ProgressRepository

    def reopened(self) -> ProgressRepository: ...
    def wait(self, seconds: float) -> None: ...
    def lies(self, person: Person) -> bool: ...
    def add(self, person: Person, field: str, value: str, *, preference: bool = False) -> None: ...
    def has(self, person: Person, field: str, value: str, *, preference: bool = False) -> bool: ...
    def spoil(self, person: Person, field: str, value: object) -> None: ...
    def ruin(self, person: Person) -> None: ...


class Clock:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self._ahead

    def wait(self, seconds: float) -> None:
        self._ahead += seconds


class MemoryShelf:
    def __init__(self) -> None:
        self._clock = Clock()
        self.store = MemoryStore(self._clock)

    def reopened(self) -> ProgressRepository:
        return self.store

    def wait(self, seconds: float) -> None:
        self._clock.wait(seconds)

    def lies(self, person: Person) -> bool:
        return person in self.store._rows

    def add(self, person: Person, field: str, value: str, *, preference: bool = False) -> None:
        revision, text = self.store._rows[person]
        self.store._rows[person] = (revision, _with(text, field, value, preference))

    def has(self, person: Person, field: str, value: str, *, preference: bool = False) -> bool:
        return _has(self.store._rows[person][1], field, value, preference)

    def spoil(self, person: Person, field: str, value: object) -> None:
        revision, text = self.store._rows[person]
        self.store._rows[person] = (revision, json.dumps({**json.loads(text), field: value}))

    def ruin(self, person: Person) -> None:
        self.store._rows[person] = (-1, "{")


class SQLiteShelf:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._clock = Clock()
        self.store = SQLiteStore(path, self._clock)

    def reopened(self) -> ProgressRepository:
        return SQLiteStore(self._path, self._clock)

    def wait(self, seconds: float) -> None:
        self._clock.wait(seconds)

    def lies(self, person: Person) -> bool:
        return self._row(person) is not None

    def add(self, person: Person, field: str, value: str, *, preference: bool = False) -> None:
        self._write(person, _with(self._text(person), field, value, preference))

    def has(self, person: Person, field: str, value: str, *, preference: bool = False) -> bool:
        return _has(self._text(person), field, value, preference)

    def spoil(self, person: Person, field: str, value: object) -> None:
        self._write(person, json.dumps({**json.loads(self._text(person)), field: value}))

    def ruin(self, person: Person) -> None:
        with closing(sqlite3.connect(self._path)) as connection, connection:
            ruined = ("many", b"{\xff", person.account)
            connection.execute("UPDATE progress SET revision = ?, document = ? WHERE person = ?", ruined)

    def _text(self, person: Person) -> str:
        row = self._row(person)
        assert row
        return str(row[0])

    def _row(self, person: Person) -> tuple[Any, ...] | None:
        with closing(sqlite3.connect(self._path)) as connection:
            rows = connection.execute("SELECT document FROM progress WHERE person = ?", (person.account,))
            row: tuple[Any, ...] | None = rows.fetchone()
        return row

    def _write(self, person: Person, text: str) -> None:
        with closing(sqlite3.connect(self._path)) as connection, connection:
            connection.execute("UPDATE progress SET document = ? WHERE person = ?", (text, person.account))


class DynamoDBShelf:
    """A fresh table at the endpoint of the environment, or of a `client`. Its store calls it as boto3 does, where no
    other `calls` are given.
    """

    def __init__(
        self, table: str = TABLE, calls: Client | DynamoDBClient | None = None, client: DynamoDBClient | None = None
    ) -> None:
        self.client: DynamoDBClient = client or boto3.client("dynamodb")
        self.table = table
        self._clock = Clock()
        self.client.create_table(
            TableName=table,
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in KEY],
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in KEY.items()],
            BillingMode="PAY_PER_REQUEST",
        )
        ttl: Any = {"Enabled": True, "AttributeName": "expires"}
        self.client.update_time_to_live(TableName=table, TimeToLiveSpecification=ttl)
        self._calls = calls or self.client
        self.store = DynamoDBStore(self._calls, table)

    def reopened(self) -> ProgressRepository:
        return DynamoDBStore(self._calls, self.table)

    def wait(self, seconds: float) -> None:
        # What the table's time to live does by itself, some time after an item has expired.
        self._clock.wait(seconds)
        for item in self.client.scan(TableName=self.table)["Items"]:
            if int(item["expires"]["N"]) <= self._clock():
                key = {name: item[name] for name in KEY}
                self.client.delete_item(TableName=self.table, Key=key)

    def lies(self, person: Person) -> bool:
        return "Item" in self.client.get_item(TableName=self.table, Key=_key(person))

    def item(self, person: Person) -> dict[str, Any]:
        return dict(self.client.get_item(TableName=self.table, Key=_key(person))["Item"])

    def add(self, person: Person, field: str, value: str, *, preference: bool = False) -> None:
        self.set(person, _name(field, preference), {"S": value})

    def has(self, person: Person, field: str, value: str, *, preference: bool = False) -> bool:
        return bool(self.item(person).get(_name(field, preference)) == {"S": value})

    def spoil(self, person: Person, field: str, value: object) -> None:
        self.set(person, field, _attribute(value))

    def ruin(self, person: Person) -> None:
        for name in self.item(person).keys() - KEY.keys():
            self.set(person, name, {"SS": ["many"]})

    def set(self, person: Person, name: str, value: Any) -> None:
        self.client.update_item(
            TableName=self.table,
            Key=_key(person),
            UpdateExpression="SET #name = :value",
            ExpressionAttributeNames={"#name": name},
            ExpressionAttributeValues={":value": value},
        )


def _with(text: str, field: str, value: str, preference: bool) -> str:
    return json.dumps({**json.loads(text), _name(field, preference): value})


def _has(text: str, field: str, value: str, preference: bool) -> bool:
    return bool(json.loads(text).get(_name(field, preference)) == value)


def _name(field: str, preference: bool) -> str:
    return f"pref_{field}" if preference else field


def _key(person: Person) -> Any:
    return {"account": {"S": person.account}, "voice": {"S": person.voice or "-"}}
