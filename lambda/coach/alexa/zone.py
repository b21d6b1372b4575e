"""The time zone of a speaker, as Alexa's settings have it.

Rule: a speaker that does not tell, or tells a zone that nobody knows, has none.
Source: Alexa Settings API reference, `System.timeZone`: no permission is needed.
"""

from __future__ import annotations

from urllib.parse import quote

from coach import log
from coach.alexa.service import Service
from coach.days import found_zone
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
    return told if isinstance(told, str) and len(told) <= _LONGEST and found_zone(told) else ""
