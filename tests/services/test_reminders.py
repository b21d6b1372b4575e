"""Reminders as a person meets them: asked for, allowed or not, set, changed and stopped; and nothing of them kept."""

import json
import logging
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.conversation.errands import Reminders
from simulator import envelopes
from simulator import services as service
from simulator.services import AlexaServices
from tests.front_door import SOMEBODY, FrontDoor, Reply

TOKEN = SOMEBODY.token
A_SECOND_MS = 1_000
SCOPE = "alexa::alerts:reminders:skill:readwrite"


def ask(door: FrontDoor, **slots: str) -> Reply:
    """Ask for reminders, with the words of the slots; an exercise is given by its id."""
    filled = {name: (words, words if name == "exercise" else None) for name, words in slots.items()}
    return door.intent("SetReminderIntent", filled)


def answer(
    door: FrontDoor,
    status: str | None,
    *,
    carried: str = "0700.",
    code: str = "200",
    name: str = "AskFor",
    kept: dict[str, Any] | None = None,
) -> Reply:
    """Alexa comes back from asking for permission, in a session that remembers nothing, or the attributes `kept`."""
    directive: dict[str, Any] = {"payload": {"permissionScope": SCOPE}, "name": name, "token": carried}
    door.attributes, door.new = kept or {}, kept is None

    def request() -> dict[str, Any]:
        made = envelopes.permission_answered(door.who, door.now, directive, str(status))
        made["status"]["code"] = code
        if status is None:
            del made["payload"], made["token"]
        return made

    return door._send(request)


def rules(api: AlexaServices) -> list[list[str]]:
    """For each reminder the times that it has, as hour:minute."""
    found = []
    for reminder in api.reminders(TOKEN):
        parts = [
            dict(p.split("=") for p in rule.split(";") if p)
            for rule in reminder["trigger"]["recurrence"]["recurrenceRules"]
        ]
        assert all(part["FREQ"] == "DAILY" and part["INTERVAL"] == "1" for part in parts)
        found.append([f"{int(part['BYHOUR']):02}:{int(part['BYMINUTE']):02}" for part in parts])
    return found


@pytest.mark.parametrize(
    ("slots", "times"),
    [
        ({"time": "07:00"}, ["07:00"]),
        ({"time": "19:30"}, ["19:30"]),
        ({"time": "EV", "time_two": "07:00"}, ["19:00"]),
        ({"time": "MO", "time_two": "07:15"}, ["07:15"]),
        ({"time": "NI", "time_two": "11:00"}, ["23:00"]),
        ({"time": "NI", "time_two": "02:00"}, ["02:00"]),
        ({"time": "AF", "time_two": "12:30"}, ["12:30"]),
        ({"time": "03:00"}, ["15:00"]),
        ({"time": "00:00"}, ["00:00"]),
        ({"time": "MO"}, ["08:00"]),
        ({"time": "AF"}, ["15:00"]),
        ({"time": "EV"}, ["19:00"]),
        ({"time": "NI"}, ["21:00"]),
        ({"time": "09:00", "time_two": "12:00", "time_three": "03:00"}, ["09:00", "12:00", "15:00"]),
        ({"time": "09:00", "time_two": "05:00"}, ["09:00", "17:00"]),
        ({"time": "09:00", "time_two": "09:00"}, ["09:00"]),
        ({"number": "1"}, ["19:00"]),
        ({"number": "2"}, ["09:00", "19:00"]),
        ({"number": "3"}, ["09:00", "14:00", "19:00"]),
        ({"number": "40"}, ["09:00", "11:00", "13:00", "15:00", "17:00", "19:00"]),
    ],
)
def test_the_times_that_are_set_are_those_that_were_meant(
    door: FrontDoor, api: AlexaServices, slots: dict[str, str], times: list[str]
) -> None:
    door.launch()
    assert "every day" in ask(door, **slots).text
    assert api.asked == [], "nothing is set before the person has said yes"
    assert "I'll remind you every day" in door.intent("AMAZON.YesIntent").text
    assert rules(api) == [times]


@pytest.mark.parametrize("slots", [{}, {"time": "?"}, {"time": "25:00"}, {"number": "0"}, {"exercise": "pelvic_tilt"}])
def test_without_a_time_the_coach_asks_for_one(door: FrontDoor, api: AlexaServices, slots: dict[str, str]) -> None:
    door.launch()
    assert "At what time" in ask(door, **slots).text
    assert "seven in the evening" in ask(door, time="19:00").text
    door.intent("AMAZON.YesIntent")
    assert rules(api) == [["19:00"]]


def test_the_question_is_put_right_by_a_part_of_the_day_and_by_another_time(
    door: FrontDoor, api: AlexaServices
) -> None:
    door.launch()
    assert "seven in the morning" in ask(door, time="07:00", exercise="pelvic_tilt").text
    assert "seven in the evening" in ask(door, time="EV").text
    assert "The pelvic tilt, every day at six thirty in the evening" in ask(door, time="18:30").text
    assert "The deep squat" in (changed := ask(door, exercise="deep_squat_rest").text)
    assert "six thirty in the evening" in changed
    assert "All right, no reminder." in door.intent("AMAZON.NoIntent").text
    door.intent("AMAZON.YesIntent")
    assert api.asked == []


def test_the_same_reminder_again_takes_the_place_of_the_old_and_another_one_does_not(
    door: FrontDoor, api: AlexaServices
) -> None:
    door.launch()
    for slots in ({"time": "07:00"}, {"time": "18:00"}, {"time": "09:00", "exercise": "pelvic_tilt"}):
        ask(door, **slots)
        said = door.intent("AMAZON.YesIntent").text
        assert ("takes the place" in said) is (slots == {"time": "18:00"})
    assert rules(api) == [["18:00"], ["09:00"]]
    texts = [r["alertInfo"]["spokenInfo"]["content"][0] for r in api.reminders(TOKEN)]
    assert [text["locale"] for text in texts] == ["en-US", "en-US"]
    assert "pelvic tilt" in texts[1]["text"]


def test_what_comes_once_comes_once_and_takes_the_place_of_nothing(door: FrontDoor, api: AlexaServices) -> None:
    door.launch()
    for slots in ({"time": "07:00"}, {"wait": "PT20M"}, {"wait": "PT1H30M"}, {"time": "18:00"}):
        asked = ask(door, **slots).text
        assert ("every day" in asked) is ("time" in slots)
        said = door.intent("AMAZON.YesIntent").text
        assert ("takes the place" in said) is (slots == {"time": "18:00"})
    triggers = [reminder["trigger"] for reminder in api.reminders(TOKEN)]
    assert triggers[:2] == [
        {"type": "SCHEDULED_RELATIVE", "offsetInSeconds": 1200},
        {"type": "SCHEDULED_RELATIVE", "offsetInSeconds": 5400},
    ]
    assert [trigger["type"] for trigger in triggers[2:]] == ["SCHEDULED_ABSOLUTE"]


@pytest.mark.parametrize("wait", ["PT30S", "P2D", "?", "PT0M"])
def test_in_no_minutes_or_in_days_is_no_time_and_it_is_asked_for(
    door: FrontDoor, api: AlexaServices, wait: str
) -> None:
    door.launch()
    assert "At what time" in ask(door, wait=wait).text


def test_a_reminder_in_minutes_is_set_after_the_permission_and_put_right_by_a_time(
    door: FrontDoor, api: AlexaServices
) -> None:
    door.launch()
    assert "The deep squat, once" in ask(door, wait="PT20M", exercise="deep_squat_rest").text
    assert "The pelvic tilt, once, in twenty minutes" in ask(door, exercise="pelvic_tilt").text
    assert "eight in the morning" in ask(door, time="MO").text
    assert "in forty minutes" in answer(door, "ACCEPTED", carried="in40.pelvic_tilt").text
    assert api.reminders(TOKEN)[0]["trigger"]["offsetInSeconds"] == 2400


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (service.TOO_MANY, "Your speaker takes no more reminders"),
        (service.NOT_SUPPORTED, "This device can't give reminders"),
        (service.THROTTLED, "I can't reach your reminders"),
        (service.BROKEN, "I can't reach your reminders"),
        (service.UNAVAILABLE, "I can't reach your reminders"),
        (service.TIMED_OUT, "I can't reach your reminders"),
        (service.MALFORMED, "I can't reach your reminders"),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)
def test_what_goes_wrong_is_said_in_a_sentence_and_the_conversation_goes_on(
    door: FrontDoor, api: AlexaServices, refusal: service.Refusal, said: str
) -> None:
    door.launch()
    ask(door, time="07:00")
    api.refusal = refusal
    reply = door.intent("AMAZON.YesIntent")
    assert said in reply.text
    assert reply.open
    assert reply.session["state"] == "idle"
    assert said in door.intent("StopRemindersIntent").text or refusal is service.TOO_MANY


@pytest.mark.parametrize("status", [service.NOT_ALLOWED, (403, "UNAUTHORIZED", "Not allowed.")], ids=["401", "403"])
def test_without_permission_alexa_is_asked_to_ask(door: FrontDoor, api: AlexaServices, status: service.Refusal) -> None:
    door.launch()
    ask(door, time="07:00", exercise="pelvic_tilt")
    api.refusal = status
    reply = door.intent("AMAZON.YesIntent")
    (directive,) = reply.response["response"]["directives"]
    assert directive == {
        "type": "Connections.SendRequest",
        "name": "AskFor",
        "payload": {"@type": "AskForPermissionsConsentRequest", "@version": "1", "permissionScope": SCOPE},
        "token": "0700.pelvic_tilt",
    }
    assert reply.response["response"]["shouldEndSession"] is True
    assert "reprompt" not in reply.response["response"]


def test_with_permission_that_was_given_what_was_asked_for_is_set(door: FrontDoor, api: AlexaServices) -> None:
    door.launch()
    reply = answer(door, "ACCEPTED", carried="0900.1530.pelvic_tilt")
    assert "nine in the morning, and three thirty in the afternoon" in reply.text
    assert rules(api) == [["09:00", "15:30"]]
    assert reply.open


@pytest.mark.parametrize("remembers", [True, False])
def test_a_hold_keeps_its_seconds_whatever_the_session_remembers_afterwards(
    door: FrontDoor, api: AlexaServices, remembers: bool
) -> None:
    door.launch()
    reply = door.intent("OneExerciseIntent", {"exercise": ("seated twist", "seated_twist")})
    _, works, _ = reply.mark("seated_twist.1.left")
    asked = door.intent("SetReminderIntent", {"time": ("07:00", None)}, into=works / 1000 + 20)
    assert asked.session["state"] == "asked_remind"
    api.refusal = service.NOT_ALLOWED
    left = door.intent("AMAZON.YesIntent")
    api.refusal = None
    back = answer(door, "ACCEPTED", kept=left.response["sessionAttributes"] if remembers else None)
    assert re.search("(thirty-nine|forty|forty-one) seconds to go on the left", back.text)
    assert back.session["state"] == "paused"
    _, works, ends = door.intent("AMAZON.ResumeIntent").mark("seated_twist.1.left")
    assert abs(ends - works - 40_000) < A_SECOND_MS
    assert rules(api) == [["07:00"]]


def test_whoever_has_just_given_permission_is_not_asked_again(door: FrontDoor, api: AlexaServices) -> None:
    door.launch()
    api.refusal = service.NOT_ALLOWED
    reply = answer(door, "ACCEPTED")
    assert "Then I set no reminder" in reply.text
    # Nor has Alexa to listen for a slot: of an answer to this request nobody says that it may.
    assert "directives" not in reply.response["response"]
    assert reply.open


@pytest.mark.parametrize("status", ["DENIED", "NOT_ANSWERED", "SOMETHING_NEW", None])
def test_without_a_yes_to_alexa_nothing_is_set(door: FrontDoor, api: AlexaServices, status: str | None) -> None:
    door.launch()
    reply = answer(door, status)
    assert "Then I set no reminder" in reply.text
    assert reply.open
    assert api.asked == []


def test_when_alexa_could_not_ask_the_coach_says_so(door: FrontDoor, api: AlexaServices) -> None:
    door.launch()
    assert "I can't reach your reminders" in answer(door, "ACCEPTED", code="500").text
    assert api.asked == []


@pytest.mark.parametrize(
    "carried",
    [
        "",
        ".",
        "700.",
        "2400.",
        "-159.",
        "+700.",
        "0760.",
        "0700",
        "0700.0700x.",
        "0700.pelvic_tilt.x",
        "٠٧٠٠.",
        "0700." * 500,
        "0900.0700.",
        "0700.0700.",
        "in0.",
        "in-5.",
        "in1441.",
        "in020.",
        "in20.0700.",
    ],
)
def test_a_token_that_is_not_ours_sets_nothing_and_the_time_is_asked_again(
    door: FrontDoor, api: AlexaServices, carried: str
) -> None:
    door.launch()
    assert "At what time" in answer(door, "ACCEPTED", carried=carried).text
    assert api.asked == []


def test_an_exercise_that_is_not_ours_is_not_spoken_of(door: FrontDoor, api: AlexaServices) -> None:
    door.launch()
    answer(door, "ACCEPTED", carried="0700.somebody")
    assert "hip and back" in json.dumps(api.reminders(TOKEN))


def test_another_connection_is_no_answer_about_reminders(door: FrontDoor, api: AlexaServices) -> None:
    door.launch()
    door.checked = False
    assert answer(door, "ACCEPTED", name="Buy").response["response"] == {}
    assert api.asked == []


def test_stopping_deletes_each_reminder_and_then_there_are_none(door: FrontDoor, api: AlexaServices) -> None:
    door.launch()
    for slots in ({"time": "07:00"}, {"time": "09:00", "exercise": "pelvic_tilt"}):
        ask(door, **slots)
        door.intent("AMAZON.YesIntent")
    assert "I won't remind you any more" in door.intent("StopRemindersIntent").text
    assert api.reminders(TOKEN) == []
    assert "You have no reminders from me" in door.intent("StopRemindersIntent").text


def test_on_a_speaker_whose_services_are_not_alexas_nothing_is_asked_for() -> None:
    door = FrontDoor(bootstrap(Settings(store="memory:")))
    door.launch()
    ask(door, time="07:00")
    assert "I can't reach your reminders" in door.intent("AMAZON.YesIntent").text


def test_no_environment_can_name_another_service() -> None:
    everything = {f"HIP_COACH_{name}": "http://127.0.0.1:9" for name in ("REMINDERS_API", "REMINDERS", "API")}
    assert Settings.from_env(everything).alexa_api == ""


def test_nothing_of_a_reminder_is_logged_or_kept(
    door: FrontDoor, api: AlexaServices, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    door.launch()
    for refusal in (None, service.BROKEN, service.NOT_ALLOWED):
        api.refusal = refusal
        ask(door, time="18:37")
        reply = door.intent("AMAZON.YesIntent")
    told = " ".join([caplog.text, json.dumps(reply.progress)])
    assert "reminders_unavailable" in caplog.text
    for secret in (TOKEN, api.url, "18:37", "1837", str(18 * 60 + 37), "BYHOUR", "alertToken"):
        assert secret not in told


@given(st.sets(st.integers(0, 24 * 60 - 1), max_size=6), st.sampled_from(["", "pelvic_tilt"]))
def test_a_token_brings_back_what_went_into_it(times: set[int], exercise: str) -> None:
    reminders = Reminders(tuple(sorted(times)), exercise)
    assert Reminders.from_token(reminders.to_token()) == reminders


@given(st.text())
def test_whatever_comes_back_is_reminders_or_refused(token: str) -> None:
    try:
        assert Reminders.from_token(token).to_token() == token
    except ValueError:
        return
