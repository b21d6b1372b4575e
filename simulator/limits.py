"""What the platform refuses: a response that breaks one of these rules is never spoken, and its session ends.

Rule: the device's own limits, which are wider than those the coach keeps to (`coach.alexa.limits`). Sources: Alexa's
request and response JSON reference and SSML reference; the wording of the length limit is an error message of the
service, "exceeds allowed size of 8000 characters".
"""

import json
from typing import Any, Final

from coach.alexa.limits import BREAK_MAX_MS, RESPONSE_MAX_BYTES, SOUNDS_MAX
from simulator.speech import SpeechError, break_ms, parse, rate

SPOKEN_MAX_CHARACTERS: Final = 8_000
RATE_MIN: Final = 0.2
_PLAIN_TAGS = "speak break p s w sub emphasis prosody say-as phoneme lang voice audio"
_AMAZON_TAGS = "{alexa}name {amazon}effect {amazon}emotion {amazon}domain {amazon}breath {amazon}auto-breaths"
TAGS: Final = frozenset(f"{_PLAIN_TAGS} {_AMAZON_TAGS}".split())


def refusal(answer: Any) -> str | None:
    """Why the platform refuses this response envelope, in one sentence; None when it takes it."""
    size = len(json.dumps(answer, ensure_ascii=False).encode())
    if size > RESPONSE_MAX_BYTES:
        return f"the response has {size} bytes, and the platform takes {RESPONSE_MAX_BYTES}"
    if not isinstance(answer, dict) or not isinstance(answer.get("version"), str):
        return "the response is not an envelope with a version"
    response = answer.get("response")
    if not isinstance(response, dict):
        return "the envelope has no response in it"
    if not isinstance(response.get("shouldEndSession"), bool | None):
        return "shouldEndSession is neither true nor false"
    if not isinstance(answer.get("sessionAttributes"), dict | None):
        return "sessionAttributes is not an object"
    spoken = [response.get("outputSpeech"), (response.get("reprompt") or {}).get("outputSpeech")]
    return next((reason for part in spoken if part is not None and (reason := _refuses_to_speak(part))), None)


def _refuses_to_speak(part: Any) -> str | None:
    if not isinstance(part, dict) or part.get("type") not in {"SSML", "PlainText"}:
        return "an outputSpeech is neither SSML nor PlainText"
    text = part.get("ssml" if part["type"] == "SSML" else "text")
    if not isinstance(text, str) or not text.strip():
        return "an outputSpeech has nothing to say"
    if len(text) > SPOKEN_MAX_CHARACTERS:
        return f"speech of {len(text)} characters exceeds the allowed size of {SPOKEN_MAX_CHARACTERS}"
    if part["type"] == "PlainText":
        return None
    try:
        return _refuses_ssml(text)
    except SpeechError as error:
        return str(error)


def _refuses_ssml(ssml: str) -> str | None:
    sounds = 0
    for node in parse(ssml).iter():
        if node.tag not in TAGS:
            return f"<{node.tag}> is not a tag of Alexa's SSML"
        if node.tag == "break" and break_ms(node.get("time", "0s")) > BREAK_MAX_MS:
            return f"a break of {node.get('time')} is longer than {BREAK_MAX_MS // 1000} seconds"
        if node.tag == "prosody" and rate(node.get("rate", "medium")) < RATE_MIN:
            return f"a rate of {node.get('rate')} is below {RATE_MIN:.0%}"
        sounds += node.tag == "audio"
    return f"there are {sounds} sounds, and a response may have {SOUNDS_MAX}" if sounds > SOUNDS_MAX else None
