"""Alexa is answered while somebody else does to the endpoint what costs them nothing."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from infra.certificates import WAITING_MAX
from tests.infra.amazon import PATH, Amazon
from tests.infra.own_server import LAUNCH, Headers, Web, endpoint, until

AT_ONCE_SECONDS = 1.5
"""What an answer may take meanwhile. Alone it takes a tenth of a second, and Alexa waits for eight."""


@dataclass
class Silent(Web):
    """Certificates that nobody has published are never heard of, until they are let go."""

    asked: list[str] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)

    def fetch(self, path: str) -> bytes:
        if path == PATH:
            return super().fetch(path)
        self.asked.append(path)
        self.let_go.wait(20)
        raise TimeoutError

    def unsigned(self, number: int) -> Headers:
        address = f"https://s3.amazonaws.com/echo.api/invented-{number}.pem"
        return self.signed(LAUNCH, SignatureCertChainUrl=address, **{"Signature-256": "AAAA"})


@pytest.fixture
def web() -> Iterator[Silent]:
    with endpoint(Silent(Amazon.founded())) as running:
        yield running


def answer_comes_at_once(web: Web) -> bool:
    began = time.monotonic()
    status, _ = web.post(LAUNCH, web.signed(LAUNCH))
    return status == 200 and time.monotonic() - began < AT_ONCE_SECONDS


def test_certificates_that_somebody_invented_hold_up_nobody_whose_certificate_is_known(web: Silent) -> None:
    assert answer_comes_at_once(web)
    with ThreadPoolExecutor(24) as strangers:
        refused = [strangers.submit(web.post, LAUNCH, web.unsigned(number)) for number in range(24)]
        until(lambda: len(web.asked) >= WAITING_MAX)
        for _ in range(5):
            assert answer_comes_at_once(web)
        assert len(web.asked) == WAITING_MAX
        web.let_go.set()
        assert {request.result() for request in refused} == {(400, b"")}
