"""The certification rules find what a reviewer would, and let a sound conversation pass."""

from typing import Any

import pytest

from tests.platform.certification import RULES, Verdict, examine, findings

HELP = "help ends in a question, and the session stays open"
WELCOME = "Welcome. This can't replace advice from a professional. If it hurts, stop. Which routine would you like?"


def turn(
    name: str, said: str, reprompt: str | None = "Ready?", ends: bool | None = False, **more: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    kind = {"type": "LaunchRequest"} if name == "LaunchRequest" else {"type": "IntentRequest", "intent": {"name": name}}
    if "slots" in more:
        kind["intent"]["slots"] = {key: {"name": key, "value": value} for key, value in more["slots"].items()}
    system = {"user": {"userId": more.get("user", "somebody")}}
    body: dict[str, Any] = {"outputSpeech": {"type": "SSML", "ssml": f"<speak>{said}</speak>"}}
    body |= {"reprompt": {"outputSpeech": {"type": "SSML", "ssml": f"<speak>{reprompt}</speak>"}}} if reprompt else {}
    body |= {} if ends is None else {"shouldEndSession": ends}
    request = {"context": {"System": system}, "request": {**kind, "locale": "en-US"}}
    return request, {"version": "1.0", "response": body, "sessionAttributes": more.get("kept", {})}


def rules(*turns: tuple[dict[str, Any], dict[str, Any]]) -> list[str]:
    return [finding.rule for finding in findings([turn("LaunchRequest", WELCOME), *turns])]


def test_a_sound_conversation_has_no_finding() -> None:
    assert (
        rules(
            turn("StartRoutineIntent", 'Hold. <break time="10s"/> Say "next" when you\'re ready.', 'Say "next".'),
            turn("AMAZON.HelpIntent", "You can pause. What would you like?"),
            turn("AMAZON.StopIntent", "Your place is kept. Rest well.", None, ends=True),
        )
        == []
    ), "nothing to object to"


def test_an_open_microphone_without_a_prompt_is_found() -> None:
    assert rules(turn("WhyIntent", "Would you know? It frees the back.")) == [
        "the microphone opens only after a question, or after what can be said"
    ]


def test_an_open_session_without_a_reprompt_is_found() -> None:
    assert rules(turn("WhyIntent", "Ready?", None)) == ["an open session has a reprompt"]


def test_a_reprompt_that_does_not_ask_is_found() -> None:
    assert rules(turn("WhyIntent", "Ready?", "Still here.")) == ["a reprompt asks, or says what can be said"]


def test_a_session_that_ends_on_a_question_is_found() -> None:
    assert rules(turn("AMAZON.StopIntent", "Rest well. Are you sure?", None, ends=True)) == [
        "a session does not end on a question"
    ]


def test_help_that_does_not_ask_is_found() -> None:
    assert rules(turn("AMAZON.HelpIntent", 'Say "next".')) == [HELP]


def test_help_that_ends_the_session_is_found() -> None:
    found = rules(turn("AMAZON.HelpIntent", "Bye.", None, ends=True))
    assert found == [HELP, "nobody who wants to go on meets a dead end"]


def test_two_questions_in_one_answer_are_found() -> None:
    assert rules(turn("LogIntent", "Which one? Which routine would you like?")) == ["one answer asks one thing"]


def test_silence_is_found() -> None:
    assert "whoever speaks is answered" in rules(turn("WhyIntent", "", None, ends=True))


@pytest.mark.parametrize("name", ["AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"])
def test_stop_and_cancel_that_keep_the_session_open_are_found(name: str) -> None:
    assert rules(turn(name, "Anything else?")) == ["stop and cancel end the session"]


@pytest.mark.parametrize("name", ["AMAZON.FallbackIntent", "TimeLeftIntent", "AMAZON.PauseIntent"])
def test_a_dead_end_is_found(name: str) -> None:
    assert rules(turn(name, "Ten seconds.", None, ends=True)) == ["nobody who wants to go on meets a dead end"]
    assert rules(turn(name, "Say next.", ends=None)) == ["nobody who wants to go on meets a dead end"]


def test_a_first_use_without_the_disclaimer_is_found_once_for_each_person() -> None:
    bare = turn("LaunchRequest", "Welcome. Ready?", user="another")
    assert len(rules(bare, bare)) == 1
    assert rules(turn("LaunchRequest", "Welcome back. Ready?")) == [], "the second time it is not said again"


def test_keeping_what_was_said_about_pain_is_found() -> None:
    told = {"part": "hip"}
    kept = {"asked": ["easier", "hip"]}
    assert rules(turn("PainIntent", "Easier, or stop?", slots=told, kept=kept)) == [
        "what was said about pain is not kept"
    ]
    assert rules(turn("PainIntent", "Easier, or stop?", slots=told, kept={"step": "lateral_hip_stretch"})) == []


def test_a_stranger_who_leaves_at_once_is_told_what_this_is_by_the_answer_that_follows() -> None:
    assert findings([turn("AMAZON.StopIntent", "Rest well.", None, ends=True), turn("LaunchRequest", WELCOME)]) == []
    assert len(findings([turn("AMAZON.StopIntent", "Bye.", None, ends=True), turn("LaunchRequest", "Ready?")])) == 1


def test_a_person_who_was_met_before_need_not_be_told_again() -> None:
    assert all(not verdict.broken for verdict in examine([turn("LaunchRequest", "Ready?")], strangers=False))


def test_every_rule_says_how_much_it_examined_and_nothing_is_not_kept() -> None:
    verdicts = examine([turn("LaunchRequest", WELCOME)])
    assert [verdict.rule for verdict in verdicts] == [rule.name for rule in RULES]
    assert Verdict("stop and cancel end the session") in verdicts, "examined nothing, and says so"
    assert len({rule.name for rule in RULES}) == len(RULES)
