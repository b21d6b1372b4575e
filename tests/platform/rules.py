"""What any response of the skill must keep to, on any turn: Amazon's schema, its limits, and our margins below them.

Rule: `violations` takes envelopes as they travel and says one sentence for each fault, so a test can show them all.
"""

import json
from collections.abc import Iterator
from typing import Any

from coach.alexa.limits import RESPONSE_MAX_BYTES, SPEECH_MAX_CHARACTERS
from coach.speaking.content import best_locale, load
from simulator.speech import SpeechError, pieces, total_ms
from tests.platform import schema, ssml

SESSION_MAX_BYTES = 4_096
CARD_MAX_CHARACTERS = 8_000

_SPOKEN_TO = ("LaunchRequest", "IntentRequest", "Connections.Response")
_ASKED_IN = ("LaunchRequest", "IntentRequest")
_SILENT_KINDS = ("SessionEndedRequest", "AlexaSkillEvent.", "System.ExceptionEncountered")

SPOKEN_MAX_MS = 240_000
"""The longest that a speaker plays. Source: request and response JSON reference, "total time of audio"."""


def violations(response: dict[str, Any], request: dict[str, Any] | None = None) -> list[str]:
    """What is wrong with the envelope `response`, the answer to the envelope `request`; empty when all is well."""
    faults = [f"schema: {fault}" for fault in schema.faults("response", response)]
    body = response.get("response")
    if not isinstance(body, dict):
        return faults
    locale = (request or {}).get("request", {}).get("locale", "en-US")
    faults += _of_size(response)
    faults += _of_speech(body, locale)
    faults += _of_session(body)
    if request is not None:
        faults += [f"request: {fault}" for fault in schema.faults("request", request)]
        faults += _of_kind(body, request)
    return faults


def session_bytes(response: dict[str, Any]) -> int:
    """How much of the response the session attributes are, in bytes of compact JSON."""
    return _bytes(response.get("sessionAttributes") or {})


def spoken(body: dict[str, Any]) -> str:
    """The SSML of a response's outputSpeech or of a reprompt's; empty when it is silent."""
    return str((body.get("outputSpeech") or {}).get("ssml", ""))


def _of_size(response: dict[str, Any]) -> Iterator[str]:
    if (size := _bytes(response)) > RESPONSE_MAX_BYTES:
        yield f"the response has {size} bytes, and {RESPONSE_MAX_BYTES} are allowed"
    if (size := session_bytes(response)) > SESSION_MAX_BYTES:
        yield f"the session attributes have {size} bytes, and {SESSION_MAX_BYTES} are allowed"
    card = response["response"].get("card") or {}
    if (size := sum(len(str(card.get(part, ""))) for part in ("title", "content", "text"))) > CARD_MAX_CHARACTERS:
        yield f"the card has {size} characters, and {CARD_MAX_CHARACTERS} are allowed"


def _of_speech(body: dict[str, Any], locale: str) -> Iterator[str]:
    for name, part in (("speech", body), ("reprompt", body.get("reprompt") or {})):
        output = part.get("outputSpeech")
        if output is None:
            continue
        if output.get("type") != "SSML":
            yield f"{name}: it is {output.get('type')} and not SSML"
            continue
        text = spoken(part)
        faults = ssml.violations(text)
        yield from (f"{name}: {fault}" for fault in faults)
        if len(text) > SPEECH_MAX_CHARACTERS:
            yield f"{name}: it has {len(text)} characters, and {SPEECH_MAX_CHARACTERS} are allowed"
        if not faults:
            yield from (f"{name}: {fault}" for fault in _of_length(text, locale))


def _of_length(text: str, locale: str) -> Iterator[str]:
    try:
        length = total_ms(pieces(text, load(best_locale(locale)).voice))
    except SpeechError as error:
        yield str(error)
        return
    if length > SPOKEN_MAX_MS:
        yield f"it lasts {length / 1000:.0f} s as estimated, and {SPOKEN_MAX_MS / 1000:.0f} s are allowed"


def _of_session(body: dict[str, Any]) -> Iterator[str]:
    ends, reprompt = body.get("shouldEndSession"), (body.get("reprompt") or {}).get("outputSpeech")
    directives = [str(directive.get("type", "")) for directive in body.get("directives") or []]
    if ends is False and not reprompt:
        yield "the session stays open without a reprompt"
    if ends is False and not body.get("outputSpeech"):
        yield "the session stays open after saying nothing"
    if ends is True and reprompt:
        yield "the session ends, and yet there is a reprompt"
    if ends is False and "Connections.SendRequest" in directives:
        yield "the session is handed over to Alexa, and stays open all the same"
    if ends is not False and "Dialog.ElicitSlot" in directives:
        yield "a slot is asked for, and nobody listens"
    if ends is None and body.get("outputSpeech") and not any(kind.startswith("Connections.") for kind in directives):
        yield "shouldEndSession is absent: a speaker without a screen ends the session there"


def _of_kind(body: dict[str, Any], request: dict[str, Any]) -> Iterator[str]:
    kind = str(request.get("request", {}).get("type", ""))
    if kind in _SPOKEN_TO and not body.get("outputSpeech"):
        yield f"a {kind} is answered with silence"
    if kind not in _ASKED_IN and any(one.get("type") == "Dialog.ElicitSlot" for one in body.get("directives") or []):
        yield f"a {kind} is answered with a question for a slot"
    if kind.startswith(_SILENT_KINDS):
        said = [name for name in ("outputSpeech", "reprompt", "card", "directives") if body.get(name)]
        if said:
            yield f"a {kind} cannot be answered, and the response has {', '.join(said)}"


def _bytes(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
