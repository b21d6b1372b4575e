"""The port of the page on this computer, and what its addresses give.

Rule: bound to 127.0.0.1, and for pages of its own alone: what another site sends here, or asks for under another name
of this computer, is refused. What is said to the coach is not written anywhere.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, NamedTuple

from simulator.ears.ears import TOO_LONG, NotHeardError
from simulator.page.evening import Evening, StaleError

HOME: Final = Path(__file__).parent
FILES: Final = {
    "/": ("page.html", "text/html; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/talk.js": ("talk.js", "text/javascript; charset=utf-8"),
    "/microphone.js": ("microphone.js", "text/javascript; charset=utf-8"),
}
MS_MOST: Final = 3_600_000
"""An hour: no answer is longer."""

_SOUND = re.compile(r"/sound/(\d{1,6})\.wav")
_POSE = re.compile(r"/pose/([a-z_]+(?:-[a-z]+){3})\.svg")
_ALOUD = re.compile(r"/say-aloud\?turn=(\d{1,6})&heard_ms=(\d{1,8})")
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_POLICY = "default-src 'self'; img-src 'self' data:; media-src 'self'; style-src 'self' 'unsafe-inline'"


class Body(NamedTuple):
    """What may be sent: of a kind, and no more than so many bytes. What else is sent is refused in a sentence."""

    kind: str
    most_bytes: int
    wrong: str
    too_much: str


COMMAND: Final = Body("application/json", 4_096, "a command is JSON", "over 4096 bytes")
RECORDING: Final = Body("audio/wav", 1_000_000, "what is said aloud is a wav file", TOO_LONG)
"""Half a minute as the page records. What is shorter, and still too long to listen to, is told by whoever listens."""


class RefusedError(Exception):
    """A request that nothing is done about: with a status, and a sentence that says why."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def make_page(evening: Evening, port: int, poses: Path) -> ThreadingHTTPServer:
    """A server of the page with one evening behind it; port 0 takes a free one, and `poses` is the folder with the
    pictures. Raises OSError.
    """

    class Page(BaseHTTPRequestHandler):
        """One request of a browser."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Send a part of the page, a picture or a sound."""
            self._answer(self._given)

        def do_POST(self) -> None:
            """Take a command."""
            self._answer(self._taken)

        def _answer(self, answering: Callable[[], None]) -> None:
            try:
                self._check_host()
                answering()
            except RefusedError as error:
                self._json({"error": str(error)}, error.status)

        def _check_host(self) -> None:
            names = {f"{name}:{server.server_port}" for name in ("127.0.0.1", "localhost")}
            origin = self.headers.get("Origin")
            if self.headers.get("Host") not in names or (origin and origin.removeprefix("http://") not in names):
                raise RefusedError(HTTPStatus.FORBIDDEN, "this page is for this computer alone")

        def _given(self) -> None:
            address = self.path.partition("?")[0]
            if file := FILES.get(address):
                self._send((HOME / file[0]).read_bytes(), file[1])
            elif address == "/evening":
                self._json(evening.begin())
            elif address == "/transcript.yaml":
                self._send(evening.transcript().encode(), "application/yaml")
            elif sound := _SOUND.fullmatch(address):
                try:
                    self._send(evening.sound(int(sound[1])), "audio/wav")
                except LookupError as error:
                    raise RefusedError(HTTPStatus.NOT_FOUND, str(error)) from error
            elif (pose := _POSE.fullmatch(address)) and (picture := poses / f"{pose[1]}.svg").exists():
                self._send(picture.read_bytes(), "image/svg+xml")
            else:
                raise RefusedError(HTTPStatus.NOT_FOUND, "there is nothing here")

        def _taken(self) -> None:
            try:
                if aloud := _ALOUD.fullmatch(self.path):
                    turn, heard_ms = int(aloud[1]), _number({"heard_ms": int(aloud[2])}, "heard_ms")
                    self._json(evening.say_aloud(self._body(RECORDING), turn, heard_ms))
                else:
                    self._said(self._command())
            except StaleError as error:
                raise RefusedError(HTTPStatus.CONFLICT, str(error)) from error
            except NotHeardError as error:
                raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error

        def _said(self, command: Mapping[str, Any]) -> None:
            turn, heard_ms = _number(command, "turn"), _number(command, "heard_ms")
            words = command.get("words")
            if self.path == "/silence":
                self._json(evening.silence(turn))
            elif self.path == "/say" and isinstance(words, str) and words.strip():
                self._json(evening.say(words.strip(), turn, heard_ms))
            else:
                raise RefusedError(HTTPStatus.BAD_REQUEST, "this is no command")

        def _command(self) -> Mapping[str, Any]:
            body = self._body(COMMAND)
            try:
                command = json.loads(body)
            except ValueError:
                command = None
            if not isinstance(command, dict):
                raise RefusedError(HTTPStatus.BAD_REQUEST, "a command is a JSON object")
            return command

        def _body(self, wanted: Body) -> bytes:
            """What is sent. What is refused is not read, so nothing can come behind it."""
            size = self.headers.get("Content-Length", "")
            if self.headers.get("Content-Type") != wanted.kind or not size.isdecimal():
                self.close_connection = True
                raise RefusedError(HTTPStatus.BAD_REQUEST, wanted.wrong)
            if int(size) > wanted.most_bytes:
                self.close_connection = True
                raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, wanted.too_much)
            return self.rfile.read(int(size))

        def _json(self, body: Any, status: HTTPStatus = HTTPStatus.OK) -> None:
            self._send(json.dumps(body).encode(), "application/json", status)

        def _send(self, whole: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
            """Send a whole, or the part of it that is asked for."""
            part, begins = whole, 0
            if status is HTTPStatus.OK and (wanted := self.headers.get("Range")):
                begins, ends = _part(wanted, len(whole))
                part, status = whole[begins:ends], HTTPStatus.PARTIAL_CONTENT
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(part)))
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Security-Policy", _POLICY)
            self.send_header("X-Content-Type-Options", "nosniff")
            if status is HTTPStatus.PARTIAL_CONTENT:
                self.send_header("Content-Range", f"bytes {begins}-{begins + len(part) - 1}/{len(whole)}")
            self.end_headers()
            self.wfile.write(part)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = _Server(("127.0.0.1", port), Page)
    return server


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that has hung up is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _number(command: Mapping[str, Any], name: str) -> int:
    number = command.get(name, 0)
    if not isinstance(number, int) or not 0 <= number <= MS_MOST:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"{name} is a number from 0 to {MS_MOST}")
    return number


def _part(wanted: str, size: int) -> tuple[int, int]:
    """From which byte to which a range goes. Several ranges, or none that is there, are refused."""
    found = _RANGE.fullmatch(wanted.strip())
    if not found or not (found[1] or found[2]):
        raise RefusedError(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "one range of bytes at a time")
    if not found[1]:
        return max(size - int(found[2]), 0), size
    begins, ends = int(found[1]), min(int(found[2] or size) + 1, size)
    if begins >= ends:
        raise RefusedError(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, f"there are {size} bytes")
    return begins, ends
