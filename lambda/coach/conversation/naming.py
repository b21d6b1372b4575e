"""What was heard, by the names that the content has: a choice or a number turned into the name that it stands for.

Rule: the interaction model may be younger than the content, and what a platform hears is by no means what was meant.
"""

from __future__ import annotations

from coach.conversation.details import A_DAY, LAST, Choice, Count, Daily, Length, Named, Wanted, When
from coach.conversation.events import Event, Heard
from coach.conversation.moment import Moment
from coach.conversation.reminder_times import meant
from coach.conversation.session import State
from coach.planning import Library
from coach.values import replace

A_MINUTE_MS = 60_000

LONGEST_HOLD_MS = 180_000
"""From here on no length is one of a hold."""

TAKES_TIME = (State.ASKED_HELP, State.UNWELL, State.GETTING_UP, State.GETTING_UP_AGAIN)
"""Where a length by itself is how long they want to lie there."""

HELD = (State.COACHING, State.BETWEEN, State.PAUSED)
"""Where there is something to hold, or will be."""


def resolved(moment: Moment) -> Heard:
    """What was heard, with a choice or a number turned into the name that it stands for."""
    heard = _answered(moment.state, _known(_chosen(moment), moment.library))
    spoken, wanted = heard.of(Named), heard.of(Wanted)
    if heard.event is Event.REMIND:
        return meant(replace(moment, heard=heard))
    length_ms = heard.of(Length).ms
    if heard.event in (Event.BREAK, Event.LESS_TIME) and length_ms >= A_DAY * A_MINUTE_MS:
        # "Take ten seconds off" is of a hold, and "take two weeks off" is not.
        return Heard(Event.REST_DAY, When(ms=length_ms))
    if _is_how_long_they_have(moment, heard.event, length_ms):
        return Heard(Event.START, Wanted(ms=length_ms))
    if _is_how_long_to_hold(moment, heard):
        return Heard(Event.HOLD_FOR, Length(wanted.ms))
    if heard.event is Event.START and not wanted.routine and not wanted.ms and wanted.area in moment.library.routines:
        return replace(heard, detail=replace(wanted, routine=wanted.area))
    if heard.event is Event.RESUME and wanted.routine not in ("", _routine_of(moment)):
        # It is the one that waits, or one that is not begun.
        return heard.meaning(Event.START)
    order = moment.exercises or tuple(moment.library.exercises)
    if heard.of(Choice).place == LAST:
        return Heard(Event.GO_TO, Named(order[-1]))
    if heard.event is Event.GO_TO and not spoken.exercise and 1 <= spoken.number <= len(order):
        return replace(heard, detail=Named(order[spoken.number - 1]))
    return heard


def _is_how_long_they_have(moment: Moment, event: Event, ms: int) -> bool:
    """Whether a length by itself, as "ten minutes", is meant for a routine: there is nothing to take a break from, and
    nothing that could be held, or another one was just offered, or it is the first word of all.
    """
    if not ms or moment.state in TAKES_TIME:
        return False
    aside, offered = moment.progress.place is None, moment.state is State.OFFERED
    begins = not (moment.session.answers or moment.plays)
    held = event is Event.HOLD_FOR and ms >= LONGEST_HOLD_MS
    return (held and (aside or offered or begins)) or (event is Event.BREAK and aside)


def _is_how_long_to_hold(moment: Moment, heard: Heard) -> bool:
    """Whether a length that is asked for as a routine's, as in "make it a minute", is meant for what is being done: no
    routine is so short.
    """
    wanted = heard.of(Wanted)
    only = heard.event is Event.START and not wanted.routine and not wanted.area
    return only and 0 < wanted.ms < LONGEST_HOLD_MS and moment.state in HELD


def _routine_of(moment: Moment) -> str:
    return moment.place.plan.routine if moment.progress.place else ""


def _answered(state: State, heard: Heard) -> Heard:
    """What was heard, with a number by itself taken for what the open question asks for: days of a week, a time of the
    day, or minutes. Where nothing asks for one it stays a number; what nobody can count to was not understood.
    """
    number = heard.of(Count).number
    match state:
        case State.ASKED_GOAL if goal := number if heard.event is Event.NUMBER else _number_otherwise(heard):
            return Heard(Event.WEEKLY_GOAL, Count(goal))
        case _ if heard.event is not Event.NUMBER:
            return heard
        case _ if not number:
            return heard.meaning(Event.NONSENSE)
        case State.ASKED_REMIND_TIME | State.ASKED_REMIND:
            return Heard(Event.REMIND, Daily(_times(number)))
        case State.IDLE | State.OFFERED:
            return Heard(Event.START, Wanted(ms=number * A_MINUTE_MS))
        case _:
            return heard


def _number_otherwise(heard: Heard) -> int:
    """The number that was said by itself and came as a time of the day, or as which of several; 0 for anything else."""
    daily, named = heard.of(Daily), heard.of(Named)
    if heard.event is Event.REMIND and len(daily.times) == 1 and not daily.part and not daily.exercise:
        hour, minute = divmod(daily.times[0] % (A_DAY // 2), 60)
        return hour if not minute else 0
    return named.number if heard.event is Event.GO_TO and not named.exercise and not named.unknown else 0


def _times(number: int) -> tuple[int, ...]:
    """The time of the day that a number is: seven is 7:00, and 1930 is 19:30. None for what no clock shows."""
    hour, minute = divmod(number, 100) if number >= 100 else (number, 0)
    return (hour * 60 + minute,) if hour < 24 and minute < 60 else ()


def _known(heard: Heard, library: Library) -> Heard:
    """What was heard, without ids that the content does not have: the model may be younger than the content."""
    named, wanted, count = heard.of(Named), heard.of(Wanted), heard.of(Count)
    if named.exercise and named.exercise not in library.exercises:
        return replace(heard, detail=Named(unknown=named.exercise.replace("_", " ")))
    if not {wanted.routine, wanted.area} <= {"", *library.routines, *library.areas}:
        routine = wanted.routine if wanted.routine in library.routines else ""
        area = wanted.area if wanted.area in {*library.areas, *library.routines} else ""
        return replace(heard, detail=replace(wanted, routine=routine, area=area))
    if count.exercise and count.exercise not in library.exercises:
        return replace(heard, detail=replace(count, exercise=""))
    return heard


def _way_on(moment: Moment) -> Event | None:
    """Which of the ways on was chosen by its number, once something hurt; None for none of them."""
    heard = moment.heard
    place = heard.of(Choice).place or heard.of(Count).number or heard.of(Named).number
    ways: tuple[Event, ...] = Event.SKIP, Event.STOP
    ways = (Event.EASIER, *ways) if moment.may_be_easier else ways
    by_number = heard.event in (Event.CHOOSE, Event.NUMBER, Event.GO_TO) and not heard.of(Named).exercise
    if place == LAST:
        return ways[-1]
    return ways[place - 1] if by_number and 1 <= place <= len(ways) else None


def _chosen(moment: Moment) -> Heard:
    """What was heard; one of the names that were offered, where it was chosen by its place among them."""
    heard, names, place = moment.heard, moment.session.names, 0
    if moment.state is State.EASED and (way := _way_on(moment)):
        return Heard(way)
    match heard.event:
        case Event.YES if moment.state is State.CHOOSING and len(names) == 1:
            place = 1
        case Event.CHOOSE:
            chosen = heard.of(Choice).place
            place = len(names) if chosen == LAST else chosen
        case Event.GO_TO if moment.state in (State.CHOOSING, State.IDLE):
            place = heard.of(Named).number
        case Event.NUMBER if moment.state in (State.CHOOSING, State.IDLE):
            place = heard.of(Count).number
    if not 1 <= place <= len(names):
        return heard
    name = names[place - 1]
    if name in moment.library.routines:
        return Heard(Event.START, Wanted(routine=name))
    return Heard(Event.GO_TO, Named(name))
