"""Reminders: the question before they are set, and what came of it.

Rule: nothing is set before the person has heard when, and whether once or every day, and has said yes. The speaker
keeps the reminders; the coach keeps nothing of them.
"""

from __future__ import annotations

from coach.conversation.details import Daily
from coach.conversation.errands import Errand, Reminders, SetReminders, StopReminders
from coach.conversation.events import Event
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, answer, ask_remind, asked_about, carry_on, say
from coach.conversation.replies.moving import way_out
from coach.speaking import Prompt
from coach.values import replace

NOT_SET: dict[Event, Prompt] = {
    Event.REMINDERS_NONE: say("reminders_none"),
    Event.REMINDERS_DENIED: say("reminders_denied"),
    Event.REMINDERS_TOO_MANY: say("reminders_too_many"),
    Event.REMINDERS_UNSUPPORTED: say("reminders_unsupported"),
    Event.REMINDERS_FAILED: say("reminders_failed"),
}
"""What is said when nothing was done: why, and what can be done instead."""


def ask(moment: Moment) -> Answer:
    """Say when it would be, and ask for a yes. A hold rests meanwhile."""
    asking = _about(moment, _heard(moment))
    return answer(asking, *way_out(moment), ask_remind(asking))


def ask_time(moment: Moment) -> Answer:
    """No time was said: ask for it."""
    exercise = moment.heard.of(Daily).exercise
    asking = _about(moment, Reminders((), exercise) if exercise else None)
    return answer(asking, *way_out(moment), say("ask_asked_remind_time"))


def agreed(moment: Moment) -> Errand:
    """Yes: have it done."""
    return SetReminders(asked_about(moment))


def permitted(moment: Moment) -> Errand:
    """The speaker was given permission: have it done."""
    return SetReminders(_heard(moment), permitted=True)


def ask_permission(moment: Moment) -> Answer:
    """The speaker needs permission, and asks for it in its own words. The place is kept meanwhile."""
    asked = answer(_about(moment, None), say("ask_permission"), open_=False)
    return replace(asked, permission=_heard(moment))


def set_(moment: Moment) -> Answer:
    """Read back what was set, and whether it takes the place of an older one."""
    replaced = (say("reminders_replaced"),) if moment.heard.of(Daily).number else ()
    wanted = _heard(moment)
    if wanted.wait:
        return carry_on(_about(moment, None), wanted.said_once("reminder_set_once", "reminder_set_once_of"))
    done = wanted.said("reminders_set", "reminders_set_of")
    return carry_on(_about(moment, None), done, *replaced)


def declined(moment: Moment) -> Answer:
    """No: nothing is set."""
    return carry_on(_about(moment, None), say("reminders_declined"))


def stop(_: Moment) -> Errand:
    """Have all the coach's reminders forgotten."""
    return StopReminders()


def stopped(moment: Moment) -> Answer:
    """They are gone."""
    return carry_on(moment, say("reminders_stopped"))


def not_set(moment: Moment) -> Answer:
    """Nothing was done."""
    return carry_on(_about(moment, None), NOT_SET[moment.event])


def _about(moment: Moment, reminders: Reminders | None) -> Moment:
    return moment.with_session(replace(moment.session, reminders=reminders))


def _heard(moment: Moment) -> Reminders:
    heard = moment.heard.of(Daily)
    return Reminders(heard.times, heard.exercise if heard.exercise in moment.library.exercises else "", heard.wait)
