"""Connections to one endpoint that are kept from call to call: Python's own client of HTTP, and its own of TLS.

botocore's stand on urllib3, which does more for each call than is of use here, and takes twice as long
(docs/performance.md).

Rule: one answer for one request, on a connection that nobody else has meanwhile, or none by the time that was given;
nothing is tried again. What goes wrong is raised as botocore does.
"""

from __future__ import annotations

import re
import ssl
from collections import deque
from concurrent.futures import Executor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from io import BufferedReader, RawIOBase
from socket import socket
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from botocore.awsrequest import AWSRequest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util.wait import wait_for_read

BODILESS = (b"204", b"304")
"""What has no body, whatever its length is said to be."""

_PLAIN_HEAD = re.compile(rb"HTTP/1\.1 ([2-5]\d\d) [^\r\n]*\r\n([!-9;-~]+:[^\r\n]*(?:\r\n[!-9;-~]+:[^\r\n]*)*)\r\n\r\n")
_LENGTH = re.compile("[0-9]{1,12}")


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the body, and the checksum that was told with it, empty if none was."""

    status: int
    content: bytes
    checksum: str


class Until(RawIOBase):
    """What comes in on a connection until a moment, by `monotonic`: the time-out of a socket alone is that of each part
    of an answer, and one that trickles in has no end. For one part it waits so many `seconds`, for the next as many.
    """

    def __init__(self, connection: socket, seconds: float, until: float) -> None:
        self._connection, self._seconds, self._until = connection, seconds, until
        # It stays open for as long as this is, even when the connection is let go of.
        self._coming = connection.makefile("rb", buffering=0)

    def makefile(self, _mode: str) -> BufferedReader:
        """See socket."""
        return BufferedReader(self)

    def readable(self) -> bool:
        """See RawIOBase."""
        return True

    def readinto(self, buffer: Any) -> int:
        """See RawIOBase. Raises TimeoutError."""
        self._connection.settimeout(_left(self._until, self._seconds))
        return self._coming.readinto(buffer) or 0

    def close(self) -> None:
        """See RawIOBase."""
        self._coming.close()
        super().close()


class Reply(HTTPResponse):
    """What comes back for a request. A head that is all there and of which nothing is out of the ordinary is read here:
    the library has each parsed as that of a mail, for a fiftieth of a warm turn. It reads all others.
    """

    def __init__(self, coming: Any, method: str | None) -> None:
        super().__init__(coming, method=method)
        self._has_body = method != "HEAD"
        self.told: HTTPMessage | dict[str, str] = {}
        """The fields of the head, by their names in small letters."""

    def begin(self) -> None:
        """See HTTPResponse."""
        found = _PLAIN_HEAD.match(self.fp.peek())
        lines = found[2].decode("iso-8859-1").split("\r\n") if found else []
        parts = [line.partition(":") for line in lines]
        told = {name.lower(): value.lstrip(" \t") for name, _, value in parts}
        length = told.get("content-length", "")
        is_plain = self._has_body and len(told) == len(lines) and "transfer-encoding" not in told
        if not (found and is_plain and _LENGTH.fullmatch(length)) or found[1] in BODILESS:
            super().begin()
            self.told = self.headers
            return
        self.fp.read(found.end())
        self.status, self.chunked, self.length = int(found[1]), False, int(length)
        self.will_close = "close" in told.get("connection", "").lower()
        self.told = told


class Connections:
    """Any number of them, each made when one is needed and none is free: in a thread `beside`, as nothing else ends the
    search for an address. `trusted` is a file of authorities; it takes `connect_seconds` at most until a connection
    stands, and `read_seconds` until anything comes.
    """

    def __init__(
        self, endpoint: str, trusted: str, beside: Executor, *, connect_seconds: float, read_seconds: float
    ) -> None:
        self._endpoint, parts = endpoint, urlsplit(endpoint)
        self._host, self._port = parts.hostname or "", parts.port
        self._named = parts.netloc.removesuffix(":443" if parts.scheme == "https" else ":80")
        self._tls = ssl.create_default_context(cafile=trusted) if parts.scheme == "https" else None
        self._beside, self._connect_seconds, self._read_seconds = beside, connect_seconds, read_seconds
        self._free: deque[HTTPConnection] = deque()

    def send(self, request: AWSRequest, until: float) -> Answer:
        """The answer to a request by a moment, as `monotonic` has it. Raises a BotoCoreError where there is none."""
        connection = self._standing() or self._made_by(until)
        # All that it asks of a socket is a file to read from.
        in_time: Any = Until(connection.sock, self._read_seconds, until)
        answer = Reply(in_time, request.method)
        try:
            connection.send(_in_one_piece(request, self._named))
            answer.begin()
            content = answer.read()
        except (OSError, HTTPException) as error:
            connection.close()
            raise self._unanswered(error) from error
        if answer.will_close:
            connection.close()
        else:
            self._free.append(connection)
        return Answer(answer.status, content, answer.told.get("x-amz-crc32", ""))

    def _standing(self) -> HTTPConnection | None:
        """A connection that is free. One on which there is something to read was closed by the other side."""
        while self._free:
            connection = self._free.pop()
            if not wait_for_read(connection.sock, timeout=0):
                return connection
            connection.close()
        return None

    def _made_by(self, until: float) -> HTTPConnection:
        try:
            return self._beside.submit(self._made).result(_left(until))
        except TimeoutError as error:
            raise ConnectTimeoutError(endpoint_url=self._endpoint, error=error) from error

    def _made(self) -> HTTPConnection:
        seconds = self._connect_seconds
        if self._tls:
            made: HTTPConnection = HTTPSConnection(self._host, self._port, timeout=seconds, context=self._tls)
        else:
            made = HTTPConnection(self._host, self._port, timeout=seconds)
        try:
            made.connect()
        except ssl.SSLError as error:
            raise SSLError(endpoint_url=self._endpoint, error=error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(endpoint_url=self._endpoint, error=error) from error
        except OSError as error:
            raise EndpointConnectionError(endpoint_url=self._endpoint, error=error) from error
        made.sock.settimeout(self._read_seconds)
        return made

    def _unanswered(self, error: Exception) -> Exception:
        if isinstance(error, TimeoutError):
            return ReadTimeoutError(endpoint_url=self._endpoint, error=error)
        return ConnectionClosedError(endpoint_url=self._endpoint, error=error)


def _in_one_piece(request: AWSRequest, host: str) -> bytes:
    """A request as it is sent: its head and its body apart would be two records of TLS and two packets. It is for that
    host, unless it names one itself.
    """
    body = request.data or b""
    told = [f"{name}: {value}" for name, value in request.headers.items()]
    if "Host" not in request.headers:
        told.append(f"Host: {host}")
    told += ["Accept-Encoding: identity", f"Content-Length: {len(body)}"]
    return "\r\n".join([f"{request.method} {_target(request.url or '')} HTTP/1.1", *told, "", ""]).encode() + body


def _target(url: str) -> str:
    """What is asked of a host by an address."""
    parts = urlsplit(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _left(until: float, most: float = float("inf")) -> float:
    """The seconds until a moment, or so many if that is further away. Raises TimeoutError once it is past."""
    left = min(until - monotonic(), most)
    if left <= 0:
        raise TimeoutError
    return left
