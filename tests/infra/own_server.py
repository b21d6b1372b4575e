"""The endpoint of one's own on this machine, with an Amazon of one's own that signs and publishes certificates.

Rule: it listens on the loopback only, and ends with the `with`.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from typing import Any

from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from infra.endpoint import application
from infra.server import make_server
from infra.signature import Verifier
from simulator import envelopes
from simulator.nlu.understanding import SKILL_ID
from tests.front_door import SOMEBODY
from tests.infra.amazon import ADDRESS, NOW, PATH, Amazon
from tests.patience import PATIENCE_SECONDS

Json = dict[str, Any]
Headers = dict[str, str]


def until(true: Callable[[], bool]) -> None:
    """Wait until something is true, and fail when it does not become so."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < PATIENCE_SECONDS
        time.sleep(0.01)


def post(port: int, body: bytes, headers: Headers, method: str = "POST", path: str = "/") -> tuple[int, bytes]:
    """The status and the body of the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, path, body, headers)
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
        assert path == PATH
        return self.amazon.chain

    def post(self, body: bytes, headers: Headers, method: str = "POST", path: str = "/") -> tuple[int, bytes]:
        return post(self.port, body, headers, method, path)

    def signed(self, body: bytes, **changed: str) -> Headers:
        headers = {"Content-Type": "application/json;charset=UTF-8", "SignatureCertChainUrl": ADDRESS}
        return headers | {"Signature-256": self.amazon.signature(body)} | changed


@contextmanager
def endpoint(web: Web, handler: Handler | None = None, skill_id: str = SKILL_ID) -> Iterator[Web]:
    """The endpoint, running, that trusts the root of the Amazon that `web` has now."""
    handler = handler or bootstrap(Settings(skill_id=skill_id))
    verifier = Verifier(web.fetch, [web.amazon.root])
    server = make_server(application(handler, verifier, lambda: web.now, skill_id=skill_id), "127.0.0.1", 0)
    web.port = server.effective_port
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield web
    finally:
        server.task_dispatcher.shutdown()
        # Under the lock, or a loop that was just awake closes the pipe before this writes to it.
        with server.trigger.lock:
            server.trigger.thunks.append(server.close)
            server.trigger.pull_trigger()
        thread.join(timeout=PATIENCE_SECONDS)


def launch(at: datetime = NOW) -> bytes:
    """Somebody opens the skill."""
    request = envelopes.launch(SOMEBODY, at)
    event = envelopes.envelope(SOMEBODY, request, session_id="amzn1.echo-api.session.1", new=True, attributes={})
    return json.dumps(event).encode()


LAUNCH = launch()
