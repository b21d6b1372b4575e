"""The speaker's own reminders: a client of the Alexa Reminders API, and the errands that are done with it.

Rule: what goes wrong is one of four reasons, and never an exception further up.
Source: Alexa Reminders API reference; `ask_sdk_model.services.reminder_management` has its types.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from coach import log
from coach.alexa.service import Service
from coach.conversation import Errand, Event, Heard, Reminders, SetReminders, StopReminders
from coach.conversation.details import Daily
from coach.errors import RemindersError, ServiceError
from coach.speaking.phrasebook import Phrasebook
from coach.speaking.ssml import escaped, speak

ERRAND_S = 3.0
"""For all the calls of an errand: Alexa waits about eight seconds for the whole turn."""

_PATH = "/v1/alerts/reminders"
_REFUSALS = {
    "not_allowed": Event.REMINDERS_NOT_ALLOWED,
    "too_many": Event.REMINDERS_TOO_MANY,
    "unsupported": Event.REMINDERS_UNSUPPORTED,
    "failed": Event.REMINDERS_FAILED,
}
Json = dict[str, Any]


@dataclass(frozen=True)
class Speaker:
    """The device and the moment that an errand is for. `endpoint` and `token` are those of the request."""

    endpoint: str
    token: str
    locale: str
    zone: str
    now_ms: int


def carry_out(errand: Errand, speaker: Speaker, phrasebook: Phrasebook, trusted: str = "") -> Heard:
    """Do an errand, and say as an event what came of it. `trusted` is an endpoint to be called beside Amazon's own."""
    try:
        api = Api(speaker, trusted)
        match errand:
            case SetReminders(reminders):
                replaced = _set(api, reminders, speaker, phrasebook)
                return _outcome(Event.REMINDERS_SET, reminders, replaced)
            case StopReminders():
                return _outcome(Event.REMINDERS_STOPPED if _stop(api) else Event.REMINDERS_NONE)
    except RemindersError as error:
        if error.reason == "failed":
            log.record("reminders_unavailable")
        return _refused(errand, error)


def _outcome(event: Event, reminders: Reminders | None = None, replaced: int = 0) -> Heard:
    wanted = reminders or Reminders(())
    return Heard(event, Daily(wanted.times, number=replaced, exercise=wanted.exercise, wait=wanted.wait))


def _refused(errand: Errand, error: RemindersError) -> Heard:
    """Without permission there is nothing to stop; and whoever has just given it is not asked for it again."""
    event = _REFUSALS[error.reason]
    if isinstance(errand, StopReminders):
        return _outcome(Event.REMINDERS_NONE if event is Event.REMINDERS_NOT_ALLOWED else event)
    if event is Event.REMINDERS_NOT_ALLOWED and errand.permitted:
        event = Event.REMINDERS_DENIED
    return _outcome(event, errand.reminders)


def _set(api: Api, reminders: Reminders, speaker: Speaker, phrasebook: Phrasebook) -> int:
    """Set first, then delete those with the same words: a fault in between leaves one too many, and never none. What
    comes once takes nothing's place, and nothing takes its own.
    """
    words = phrasebook.text(reminders.words)
    old = [token for token, said in api.active(daily=True) if said == words and not reminders.wait]
    api.create(request_body(reminders, words, speaker))
    try:
        for token in old:
            api.delete(token)
    except RemindersError as error:
        log.record("reminder_left_over", reason=error.reason)
        return 0
    return len(old)


def _stop(api: Api) -> int:
    active = api.active()
    for token, _ in active:
        api.delete(token)
    return len(active)


def request_body(reminders: Reminders, words: str, speaker: Speaker) -> Json:
    """One reminder with a rule for each time of the day, in the zone of the device where no other is known; or one that
    comes once, after so long.
    """
    zone = {"timeZoneId": speaker.zone} if speaker.zone else {}
    rules = [f"FREQ=DAILY;BYHOUR={t // 60};BYMINUTE={t % 60};BYSECOND=0;INTERVAL=1;" for t in reminders.times]
    once = {"type": "SCHEDULED_RELATIVE", "offsetInSeconds": reminders.wait * 60}
    daily = {"type": "SCHEDULED_ABSOLUTE", **zone, "recurrence": {"recurrenceRules": rules}}
    spoken = {"locale": speaker.locale, "text": words, "ssml": speak(escaped(words))}
    return {
        "requestTime": datetime.fromtimestamp(speaker.now_ms / 1000, UTC).isoformat(timespec="milliseconds"),
        "trigger": once if reminders.wait else daily,
        "alertInfo": {"spokenInfo": {"content": [spoken]}},
        "pushNotification": {"status": "ENABLED"},
    }


class Api:
    """The reminders that this skill made for one person. Every call raises RemindersError when it does not succeed."""

    def __init__(self, speaker: Speaker, trusted: str = "", seconds: float = ERRAND_S) -> None:
        self._service = Service(speaker.endpoint, speaker.token, trusted, seconds=seconds)

    def create(self, reminder: Json) -> None:
        """Set a reminder."""
        self._call("POST", "", reminder)

    def active(self, *, daily: bool = False) -> list[tuple[str, str]]:
        """The token and the words of each reminder that is still to come; or only of those of every day."""
        try:
            alerts = self._call("GET", "").get("alerts") or []
            on = [alert for alert in alerts if alert["status"] == "ON" and not (daily and _comes_once(alert))]
            return [(alert["alertToken"], alert["alertInfo"]["spokenInfo"]["content"][0]["text"]) for alert in on]
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise RemindersError("failed") from error

    def delete(self, token: str) -> None:
        """Delete a reminder; one that is gone already is no fault."""
        self._call("DELETE", f"/{quote(token, safe='')}", gone=True)

    def _call(self, method: str, path: str, body: Json | None = None, *, gone: bool = False) -> Json:
        try:
            return dict(self._service.call(method, _PATH + path, body) or {})
        except ServiceError as error:
            if gone and error.status == HTTPStatus.NOT_FOUND:
                return {}
            raise RemindersError(_reason(error.status, error.code)) from error
        except (TypeError, ValueError) as error:
            raise RemindersError("failed") from error


def _comes_once(alert: Json) -> bool:
    return bool(alert.get("trigger", {}).get("type") == "SCHEDULED_RELATIVE")


def _reason(status: int, code: str) -> str:
    """Why a call was refused. A 403 says in its code whether that is permission, the number of them, or the device."""
    if status == HTTPStatus.UNAUTHORIZED:
        return "not_allowed"
    if status != HTTPStatus.FORBIDDEN:
        return "failed"
    if any(word in code for word in ("UNAUTHORIZED", "FORBIDDEN", "PERMISSION")):
        return "not_allowed"
    return "too_many" if any(word in code for word in ("MAX", "LIMIT", "EXCEED")) else "unsupported"
