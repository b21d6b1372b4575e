"""The endpoint for one's own server answers what Amazon signed, lately and for this skill, and nothing else."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.alexa.limits import REQUEST_MAX_AGE_SECONDS, REQUEST_MAX_BYTES
from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.nlu.understanding import SKILL_ID
from tests.infra.amazon import NOW, Amazon
from tests.infra.conftest import ROOT
from tests.infra.own_server import LAUNCH, Web, endpoint, launch, post
from tests.infra.whole_conversation import hold_to_it
from tests.patience import PATIENCE_SECONDS

Json = dict[str, Any]

ANOTHER_SKILL = "amzn1.ask.skill.11111111-1111-4111-8111-111111111111"


@pytest.fixture(scope="module")
def amazon() -> Amazon:
    return Amazon.founded()


@pytest.fixture
def web(amazon: Amazon) -> Iterator[Web]:
    with endpoint(Web(amazon)) as running:
        yield running


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
    with endpoint(Web(other)) as web:
        assert web.post(LAUNCH, web.signed(LAUNCH)) == (400, b"")


def test_a_certificate_that_has_run_out_is_refused() -> None:
    late = Amazon.founded(until=NOW - timedelta(days=1))
    with endpoint(Web(late)) as web:
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
    with endpoint(Web(amazon), skill_id=ANOTHER_SKILL) as web:
        assert web.post(LAUNCH, web.signed(LAUNCH)) == (400, b"")


def test_a_request_for_another_skill_than_the_coach_answers_is_refused(amazon: Amazon) -> None:
    with endpoint(Web(amazon), bootstrap(Settings(skill_id=ANOTHER_SKILL))) as web:
        assert web.post(LAUNCH, web.signed(LAUNCH)) == (400, b"")


def test_what_is_too_large_is_refused_and_never_comes_to_the_coach(web: Web) -> None:
    body = b" " * REQUEST_MAX_BYTES + LAUNCH
    status, _ = web.post(body, web.signed(body))
    assert status == 413
    assert web.fetched == 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS"])
def test_only_a_post_is_answered(web: Web, method: str) -> None:
    assert web.post(LAUNCH, web.signed(LAUNCH), method) == (400, b"")
    assert web.fetched == 0


@pytest.mark.parametrize("path", ["/admin", "/admin/..", "/%2e", "*"])
def test_nothing_is_answered_below_the_address_itself(web: Web, path: str) -> None:
    assert web.post(LAUNCH, web.signed(LAUNCH), path=path) == (400, b"")
    assert web.fetched == 0


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
def test_what_does_not_say_that_it_is_json_is_refused(web: Web, kind: str) -> None:
    assert web.post(LAUNCH, web.signed(LAUNCH, **{"Content-Type": kind})) == (400, b"")
    assert web.fetched == 0


@pytest.mark.parametrize("signature", ["", "no base64", "ü", "AAA"])
def test_no_certificate_is_fetched_for_what_is_no_signature(web: Web, signature: str) -> None:
    headers = {key: value.encode() for key, value in web.signed(LAUNCH, **{"Signature-256": signature}).items()}
    assert web.post(LAUNCH, headers) == (400, b"")  # type: ignore[arg-type]
    assert web.fetched == 0


def changed(*path: str, value: Any) -> bytes:
    """The launch, with something else in one place."""
    event = json.loads(LAUNCH)
    part = event
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return json.dumps(event).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"\xff\xfe",
        b"7",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"request":' * 20_000,
        b"9" * 10_000,
        changed("request", value=None),
        changed("request", "timestamp", value=None),
        changed("request", "timestamp", value=[7]),
        changed("request", "timestamp", value="yesterday"),
        changed("request", "timestamp", value="2026-11-23T19:00:00"),
        changed("request", "timestamp", value="9999-12-31T23:59:59-23:59"),
        changed("request", "timestamp", value=(NOW - timedelta(hours=1)).isoformat()),
        changed("context", value="System"),
        changed("context", "System", "application", value={}),
        changed("context", "System", "application", "applicationId", value=ANOTHER_SKILL),
        changed("context", "System", "application", "applicationId", value={}),
    ],
    ids=lambda body: body[:20],
)
def test_no_certificate_is_fetched_for_what_the_envelope_itself_gives_away(web: Web, body: bytes) -> None:
    assert web.post(body, web.signed(body)) == (400, b"")
    assert web.fetched == 0


def test_when_the_coach_breaks_the_sender_learns_nothing_and_the_log_no_more_than_the_kind(
    amazon: Amazon, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(event: Json, _: object) -> Json:
        raise RuntimeError(event["context"]["System"]["user"]["userId"])

    with endpoint(Web(amazon), broken) as web:
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


def test_the_command_serves_on_the_loopback_and_takes_no_request_that_is_not_signed(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ids = {"HIP_COACH_SKILL_ID": SKILL_ID, "HIP_COACH_ID_KEY": "a key that this test alone uses"}
    environ = os.environ | ids | {"HIP_COACH_STORE": f"sqlite:///{tmp_path / 'progress'}"}
    command = [sys.executable, "-m", "infra.endpoint", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environ | {"PYTHONPATH": "lambda"})  # noqa: S603
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                assert post(port, LAUNCH, {}) == (400, b"")
                break
            except ConnectionError:
                assert time.monotonic() < until
                time.sleep(0.1)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)
