"""What Alexa sends beside launches, intents and ends: answers to its question for permission, events, and no requests.

Rule: a request here is either as Alexa documents it, or wrong in one way.
"""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from simulator import envelopes
from simulator.envelopes import Household
from simulator.permission import ACCEPTED, DENIED, NOT_ANSWERED

Json = dict[str, Any]

STATUSES, HOW_OFTEN = (ACCEPTED, DENIED, NOT_ANSWERED, "MAYBE"), (60, 20, 12, 8)

TOKENS = ("0900.1900.", "0730.lying_twist", "1200.")
"""Such as the coach has made."""

FOREIGN_TOKENS = ("", ".", "nonsense", "0900", "1900.0900.", "0900.0900.", "2500.", "0900.dolphin", "09:00.", "x" * 300)
"""Such as it has not, or not of late."""

ASKING: Json = {"name": "AskFor", "payload": {"permissionScope": "alexa::alerts:reminders:skill:readwrite"}}


def permission(who: Household, at: datetime, asked: Json, status: str, chance: Random) -> Json:
    """The answer to a directive, at times with something else in it than there should be."""
    request = envelopes.permission_answered(who, at, asked, status)
    match chance.randrange(16):
        case 0 | 1:
            request["token"] = chance.choice(FOREIGN_TOKENS)
        case 2:
            request["status"] = {"code": chance.choice(("400", "404", "500")), "message": "No"}
        case 3:
            request["payload"] = chance.choice(({}, {"permissionScope": "another", "status": status}))
        case 4:
            request["name"] = "Another"
        case 5:
            del request["token"]
    return request


def unasked(who: Household, at: datetime, chance: Random) -> Json:
    """An answer to what was not asked here."""
    token = chance.choice(TOKENS + FOREIGN_TOKENS)
    return permission(who, at, {**ASKING, "token": token}, chance.choice((ACCEPTED, ACCEPTED, DENIED)), chance)


def unanswered(who: Household, at: datetime, chance: Random) -> Json:
    """A request of a kind that nobody has to answer."""
    request = envelopes.session_ended(who, at, "ERROR")
    del request["reason"]
    if chance.random() < 0.5:
        return {**request, "type": "Display.ElementSelected", "token": "x"}
    error = {"type": chance.choice(("INVALID_RESPONSE", "INTERNAL_SERVICE_ERROR", "A_NEWER_ONE")), "message": "x"}
    cause = {"requestId": "amzn1.echo-api.request.0"}
    return {**request, "type": "System.ExceptionEncountered", "error": error, "cause": cause}


def broken(envelope: Json, chance: Random) -> Json:
    """An envelope with a part missing."""
    missing = chance.choice(("context", "request", "session"))
    return {name: part for name, part in envelope.items() if name != missing}
