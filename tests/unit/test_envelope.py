"""What is read of an envelope by hand is what ask-sdk reads of it, also where a part is null, missing or new."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope

from coach.alexa.envelope import NEEDED, checked, moment_ms, opened
from coach.alexa.permission import NAME, SCOPE
from coach.errors import MalformedRequestError
from simulator import envelopes
from simulator.envelopes import Household
from tests.front_door import filled
from tests.fuzz.tampering import at, parts

SOMEBODY = Household("somebody", "speaker", "voice", "en-GB", screen=True)
NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)
ASKED = {"name": NAME, "token": "0700.", "payload": {"permissionScope": SCOPE}}
REQUESTS = {
    "launch": envelopes.launch(SOMEBODY, NOW),
    "intent": envelopes.intent(SOMEBODY, NOW, "GoToIntent", filled({"exercise": ("pigeon", "pigeon")}), "STARTED"),
    "ended": envelopes.session_ended(SOMEBODY, NOW, "ERROR", "late"),
    "permission": envelopes.permission_answered(SOMEBODY, NOW, ASKED, "ACCEPTED"),
}
READ = (
    *("session.new", "session.session_id", "session.attributes", "context.system.application.application_id"),
    *("context.system.user.user_id", "context.system.device.device_id", "context.system.person.person_id"),
    *("context.system.api_endpoint", "context.system.api_access_token", "request.request_id", "request.locale"),
    *("request.object_type", "request.reason", "request.intent.name", "request.name", "request.token"),
    *("request.status.code", "request.payload"),
)
"""All that anybody looks at but the time and the slots."""


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=list(REQUESTS))
def test_what_is_read_is_what_ask_sdk_reads(request_: dict[str, Any]) -> None:
    attributes = {"session": {"state": "idle"}}
    sent = envelopes.envelope(SOMEBODY, request_, session_id="one", new=True, attributes=attributes)
    alike = 0
    for changed in _changed(sent):
        theirs, ours = _theirs(changed), _ours(changed)
        if ours is None:
            # They have no part that has to be there.
            assert theirs is None or not all(_found(changed, path) for path in NEEDED), changed
        elif theirs is not None:
            assert ours == theirs, changed
            alike += 1
    assert alike > 20


def _changed(sent: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield sent
    for path in parts(sent):
        for what in ("null", "gone", "new"):
            changed = copy.deepcopy(sent)
            whole = at(changed, path[:-1])
            if what == "new" and isinstance(whole, dict):
                whole["unheardOf"] = {"deeper": [1, None]}
            elif what == "gone" and isinstance(whole, dict):
                del whole[path[-1]]
            else:
                whole[path[-1]] = None
            yield changed


def _theirs(sent: dict[str, Any]) -> list[Any] | None:
    try:
        return _read(DefaultSerializer().deserialize(json.dumps(sent), RequestEnvelope))
    except (SerializationException, AttributeError):
        return None


def _ours(sent: dict[str, Any]) -> list[Any] | None:
    try:
        return _read(opened(checked(sent)))
    except MalformedRequestError:
        return None


def _read(envelope: Any) -> list[Any]:
    """What is read of an envelope; what is empty is as good as what is not there."""
    slots = _inner(envelope, "request.intent.slots") or {}
    words = {name: slot.get("value") if isinstance(slot, dict) else slot and slot.value for name, slot in slots.items()}
    reason = _inner(envelope, "request.reason")
    values = [_inner(envelope, path) or None for path in READ if path != "request.reason"]
    return [moment_ms(envelope.request.timestamp), words, getattr(reason, "value", reason) or None, *values]


def _inner(whole: Any, path: str) -> Any:
    for name in path.split("."):
        whole = getattr(whole, name, None)
    return whole


def _found(sent: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        sent = sent.get(key) if isinstance(sent, dict) else None
    return sent
