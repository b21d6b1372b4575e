"""Each rule for responses finds the fault it is there for, and nothing in a response that is as it should be."""

from typing import Any

import pytest

from coach.alexa import elicitation
from coach.conversation import Event
from tests.platform.rules import session_bytes, violations


def answered(kind: str, **more: Any) -> dict[str, Any]:
    application, user = {"applicationId": "amzn1.ask.skill.x"}, {"userId": "amzn1.ask.account.x"}
    device = {"deviceId": "amzn1.ask.device.x", "supportedInterfaces": {}}
    system = {"application": application, "user": user, "device": device, "apiEndpoint": "https://api.amazonalexa.com"}
    return {
        "version": "1.0",
        "session": {"new": True, "sessionId": "session", "application": application, "user": user},
        "context": {"System": system},
        "request": {
            "type": kind,
            "requestId": "request",
            "timestamp": "2026-11-23T19:00:00Z",
            "locale": "en-US",
            **more,
        },
    }


def ssml(words: str) -> dict[str, Any]:
    return {"type": "SSML", "ssml": f"<speak>{words}</speak>"}


def good() -> dict[str, Any]:
    return {
        "version": "1.0",
        "sessionAttributes": {"state": "asking"},
        "response": {
            "outputSpeech": ssml('Hold there. <break time="10s"/> Say "next" when you\'re ready.'),
            "reprompt": {"outputSpeech": ssml("Ready?")},
            "card": {"type": "Simple", "title": "Hip Coach", "content": "Lying twist"},
            "shouldEndSession": False,
        },
    }


def with_speech(words: str) -> dict[str, Any]:
    response = good()
    response["response"]["outputSpeech"] = ssml(words)
    return response


def closing() -> dict[str, Any]:
    response = good()
    response["response"] |= {"outputSpeech": ssml("Rest well."), "shouldEndSession": True}
    del response["response"]["reprompt"]
    return response


def test_a_response_that_keeps_to_the_rules_has_no_violation() -> None:
    assert violations(good()) == []
    assert violations(closing()) == []
    assert violations(good(), answered("LaunchRequest")) == []
    assert (
        violations(
            closing(), answered("IntentRequest", intent={"name": "AMAZON.StopIntent", "confirmationStatus": "NONE"})
        )
        == []
    )


SPEECH_FAULTS = {
    "Knees & hips.": "not well-formed",
    "<b>Hold.": "not well-formed",
    "<bold>Hold.</bold>": "not a tag that Alexa knows",
    'Hold. <break time="11s"/>': "longer than 10 s",
    'Hold. <break time="10.5s"/>': "longer than 10 s",
    'Hold. <break time="10001ms"/>': "longer than 10 s",
    'Hold. <break time="ten"/>': "not a time",
    'Hold. <break times="3s"/>': 'no attribute "times"',
    "Hold. <break/>": "neither time nor strength",
    '<prosody rate="15%">Hold.</prosody>': "a rate of 15%",
    '<prosody rate="300%">Hold.</prosody>': "a rate of 300%",
    '<prosody rate="slowish">Hold.</prosody>': "not a value",
    '<prosody pitch="+80%">Hold.</prosody>': "a pitch of +80%",
    '<say-as interpret-as="roman">four</say-as>.': "not a value",
    "<say-as>four</say-as>.": "lacks its attribute",
    '<audio src="http://example.org/a.mp3"/> Hold.': "not a value",
    '<audio src="https://example.org/a.mp3"/>' * 6 + " Hold.": "6 <audio> tags",
    "Hold there": "does not end a sentence",
    "Hold there,": "does not end a sentence",
    '<break time="3s"/>': "no words",
    '<audio src="soundbank://soundlibrary/bell"/>': "no words",
    "Hold for {{ seconds }}.": "read aloud",
    "Knees &amp;amp; hips.": "read aloud",
    "Hold. " + "Breathe in slowly, and out. " * 300: "characters",
    "Hold. " + '<break time="10s"/>' * 24: "240 s are allowed",
}


@pytest.mark.parametrize(("words", "fault"), SPEECH_FAULTS.items(), ids=lambda text: text[:40])
def test_a_fault_in_the_speech_is_found(words: str, fault: str) -> None:
    assert fault in "\n".join(violations(with_speech(words)))


@pytest.mark.parametrize(("words", "fault"), SPEECH_FAULTS.items(), ids=lambda text: text[:40])
def test_the_same_fault_in_the_reprompt_is_found(words: str, fault: str) -> None:
    response = good()
    response["response"]["reprompt"] = {"outputSpeech": ssml(words)}
    assert any(found.startswith("reprompt") and fault in found for found in violations(response))


def test_speech_that_is_not_ssml_from_its_root_is_found() -> None:
    response = good()
    response["response"]["outputSpeech"]["ssml"] = "<p>Hold.</p>"
    assert "not with <speak>" in "\n".join(violations(response))
    response["response"]["outputSpeech"] = {"type": "PlainText", "text": "Hold."}
    assert "PlainText and not SSML" in "\n".join(violations(response))


def test_a_break_of_exactly_ten_seconds_and_a_quotation_at_the_end_are_allowed() -> None:
    assert violations(with_speech('Wait. <break time="10000ms"/> Now say "next."')) == []


def test_a_misspelt_property_is_found_by_the_schema() -> None:
    response = good()
    response["response"]["shouldEndSesion"] = False
    assert "shouldEndSesion" in "\n".join(violations(response))


def test_an_unknown_directive_is_found_by_the_schema() -> None:
    response = good()
    response["response"]["directives"] = [{"type": "Alexa.Presentation.APL.RenderDocumentt", "token": "pose"}]
    assert "schema" in "\n".join(violations(response))


def test_a_response_that_is_not_an_envelope_is_found() -> None:
    assert violations({"outputSpeech": ssml("Hold.")}) != []


def test_a_response_larger_than_alexa_takes_is_found() -> None:
    response = good()
    response["response"]["directives"] = [
        {"type": "Alexa.Presentation.APL.RenderDocument", "token": "pose", "document": {"text": "x" * 120_000}}
    ]
    assert "120000 are allowed" in "\n".join(violations(response))


def test_session_attributes_larger_than_we_allow_are_found_and_measured() -> None:
    response = good()
    response["sessionAttributes"] = {"state": "é" * 2_100}
    assert session_bytes(response) == 4_200 + len('{"state":""}')
    assert "session attributes have 4212 bytes" in "\n".join(violations(response))


def test_a_card_larger_than_alexa_takes_is_found() -> None:
    response = good()
    response["response"]["card"]["content"] = "x" * 8_000
    assert "the card has" in "\n".join(violations(response))


def test_an_open_session_without_a_reprompt_is_found() -> None:
    response = good()
    del response["response"]["reprompt"]
    assert violations(response) == ["the session stays open without a reprompt"]


def test_a_closed_session_with_a_reprompt_is_found() -> None:
    response = good()
    response["response"]["shouldEndSession"] = True
    assert violations(response) == ["the session ends, and yet there is a reprompt"]


def test_an_open_session_that_says_nothing_is_found() -> None:
    response = good()
    del response["response"]["outputSpeech"]
    assert violations(response) == ["the session stays open after saying nothing"]


def test_a_session_that_is_neither_open_nor_closed_is_found() -> None:
    response = good()
    del response["response"]["shouldEndSession"]
    assert "shouldEndSession is absent" in "\n".join(violations(response))


def test_asking_for_a_permission_may_leave_the_session_to_alexa() -> None:
    response = closing()
    del response["response"]["shouldEndSession"]
    response["response"]["directives"] = [
        {"type": "Connections.SendRequest", "name": "AskFor", "payload": {}, "token": "reminders"}
    ]
    assert violations(response) == []


def test_asking_for_a_permission_with_the_microphone_open_is_found() -> None:
    response = good()
    response["response"]["directives"] = [
        {"type": "Connections.SendRequest", "name": "AskFor", "payload": {}, "token": "reminders"}
    ]
    assert "handed over to Alexa" in "\n".join(violations(response))


def test_asking_for_a_slot_is_allowed_where_somebody_listens() -> None:
    response = good()
    response["response"]["directives"] = [elicitation.directive(Event.REMIND)]
    assert violations(response) == []
    assert violations(response, answered("LaunchRequest")) == []
    assert "question for a slot" in "\n".join(violations(response, answered("Connections.Response")))
    response["response"] |= {"shouldEndSession": True, "reprompt": None}
    assert "nobody listens" in "\n".join(violations(response))


def test_silence_after_an_intent_is_found() -> None:
    silent = {"version": "1.0", "response": {"shouldEndSession": True}}
    assert "answered with silence" in "\n".join(violations(silent, answered("LaunchRequest")))


def test_an_answer_to_the_end_of_a_session_is_found() -> None:
    ended = answered("SessionEndedRequest", reason="USER_INITIATED")
    assert violations({"version": "1.0", "response": {}}, ended) == []
    assert "cannot be answered" in "\n".join(violations(closing(), ended))


def test_a_request_that_the_service_would_not_send_is_found() -> None:
    request = answered("LaunchRequest")
    del request["request"]["timestamp"]
    assert "request: " in "\n".join(violations(good(), request))
