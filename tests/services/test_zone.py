"""Days are the person's own: in the time zone of the speaker, which is asked for once and kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coach.alexa.service import Service
from coach.alexa.zone import zone_of
from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.services import BROKEN, AlexaServices
from tests.front_door import SOMEBODY, FrontDoor

TILT = {"exercise": ("pelvic tilt", "pelvic_tilt")}
# Eight in the evening in Los Angeles, where it is still the 22nd.
EVENING = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def services() -> Iterator[AlexaServices]:
    with AlexaServices(zone="America/Los_Angeles") as running:
        yield running


@pytest.fixture
def kitchen(services: AlexaServices) -> FrontDoor:
    coach = bootstrap(Settings(store="memory:", alexa_api=services.url))
    return FrontDoor(coach, now=EVENING, who=replace(SOMEBODY, device="kitchen", api=services.url))


def test_what_is_done_in_the_evening_counts_for_that_day(kitchen: FrontDoor) -> None:
    kitchen.launch()
    assert list(kitchen.intent("LogIntent", TILT).progress["days"]) == ["2026-11-22"]


def test_yesterday_is_yesterday_where_the_person_is(kitchen: FrontDoor) -> None:
    kitchen.launch()
    kitchen.intent("StartRoutineIntent", {"routine": ("quick", "quick")})
    kitchen.intent("AMAZON.StopIntent", into=5)
    # Eleven hours later it is another day there, and the same one in UTC.
    assert "Yesterday you got to" in kitchen.launch(after=11 * 3600).text


def test_a_speaker_is_asked_once(kitchen: FrontDoor, services: AlexaServices) -> None:
    for _ in range(3):
        kitchen.launch()
        kitchen.intent("LogIntent", TILT)
        kitchen.intent("AMAZON.StopIntent")
    assert services.asked_zone == 1


def test_each_speaker_has_a_zone_of_its_own(kitchen: FrontDoor, services: AlexaServices) -> None:
    kitchen.launch()
    kitchen.intent("AMAZON.StopIntent")
    services.zone = "Europe/Berlin"
    away = replace(kitchen, who=replace(kitchen.who, device="hotel"))
    away.launch()
    assert list(away.intent("LogIntent", TILT).progress["days"]) == ["2026-11-23"]
    kitchen.launch()
    assert list(kitchen.intent("LogIntent", TILT).progress["days"])[-1] == "2026-11-22"
    assert services.asked_zone == 2


def test_a_speaker_that_does_not_tell_is_taken_to_be_where_the_person_was_last(
    kitchen: FrontDoor, services: AlexaServices
) -> None:
    kitchen.launch()
    kitchen.intent("AMAZON.StopIntent")
    services.refusal = BROKEN
    away = replace(kitchen, who=replace(kitchen.who, device="hotel"))
    away.launch()
    assert list(away.intent("LogIntent", TILT).progress["days"]) == ["2026-11-22"]


def test_a_person_of_whom_no_zone_was_ever_told_lives_in_utc(door: FrontDoor) -> None:
    door.now = EVENING
    door.launch()
    assert list(door.intent("LogIntent", TILT).progress["days"]) == ["2026-11-23"]


@pytest.mark.parametrize("told", ["Mars/Olympus_Mons", "/etc/passwd", "../../etc/passwd", "Europe", "x" * 100, 7, None])
def test_what_is_no_time_zone_is_not_taken_for_one(services: AlexaServices, told: object) -> None:
    services.zone = told or ""  # type: ignore[assignment]
    assert zone_of("device", Service(services.url, "token", services.url, seconds=1)) == ""


def test_the_reminder_is_set_in_the_zone_of_the_speaker(kitchen: FrontDoor, services: AlexaServices) -> None:
    services.allow(kitchen.who.token)
    kitchen.launch()
    kitchen.intent("SetReminderIntent", {"time": ("07:00", None)})
    kitchen.intent("AMAZON.YesIntent")
    (reminder,) = services.reminders(kitchen.who.token)
    assert reminder["trigger"]["timeZoneId"] == "America/Los_Angeles"


def test_a_speaker_that_takes_its_time_is_not_waited_for(services: AlexaServices) -> None:
    assert zone_of("device", Service(services.url, "token", services.url, seconds=0)) == ""
