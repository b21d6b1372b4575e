"""AMAZON.DATE: a day, a week, a weekend or a month in words, as ISO 8601.

Rule: as Amazon documents it, a day of the week is the next one, today included, also after "did I": only "last" and
"ago" look back.

By hand: of 50 such dates dateparser 1.5 reads 27 as Alexa does, and these 38. It makes a day of every week, weekend
and month, takes "a week from today" for a week ago, and brings 10 MB.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from simulator.nlu.durations import seconds
from simulator.nlu.language import Dates, Language

A_DAY_S = 86_400


def day(words: Sequence[str], today: date, language: Language) -> str | None:
    """The day (2026-11-22), week (2026-W47), weekend (2026-W47-WE) or month (2026-11) that the words say, if any."""
    said, dates = tuple(words), language.dates
    if found := _day(said, today, language):
        return found.isoformat()
    if said in dates.weeks:
        return _week(today, dates.weeks[said])
    if len(said) == 2 and said[0] in dates.steps:
        step = dates.steps[said[0]]
        if said[1] == dates.month:
            year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
            return f"{year}-{month + 1:02}"
        if said[1] in (dates.week, dates.weekend):
            return _week(today, step) + ("-WE" if said[1] == dates.weekend else "")
    return None


def _day(said: tuple[str, ...], today: date, language: Language) -> date | None:
    """The day that the words say."""
    dates = language.dates
    if said in dates.days:
        return today + timedelta(days=dates.days[said])
    if said[-1:] and said[-1] in dates.weekdays and len(said) <= 2:
        ahead, step = _ahead(said[-1], today, dates), dates.steps.get(said[0], 0)
        known = len(said) == 1 or said[0] in dates.steps
        return today + timedelta(days=ahead - 7 * (step < 0)) if known else None
    if said[1:] == (dates.week,) and said[0] in dates.weekdays:
        return today + timedelta(days=_ahead(said[0], today, dates) + 7)
    if said[-1:] == (dates.ago,):
        days = _days(said[:-1], language)
        return today - timedelta(days=days) if days else None
    if dates.from_ in said:
        place = said.index(dates.from_)
        days, base = _days(said[:place], language), _day(said[place + 1 :], today, language)
        return base + timedelta(days=days) if days and base else None
    return None


def _days(words: tuple[str, ...], language: Language) -> int:
    """The days of a length of time in words; 0 for what is none of whole days."""
    length = seconds(words, language) or 0
    return 0 if length % A_DAY_S else length // A_DAY_S


def _week(today: date, step: int) -> str:
    year, week, _ = (today + timedelta(weeks=step)).isocalendar()
    return f"{year}-W{week:02}"


def _ahead(weekday: str, today: date, dates: Dates) -> int:
    return (dates.weekdays.index(weekday) - today.weekday()) % 7
