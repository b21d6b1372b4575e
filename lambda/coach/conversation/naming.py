"""What was heard, by the names that the content has: a choice or a number turned into the name that it stands for.

Rule: the interaction model may be younger than the content, and what a platform hears is by no means what was meant.
"""

from __future__ import annotations

from dataclasses import replace

from coach.conversation.details import A_DAY, LAST, Choice, Count, Daily, Length, Named, Wanted
from coach.conversation.events import Event, Heard
from coach.conversation.moment import Moment
from coach.conversation.reminder_times import meant
from coach.conversation.session import State
from coach.planning import Library


def resolved(moment: Moment) -> Heard:
    """What was heard, with a choice or a number turned into the name that it stands for."""
    heard = _known(_chosen(moment), moment.library)
    spoken, wanted = heard.of(Named), heard.of(Wanted)
    number = _bare_number(heard) if moment.state is State.ASKED_GOAL else 0
    if number:
        return Heard(Event.WEEKLY_GOAL, Count(number))
    if heard.event is Event.REMIND:
        return meant(moment)
    if heard.event is Event.BREAK and moment.progress.place is None and heard.of(Length).ms:
        # There is nothing to take a break from: "ten minutes" is how long they have.
        return Heard(Event.START, Wanted(ms=heard.of(Length).ms))
    if heard.event is Event.START and not wanted.routine and not wanted.ms and wanted.area in moment.library.routines:
        return replace(heard, detail=replace(wanted, routine=wanted.area))
    order = moment.exercises or tuple(moment.library.exercises)
    if heard.of(Choice).place == LAST:
        return Heard(Event.GO_TO, Named(order[-1]))
    if heard.event is Event.GO_TO and not spoken.exercise and 1 <= spoken.number <= len(order):
        return replace(heard, detail=Named(order[spoken.number - 1]))
    return heard


def _bare_number(heard: Heard) -> int:
    """The number that was said by itself, 0 where it was something else: a platform hears it as a time of the day, or
    as which of several.
    """
    daily, named = heard.of(Daily), heard.of(Named)
    if heard.event is Event.REMIND and len(daily.times) == 1 and not daily.part and not daily.exercise:
        hour, minute = divmod(daily.times[0] % (A_DAY // 2), 60)
        return hour if not minute else 0
    return named.number if heard.event is Event.GO_TO and not named.exercise and not named.unknown else 0


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


def _chosen(moment: Moment) -> Heard:
    """What was heard; one of the names that were offered, where it was chosen by its place among them."""
    heard, names, place = moment.heard, moment.session.names, 0
    match heard.event:
        case Event.YES if moment.state is State.CHOOSING and len(names) == 1:
            place = 1
        case Event.CHOOSE:
            chosen = heard.of(Choice).place
            place = len(names) if chosen == LAST else chosen
        case Event.GO_TO if moment.state in (State.CHOOSING, State.IDLE):
            place = heard.of(Named).number
    if not 1 <= place <= len(names):
        return heard
    name = names[place - 1]
    if name in moment.library.routines:
        return Heard(Event.START, Wanted(routine=name))
    return Heard(Event.GO_TO, Named(name))
