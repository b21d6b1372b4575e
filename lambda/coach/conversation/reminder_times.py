"""Which times of the day are meant, when somebody asks to be reminded.

Rule: nobody is reminded in the small hours who did not say so, and times come in the order in which they were said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coach.conversation.details import A_DAY, Daily
from coach.conversation.errands import MOST_A_DAY
from coach.conversation.events import Heard
from coach.conversation.moment import Moment
from coach.conversation.session import State
from coach.values import replace

NOON = 12 * 60

SMALL_HOURS_UNTIL = 5 * 60
"""Nobody is reminded to stretch before: "three" is the afternoon, unless the night was said."""

OFFERED: Mapping[str, int] = {"MO": 8 * 60, "AF": 15 * 60, "EV": 19 * 60, "NI": 21 * 60}
"""The time that is offered when only a part of the day was said."""

WAKING = (9 * 60, 19 * 60)
"""The first and the last of several reminders that are spread over the day."""


def meant(moment: Moment) -> Heard:
    """What was heard, with the times that are meant, and no times where none were said, or a wait.

    A part of the day by itself corrects the times that the open question is about; an exercise by itself keeps them,
    and a wait. What is longer off than a day is not understood as one.
    """
    said, open_ = moment.heard.of(Daily), moment.session.reminders
    asked = open_ if moment.state is State.ASKED_REMIND else None
    times = tuple(_on_the_clock(said.times, said.part))
    wait = said.wait if said.wait <= A_DAY and not times else 0
    if wait:
        times = ()
    elif not times and asked and asked.times and said.part:
        times = tuple(_moved(time, said.part) for time in asked.times)
    elif not times and said.part:
        times = (OFFERED[said.part],)
    elif not times and said.number:
        times = _spread(min(said.number, MOST_A_DAY))
    elif not times and asked and said.exercise:
        times, wait = asked.times, asked.wait
    asking = moment.state in (State.ASKED_REMIND, State.ASKED_REMIND_TIME)
    about = said.exercise or (open_.exercise if open_ and asking else "")
    exercise = about if about in moment.library.exercises else ""
    times = tuple(sorted(set(times)))[:MOST_A_DAY]
    return replace(moment.heard, detail=replace(said, times=times, exercise=exercise, wait=wait))


def _on_the_clock(times: tuple[int, ...], part: str) -> Iterator[int]:
    """Times as they are meant: in the part of the day that was said, and each later than the one before it."""
    before = -1
    for said in times:
        time = _moved(said, part) if part else said
        if not part and 0 < time < SMALL_HOURS_UNTIL:
            time += NOON
        if time < before and time + NOON < A_DAY:
            time += NOON
        yield time
        before = time


def _moved(time: int, part: str) -> int:
    """The time of the clock in that part of the day: seven, EV is 19:00. Two at night stays two at night."""
    if part == "NI" and time < SMALL_HOURS_UNTIL:
        return time
    return time % NOON + (0 if part == "MO" else NOON)


def _spread(count: int) -> tuple[int, ...]:
    """So many times of the day, on the hour, from the first to the last waking one. One alone is the last."""
    first, last = WAKING
    if count == 1:
        return (last,)
    return tuple(first + round((last - first) / 60 * place / (count - 1)) * 60 for place in range(count))
