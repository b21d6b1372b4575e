"""Alexa's services on this computer: the reminders that are kept for a skill, and the time zone of the speaker.

Rule: bound to 127.0.0.1 and kept in memory. They answer as the API references say, and know whoever asks by the token
of the request. Sources: Alexa Reminders API reference, Alexa Settings API reference; `ask_sdk_model.services`.
"""

import json
import re
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self
from uuid import uuid4

from simulator.envelopes import Json

PATH: Final = "/v1/alerts/reminders"
ZONE_PATH: Final = re.compile(r"/v2/devices/[^/]+/settings/System\.timeZone")
MOST: Final = 250
"""How many a speaker takes. Not in the reference of this API; the one for managed speakers says 250 an endpoint."""

NOT_ALLOWED: Final = (HTTPStatus.UNAUTHORIZED, "UNAUTHORIZED", "The user has not granted this skill the permission.")
NOT_SUPPORTED: Final = (HTTPStatus.FORBIDDEN, "DEVICE_NOT_SUPPORTED", "The device does not support reminders.")
TOO_MANY: Final = (HTTPStatus.FORBIDDEN, "MAX_REMINDERS_EXCEEDED", "There are too many reminders.")
THROTTLED: Final = (HTTPStatus.TOO_MANY_REQUESTS, "MAX_RATE_EXCEEDED", "There are too many requests.")
BROKEN: Final = (HTTPStatus.INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", "Something went wrong.")
UNAVAILABLE: Final = (HTTPStatus.SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE", "The service is not available.")
TIMED_OUT: Final = (HTTPStatus.GATEWAY_TIMEOUT, "GATEWAY_TIMEOUT", "The service did not answer in time.")
UNKNOWN: Final = (HTTPStatus.NOT_FOUND, "ALERT_NOT_FOUND", "There is no such reminder.")
MALFORMED: Final = (HTTPStatus.BAD_REQUEST, "INVALID_REQUEST", "The request is not one for a reminder.")

Refusal = tuple[HTTPStatus, str, str]


@dataclass
class AlexaServices:
    """The services, while they are open: `with AlexaServices() as api`. `refusal` is what they answer everything with,
    and `zone` the time zone of every speaker, empty for one that has none.

    `asked` is every request about reminders that came, as (method, path, body), and `asked_zone` how many came for the
    zone; `kept` are the reminders by the token of their person.
    """

    most: int = MOST
    zone: str = ""
    asked_zone: int = 0
    refusal: Refusal | None = None
    asked: list[tuple[str, str, Json]] = field(default_factory=list)
    kept: dict[str, dict[str, Json]] = field(default_factory=dict)
    _allowed: set[str] = field(default_factory=set)

    def allow(self, token: str) -> None:
        """The person with this token has given the skill permission."""
        self._allowed.add(token)

    def reminders(self, token: str) -> list[Json]:
        """The reminders of one person, in the order in which they were set."""
        return list(self.kept.get(token, {}).values())

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _endpoint(self))
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, token: str, body: Json) -> tuple[HTTPStatus, Any]:
        """What the services say to one request."""
        if ZONE_PATH.fullmatch(path):
            self.asked_zone += 1
            told = (HTTPStatus.OK, self.zone) if self.zone else (HTTPStatus.NO_CONTENT, None)
            return _refused(self.refusal) if self.refusal else told
        self.asked.append((method, path, body))
        refusal = self.refusal or (None if token in self._allowed else NOT_ALLOWED)
        mine = self.kept.setdefault(token, {})
        alert = path.removeprefix(PATH).strip("/")
        if refusal:
            return _refused(refusal)
        match method:
            case "GET" if not alert:
                return HTTPStatus.OK, {"totalCount": str(len(mine)), "alerts": list(mine.values()), "links": None}
            case "POST" if not alert and len(mine) >= self.most:
                return _refused(TOO_MANY)
            case "POST" if not alert and _complete(body):
                return HTTPStatus.CREATED, self._created(mine, body)
            case "DELETE" if alert in mine:
                del mine[alert]
                return HTTPStatus.OK, {}
            case "DELETE":
                return _refused(UNKNOWN)
            case _:
                return _refused(MALFORMED)

    @staticmethod
    def _created(mine: dict[str, Json], body: Json) -> Json:
        alert, now = str(uuid4()), datetime.now(UTC).isoformat(timespec="milliseconds")
        about = {"alertToken": alert, "createdTime": now, "updatedTime": now, "status": "ON", "version": "1"}
        mine[alert] = {**about, **{key: body[key] for key in ("trigger", "alertInfo", "pushNotification")}}
        return {**about, "href": f"{PATH}/{alert}"}


def _complete(body: Json) -> bool:
    """Whether a request has what a daily reminder needs, or one that comes once."""
    trigger = body.get("trigger", {})
    once = trigger.get("type") == "SCHEDULED_RELATIVE" and trigger.get("offsetInSeconds", 0) > 0
    timed = once or trigger.get("recurrence", {}).get("recurrenceRules")
    content = body.get("alertInfo", {}).get("spokenInfo", {}).get("content")
    return bool(body.get("requestTime") and timed and content and "pushNotification" in body)


def _refused(refusal: Refusal) -> tuple[HTTPStatus, Json]:
    status, code, message = refusal
    return status, {"code": code, "message": message}


def _endpoint(api: AlexaServices) -> type[BaseHTTPRequestHandler]:
    class Endpoint(BaseHTTPRequestHandler):
        """One client's request."""

        def do_GET(self) -> None:
            """List the reminders."""
            self._answer()

        def do_POST(self) -> None:
            """Set one."""
            self._answer()

        def do_DELETE(self) -> None:
            """Delete one."""
            self._answer()

        def _answer(self) -> None:
            body: Any = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, answer = api.answer(self.command, self.path, token, body)
            data = b"" if answer is None else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet: a token is nothing for a log."""

    return Endpoint
