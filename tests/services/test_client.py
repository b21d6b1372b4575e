"""The client calls Amazon and nobody else, waits for nobody, and names what goes wrong."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from coach.alexa.reminders import Api, Speaker
from coach.alexa.service import Service
from coach.errors import RemindersError
from tests.patience import PATIENCE_SECONDS

FOREIGN = [
    *("", "https://", "https://example.org", "https://amazonalexa.com.example.org", "https://apiamazonalexa.com"),
    *("http://api.amazonalexa.com", "https://api.amazonalexa.com:8443", "https://api.amazonalexa.com@example.org"),
    *("https://user:word@api.amazonalexa.com", "https://api.amazonalexa.com/elsewhere", "ftp://api.amazonalexa.com"),
    *("https://api.amazonalexa.com?to=example.org", "https://api.amazonalexa.com#x", "file:///etc/passwd"),
    *("https://api.amazonalexa.com:x", "https://[::1", "http://127.0.0.1:9", "https://example.org\\.amazonalexa.com"),
]
ALEXAS = ["https://api.amazonalexa.com", "https://api.eu.amazonalexa.com/", "https://api.fe.amazonalexa.com"]


def speaker(endpoint: str) -> Speaker:
    return Speaker(endpoint, "a secret", "en-US", "", 0)


@contextmanager
def server(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A server that answers everything by itself; its address."""

    class Endpoint(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as listening:
        threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


def say(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.mark.parametrize("endpoint", FOREIGN)
def test_no_token_goes_to_an_address_that_is_not_alexas(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.alexa.service._opener", lambda: pytest.fail("something was called"))
    with pytest.raises(RemindersError):
        Api(speaker(endpoint)).active()


@pytest.mark.parametrize("endpoint", ALEXAS)
def test_alexas_own_addresses_are_called(endpoint: str) -> None:
    assert Service(endpoint, "a secret", seconds=1).known


def test_another_address_is_called_only_when_it_is_the_trusted_one() -> None:
    assert Service("http://127.0.0.1:4000", "a secret", "http://127.0.0.1:4000", seconds=1).known
    assert not Service("http://127.0.0.1:4001", "a secret", "http://127.0.0.1:4000", seconds=1).known


def test_a_token_is_not_sent_on_to_where_an_answer_points() -> None:
    asked: list[str] = []
    with (
        server(lambda handler: asked.append(handler.path)) as elsewhere,
        server(lambda handler: say(handler, 302, b"", Location=elsewhere)) as here,
        pytest.raises(RemindersError),
    ):
        Api(speaker(here), here).active()
    assert asked == []


def test_whoever_does_not_answer_is_not_waited_for() -> None:
    over = threading.Event()

    def wait(_: BaseHTTPRequestHandler) -> None:
        over.wait(PATIENCE_SECONDS)

    with server(wait) as here:
        with pytest.raises(RemindersError) as failed:
            Api(speaker(here), here).active()
        assert not over.is_set()
        over.set()
    assert failed.value.reason == "failed"


def test_an_errand_that_takes_too_long_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    now = [0.0]
    monkeypatch.setattr("coach.alexa.service.monotonic", lambda: now[0])

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        now[0] += 0.2
        say(handler, 200, b"{}")

    with server(slowly) as here:
        api = Api(speaker(here), here, seconds=0.5)
        with pytest.raises(RemindersError):
            any(api.active() for _ in range(20))
    assert len(asked) == 3


@pytest.mark.parametrize("body", [b"nothing", b"[3]", b'{"alerts": 3}', b'{"alerts": [{}]}', b'{"alerts": ["x"]}'])
def test_an_answer_that_is_none_of_alexas_is_a_failure(body: bytes) -> None:
    with server(lambda handler: say(handler, 200, body)) as here, pytest.raises(RemindersError) as failed:
        Api(speaker(here), here).active()
    assert failed.value.reason == "failed"


@pytest.mark.parametrize("spoken", [b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", b""])
def test_what_does_not_speak_http_is_a_failure(spoken: bytes) -> None:
    def say_it(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(spoken)
        handler.close_connection = True

    with server(say_it) as here, pytest.raises(RemindersError) as failed:
        Api(speaker(here), here).active()
    assert failed.value.reason == "failed"


@pytest.mark.parametrize("body", [b"", b"{}", b'{"alerts": null}', b'{"alerts": []}'])
def test_an_answer_without_reminders_is_none_of_them(body: bytes) -> None:
    with server(lambda handler: say(handler, 200, body)) as here:
        assert Api(speaker(here), here).active() == []


def test_nobody_listening_is_a_failure() -> None:
    with pytest.raises(RemindersError) as failed:
        Api(speaker("http://127.0.0.1:9"), "http://127.0.0.1:9").active()
    assert failed.value.reason == "failed"
