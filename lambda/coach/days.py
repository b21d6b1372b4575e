"""Days and time zones: the date that it is where somebody lives."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def day_in(zone: str, seconds: float) -> date:
    """The date in a zone, or in UTC where none is known, at a moment in epoch seconds."""
    return datetime.fromtimestamp(seconds, found_zone(zone) or UTC).date()


def midnight_ms(zone: str, day: date) -> int:
    """When a day begins in a zone, or in UTC where none is known, in epoch milliseconds."""
    return round(datetime.combine(day, time(), found_zone(zone) or UTC).timestamp() * 1000)


def found_zone(zone: str) -> ZoneInfo | None:
    """A time zone by its name; None if there is none of that name."""
    try:
        return ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
