"""A person's own days: the time zone of the speaker they talk to, and the date at a moment in it.

Rule: a zone that is not known leaves the day where it was last known, and at worst in UTC.
Source: Alexa Settings API reference, `System.timeZone`: no permission is needed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coach import log
from coach.alexa.service import Service
from coach.errors import ServiceError

ASKING_S = 0.5
"""How long a session may wait at its beginning to learn where the speaker is."""

_PATH = "/v2/devices/{}/settings/System.timeZone"
_LONGEST = 40


def zone_of(device_id: str, service: Service) -> str:
    """The time zone of a speaker by its name in the IANA database, empty if it does not tell one that is known."""
    if not service.known or not device_id:
        return ""
    try:
        told = service.call("GET", _PATH.format(quote(device_id, safe="")))
    except ServiceError:
        log.record("zone_unavailable")
        return ""
    return told if isinstance(told, str) and len(told) <= _LONGEST and _found(told) else ""


def day_in(zone: str, seconds: float) -> date:
    """The date in a zone, or in UTC, at a moment in epoch seconds."""
    return datetime.fromtimestamp(seconds, _found(zone) or UTC).date()


def _found(zone: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
