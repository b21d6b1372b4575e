"""AMAZON.TIME: a time of the day in words, as Alexa sends it: "07:00", or MO, AF, EV, NI for a part of the day."""

from collections.abc import Sequence

from simulator.nlu.english import HALF_DAYS, PARTS_OF_DAY
from simulator.nlu.numbers import number

_NAMED = {("noon",): "12:00", ("midday",): "12:00", ("midnight",): "00:00"}
_QUARTERS = {("quarter",): 15, ("a", "quarter"): 15, ("half",): 30}


def time_of_day(words: Sequence[str]) -> str | None:
    """The time that the words say: "half past six pm" is 18:30. An hour by itself is of the morning. Else nothing."""
    said = tuple(words)
    if said in _NAMED:
        return _NAMED[said]
    if len(said) == 1 and said[0] in PARTS_OF_DAY:
        return PARTS_OF_DAY[said[0]]
    for half_day, hours in HALF_DAYS.items():
        if said[-len(half_day) :] == half_day:
            clock = _clock(said[: -len(half_day)])
            return None if clock is None or clock[0] > 12 else _iso(clock[0] % 12 + hours, clock[1])
    clock = _clock(said)
    return None if clock is None else _iso(*clock)


def _clock(words: tuple[str, ...]) -> tuple[int, int] | None:
    """Hour and minute as a clock shows them."""
    if words[-1:] == ("o'clock",):
        return _hour(words[:-1], 0)
    for place, word in enumerate(words):
        if word in ("past", "to"):
            minutes = _QUARTERS.get(words[:place], number(words[:place]))
            if minutes is None or not 0 < minutes < 60 or (word == "to" and minutes == 30):
                return None
            return _hour(words[place + 1 :], minutes if word == "past" else -minutes)
    return _hour(words, 0) or _hour_and_minutes(words)


def _hour(words: tuple[str, ...], minutes: int) -> tuple[int, int] | None:
    hour = number(words)
    if hour is None or hour > 23:
        return None
    return divmod((hour * 60 + minutes) % (24 * 60), 60)


def _hour_and_minutes(words: tuple[str, ...]) -> tuple[int, int] | None:
    """ "Seven thirty", "six oh five"."""
    hour, rest = _hour(words[:1], 0), words[1:]
    minutes = number(rest[1:]) if rest[:1] == ("oh",) else number(rest)
    oh = rest[:1] == ("oh",)
    if hour is None or minutes is None or (minutes > 9 if oh else not 9 < minutes < 60):
        return None
    return hour[0], minutes


def _iso(hour: int, minute: int) -> str:
    return f"{hour:02}:{minute:02}"
