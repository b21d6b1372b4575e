"""The life of a session, as a device lives it."""

import pytest

from coach import log
from simulator.device import Speaker
from simulator.services import PATH, AlexaServices

HOLD = 'Hold.<break time="10s"/><break time="10s"/><break time="10s"/>Let go.'


def seconds(start, end):
    """Whole seconds between two requests' timestamps of the same hour."""
    return (int(end["timestamp"][14:16]) - int(start["timestamp"][14:16])) * 60 + (
        int(end["timestamp"][17:19]) - int(start["timestamp"][17:19])
    )


def test_opening_the_skill_sends_a_launch_request_in_a_new_session(speaker, skill):
    heard = speaker.say("Alexa, open Hip Coach")
    (event,) = skill.sent
    assert event["request"]["type"] == "LaunchRequest"
    assert event["session"]["new"] is True
    assert event["session"]["attributes"] == {}
    assert heard.intent == "LaunchRequest"
    assert heard.session_open


def test_an_envelope_has_every_field_that_the_service_sends(speaker, skill):
    speaker.say("open hip coach")
    speaker.say("next")
    event = skill.sent[1]
    assert event["version"] == "1.0"
    assert event["session"].keys() == {"new", "sessionId", "application", "attributes", "user"}
    assert event["context"]["System"].keys() == {"application", "user", "device", "apiEndpoint", "apiAccessToken"}
    assert event["context"]["System"]["device"]["supportedInterfaces"] == {}
    assert event["request"].keys() == {"type", "requestId", "timestamp", "locale", "intent"}
    assert event["request"]["timestamp"] == "2026-11-23T19:00:03Z"
    assert event["request"]["intent"] == {"name": "AMAZON.NextIntent", "confirmationStatus": "NONE"}


def test_a_recognised_voice_and_a_screen_are_in_the_context(a_speaker, skill):
    a_speaker(user="ann", device="kitchen", person="bob", screen=True).say("open hip coach")
    system = skill.sent[0]["context"]["System"]
    assert system["user"]["userId"].endswith(".ann")
    assert system["device"]["deviceId"].endswith(".kitchen")
    assert system["person"]["personId"].endswith(".bob")
    assert "Alexa.Presentation.APL" in system["device"]["supportedInterfaces"]


def test_one_sentence_opens_the_session_and_says_what_is_wanted(speaker, skill):
    speaker.say("Alexa, ask Hip Coach to resume yesterday's session")
    assert skill.sent[0]["session"]["new"] is True
    assert skill.requests[0]["intent"]["name"] == "AMAZON.ResumeIntent"


def test_session_attributes_come_back_with_the_next_request_of_the_same_session(speaker, skill, an_answer):
    skill.answers = [an_answer(attributes={"place": 1}), an_answer(attributes={"place": 2}), an_answer()]
    speaker.say("open hip coach")
    speaker.say("next")
    speaker.say("next")
    speaker.say("next")
    first, second, third, fourth = (event["session"] for event in skill.sent)
    assert second["attributes"] == {"place": 1}
    assert third["attributes"] == {"place": 2}
    assert fourth["attributes"] == {}, "a response without attributes clears them"
    assert not second["new"]
    assert len({first["sessionId"], second["sessionId"], third["sessionId"], fourth["sessionId"]}) == 1


def test_a_new_session_knows_nothing_of_the_one_before(speaker, skill, an_answer):
    skill.answers = [an_answer(attributes={"place": 1}, ends=True), an_answer()]
    speaker.say("open hip coach")
    speaker.say("open hip coach")
    assert skill.sent[1]["session"]["attributes"] == {}
    assert skill.sent[0]["session"]["sessionId"] != skill.sent[1]["session"]["sessionId"]


def test_speaking_up_in_the_middle_is_timed_from_the_first_sound(speaker, skill, an_answer):
    skill.answers = [an_answer(HOLD)]
    speaker.say("open hip coach")
    heard = speaker.say("next", into_ms=20_000)
    assert seconds(*skill.requests) == 21, "one second until the speech begins, and twenty into it"
    assert heard.into_ms == 20_000
    assert heard.after == "Hold."


def test_an_answer_after_the_speech_comes_two_seconds_after_its_end(speaker, skill, an_answer):
    skill.answers = [an_answer('<break time="10s"/>')]
    speaker.say("open hip coach")
    heard = speaker.say("next")
    assert seconds(*skill.requests) == 13
    assert heard.into_ms is None


def test_silence_is_a_window_a_reprompt_and_a_window_and_then_the_session_has_ended(speaker, skill, an_answer):
    skill.answers = [an_answer('<break time="4s"/>', reprompt='Still here.<break time="1910ms"/>')]
    speaker.say("open hip coach")
    end = speaker.silence()
    opened, ended = skill.requests
    assert ended["type"] == "SessionEndedRequest"
    assert ended["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert seconds(opened, ended) == 1 + 4 + 8 + 2 + 8
    assert end.text == "Still here."
    assert not speaker.session_open


def test_without_a_reprompt_the_first_window_is_the_last(speaker, skill, an_answer):
    skill.answers = [an_answer('<break time="4s"/>')]
    speaker.say("open hip coach")
    speaker.silence()
    assert seconds(*skill.requests) == 1 + 4 + 8


@pytest.mark.parametrize(("after_ms", "reaches"), [(7_000, True), (9_000, False)])
def test_what_is_said_after_the_window_does_not_reach_the_skill(speaker, skill, an_answer, after_ms, reaches):
    skill.answers = [an_answer('<break time="4s"/>')]
    speaker.say("open hip coach")
    heard = speaker.say("next", after_ms=after_ms)
    assert (heard.intent == "AMAZON.NextIntent") is reaches
    assert ("none is open" in heard.notice) is not reaches


def test_an_answer_to_the_reprompt_is_in_time(speaker, skill, an_answer):
    skill.answers = [an_answer('<break time="4s"/>', reprompt='<break time="2s"/>')]
    speaker.say("open hip coach")
    heard = speaker.say("next", after_ms=8_000 + 2_000 + 7_000)
    assert heard.intent == "AMAZON.NextIntent"


def test_time_that_passes_ends_the_session_at_its_own_moment(speaker, skill, an_answer, clock):
    skill.answers = [an_answer('<break time="4s"/>')]
    speaker.say("open hip coach")
    speaker.wait(86_400_000)
    assert skill.requests[1]["timestamp"] == "2026-11-23T19:00:13Z"
    assert clock.now().day == 24


def test_without_its_name_nothing_outside_a_session_reaches_the_skill(speaker, skill):
    heard = speaker.say("next")
    assert skill.sent == []
    assert "none is open" in heard.notice
    assert heard.intent is None


def test_a_skill_that_closes_the_session_is_not_told_so(speaker, skill, an_answer):
    skill.answers = [an_answer("Rest well.", ends=True)]
    heard = speaker.say("open hip coach")
    assert not heard.session_open
    assert speaker.silence() is None
    assert len(skill.sent) == 1


def test_a_response_that_leaves_the_end_open_ends_without_a_screen(speaker, skill, an_answer):
    skill.answers = [an_answer(ends="absent")]
    assert not speaker.say("open hip coach").session_open


def test_a_response_that_leaves_the_end_open_stays_half_a_minute_on_a_screen(a_speaker, skill, an_answer):
    skill.answers = [an_answer('<break time="4s"/>', ends="absent")]
    speaker = a_speaker(screen=True)
    assert speaker.say("open hip coach").session_open
    speaker.silence()
    assert seconds(*skill.requests) == 1 + 4 + 30


def test_null_leaves_the_session_open(speaker, skill, an_answer):
    skill.answers = [an_answer(ends=None)]
    assert speaker.say("open hip coach").session_open


@pytest.mark.parametrize("word", ["exit", "Alexa, quit"])
def test_exit_and_quit_end_the_session_and_the_skill_only_hears_that_it_ended(speaker, skill, word):
    speaker.say("open hip coach")
    heard = speaker.say(word)
    assert skill.requests[1]["type"] == "SessionEndedRequest"
    assert skill.requests[1]["reason"] == "USER_INITIATED"
    assert heard.pieces == ()
    assert not speaker.session_open


def test_stop_is_an_intent_of_the_skill(speaker, skill):
    speaker.say("open hip coach")
    speaker.say("Alexa, stop")
    assert skill.requests[1]["intent"]["name"] == "AMAZON.StopIntent"


def test_opening_the_skill_again_ends_the_session_that_was_open(speaker, skill):
    speaker.say("open hip coach")
    speaker.say("alexa, open hip coach")
    assert [request["type"] for request in skill.requests] == ["LaunchRequest", "SessionEndedRequest", "LaunchRequest"]
    assert skill.sent[2]["session"]["new"] is True


def test_the_end_of_a_session_carries_the_attributes_and_gets_no_reply(speaker, skill, an_answer):
    skill.answers = [an_answer(attributes={"place": 1})]
    speaker.say("open hip coach")
    end = speaker.silence()
    assert skill.sent[1]["session"]["attributes"] == {"place": 1}
    assert "Nobody hears this" not in end.text


def test_a_skill_that_fails_is_apologised_for_and_its_session_ends_in_an_error(speaker, skill, an_answer):
    skill.answers = [an_answer(), KeyError("place")]
    speaker.say("open hip coach")
    heard = speaker.say("next")
    assert heard.text == "There was a problem with the requested skill's response."
    assert "KeyError" in heard.fault
    assert "Traceback" in heard.trace
    assert skill.requests[2]["reason"] == "ERROR"
    assert skill.requests[2]["error"]["type"] == "INVALID_RESPONSE"
    assert not speaker.session_open


def test_two_speakers_have_sessions_of_their_own(a_speaker, skill, an_answer):
    skill.answers = [an_answer(attributes={"at": "kitchen"}), an_answer(attributes={"at": "bedroom"}), an_answer()]
    kitchen, bedroom = a_speaker(device="kitchen"), a_speaker(device="bedroom")
    kitchen.say("open hip coach")
    bedroom.say("open hip coach")
    kitchen.say("next")
    assert skill.sent[2]["session"]["attributes"] == {"at": "kitchen"}
    assert skill.sent[2]["session"]["sessionId"] == skill.sent[0]["session"]["sessionId"]


def test_an_exception_that_the_skill_apologises_for_is_a_fault_all_the_same(understanding, clock, an_answer):
    def apologise(event, context):
        try:
            raise KeyError("place")
        except KeyError:
            log.record("turn_failed", error="KeyError")
            return an_answer("Sorry.")

    heard = Speaker(apologise, understanding, clock).say("open hip coach")
    assert heard.text == "Sorry."
    assert heard.session_open
    assert heard.fault == "the skill failed, and apologised"
    assert "KeyError: 'place'" in heard.trace


ASKING = {
    "type": "Connections.SendRequest",
    "name": "AskFor",
    "payload": {"@type": "AskForPermissionsConsentRequest", "@version": "1", "permissionScope": "alexa::some:scope"},
    "token": "what it is for",
}


@pytest.fixture
def asked(speaker, skill, an_answer):
    """A speaker on which Alexa is asking for a permission, in its own words, after those of the skill."""
    asking = an_answer("I need your permission.", ends=True, attributes={"old": True})
    asking["response"]["directives"] = [ASKING]
    skill.answers = [asking, an_answer("Thank you. Say something.", reprompt="Say something.")]
    heard = speaker.say("open hip coach")
    assert heard.text.startswith("I need your permission. Do you give Hip Coach permission")
    assert heard.session_open
    assert speaker.session_open
    return speaker


@pytest.mark.parametrize(
    ("said", "status"),
    [("I approve", "ACCEPTED"), ("Alexa, yes.", "ACCEPTED"), ("no", "DENIED"), ("what is it for", "NOT_ANSWERED")],
)
def test_the_answer_to_alexas_question_comes_to_the_skill_in_a_new_session(asked, skill, said, status):
    heard = asked.say(said)
    event = skill.sent[-1]
    assert event["request"]["type"] == heard.intent == "Connections.Response"
    assert event["request"]["status"]["code"] == "200"
    assert event["request"]["token"] == ASKING["token"]
    assert event["request"]["payload"] == {"permissionScope": "alexa::some:scope", "status": status}
    assert event["session"]["new"] is True
    assert event["session"]["attributes"] == {}
    assert heard.text == "Thank you. Say something."
    assert asked.say("next").intent == "AMAZON.NextIntent"


def test_nobody_answers_alexas_question_and_then_not_the_skill_either(asked, skill):
    asked.silence()
    assert [request["type"] for request in skill.requests[1:]] == ["Connections.Response", "SessionEndedRequest"]
    assert skill.requests[1]["payload"]["status"] == "NOT_ANSWERED"
    assert not asked.session_open


def test_opening_the_skill_again_drops_alexas_question(asked, skill):
    asked.say("alexa, open hip coach")
    assert [request["type"] for request in skill.requests] == ["LaunchRequest", "LaunchRequest"]


def test_a_permission_that_was_given_is_known_to_the_reminders_of_that_person_only(skill, a_speaker, an_answer):
    with AlexaServices() as api:
        asking = an_answer("I need your permission.", ends=True)
        asking["response"]["directives"] = [ASKING]
        skill.answers = [asking, an_answer("Thank you.", ends=True)]
        speaker = a_speaker(services=api, user="ann")
        speaker.say("open hip coach")
        token = skill.sent[0]["context"]["System"]["apiAccessToken"]
        assert skill.sent[0]["context"]["System"]["apiEndpoint"] == api.url
        assert api.answer("GET", PATH, token, {})[0] == 401
        speaker.say("yes")
        assert api.answer("GET", PATH, token, {})[0] == 200
        assert api.answer("GET", PATH, "somebody else", {})[0] == 401


def elicits(answer, intent="WeeklyGoalIntent", slot="number", slots=("number",)):
    """An answer that has Alexa listen for a slot."""
    empty = {name: {"name": name, "confirmationStatus": "NONE"} for name in slots}
    updated = {"name": intent, "confirmationStatus": "NONE", "slots": empty}
    answer["response"]["directives"] = [{"type": "Dialog.ElicitSlot", "slotToElicit": slot, "updatedIntent": updated}]
    return answer


def test_after_a_question_for_a_slot_a_bare_value_fills_it_and_only_the_next_time(speaker, skill, an_answer):
    skill.answers = [elicits(an_answer("How many?", reprompt="How many?")), an_answer("Well.", reprompt="Well?")]
    speaker.say("open hip coach")
    heard = speaker.say("um, seven")
    assert heard.intent == "WeeklyGoalIntent"
    assert skill.requests[-1]["intent"]["slots"]["number"]["value"] == "7"
    assert skill.requests[-1]["dialogState"] == "IN_PROGRESS"
    assert speaker.say("seven").intent == "NumberIntent"
    assert speaker.say("weekly goal").intent == "WeeklyGoalIntent"
    assert skill.requests[-1]["dialogState"] == "STARTED"


def test_whatever_else_is_said_to_a_question_for_a_slot_means_what_it_always_does(speaker, skill, an_answer):
    skill.answers = [elicits(an_answer("How many?", reprompt="How many?"))]
    speaker.say("open hip coach")
    for said in ("stop", "how am i doing", "i fainted", "yes", "remind me at seven"):
        assert speaker.say(said).intent == speaker._understanding.understand(said).intent != "WeeklyGoalIntent"


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"intent": "AMAZON.HelpIntent"}, "the dialog model has no AMAZON.HelpIntent"),
        ({"slots": ()}, "has not all slots"),
        ({"slot": "count"}, "has no slot count"),
    ],
)
def test_a_question_for_a_slot_that_the_model_does_not_have_is_refused(speaker, skill, an_answer, asked, reason):
    skill.answers = [elicits(an_answer("How many?", reprompt="How many?"), **asked)]
    assert reason in speaker.say("open hip coach").fault
    assert not speaker.session_open
