"""The endpoint for one's own server answers what Amazon signed, lately and for this skill, and nothing else."""

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import Certificate

from coach.alexa.limits import REQUEST_MAX_AGE_SECONDS, REQUEST_MAX_BYTES
from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from infra import signature
from infra.endpoint import application, make_server
from infra.signature import CHAIN_MAX_BYTES, NotAlexaError, Verifier
from simulator import envelopes
from simulator.nlu.understanding import SKILL_ID
from tests.front_door import SOMEBODY
from tests.infra.amazon import ADDRESS, NOW, Amazon
from tests.infra.conftest import ROOT
from tests.infra.whole_conversation import hold_to_it

Json = dict[str, Any]
Headers = dict[str, str]


def post(port: int, body: bytes, headers: Headers, method: str = "POST") -> tuple[int, bytes]:
    """The status and the body of the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, "/", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@dataclass
class Web:
    """An endpoint that runs, with a clock and a publisher of certificates that a test may change."""

    amazon: Amazon
    port: int = 0
    now: datetime = NOW
    fetched: int = 0

    def fetch(self, path: str) -> bytes:
        self.fetched += 1
        assert path == "/echo.api/echo-api-cert-12.pem"
        return self.amazon.chain

    def post(self, body: bytes, headers: Headers, method: str = "POST") -> tuple[int, bytes]:
        return post(self.port, body, headers, method)

    def signed(self, body: bytes, **changed: str) -> Headers:
        return {"Signature-256": self.amazon.signature(body), "SignatureCertChainUrl": ADDRESS} | changed


@pytest.fixture(scope="module")
def amazon() -> Amazon:
    return Amazon.founded()


@contextmanager
def endpoint(web: Web, root: Certificate, handler: Handler) -> Iterator[Web]:
    server = make_server(application(handler, Verifier(web.fetch, [root]), lambda: web.now), "127.0.0.1", 0)
    web.port = server.effective_port
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield web
    finally:
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(server.close)
        thread.join(timeout=10)


@pytest.fixture
def web(amazon: Amazon) -> Iterator[Web]:
    with endpoint(Web(amazon), amazon.root, bootstrap(Settings(skill_id=SKILL_ID))) as running:
        yield running


def launch(at: datetime = NOW) -> bytes:
    request = envelopes.launch(SOMEBODY, at)
    event = envelopes.envelope(SOMEBODY, request, session_id="amzn1.echo-api.session.1", new=True, attributes={})
    return json.dumps(event).encode()


LAUNCH = launch()


def test_a_request_that_amazon_signed_is_answered(web: Web) -> None:
    status, answer = web.post(LAUNCH, web.signed(LAUNCH))
    assert status == 200
    assert "professional" in json.loads(answer)["response"]["outputSpeech"]["ssml"]


def test_a_whole_conversation_can_be_had_and_the_certificates_are_fetched_once_an_hour(web: Web) -> None:
    hours = set()

    def handler(event: Json, _: object) -> Json:
        at = event["request"]["timestamp"]
        web.now = datetime.fromisoformat(at)
        hours.add(at[:13])
        body = json.dumps(event).encode()
        status, answer = web.post(body, web.signed(body))
        assert status == 200
        return dict(json.loads(answer))

    hold_to_it(handler)
    assert web.fetched == len(hours)


@pytest.mark.parametrize("missing", ["Signature-256", "SignatureCertChainUrl"])
def test_a_request_without_a_signature_is_refused(web: Web, missing: str) -> None:
    headers = web.signed(LAUNCH)
    del headers[missing]
    assert web.post(LAUNCH, headers) == (400, b"")


def test_a_body_that_was_changed_is_refused(web: Web) -> None:
    assert web.post(LAUNCH.replace(b"LaunchRequest", b"launchRequest"), web.signed(LAUNCH)) == (400, b"")


@pytest.mark.parametrize("signature", ["", "no base64", "ü", "AAAA"])
def test_what_is_no_signature_is_refused(web: Web, signature: str) -> None:
    headers = {key: value.encode() for key, value in web.signed(LAUNCH, **{"Signature-256": signature}).items()}
    assert web.post(LAUNCH, headers) == (400, b"")  # type: ignore[arg-type]


def test_a_certificate_from_a_root_that_nobody_trusts_is_refused(web: Web) -> None:
    web.amazon = Amazon.founded()
    assert web.post(LAUNCH, web.signed(LAUNCH)) == (400, b"")


@pytest.mark.parametrize("name", ["echo-api.example.com", "amazon.com"])
def test_a_certificate_from_the_trusted_root_for_another_name_is_refused(name: str) -> None:
    other = Amazon.founded(name)
    with endpoint(Web(other), other.root, bootstrap(Settings(skill_id=SKILL_ID))) as web:
        assert web.post(LAUNCH, web.signed(LAUNCH)) == (400, b"")


def test_a_certificate_that_has_run_out_is_refused() -> None:
    late = Amazon.founded(until=NOW - timedelta(days=1))
    with endpoint(Web(late), late.root, bootstrap(Settings(skill_id=SKILL_ID))) as web:
        assert web.post(LAUNCH, web.signed(LAUNCH)) == (400, b"")


@pytest.mark.parametrize(
    "chain", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"]
)
def test_what_is_no_certificate_is_refused(web: Web, chain: bytes) -> None:
    body, headers = LAUNCH, web.signed(LAUNCH)
    web.amazon = Amazon(web.amazon.root, chain, web.amazon.key)
    assert web.post(body, headers) == (400, b"")


@pytest.mark.parametrize(
    "address",
    [
        "http://s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com:563/echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com:port/echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com.example.org/echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com@example.org/echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com/EcHo.aPi/echo-api-cert-12.pem",
        "https://s3.amazonaws.com/echo.api.of.mine/echo-api-cert-12.pem",
        "https://s3.amazonaws.com/echo.api/../bucket.of.mine/echo-api-cert-12.pem",
        "https://s3.amazonaws.com/echo.api/%2e%2e/bucket.of.mine/echo-api-cert-12.pem",
        "https://s3.amazonaws.com/bucket.of.mine/echo.api/echo-api-cert-12.pem",
        "https://[s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
        "echo-api-cert-12.pem",
        "",
    ],
)
def test_certificates_from_anywhere_else_are_not_even_fetched(web: Web, address: str) -> None:
    assert web.post(LAUNCH, web.signed(LAUNCH, SignatureCertChainUrl=address)) == (400, b"")
    assert web.fetched == 0


@pytest.mark.parametrize(
    "address",
    [
        "HTTPS://S3.amazonaws.com/echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert-12.pem",
        "https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert-12.pem",
    ],
)
def test_other_ways_to_write_amazons_address_are_taken(web: Web, address: str) -> None:
    status, _ = web.post(LAUNCH, web.signed(LAUNCH, SignatureCertChainUrl=address))
    assert status == 200


@pytest.mark.parametrize(
    ("seconds", "status"), [(0, 200), (150, 200), (-150, 200), (151, 400), (-151, 400), (9e6, 400)]
)
def test_a_request_is_answered_within_150_seconds_and_no_later(web: Web, seconds: float, status: int) -> None:
    body = launch(NOW - timedelta(seconds=seconds))
    assert web.post(body, web.signed(body))[0] == status
    assert REQUEST_MAX_AGE_SECONDS == 150


def test_a_request_for_another_skill_is_refused(amazon: Amazon) -> None:
    other = bootstrap(Settings(skill_id="amzn1.ask.skill.11111111-1111-4111-8111-111111111111"))
    with endpoint(Web(amazon), amazon.root, other) as web:
        assert web.post(LAUNCH, web.signed(LAUNCH)) == (400, b"")


def test_what_is_too_large_is_refused_and_never_comes_to_the_coach(web: Web) -> None:
    body = b" " * REQUEST_MAX_BYTES + LAUNCH
    status, _ = web.post(body, web.signed(body))
    assert status == 413
    assert web.fetched == 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS"])
def test_only_a_post_is_answered(web: Web, method: str) -> None:
    assert web.post(LAUNCH, web.signed(LAUNCH), method) == (400, b"")


def test_when_the_coach_breaks_the_sender_learns_nothing_and_the_log_no_more_than_the_kind(
    amazon: Amazon, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(event: Json, _: object) -> Json:
        raise RuntimeError(event["context"]["System"]["user"]["userId"])

    with endpoint(Web(amazon), amazon.root, broken) as web:
        assert web.post(LAUNCH, web.signed(LAUNCH)) == (500, b"")
    assert [json.loads(record.message) for record in caplog.records if record.name == "coach"] == [
        {"what": "turn_failed", "error": "RuntimeError"}
    ]
    assert "Traceback" not in capfd.readouterr().err


def test_a_refusal_is_logged_with_its_reason_and_without_an_id(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    web.post(LAUNCH, {})
    web.now += timedelta(days=1)
    web.post(LAUNCH, web.signed(LAUNCH))
    assert [json.loads(record.message)["reason"] for record in caplog.records if record.name == "coach"] == [
        "certificate address",
        "timestamp",
    ]


@contextmanager
def certificate_server(status: int, chain: bytes, folder: Path) -> Iterator[tuple[str, Path]]:
    """Where a server speaks HTTPS and answers whatever is asked, and the root to trust it by."""
    owner = Amazon.founded("localhost")
    (folder / "chain.pem").write_bytes(owner.chain)
    (folder / "root.pem").write_bytes(owner.root.public_bytes(Encoding.PEM))
    key = owner.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(key)

    class Bucket(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(chain)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Bucket)
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
        monkeypatch.setattr(signature, "HOST", host)
        monkeypatch.setattr("certifi.where", lambda: root)
        assert signature.fetch("/echo.api/echo-api-cert-12.pem") == amazon.chain


@pytest.mark.parametrize(("status", "size"), [(200, CHAIN_MAX_BYTES + 1), (301, 1), (403, 1)])
def test_what_is_too_large_or_has_moved_or_is_not_there_is_no_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, size: int
) -> None:
    with certificate_server(status, b"x" * size, tmp_path) as (host, root):
        monkeypatch.setattr(signature, "HOST", host)
        monkeypatch.setattr("certifi.where", lambda: root)
        with pytest.raises(NotAlexaError):
            signature.fetch("/echo.api/echo-api-cert-12.pem")


def test_a_server_of_certificates_that_cannot_show_who_it_is_is_not_believed(
    amazon: Amazon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with certificate_server(200, amazon.chain, tmp_path) as (host, _):
        monkeypatch.setattr(signature, "HOST", host)
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            signature.fetch("/echo.api/echo-api-cert-12.pem")


def test_the_command_serves_on_the_loopback_and_takes_no_request_that_is_not_signed(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ids = {"HIP_COACH_SKILL_ID": SKILL_ID, "HIP_COACH_ID_KEY": "a key that this test alone uses"}
    environ = os.environ | ids | {"HIP_COACH_STORE": f"sqlite:///{tmp_path / 'progress'}"}
    command = [sys.executable, "-m", "infra.endpoint", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environ | {"PYTHONPATH": "lambda"})  # noqa: S603
    try:
        until = time.monotonic() + 20
        while True:
            try:
                assert post(port, LAUNCH, {}) == (400, b"")
                break
            except ConnectionError:
                assert time.monotonic() < until
                time.sleep(0.1)
    finally:
        process.terminate()
        process.wait(timeout=10)
