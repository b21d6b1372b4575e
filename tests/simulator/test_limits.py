"""What the platform refuses to speak."""

import pytest

from simulator.limits import refusal


@pytest.mark.parametrize(
    "speech",
    [
        'Hold.<break time="10s"/><break time="10000ms"/>',
        '<prosody rate="85%">Slowly.</prosody>',
        '<amazon:effect name="whispered">Quiet.</amazon:effect>',
        "Cats &amp; dogs.",
    ],
)
def test_what_alexa_speaks_is_let_through(an_answer, speech):
    assert refusal(an_answer(speech)) is None


@pytest.mark.parametrize(
    ("speech", "reason"),
    [
        ('<break time="10.5s"/>', "longer than 10 seconds"),
        ('<break time="soon"/>', "not the time of a break"),
        ("Cats & dogs.", "not well-formed"),
        ("<b>Hold.", "not well-formed"),
        ("<b>Hold.</b>", "not a tag of Alexa's SSML"),
        ("a" * 8_000, "exceeds the allowed size of 8000"),
        ('<prosody rate="10%">Slowly.</prosody>', "below 20%"),
        ('<prosody rate="calm">Slowly.</prosody>', "not a rate"),
        ('<audio src="soundbank://x"/>' * 6, "6 sounds"),
    ],
)
def test_speech_that_breaks_a_limit_is_refused_with_its_reason(an_answer, speech, reason):
    assert reason in refusal(an_answer(speech))
    assert reason in refusal(an_answer(reprompt=speech)), "in a reprompt as well"


@pytest.mark.parametrize(
    ("envelope", "reason"),
    [
        (None, "not an envelope"),
        ({"response": {}}, "not an envelope"),
        ({"version": "1.0"}, "no response"),
        ({"version": "1.0", "response": {"shouldEndSession": "yes"}}, "neither true nor false"),
        ({"version": "1.0", "response": {}, "sessionAttributes": []}, "not an object"),
        ({"version": "1.0", "response": {"outputSpeech": {"type": "Speech"}}}, "neither SSML nor PlainText"),
        ({"version": "1.0", "response": {"outputSpeech": {"type": "SSML", "ssml": " "}}}, "nothing to say"),
        (
            {"version": "1.0", "response": {"outputSpeech": {"type": "SSML", "ssml": "Hi"}}},
            "begin with <speak>",
        ),
        ({"version": "1.0", "response": {}, "sessionAttributes": {"a": "b" * 120_000}}, "bytes"),
    ],
)
def test_an_envelope_that_is_none_is_refused_with_its_reason(envelope, reason):
    assert reason in refusal(envelope)


def test_a_refused_response_is_an_apology_and_the_end_of_the_session(speaker, skill, an_answer):
    skill.answers = [an_answer('<break time="11s"/>')]
    heard = speaker.say("open hip coach")
    assert "problem with the requested skill" in heard.text
    assert "longer than 10 seconds" in heard.fault
    assert skill.requests[1]["reason"] == "ERROR"


def test_a_response_that_is_no_json_is_an_apology(speaker, skill, an_answer):
    skill.answers = [an_answer(attributes={"when": {1, 2}})]
    assert "TypeError" in speaker.say("open hip coach").fault
