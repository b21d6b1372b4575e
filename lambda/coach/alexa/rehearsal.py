"""What a first person would wait for, done before anybody is there: modules are imported that only a request needs, and
what is worked out once about words and lengths is known.

Rule: a rehearsal is nobody's. It is for a handler with a store of its own, whose answers are not heard.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_NOBODY = {"application": {}, "user": {"userId": "nobody"}, "device": {"deviceId": "nothing"}}
_ROUTINE = {
    "status": {"code": "ER_SUCCESS_MATCH"},
    "values": [{"value": {"name": "quick", "id": "quick"}}],
}
_BEGIN = {
    "name": "StartRoutineIntent",
    "slots": {"routine": {"value": "quick", "resolutions": {"resolutionsPerAuthority": [_ROUTINE]}}},
}
_SAID: tuple[dict[str, Any], ...] = ({"type": "LaunchRequest"}, {"type": "IntentRequest", "intent": _BEGIN})


def rehearse(handler: Callable[[dict[str, Any], object], dict[str, Any]], skill_id: str, locale: str) -> None:
    """Have the skill opened and a routine begun in a locale, by nobody."""
    carried: dict[str, Any] = {}
    for number, said in enumerate(_SAID):
        common = {"requestId": f"rehearsal {number}", "timestamp": f"2026-01-01T00:00:0{number}Z", "locale": locale}
        event = {
            "version": "1.0",
            "session": {"new": not number, "sessionId": "rehearsal", "attributes": carried},
            "context": {"System": {**_NOBODY, "application": {"applicationId": skill_id}}},
            "request": {**said, **common},
        }
        carried = handler(event, None).get("sessionAttributes", {})
