"""Certificates are fetched from Amazon's server alone, few at a time, and those that are known wait for no others."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from infra import certificates
from infra.certificates import (
    AGAIN,
    CHAIN_MAX_BYTES,
    FAILURES_MAX,
    FETCHES_MAX,
    KNOWN_MAX,
    WAITING_MAX,
    Certificates,
    NotAlexaError,
)
from tests.infra.amazon import NOW, PATH, Amazon
from tests.infra.own_server import until
from tests.patience import PATIENCE_SECONDS

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def amazon() -> Amazon:
    return Amazon.founded()


class Bucket:
    """Where Amazon publishes its one chain. `fails` with an error, or `hangs` at other paths until it is let go."""

    def __init__(self, amazon: Amazon) -> None:
        self.amazon = amazon
        self.asked: list[str] = []
        self.fails: Exception | None = None
        self.hangs_at: Callable[[str], bool] = lambda path: False
        self.let_go = threading.Event()

    def get(self, path: str) -> bytes:
        self.asked.append(path)
        if self.hangs_at(path):
            self.let_go.wait(PATIENCE_SECONDS)
        if self.fails:
            raise self.fails
        if path != PATH:
            raise NotAlexaError("certificate not fetched")
        return self.amazon.chain


@pytest.fixture
def bucket(amazon: Amazon) -> Iterator[Bucket]:
    bucket = Bucket(amazon)
    yield bucket
    bucket.let_go.set()


@pytest.fixture
def kept(bucket: Bucket) -> Certificates:
    return Certificates(bucket.get, [bucket.amazon.root])


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a fetch that hangs waits longer than a test does."""
    monkeypatch.setattr(certificates, "FETCH_SECONDS", 2 * PATIENCE_SECONDS)


def invented(number: int) -> str:
    return f"/echo.api/invented-{number}.pem"


def test_many_who_want_the_same_at_once_wait_for_one_fetch(bucket: Bucket, kept: Certificates) -> None:
    bucket.hangs_at = lambda path: True
    with ThreadPoolExecutor(WAITING_MAX) as requests:
        keys = [requests.submit(kept.key, PATH, NOW) for _ in range(WAITING_MAX)]
        time.sleep(0.2)
        bucket.let_go.set()
        assert len({key.result().public_numbers() for key in keys}) == 1
    assert bucket.asked == [PATH]


def test_only_a_few_may_wait_for_what_is_not_known_and_the_others_are_refused_at_once(
    bucket: Bucket, kept: Certificates, patient: None
) -> None:
    bucket.hangs_at = lambda path: True
    with ThreadPoolExecutor(WAITING_MAX) as requests:
        waiting = [requests.submit(kept.key, invented(number), NOW) for number in range(WAITING_MAX)]
        until(lambda: len(bucket.asked) == WAITING_MAX)
        for number in range(100, 110):
            with pytest.raises(NotAlexaError, match="too many"):
                kept.key(invented(number), NOW)
        assert not any(request.done() for request in waiting)
        bucket.let_go.set()
        assert all(isinstance(request.exception(), NotAlexaError) for request in waiting)
    assert len(bucket.asked) == WAITING_MAX


def test_nobody_waits_longer_than_the_limit_and_fetches_that_hang_do_not_pile_up(
    bucket: Bucket, kept: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates, "FETCH_SECONDS", 0.05)
    bucket.hangs_at = lambda path: True
    for number in range(3 * FETCHES_MAX):
        with pytest.raises(NotAlexaError):
            kept.key(invented(number), NOW)
    assert len(bucket.asked) == FETCHES_MAX


def test_what_is_known_waits_for_nothing_that_is_not(bucket: Bucket, kept: Certificates, patient: None) -> None:
    kept.key(PATH, NOW)
    bucket.hangs_at = lambda path: path != PATH
    with ThreadPoolExecutor(3 * WAITING_MAX) as requests:
        strangers = [requests.submit(kept.key, invented(number), NOW) for number in range(3 * WAITING_MAX)]
        until(lambda: len(bucket.asked) == 1 + WAITING_MAX)
        kept.key(PATH, NOW)
        kept.key(PATH, NOW + HOUR)
        assert sum(not stranger.done() for stranger in strangers) == WAITING_MAX
        bucket.let_go.set()
    assert bucket.asked.count(PATH) == 2


@pytest.mark.parametrize("failure", [OSError(), HTTPException(), NotAlexaError("certificate not fetched")], ids=repr)
def test_a_failure_is_remembered_for_a_short_time(bucket: Bucket, kept: Certificates, failure: Exception) -> None:
    bucket.fails = failure
    for seconds in (0, 1, 9):
        with pytest.raises(NotAlexaError, match="certificate not fetched"):
            kept.key(PATH, NOW + timedelta(seconds=seconds))
    assert bucket.asked == [PATH]
    bucket.fails = None
    kept.key(PATH, NOW + AGAIN)
    assert bucket.asked == [PATH, PATH]


def test_a_chain_that_is_not_amazons_is_a_failure_like_any_other(kept: Certificates, bucket: Bucket) -> None:
    bucket.amazon = Amazon.founded("echo-api.example.com")
    for _ in range(2):
        with pytest.raises(NotAlexaError, match="certificate"):
            kept.key(PATH, NOW)
    assert bucket.asked == [PATH]


def test_however_many_addresses_are_invented_the_known_one_is_kept_and_few_of_the_others(
    bucket: Bucket, kept: Certificates
) -> None:
    kept.key(PATH, NOW)
    for number in range(FAILURES_MAX + 1):
        with suppress(NotAlexaError):
            kept.key(invented(number), NOW)
    kept.key(PATH, NOW)
    for number in (FAILURES_MAX, 0):
        with pytest.raises(NotAlexaError):
            kept.key(invented(number), NOW)
    assert bucket.asked.count(PATH) == 1
    assert bucket.asked.count(invented(FAILURES_MAX)) == 1
    assert bucket.asked.count(invented(0)) == 2


def test_only_so_many_chains_are_kept(amazon: Amazon) -> None:
    asked = []

    def get(path: str) -> bytes:
        asked.append(path)
        return amazon.chain

    kept = Certificates(get, [amazon.root])
    for number in [*range(KNOWN_MAX + 1), KNOWN_MAX, 0]:
        kept.key(invented(number), NOW)
    assert asked == [invented(number) for number in [*range(KNOWN_MAX + 1), 0]]


def test_when_amazons_server_does_not_answer_the_known_certificates_go_on(bucket: Bucket, kept: Certificates) -> None:
    kept.key(PATH, NOW)
    bucket.fails = OSError()
    for later in (HOUR, HOUR + AGAIN / 2, HOUR + AGAIN, HOUR * 5):
        kept.key(PATH, NOW + later)
    assert bucket.asked == [PATH] * 4


def test_no_certificates_go_on_that_have_run_out(bucket: Bucket, kept: Certificates) -> None:
    kept.key(PATH, NOW)
    bucket.fails = OSError()
    with pytest.raises(NotAlexaError):
        kept.key(PATH, NOW + timedelta(days=200))


def test_while_one_request_fetches_known_certificates_anew_the_others_go_on(
    bucket: Bucket, kept: Certificates, patient: None
) -> None:
    kept.key(PATH, NOW)
    bucket.hangs_at = lambda path: True
    with ThreadPoolExecutor(1) as requests:
        renewing = requests.submit(kept.key, PATH, NOW + HOUR)
        until(lambda: len(bucket.asked) == 2)
        for _ in range(10):
            kept.key(PATH, NOW + HOUR)
        assert not renewing.done()
        bucket.let_go.set()
        renewing.result()
    assert bucket.asked == [PATH, PATH]


def test_certificates_that_amazon_took_away_are_known_no_longer(bucket: Bucket, kept: Certificates) -> None:
    kept.key(PATH, NOW)
    bucket.fails = NotAlexaError("certificate not fetched")
    for later in (HOUR, HOUR, HOUR + AGAIN):
        with pytest.raises(NotAlexaError):
            kept.key(PATH, NOW + later)
    assert bucket.asked == [PATH] * 3


@contextmanager
def certificate_server(status: int, chain: bytes, folder: Path) -> Iterator[tuple[str, Path]]:
    """Where a server speaks HTTPS and answers whatever is asked, and the root to trust it by."""
    owner = Amazon.founded("localhost")
    (folder / "chain.pem").write_bytes(owner.chain)
    (folder / "root.pem").write_bytes(owner.root.public_bytes(Encoding.PEM))
    key = owner.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(key)

    class Publisher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(chain)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Publisher)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "chain.pem", folder / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"localhost:{server.server_port}", folder / "root.pem"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_certificates_are_fetched_over_https(amazon: Amazon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with certificate_server(200, amazon.chain, tmp_path) as (host, root):
        monkeypatch.setattr(certificates, "HOST", host)
        monkeypatch.setattr("certifi.where", lambda: root)
        assert certificates.fetch(PATH) == amazon.chain


@pytest.mark.parametrize(("status", "size"), [(200, CHAIN_MAX_BYTES + 1), (301, 1), (403, 1)])
def test_what_is_too_large_or_has_moved_or_is_not_there_is_no_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, size: int
) -> None:
    with certificate_server(status, b"x" * size, tmp_path) as (host, root):
        monkeypatch.setattr(certificates, "HOST", host)
        monkeypatch.setattr("certifi.where", lambda: root)
        with pytest.raises(NotAlexaError):
            certificates.fetch(PATH)


def test_a_server_that_fails_says_nothing_of_the_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with certificate_server(503, b"", tmp_path) as (host, root):
        monkeypatch.setattr(certificates, "HOST", host)
        monkeypatch.setattr("certifi.where", lambda: root)
        with pytest.raises(HTTPException):
            certificates.fetch(PATH)


def test_a_server_of_certificates_that_cannot_show_who_it_is_is_not_believed(
    amazon: Amazon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with certificate_server(200, amazon.chain, tmp_path) as (host, _):
        monkeypatch.setattr(certificates, "HOST", host)
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            certificates.fetch(PATH)
