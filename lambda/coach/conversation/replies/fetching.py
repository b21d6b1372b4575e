"""What is to be fetched, for whoever asks: what the routine, or this exercise, needs, and what helps.

Rule: before a routine it is about all of it, in the middle about the exercise that is meant.
"""

from __future__ import annotations

from coach.conversation.coaching import things
from coach.conversation.details import About
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, carry_on, is_to_be_told_what_to_fetch, say
from coach.conversation.session import State
from coach.conversation.transfers import way_to
from coach.speaking import Prompt
from coach.values import replace

FOR_WHOEVER_IS_NEW = "quick"
"""The routine that is meant on the welcome by somebody who has not chosen any yet."""


def what_to_fetch(moment: Moment) -> Answer:
    """What is needed for what was named, or else for what is meant; a hold goes on."""
    asked, library = moment.heard.of(About), moment.library
    if asked.exercise in library.exercises:
        return carry_on(moment, *_for_exercise(moment, asked.exercise))
    if asked.routine in library.routines:
        return carry_on(moment, *_for_routine(moment, asked.routine))
    if moment.state is State.OFFERED and moment.session.offer:
        return carry_on(moment, _needed(moment, moment.session.offer.exercises))
    if moment.progress.place is None:
        last = moment.progress.last[1] if moment.progress.last else ""
        return carry_on(moment, *_for_routine(moment, last if last in library.routines else FOR_WHOEVER_IS_NEW))
    if _is_about_all(moment):
        told = () if is_to_be_told_what_to_fetch(moment) else (_needed(moment, moment.exercises),)
        return carry_on(moment, *told)
    return carry_on(moment, *_for_exercise(moment, moment.subject.id))


def _is_about_all(moment: Moment) -> bool:
    """Whether the whole routine is meant: it is over, it has hardly begun, or what is done goes around it."""
    fetching = moment.index == 0 and moment.waiting_ms > 0
    return fetching or moment.state is State.FINISHED or moment.meant.is_around


def _for_exercise(moment: Moment, name: str) -> tuple[Prompt, Prompt]:
    return say("named", exercise=name), _needed(moment, (name,))


def _for_routine(moment: Moment, name: str) -> tuple[Prompt, Prompt]:
    return say("named_routine", routine=name), _needed(moment, moment.library.routines[name].exercises)


def _needed(moment: Moment, exercises: tuple[str, ...]) -> Prompt:
    needs, helps = things(moment, exercises)
    if needs and helps:
        return say("needed_both", needs=needs, helps=helps)
    if needs:
        return say("needed", needs=needs)
    if helps:
        return say("needed_if", helps=helps)
    return say("needed_nothing")


def no_chair(moment: Moment) -> Answer:
    """There is no chair: what to do without one on the way to the floor or up from it, and else what to leave out. None
    of the ways leads to one any more.
    """
    alone = moment.with_session(replace(moment.session, no_chair=True))
    led_up, led_down = moment.down and moment.untold_ms > 0, moment.session.leg is not None or _is_led_down(moment)
    return carry_on(alone, say("no_chair_on_the_way" if led_up or led_down else "no_chair"))


def _is_led_down(moment: Moment) -> bool:
    """Whether somebody is being told how to get down to the floor."""
    if moment.state is not State.COACHING or moment.waiting_ms:
        return False
    return moment.step.position.down and bool(way_to(moment, moment.step.position))
