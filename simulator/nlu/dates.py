"""AMAZON.DATE: a day or a week in words, as ISO 8601.

Rule: as Amazon documents it, a day of the week is the next one, today included, also after "did I": only "last" looks
back.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from simulator.nlu.language import Dates, Language


def day(words: Sequence[str], today: date, language: Language) -> str | None:
    """The day (2026-11-22), week (2026-W47) or weekend (2026-W47-WE) that the words say, or nothing."""
    said, dates = tuple(words), language.dates
    if said in dates.days:
        return (today + timedelta(days=dates.days[said])).isoformat()
    if len(said) == 1 and said[0] in dates.weekdays:
        return (today + timedelta(days=_ahead(said[0], today, dates))).isoformat()
    if len(said) == 2 and said[0] in dates.steps:
        return _stepped(dates.steps[said[0]], said[1], today, dates)
    return None


def _stepped(step: int, unit: str, today: date, dates: Dates) -> str | None:
    if unit in dates.weekdays:
        ahead = _ahead(unit, today, dates)
        back = 7 if step < 0 else 0
        return (today + timedelta(days=ahead - back)).isoformat()
    if unit in (dates.week, dates.weekend):
        year, week, _ = (today + timedelta(weeks=step)).isocalendar()
        return f"{year}-W{week:02}" + ("-WE" if unit == dates.weekend else "")
    return None


def _ahead(weekday: str, today: date, dates: Dates) -> int:
    return (dates.weekdays.index(weekday) - today.weekday()) % 7
