"""What a speaker with a screen tells by itself: what was touched on it, that an answer is over, that it cannot show it.

Rule: touching is saying it. Each touch is an event that an intent is as well. One that belongs to an earlier answer, or
that no key of ours sends, is none at all: nothing changes, and nothing is said.
Source: Alexa's Presentation Language interface reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ask_sdk_model import Request

from coach import log
from coach.conversation import Event, Heard
from coach.conversation.details import Detail, Named, Wanted
from coach.planning import Library

APL = "Alexa.Presentation.APL"
"""The interface of a screen, by which a device says that it has one. Its requests begin with it."""

TOUCHED, FAILED = f"{APL}.UserEvent", f"{APL}.RuntimeError"

OLDEST = (1, 9)
"""The version that the document is written in: a device whose newest one is older cannot show it."""

TOUCHES: Mapping[str, Event] = {
    "ready": Event.READY,
    "next": Event.NEXT,
    "previous": Event.PREVIOUS,
    "repeat": Event.REPEAT,
    "pause": Event.PAUSE,
    "resume": Event.RESUME,
    "stop": Event.STOP,
    "explain": Event.EXPLAIN,
    "easier": Event.EASIER,
    "skip": Event.SKIP,
    "yes": Event.YES,
    "no": Event.NO,
    "routine": Event.START,
    "exercise": Event.GO_TO,
}
"""What a key of the screen means. The end of an answer sends one of them as well, for whoever goes hands-free."""

_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})(\.\d{1,4})?", re.ASCII)
_KIND = re.compile(r"[A-Z_]{1,40}", re.ASCII)
_ERRORS_TOLD = 5


class Touch(Request):  # type: ignore[misc]
    """A request of the screen's, of any type: `token` says which answer it belongs to, `arguments` what was touched,
    and `errors` what the screen could not do.
    """

    def __init__(self, sent: Mapping[str, Any], common: Mapping[str, Any]) -> None:
        super().__init__(object_type=sent["type"], **common)
        self.token, self.arguments, self.errors = sent.get("token"), sent.get("arguments"), sent.get("errors")


def has_screen(device: object) -> bool:
    """Whether a device says in an envelope that it has a screen which can show the document."""
    interfaces = device.get("supportedInterfaces") if isinstance(device, dict) else None
    apl = interfaces.get(APL) if isinstance(interfaces, dict) else None
    runtime = apl.get("runtime") if isinstance(apl, dict) else None
    version = runtime.get("maxVersion") if isinstance(runtime, dict) else None
    found = _VERSION.fullmatch(version) if isinstance(version, str) else None
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST


def token(session: str, answers: object) -> str:
    """The name of what an answer shows: of its session, and its number in it."""
    return f"{session}.{answers}"


def heard(touch: Touch, current: str) -> Heard | None:
    """What was meant by a touch of what is `current`; None where it was nothing of ours."""
    if touch.object_type == FAILED:
        log.record("screen_failed", errors=kinds(touch.errors))
    if touch.object_type != TOUCHED or touch.token != current:
        return None
    arguments = touch.arguments
    if not isinstance(arguments, list) or not arguments or not all(isinstance(one, str) for one in arguments):
        return None
    event = TOUCHES.get(arguments[0])
    return Heard(event, _detail(event, "".join(arguments[1:2]))) if event else None


def is_known(heard: Heard, library: Library) -> bool:
    """Whether there is such a routine, or such an exercise, as was touched."""
    wanted, named = heard.of(Wanted), heard.of(Named)
    return wanted.routine in ("", *library.routines) and named.exercise in ("", *library.exercises)


def _detail(event: Event, of: str) -> Detail | None:
    match event:
        case Event.START:
            return Wanted(of)
        case Event.GO_TO:
            return Named(of)
    return None


def kinds(errors: object) -> str:
    """The types of errors of Alexa's, and nothing else of them: a message may have in it what was shown, or sent."""
    found = [error.get("type") for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    return " ".join([kind for kind in found if isinstance(kind, str) and _KIND.fullmatch(kind)][:_ERRORS_TOLD])
