"""Alexa is answered while somebody else does to the endpoint what costs them nothing."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection

import pytest

from infra import certificates, server
from infra.certificates import WAITING_MAX
from tests.infra.amazon import PATH, Amazon
from tests.infra.own_server import LAUNCH, Headers, Web, endpoint, post, until
from tests.patience import PATIENCE_SECONDS


@dataclass
class Silent(Web):
    """Certificates that nobody has published are never heard of, until they are let go."""

    asked: list[str] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)

    def fetch(self, path: str) -> bytes:
        if path == PATH:
            return super().fetch(path)
        self.asked.append(path)
        self.let_go.wait(PATIENCE_SECONDS)
        raise TimeoutError

    def unsigned(self, number: int) -> Headers:
        address = f"https://s3.amazonaws.com/echo.api/invented-{number}.pem"
        return self.signed(LAUNCH, SignatureCertChainUrl=address, **{"Signature-256": "AAAA"})


@pytest.fixture
def web() -> Iterator[Silent]:
    with endpoint(Silent(Amazon.founded())) as running:
        yield running


def answer_comes(web: Web) -> bool:
    status, _ = web.post(LAUNCH, web.signed(LAUNCH))
    return status == 200


def test_certificates_that_somebody_invented_hold_up_nobody_whose_certificate_is_known(
    web: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates, "FETCH_SECONDS", 2 * PATIENCE_SECONDS)
    assert answer_comes(web)
    with ThreadPoolExecutor(24) as strangers:
        refused = [strangers.submit(web.post, LAUNCH, web.unsigned(number)) for number in range(24)]
        until(lambda: len(web.asked) >= WAITING_MAX)
        for _ in range(5):
            assert answer_comes(web)
        assert sum(not request.done() for request in refused) == WAITING_MAX
        web.let_go.set()
        assert {request.result() for request in refused} == {(400, b"")}


HEADER, BODY = b"POST / HTTP/1.1\r\nX: ", b"POST / HTTP/1.1\r\nHost: coach\r\nContent-Length: 200000\r\n\r\n"
"""How requests begin that never end."""

SLOW_CONNECTIONS = 150


@contextmanager
def trickling(port: int, beginning: bytes, connections: int) -> Iterator[list[socket.socket]]:
    """Connections on each of which a byte comes now and then, for as long as the `with` lasts."""
    stop = threading.Event()
    with ExitStack() as opened:
        slow = [
            opened.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS))
            for _ in range(connections)
        ]

        def trickle() -> None:
            while not stop.wait(0.3):
                for connection in slow:
                    with suppress(OSError):
                        connection.send(b"a")

        for connection in slow:
            connection.sendall(beginning)
        thread = threading.Thread(target=trickle)
        thread.start()
        try:
            yield slow
        finally:
            stop.set()
            thread.join()


@pytest.mark.parametrize("beginning", [b"", HEADER, BODY], ids=["nothing", "headers", "a body"])
def test_connections_on_which_hardly_anything_comes_hold_up_nobody(
    web: Silent, beginning: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "REQUEST_SECONDS", 2 * PATIENCE_SECONDS)
    with trickling(web.port, beginning, SLOW_CONNECTIONS):
        for _ in range(5):
            assert answer_comes(web)


@pytest.mark.parametrize("beginning", [HEADER, BODY], ids=["headers", "a body"])
def test_a_request_that_does_not_come_to_its_end_is_cut_off_however_steadily_it_trickles(
    web: Silent, beginning: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "REQUEST_SECONDS", 1)
    with trickling(web.port, beginning, 1) as (connection,), suppress(ConnectionResetError):
        assert connection.recv(1) == b""


def test_when_all_connections_are_taken_there_is_room_again_as_soon_as_they_are_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "REQUEST_SECONDS", 1)
    monkeypatch.setattr(server, "CONNECTIONS_MAX", 20)
    with endpoint(Silent(Amazon.founded())) as web, trickling(web.port, HEADER, 30):
        assert post(web.port, LAUNCH, web.signed(LAUNCH))[0] == 200


def test_a_request_that_comes_in_pieces_is_answered_and_another_one_on_the_same_connection(web: Silent) -> None:
    connection = HTTPConnection("127.0.0.1", web.port, timeout=PATIENCE_SECONDS)
    for _ in range(2):
        connection.putrequest("POST", "/")
        for name, value in (web.signed(LAUNCH) | {"Content-Length": str(len(LAUNCH))}).items():
            connection.putheader(name, value)
        connection.endheaders(LAUNCH[:100])
        time.sleep(1.2)
        connection.send(LAUNCH[100:])
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.read()
    connection.close()
