"""Reminders: which times are meant, the question before they are set, and what came of it.

Rule: nothing is set before the person has heard the times and that it is every day, and has said yes. The speaker keeps
the reminders; the coach keeps nothing of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coach.errand import A_DAY, MOST_A_DAY, Reminders, SetReminders, StopReminders
from coach.replies.answer import Answer, about, ask_remind, carry_on, note, say
from coach.replies.moving import way_out
from coach.scene import Scene
from coach.session import Heard, State

NOON = 12 * 60

SMALL_HOURS_UNTIL = 5 * 60
"""Nobody is reminded to stretch before: "three" is the afternoon, unless the night was said."""

PARTS = {"MO": 8 * 60, "AF": 15 * 60, "EV": 19 * 60, "NI": 21 * 60}
"""The time that is offered when only a part of the day was said, as Alexa's AMAZON.TIME names it."""

WAKING = (9 * 60, 19 * 60)
"""The first and the last of several reminders that are spread over the day."""


def wanted(scene: Scene) -> Heard:
    """What was heard, with the times that are meant, and no times where none were said.

    A part of the day by itself corrects the times that the open question is about; an exercise by itself keeps them.
    """
    heard, open_ = scene.heard, scene.session.reminders
    asked = open_ if scene.session.state is State.ASKED_REMIND else None
    times = tuple(_meant(heard.times, heard.part))
    if not times and asked and heard.part:
        times = tuple(_moved(time, heard.part) for time in asked.times)
    elif not times and heard.part:
        times = (PARTS[heard.part],)
    elif not times and heard.number:
        times = _spread(min(heard.number, MOST_A_DAY))
    elif not times and asked and heard.exercise:
        times = asked.times
    about_ = heard.exercise or (open_.exercise if open_ and _asking(scene) else "")
    exercise = about_ if about_ in scene.library.exercises else ""
    return replace(heard, times=tuple(sorted(set(times)))[:MOST_A_DAY], exercise=exercise)


def ask(scene: Scene) -> Answer:
    """Say when it would be, and ask for a yes. A hold rests meanwhile."""
    asking = note(scene, reminders=_heard(scene))
    return Answer((*way_out(scene), ask_remind(asking)), asking)


def ask_time(scene: Scene) -> Answer:
    """No time was said: ask for it."""
    exercise = scene.heard.exercise
    return Answer((*way_out(scene), say("ask_asked_remind_time")), note(scene, reminders=Reminders((), exercise)))


def agreed(scene: Scene) -> Answer:
    """Yes: have it done."""
    asked = scene.session.reminders
    return Answer((), scene, errand=SetReminders(asked) if asked else None)


def permitted(scene: Scene) -> Answer:
    """The speaker was given permission: have it done."""
    return Answer((), scene, errand=SetReminders(_heard(scene), permitted=True))


def ask_permission(scene: Scene) -> Answer:
    """The speaker needs permission, and asks for it in its own words. The place is kept meanwhile."""
    return Answer((say("ask_permission"),), _answered(scene), open=False, permission=_heard(scene))


def set_(scene: Scene) -> Answer:
    """Read back what was set, and whether it takes the place of an older one."""
    replaced = (say("reminders_replaced"),) if scene.heard.number else ()
    return carry_on(_answered(scene), about("reminders_set", _heard(scene)), *replaced)


def declined(scene: Scene) -> Answer:
    """No: nothing is set."""
    return carry_on(_answered(scene), say("reminders_declined"))


def stop(scene: Scene) -> Answer:
    """Have all the coach's reminders forgotten."""
    return Answer((), scene, errand=StopReminders())


def stopped(scene: Scene) -> Answer:
    """They are gone."""
    return carry_on(scene, say("reminders_stopped"))


def not_set(scene: Scene) -> Answer:
    """Nothing was done: why, and what can be done instead."""
    return carry_on(_answered(scene), say(scene.heard.event))


def _heard(scene: Scene) -> Reminders:
    exercise = scene.heard.exercise
    return Reminders(scene.heard.times, exercise if exercise in scene.library.exercises else "")


def _asking(scene: Scene) -> bool:
    return scene.session.state in (State.ASKED_REMIND, State.ASKED_REMIND_TIME)


def _answered(scene: Scene) -> Scene:
    return note(scene, reminders=None)


def _meant(times: tuple[int, ...], part: str) -> Iterator[int]:
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
