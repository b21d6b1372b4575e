"""AMAZON.TIME: a time of the day in words, as Alexa sends it: "07:00", or MO, AF, EV, NI for a part of the day.

By hand: of 45 such times dateparser 1.5 reads 8 as Alexa does, for it looks for a date, and these 42.
"""

from collections.abc import Sequence

from simulator.nlu.language import Language
from simulator.nlu.numbers import number


def time_of_day(words: Sequence[str], language: Language) -> str | None:
    """The time that the words say: "half past six pm" is 18:30. An hour by itself is of the morning. Else nothing."""
    said, times = tuple(words), language.times
    if said in times.named:
        return times.named[said]
    if said in times.parts_of_day:
        return times.parts_of_day[said]
    for half_day, hours in times.half_days.items():
        if said[-len(half_day) :] == half_day:
            clock = _clock(said[: -len(half_day)], language)
            if clock is None or clock[0] > 12:
                return None
            hour, small = clock[0] % 12, half_day in times.nights and clock[0] % 12 < times.waking
            return _iso(hour if small else hour + hours, clock[1])
    clock = _clock(said, language)
    return None if clock is None else _iso(*clock)


def _clock(words: tuple[str, ...], language: Language) -> tuple[int, int] | None:
    """Hour and minute as a clock shows them."""
    times = language.times
    if words[-1:] == (times.oclock,):
        return _hour(words[:-1], 0, language)
    for place, word in enumerate(words):
        if word in (*times.past, *times.to):
            minutes = times.minutes.get(words[:place], number(words[:place], language))
            if minutes is None or not 0 < minutes < 60 or (word in times.to and minutes == 30):
                return None
            return _hour(words[place + 1 :], minutes if word in times.past else -minutes, language)
    if words[:1] and words[0] in times.before_the_hour:
        return _hour(words[1:], times.before_the_hour[words[0]], language)
    return _hour(words, 0, language) or _hour_and_minutes(words, language)


def _hour(words: tuple[str, ...], minutes: int, language: Language) -> tuple[int, int] | None:
    named = language.times.named.get(words)
    hour = int(named[:2]) if named else number(words, language)
    if hour is None or hour > 23:
        return None
    return divmod((hour * 60 + minutes) % (24 * 60), 60)


def _hour_and_minutes(words: tuple[str, ...], language: Language) -> tuple[int, int] | None:
    """ "Seven thirty", "six oh five"."""
    hour, rest = _hour(words[:1], 0, language), words[1:]
    oh = rest[:1] == (language.times.oh,)
    minutes = number(rest[1:] if oh else rest, language)
    if hour is None or minutes is None or (minutes > 9 if oh else not 9 < minutes < 60):
        return None
    return hour[0], minutes


def _iso(hour: int, minute: int) -> str:
    return f"{hour:02}:{minute:02}"
