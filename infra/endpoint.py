"""The coach behind a web address of one's own, instead of AWS Lambda: `python -m infra.endpoint --port 8080`.

Rule: it speaks HTTP to a proxy on the same machine, which has the certificate and speaks HTTPS to Alexa. A request is
answered when Amazon signed it, lately, for this skill; of any other the sender learns nothing but a status.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from ask_sdk_core.exceptions import AskSdkException

from coach import log
from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from coach.errors import ConfigurationError, ContentMissingError
from infra.certificates import NotAlexaError
from infra.server import make_server
from infra.signature import Verifier, check_time


def application(
    handler: Handler,
    verifier: Verifier,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    *,
    skill_id: str = "",
) -> WSGIApplication:
    """The coach as a WSGI application. `skill_id` is the only skill that is answered, empty for any."""

    def answer(environ: WSGIEnvironment) -> bytes:
        # The signature comes last: to read it, certificates may have to be fetched.
        _check_form(environ)
        body = environ["wsgi.input"].read()
        event = _check_envelope(body, skill_id, now())
        signature, url = environ.get("HTTP_SIGNATURE_256", ""), environ.get("HTTP_SIGNATURECERTCHAINURL", "")
        verifier.verify(body, signature, url, now())
        return json.dumps(handler(event, None)).encode()

    def respond(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, body = HTTPStatus.OK, b""
        try:
            body = answer(environ)
        except NotAlexaError as refusal:
            log.record("request_refused", reason=str(refusal))
            status = HTTPStatus.BAD_REQUEST
        except AskSdkException:
            log.record("request_refused", reason="another skill")
            status = HTTPStatus.BAD_REQUEST
        except Exception as error:
            log.record("turn_failed", error=type(error).__name__)
            status = HTTPStatus.INTERNAL_SERVER_ERROR
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(f"{status} {status.phrase}", headers)
        return [body]

    return respond


def _check_form(environ: WSGIEnvironment) -> None:
    """Raises NotAlexaError unless this is how Alexa sends a request. What is too large the server has refused."""
    media_type, *_ = environ.get("CONTENT_TYPE", "application/json").split(";")
    if environ["REQUEST_METHOD"] != "POST":
        raise NotAlexaError("method")
    if environ["PATH_INFO"] != "/":
        raise NotAlexaError("path")
    if media_type.strip().lower() != "application/json":
        raise NotAlexaError("content type")


def _check_envelope(body: bytes, skill_id: str, now: datetime) -> dict[str, Any]:
    """The envelope, which may be anybody's still. Raises NotAlexaError unless it says that it is new, and for us."""
    try:
        event: dict[str, Any] = json.loads(body)
        timestamp, asked = event["request"]["timestamp"], event["context"]["System"]["application"]["applicationId"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NotAlexaError("envelope") from None
    check_time(timestamp, now)
    if skill_id and asked != skill_id:
        raise NotAlexaError("another skill")
    return event


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; the exit status is 1 when a setting has to be mended first."""
    parser = argparse.ArgumentParser(prog="python -m infra.endpoint", description="Answer Alexa behind an HTTPS proxy.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, required=True, help="the port to listen on")
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_env(os.environ)
        app = application(bootstrap(settings, deployed=True), Verifier(), skill_id=settings.skill_id)
    except (ConfigurationError, ContentMissingError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    make_server(app, options.host, options.port).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
