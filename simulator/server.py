"""The real handler behind a port of this computer, for clients that bring request envelopes of their own.

Rule: bound to 127.0.0.1 and nothing else, and one request at a time, as one Lambda environment takes them.
"""

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from coach.alexa.limits import REQUEST_MAX_BYTES
from simulator.skill import Handler, LambdaContext


def make_server(handler: Handler, port: int) -> ThreadingHTTPServer:
    """A server that answers POST with what `handler` makes of the body; port 0 takes a free one. Raises OSError."""
    turns = threading.Lock()

    class Endpoint(BaseHTTPRequestHandler):
        """One client's request."""

        def do_POST(self) -> None:
            """Answer an envelope, or say with a status why there is no answer."""
            size = self.headers.get("Content-Length", "")
            if not size.isdecimal():
                self._reply(HTTPStatus.LENGTH_REQUIRED, {"error": "Content-Length is missing"})
                return
            if int(size) > REQUEST_MAX_BYTES:
                self._reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": f"over {REQUEST_MAX_BYTES} bytes"})
                return
            try:
                event = json.loads(self.rfile.read(int(size)))
            except ValueError as error:
                self._reply(HTTPStatus.BAD_REQUEST, {"error": f"the body is not JSON: {error}"})
                return
            if not isinstance(event, dict):
                self._reply(HTTPStatus.BAD_REQUEST, {"error": "the body is not a JSON object"})
                return
            try:
                with turns:
                    answer = handler(event, LambdaContext("served"))
            except Exception as error:
                self._reply(HTTPStatus.INTERNAL_SERVER_ERROR, {"error": f"{type(error).__name__}: {error}"})
                return
            self._reply(HTTPStatus.OK, answer)

        def _reply(self, status: HTTPStatus, body: Any) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet: what is said to the coach is not written anywhere."""

    return ThreadingHTTPServer(("127.0.0.1", port), Endpoint)
