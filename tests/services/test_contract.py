"""What the client sends and what the service on this computer answers are what Amazon's own types and client say."""

import json
import sys
from datetime import datetime
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model.services import ApiConfiguration
from ask_sdk_model.services.api_client import ApiClient
from ask_sdk_model.services.api_client_request import ApiClientRequest
from ask_sdk_model.services.api_client_response import ApiClientResponse
from ask_sdk_model.services.reminder_management import (
    Error,
    GetRemindersResponse,
    ReminderManagementServiceClient,
    ReminderRequest,
    ReminderResponse,
    spoken_info,
)
from ask_sdk_model.services.service_exception import ServiceException

from coach.alexa.reminders import Speaker, request_body
from coach.conversation.errands import Reminders
from simulator import services as service
from simulator.services import PATH, AlexaServices
from tests.front_door import SOMEBODY
from tests.patience import PATIENCE_SECONDS

# Amazon's alert_info.py names its neighbour by a module that the package does not have.
sys.modules["ask_sdk_model.services.reminder_management.alert_info_spoken_info"] = spoken_info

SERIALIZER = DefaultSerializer()
REFUSALS = [
    *(service.NOT_ALLOWED, service.NOT_SUPPORTED, service.TOO_MANY, service.THROTTLED, service.BROKEN),
    *(service.UNAVAILABLE, service.TIMED_OUT, service.UNKNOWN, service.MALFORMED),
]


def body(zone: str = "") -> dict[str, Any]:
    speaker = Speaker("https://api.amazonalexa.com", "token", "en-US", zone, 1_795_460_400_672)
    return request_body(Reminders((9 * 60, 19 * 60 + 30)), "Do your exercises.", speaker)


def round_trip(document: Any, kind: type) -> Any:
    """The document as it is after Amazon's types have read and written it."""
    return SERIALIZER.serialize(SERIALIZER.deserialize(json.dumps(document), kind))


class Loopback(ApiClient):
    """Carries the requests of Amazon's client over plain HTTP, which its own carrier refuses to do."""

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        at = urlsplit(request.url)
        line = HTTPConnection(at.hostname or "", at.port, timeout=PATIENCE_SECONDS)
        line.request(request.method, at.path, json.dumps(request.body) if request.body else None, dict(request.headers))
        answer = line.getresponse()
        body = answer.read().decode()
        response = ApiClientResponse(headers=answer.getheaders(), body=body, status_code=answer.status)
        line.close()
        return response


@pytest.fixture
def amazons(api: AlexaServices) -> ReminderManagementServiceClient:
    """Amazon's own client, speaking to the service on this computer."""
    return ReminderManagementServiceClient(
        ApiConfiguration(
            serializer=SERIALIZER,
            api_client=Loopback(),
            api_endpoint=api.url,
            authorization_value=SOMEBODY.token,
        )
    )


@pytest.mark.parametrize("zone", ["", "Europe/Berlin"])
def test_a_request_is_one_of_amazons_and_loses_nothing_in_its_types(zone: str) -> None:
    sent = body(zone)
    read = round_trip(sent, ReminderRequest)
    assert datetime.fromisoformat(read.pop("requestTime")) == datetime.fromisoformat(sent.pop("requestTime"))
    assert read == sent


def test_a_request_has_a_daily_rule_for_each_time_in_the_zone_of_the_device() -> None:
    trigger = body()["trigger"]
    assert trigger["type"] == "SCHEDULED_ABSOLUTE"
    assert "timeZoneId" not in trigger
    assert trigger["recurrence"]["recurrenceRules"] == [
        "FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0;INTERVAL=1;",
        "FREQ=DAILY;BYHOUR=19;BYMINUTE=30;BYSECOND=0;INTERVAL=1;",
    ]


def test_a_request_for_what_comes_once_has_the_seconds_until_then() -> None:
    speaker = Speaker("https://api.amazonalexa.com", "token", "en-US", "Europe/Berlin", 0)
    sent = request_body(Reminders((), wait=20), "Do your exercises.", speaker)
    assert sent["trigger"] == {"type": "SCHEDULED_RELATIVE", "offsetInSeconds": 1200}
    assert round_trip(sent, ReminderRequest)["trigger"] == sent["trigger"]


def test_words_are_plain_as_text_and_escaped_as_ssml() -> None:
    speaker = Speaker("https://api.amazonalexa.com", "token", "en-US", "", 0)
    (spoken,) = request_body(Reminders((0,)), "Do the cat & cow.", speaker)["alertInfo"]["spokenInfo"]["content"]
    assert (spoken["text"], spoken["ssml"]) == ("Do the cat & cow.", "<speak>Do the cat &amp; cow.</speak>")


def test_what_is_created_and_listed_fits_amazons_types(api: AlexaServices) -> None:
    status, created = api.answer("POST", PATH, SOMEBODY.token, body())
    assert status == 201
    assert round_trip(created, ReminderResponse) == created
    _, listed = api.answer("GET", PATH, SOMEBODY.token, {})
    read = round_trip(listed, GetRemindersResponse)
    assert read["totalCount"] == "1"
    assert read["alerts"][0]["alertToken"] == created["alertToken"]
    assert set(listed) == set(GetRemindersResponse.attribute_map.values())
    assert read["alerts"][0].keys() == listed["alerts"][0].keys()


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal[1])
def test_what_is_refused_fits_amazons_error(api: AlexaServices, refusal: service.Refusal) -> None:
    api.refusal = refusal
    status, answer = api.answer("GET", PATH, SOMEBODY.token, {})
    assert status == refusal[0] >= 400
    assert round_trip(answer, Error) == answer


def test_amazons_own_client_sets_lists_and_deletes_here(
    api: AlexaServices, amazons: ReminderManagementServiceClient
) -> None:
    made = amazons.create_reminder(SERIALIZER.deserialize(json.dumps(body()), ReminderRequest))
    (listed,) = amazons.get_reminders().alerts
    assert api.reminders(SOMEBODY.token)[0]["alertToken"] == listed.alert_token
    assert made.alert_token == listed.alert_token
    amazons.delete_reminder(listed.alert_token)
    assert api.reminders(SOMEBODY.token) == []


def test_amazons_own_client_is_refused_without_permission(
    api: AlexaServices, amazons: ReminderManagementServiceClient
) -> None:
    api.refusal = service.NOT_ALLOWED
    with pytest.raises(ServiceException) as refused:
        amazons.get_reminders()
    assert refused.value.status_code == 401
