"""A table that answers as a test says, for the client of the table to call."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from coach.persistence.stores import wire
from tests.adapters.serving import serving

GET: dict[str, Any] = {"TableName": "hip-coach", "Key": {"account": {"S": "somebody"}}, "ConsistentRead": True}
FOUND = {"Item": {"account": {"S": "somebody"}, "rev": {"N": "3"}}, "ConsumedCapacity": {"TableName": "hip-coach"}}


class Table:
    """A server on this machine that gives `answers` one after the other, the last one ever after: a status and a body,
    or None for a connection that is closed without one. It keeps what it was sent.
    """

    def __init__(self, *answers: tuple[int, object] | None, headers: dict[str, str] | None = None) -> None:
        self.answers = list(answers)
        self.headers = headers or {}
        self.sent: list[tuple[dict[str, str], Any]] = []
        self.connections: set[Any] = set()

    @contextmanager
    def serving(self, tls: ssl.SSLContext | None = None) -> Iterator[int]:
        table = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                table.connections.add(self.client_address)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                table.sent.append(({name.lower(): value for name, value in self.headers.items()}, json.loads(body)))
                table.connections.add(self.client_address)
                answer = table.answers.pop(0) if len(table.answers) > 1 else table.answers[0]
                if answer is None:
                    self.close_connection = True
                    return
                status, told = answer
                payload = (told if isinstance(told, str) else json.dumps(told)).encode()
                self.send_response(status)
                for name, value in {"Content-Length": str(len(payload)), **table.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(payload)

        with serving(Handler, tls) as port:
            yield port


@contextmanager
def calling(aws: pytest.MonkeyPatch, table: Table) -> Iterator[Any]:
    with table.serving() as port:
        aws.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{port}")
        yield wire.client()
