"""A table behind TLS that speaks DynamoDB's JSON: as small and quick as it can be, and it counts what it is asked.

    python -m bench.deployed.table CERTIFICATE KEY

It prints its port, and ends with its standard input. Tables are made when they are named. `GET /TABLE` tells what was
counted of one.

Rule: it stands in a process of its own, so that nothing of it is in a subject's time; conditions are really checked,
and what it does not know it refuses.
"""

from __future__ import annotations

import json
import ssl
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench.deployed.conditions import Condition, Item, UnknownExpressionError, updated

KEYS = ("account", "voice"), ("id",)
"""The keys of the tables of the coach and of the adapter of Amazon's SDK."""

TYPES = "com.amazonaws.dynamodb.v20120810#"
Json = dict[str, Any]
Key = tuple[str, ...]


class RefusedError(Exception):
    """The table says no: the kind of exception, and what goes with it."""

    def __init__(self, kind: str, **told: Any) -> None:
        super().__init__(kind)
        self.told = {"__type": TYPES + kind, "message": kind, **told}


@dataclass
class Counted:
    """What a table was asked: how often each operation, and the bytes of the bodies."""

    calls: Counter[str] = field(default_factory=Counter)
    asked_bytes: int = 0
    told_bytes: int = 0


class Table:
    """Items by their keys. An operation is one at a time."""

    def __init__(self) -> None:
        self.counted = Counted()
        self._items: dict[Key, Item] = {}
        self._one_at_a_time = threading.Lock()

    def answer(self, operation: str, asked: Json) -> Json:
        """What an operation comes to. Raises RefusedError."""
        operations: dict[str, Callable[[Json], Json]] = {
            "GetItem": self._get,
            "PutItem": self._put,
            "UpdateItem": self._update,
            "DeleteItem": self._delete,
            "Query": self._query,
        }
        if operation not in operations:
            raise RefusedError("UnknownOperationException")
        with self._one_at_a_time:
            told = operations[operation](asked)
        if asked.get("ReturnConsumedCapacity", "NONE") != "NONE":
            told["ConsumedCapacity"] = {"TableName": asked["TableName"], "CapacityUnits": 1.0}
        return told

    def item_bytes(self) -> int:
        """The bytes of all items, as they are told."""
        return sum(len(json.dumps(item, separators=(",", ":")).encode()) for item in self._items.values())

    def _get(self, asked: Json) -> Json:
        item = self._items.get(_key(asked["Key"]))
        return {"Item": item} if item else {}

    def _put(self, asked: Json) -> Json:
        key = _key({name: asked["Item"][name] for name in _names(asked["Item"])})
        self._checked(asked, key)
        self._items[key] = asked["Item"]
        return {}

    def _update(self, asked: Json) -> Json:
        key = _key(asked["Key"])
        item = self._checked(asked, key)
        names, values = asked.get("ExpressionAttributeNames", {}), asked.get("ExpressionAttributeValues", {})
        self._items[key] = updated(item, asked["UpdateExpression"], names, values) | asked["Key"]
        return {}

    def _delete(self, asked: Json) -> Json:
        key = _key(asked["Key"])
        self._checked(asked, key)
        self._items.pop(key, None)
        return {}

    def _query(self, asked: Json) -> Json:
        found = [item for item in self._items.values() if self._meets(asked, "KeyConditionExpression", item)]
        left = [item for item in found if self._meets(asked, "FilterExpression", item)]
        return {"Items": left, "Count": len(left), "ScannedCount": len(found)}

    def _checked(self, asked: Json, key: Key) -> Item:
        item = self._items.get(key, {})
        if not self._meets(asked, "ConditionExpression", item):
            old = asked.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" and item
            raise RefusedError("ConditionalCheckFailedException", **({"Item": item} if old else {}))
        return item

    @staticmethod
    def _meets(asked: Json, which: str, item: Item) -> bool:
        if which not in asked:
            return True
        names, values = asked.get("ExpressionAttributeNames", {}), asked.get("ExpressionAttributeValues", {})
        try:
            return Condition(asked[which], names, values).holds(item)
        except UnknownExpressionError as error:
            raise RefusedError("ValidationException", detail=str(error)) from None


class Handler(BaseHTTPRequestHandler):
    """One connection, which is kept."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        """An operation."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = json.loads(body)
        operation = self.headers["X-Amz-Target"].rpartition(".")[2]
        table = self.server.tables[asked["TableName"]]
        status, told = 200, {}
        try:
            told = table.answer(operation, asked)
        except RefusedError as refused:
            status, told = 400, refused.told
        answer = json.dumps(told, separators=(",", ":")).encode()
        counted = table.counted
        counted.calls[operation if status == 200 else f"{operation} refused"] += 1
        counted.asked_bytes += len(body)
        counted.told_bytes += len(answer)
        self._send(status, answer)

    def do_GET(self) -> None:
        """What was counted of a table, and how large it is."""
        table = self.server.tables[self.path.strip("/")]
        counted = table.counted
        told = {"calls": counted.calls, "asked": counted.asked_bytes, "told": counted.told_bytes}
        self._send(200, json.dumps(told | {"item": table.item_bytes()}).encode())

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    def _send(self, status: int, body: bytes) -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("x-amzn-RequestId", "BENCH")
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Tables by name, behind TLS. Hands are shaken in the thread of a connection, so that none waits for another."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, certificate: str, key: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.tables: defaultdict[str, Table] = defaultdict(Table)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, *_: object) -> None:
        """A connection that its client let go is no matter; anything else is told."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            print(f"The table failed: {error!r}", file=sys.stderr, flush=True)


def _names(item: Item) -> tuple[str, ...]:
    return next(names for names in KEYS if all(name in item for name in names))


def _key(key: Item) -> Key:
    return tuple(key[name]["S"] for name in _names(key))


def main() -> None:
    """Serve until nobody is there any more."""
    server = Server(sys.argv[1], sys.argv[2])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
