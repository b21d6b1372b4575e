"""Permission to set reminders, by voice: the directive that has Alexa ask for it, and what comes back.

Rule: Alexa asks in its own words, and the session may come back without its attributes. So what is to be set travels in
the token, which has times in it and nothing of the person; whatever else comes back is not believed.
Source: Alexa's "Set Up Voice Permissions for Reminders".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from coach.conversation import Event, Heard, Reminders
from coach.conversation.details import Daily

if TYPE_CHECKING:
    from ask_sdk_model.interfaces.connections import ConnectionsResponse, SendRequestDirective

SCOPE = "alexa::alerts:reminders:skill:readwrite"
NAME = "AskFor"
ANSWERED = "Connections.Response"
"""The type of the request in which the answer comes."""

DONE = "200"

_STATUSES = {"ACCEPTED": Event.REMINDERS_ALLOWED, "DENIED": Event.REMINDERS_DENIED}


def directive(reminders: Reminders) -> SendRequestDirective:
    """Has Alexa ask whether this skill may set reminders. The session ends with it, and Alexa opens it again."""
    # Few people are ever asked: nobody else waits for these modules.
    from ask_sdk_model.interfaces.connections import SendRequestDirective  # noqa: PLC0415

    payload = {"@type": "AskForPermissionsConsentRequest", "@version": "1", "permissionScope": SCOPE}
    return SendRequestDirective(name=NAME, payload=payload, token=reminders.to_token())


def answer(sent: Mapping[str, Any], common: Mapping[str, Any]) -> ConnectionsResponse:
    """The request in which the answer comes, with what all requests have in `common`."""
    from ask_sdk_model.interfaces.connections import ConnectionsResponse, ConnectionsStatus  # noqa: PLC0415

    status, payload = sent.get("status"), sent.get("payload")
    code = status.get("code") if isinstance(status, dict) else None
    return ConnectionsResponse(
        status=ConnectionsStatus(code=code),
        name=sent.get("name"),
        payload=payload if isinstance(payload, dict) else {},
        token=sent.get("token"),
        **common,
    )


def heard(response: ConnectionsResponse) -> Heard | None:
    """What the person said to Alexa; None when it was not about reminders.

    A person who did not answer has not allowed it. With a token that is not ours, the time has to be asked again.
    """
    payload = response.payload
    if response.name != NAME or payload.get("permissionScope", SCOPE) != SCOPE:
        return None
    if response.status.code != DONE:
        return Heard(Event.REMINDERS_FAILED)
    event = _STATUSES.get(str(payload.get("status")), Event.REMINDERS_DENIED)
    if event is not Event.REMINDERS_ALLOWED:
        return Heard(event)
    try:
        wanted = Reminders.from_token(str(response.token))
    except ValueError:
        wanted = Reminders(())
    asked = bool(wanted.times or wanted.wait)
    return Heard(event if asked else Event.REMIND, Daily(wanted.times, exercise=wanted.exercise, wait=wanted.wait))
