"""Alexa's envelope: checked, and the parts of it that are read, as objects of ask-sdk.

Rule: everything in an envelope is input from outside. What is not as it should be is refused or read as empty, never
trusted. ask-sdk would make objects of all that is in it, and import a class for each: for a device with a screen those
are some seventy modules, of which nothing is read.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from typing import Any

from ask_sdk_model import (
    Application,
    Context,
    Device,
    Intent,
    IntentRequest,
    LaunchRequest,
    Person,
    Request,
    RequestEnvelope,
    Session,
    SessionEndedRequest,
    User,
)
from ask_sdk_model.interfaces.system import SystemState

from coach import log
from coach.alexa import permission, touch
from coach.alexa.limits import ATTRIBUTES_MAX_BYTES, ATTRIBUTES_MAX_DEPTH, REQUEST_MAX_BYTES, REQUEST_MAX_DEPTH
from coach.errors import MalformedRequestError
from coach.persistence.reading import MS_MOST

SKILL_DISABLED = "AlexaSkillEvent.SkillDisabled"
"""The type of the event that the skill was disabled."""

REFUSED = "System.ExceptionEncountered"
"""What Alexa sends when a reply to a player was none."""

PLAYERS = ("AudioPlayer.", "PlaybackController.")
"""How the requests of players and of their buttons begin."""

NEEDED = (
    ("request", "type"),
    ("request", "requestId"),
    ("request", "timestamp"),
    ("context", "System", "application", "applicationId"),
    ("context", "System", "user", "userId"),
)
"""What every request of Alexa's has."""


class AsItCame(dict[str, Any]):
    """What a session carried. ask-sdk copies it, part by part, for handlers that write into it: here none does."""

    def __deepcopy__(self, memo: object) -> AsItCame:
        return self


_JSON = json.JSONEncoder(default=str)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def checked(event: object) -> dict[str, Any]:
    """The envelope that is to be opened. Session attributes that cannot have been ours are taken out of it. Raises
    MalformedRequestError that names the part at fault of what can be no envelope of Alexa's.
    """
    if not isinstance(event, dict):
        raise MalformedRequestError("the envelope is not an object")
    if not _is_small(event):
        event = _in_bounds(event)
    for path in NEEDED:
        part: Any = event
        for key in path:
            part = part.get(key) if isinstance(part, dict) else None
        if not part:
            raise MalformedRequestError(f"the envelope has no {'.'.join(path)}")
    if not _TIME.fullmatch(str(event["request"]["timestamp"])):
        raise MalformedRequestError("the envelope has no request.timestamp that is a time")
    return event


def opened(event: dict[str, Any]) -> RequestEnvelope | None:
    """What is read of an envelope that was checked; None where nothing is done about a request of its type. Slots and
    session attributes are in it as they came. Raises MalformedRequestError for a time that nobody lives at.
    """
    request = _request(event["request"])
    if request is None:
        return None
    system, session = event["context"]["System"], event.get("session")
    state = SystemState(
        application=Application(_text(system["application"], "applicationId")),
        user=User(_text(system["user"], "userId")),
        # Of its interfaces no more is read than whether it has a screen: the classes for all of them are slow and many.
        device=Device(
            _text(system.get("device"), "deviceId"),
            supported_interfaces=touch.has_screen(system.get("device")),
        ),
        person=Person(_text(system.get("person"), "personId")),
        api_endpoint=_text(system, "apiEndpoint"),
        api_access_token=_text(system, "apiAccessToken"),
    )
    carried = None
    if isinstance(session, dict):
        new, attributes = session.get("new") is True, AsItCame(_parts(session, "attributes"))
        carried = Session(new=new, session_id=_text(session, "sessionId"), attributes=attributes)
    context_ = Context(system=state, audio_player=_player(event["context"]))
    return RequestEnvelope(version="1.0", session=carried, context=context_, request=request)


def _player(context: dict[str, Any]) -> dict[str, Any] | None:
    """What the player of a device tells, as it came; None for a device that has none, or shows what it says: what
    plays by itself would take the place of that.
    """
    interfaces = _parts(_parts(context["System"], "device"), "supportedInterfaces")
    return _parts(context, "AudioPlayer") if "AudioPlayer" in interfaces and touch.APL not in interfaces else None


def _request(sent: dict[str, Any]) -> Request | None:
    common = {
        "request_id": _text(sent, "requestId"),
        "timestamp": _moment(sent["timestamp"]),
        "locale": _text(sent, "locale"),
    }
    match sent["type"]:
        case "LaunchRequest":
            return LaunchRequest(**common)
        case "IntentRequest":
            intent = sent.get("intent")
            return IntentRequest(intent=Intent(_text(intent, "name"), _parts(intent, "slots")), **common)
        case "SessionEndedRequest":
            return SessionEndedRequest(reason=_text(sent, "reason"), **common)
        case permission.ANSWERED:
            return permission.answer(sent, common)
        case "AlexaSkillEvent.SkillDisabled":
            # ask-sdk has a class for it, with a dozen modules that nothing else here needs.
            return Request(object_type=SKILL_DISABLED, **common)
        case str(kind) if kind.startswith(touch.APL):
            return touch.Touch(sent, common)
        case str(kind) if kind == REFUSED:
            log.record("reply_refused", reason=touch.kinds([sent.get("error")]))
        case str(kind) if kind.startswith(PLAYERS):
            # Nobody else waits for this module: where nothing was played, no player tells anything.
            from coach.alexa import player  # noqa: PLC0415

            return player.Report(sent, common)
    return None


def _text(parts: object, name: str) -> str:
    """A part that is text; empty where it is none."""
    value = parts.get(name) if isinstance(parts, dict) else None
    return value if isinstance(value, str) else ""


def _parts(parts: object, name: str) -> dict[str, Any]:
    """A part that has parts; none where it has none."""
    value = parts.get(name) if isinstance(parts, dict) else None
    return value if isinstance(value, dict) else {}


def _moment(timestamp: str) -> datetime:
    try:
        moment = datetime.fromisoformat(timestamp)
        lived = 0 <= moment_ms(moment) <= MS_MOST
    except (ValueError, OverflowError, OSError):
        lived = False
    if not lived:
        raise MalformedRequestError("the envelope has no request.timestamp of our time")
    return moment


def moment_ms(timestamp: datetime) -> int:
    """The moment of a request in epoch milliseconds."""
    return round(timestamp.timestamp() * 1000)


def _is_small(event: dict[str, Any]) -> bool:
    """Whether an envelope is within all limits, for as a whole it is within those of its parts, as Alexa's are."""
    session = event.get("session")
    carried = session.get("attributes") if isinstance(session, dict) else None
    return isinstance(carried, dict | None) and _may_be_ours(event)


def _in_bounds(event: dict[str, Any]) -> dict[str, Any]:
    """An envelope without session attributes that cannot have been ours. Raises MalformedRequestError."""
    session = event.get("session")
    rest = event
    if isinstance(session, dict) and "attributes" in session:
        # They have limits of their own, which are far below those of an envelope.
        rest = {**event, "session": {**session, "attributes": {}}}
        if not _may_be_ours(session["attributes"]):
            log.record("repaired", where="session", fields="attributes")
            event = rest
    if _depth(rest) > REQUEST_MAX_DEPTH:
        raise MalformedRequestError("the envelope is nested too deep")
    if _size(rest) > REQUEST_MAX_BYTES:
        raise MalformedRequestError("the envelope is too large")
    return event


def _may_be_ours(attributes: object) -> bool:
    if not isinstance(attributes, dict):
        return attributes is None
    return _depth(attributes) < ATTRIBUTES_MAX_DEPTH and _size(attributes) <= ATTRIBUTES_MAX_BYTES


def _size(value: object) -> int:
    """Bytes as JSON; more than any limit for what is none, such as a number of thousands of digits."""
    try:
        return len(_JSON.encode(value))
    except (ValueError, TypeError):
        return sys.maxsize


def _depth(value: dict[str, Any], limit: int = REQUEST_MAX_DEPTH + 1) -> int:
    """How deep a value is nested, up to a limit."""
    depth, level = 1, list[Any]([value])
    while level and depth < limit:
        depth += 1
        inside = (part.values() if isinstance(part, dict) else part for part in level)
        level = [inner for parts in inside for inner in parts if isinstance(inner, (dict, list))]
    return depth
