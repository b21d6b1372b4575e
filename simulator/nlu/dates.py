"""AMAZON.DATE: a day or a week in words, as ISO 8601.

Rule: as Amazon documents it, a day of the week is the next one, today included, also after "did I": only "last" looks
back.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from simulator.nlu.english import WEEKDAYS

_DAYS = {
    ("today",): 0,
    ("yesterday",): -1,
    ("tomorrow",): 1,
    ("the", "day", "before", "yesterday"): -2,
    ("day", "before", "yesterday"): -2,
    ("the", "day", "after", "tomorrow"): 2,
}
_STEPS = {"last": -1, "this": 0, "next": 1}


def day(words: Sequence[str], today: date) -> str | None:
    """The day (2026-11-22), week (2026-W47) or weekend (2026-W47-WE) that the words say, or nothing."""
    said = tuple(words)
    if said in _DAYS:
        return (today + timedelta(days=_DAYS[said])).isoformat()
    if len(said) == 1 and said[0] in WEEKDAYS:
        return (today + timedelta(days=_ahead(said[0], today))).isoformat()
    if len(said) == 2 and said[0] in _STEPS:
        return _stepped(_STEPS[said[0]], said[1], today)
    return None


def _stepped(step: int, unit: str, today: date) -> str | None:
    if unit in WEEKDAYS:
        ahead = _ahead(unit, today)
        back = 7 if step < 0 else 0
        return (today + timedelta(days=ahead - back)).isoformat()
    if unit in ("week", "weekend"):
        year, week, _ = (today + timedelta(weeks=step)).isocalendar()
        return f"{year}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    return None


def _ahead(weekday: str, today: date) -> int:
    return (WEEKDAYS.index(weekday) - today.weekday()) % 7
