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
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import waitress
from ask_sdk_core.exceptions import AskSdkException
from waitress.server import BaseWSGIServer

from coach import log
from coach.alexa.limits import REQUEST_MAX_BYTES
from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from coach.errors import ConfigurationError, ContentMissingError
from infra.signature import NotAlexaError, Verifier, check_time

HEADERS_MAX_BYTES = 16_000
IDLE_SECONDS = 20


def application(
    handler: Handler, verifier: Verifier, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> WSGIApplication:
    """The coach as a WSGI application."""

    def answer(environ: WSGIEnvironment) -> bytes:
        if environ["REQUEST_METHOD"] != "POST":
            raise NotAlexaError("method")
        body = environ["wsgi.input"].read()
        signature, url = environ.get("HTTP_SIGNATURE_256", ""), environ.get("HTTP_SIGNATURECERTCHAINURL", "")
        verifier.verify(body, signature, url, now())
        event = json.loads(body)
        check_time(event["request"]["timestamp"], now())
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


def make_server(app: WSGIApplication, host: str, port: int) -> BaseWSGIServer:
    """A server that will `run`; port 0 takes a free one. What is too large it refuses by itself, unread."""
    return waitress.create_server(
        app,
        host=host,
        port=port,
        ident=None,
        max_request_body_size=REQUEST_MAX_BYTES,
        max_request_header_size=HEADERS_MAX_BYTES,
        channel_timeout=IDLE_SECONDS,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; the exit status is 1 when a setting has to be mended first."""
    parser = argparse.ArgumentParser(prog="python -m infra.endpoint", description="Answer Alexa behind an HTTPS proxy.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, required=True, help="the port to listen on")
    options = parser.parse_args(arguments)
    try:
        app = application(bootstrap(Settings.from_env(os.environ), deployed=True), Verifier())
    except (ConfigurationError, ContentMissingError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    make_server(app, options.host, options.port).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
