"""What somebody lives with: whom to ask first, and what is left out of this session until they have.

Rule: it changes this session only. What is kept is a shorter and gentler routine at the most, and never why.
"""

from __future__ import annotations

from coach.conversation.details import Condition, Named
from coach.conversation.leading import Lead
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, answer, carry_on, coach_from, say
from coach.conversation.replies.caring import led_up, out_of_it
from coach.conversation.replies.changing import worth_it_ms
from coach.conversation.replies.instead import without
from coach.conversation.replies.moving import way_out
from coach.conversation.replies.replanning import at_what_is_left, replan
from coach.conversation.session import State
from coach.planning.conditions import advice_for
from coach.speaking import Prompt, Saying
from coach.values import replace

NOTES = {
    "pregnancy": say("note_pregnancy"),
    "osteoporosis": say("note_bones"),
    "disc": say("note_disc"),
    "unsteady": say("note_hold_on"),
}
"""What else there is to say of some conditions."""


def condition(moment: Moment) -> Answer:
    """Whom to ask first, and what may be gentler until then; a routine that is not begun yet goes without the rest."""
    known = _known(moment)
    barred = moment.to_be_asked.intersection(moment.to_come if moment.progress.place else ())
    if barred and moment.exercise.id in barred:
        left = at_what_is_left(known)
        known = left.placed(replace(left.place, worked=moment.place.worked))
    spared, said = without(known, barred), (*_advice(moment), *_in_easier_versions(known))
    if _runs_easier(moment, spared):
        return _easier_at_once(moment, spared, *said)
    out = way_out(moment) if _waits_otherwise(moment, spared) else ()
    return carry_on(spared, *out, *said)


def on_without(moment: Moment) -> Answer:
    """The same in the middle of a routine: out of what is to be left out, and on with the rest."""
    known = _known(moment)
    said = (*_advice(moment), *_in_easier_versions(known))
    if _runs_easier(moment, known):
        return _easier_at_once(moment, at_what_is_left(known), *said)
    # They are in it as it was done, whichever version of it comes from here on.
    out = way_out(moment) if moment.exercise.id in known.to_be_asked else ()
    return replan(known.with_session(replace(known.session, posed=False)), *out, *said)


def stop_until_asked(moment: Moment) -> Answer:
    """Nothing of the routine may be done before somebody was asked: out of the pose, up, and that is all. Its place is
    not offered again.
    """
    return answer(moment, *out_of_it(moment), *_advice(moment), *led_up(moment), say("until_asked"), open_=False)


def ask_before(moment: Moment) -> Answer:
    """What is asked for has to wait until somebody was asked; or is on the floor, which is out."""
    exercise = moment.heard.of(Named).exercise
    to_ask = exercise in moment.to_be_asked if exercise else moment.gently
    return carry_on(moment, say("ask_before") if to_ask or not moment.no_floor else say("floor_is_out"))


def _known(moment: Moment) -> Moment:
    """The moment with what is barred known, and with all in its easier version; what was stopped in the middle of
    another one begins anew in that.
    """
    barred = tuple(sorted(moment.to_be_asked))
    known = moment.with_sparing(replace(moment.session.sparing, barred=barred, gently=moment.gently))
    place = moment.progress.place
    if place is None or not moment.gently:
        return known
    plan = place.plan.all_gentle()
    # Who is in what goes around the exercises, or has only that before them, is where they are.
    framed = known.may_lie or moment.step.is_around or not moment.to_come
    known = known.placed(replace(place, plan=plan if framed else plan.by_itself()))
    return known.at(known.index) if _waits_otherwise(moment, known) else known


def _easier_at_once(moment: Moment, known: Moment, *said: Saying) -> Answer:
    """Out of what runs, and into its easier version, taught whole."""
    out, done_ms = way_out(moment), worth_it_ms(moment, known)
    return coach_from(known, known.index, *out, *said, done_ms=done_ms, lead=Lead.TAUGHT)


def _runs_easier(moment: Moment, known: Moment) -> bool:
    """Whether somebody is in the middle of what is to be done in another way from here on, or on the way into it."""
    if moment.state is not State.COACHING or not moment.in_it or moment.exercise.id in known.to_be_asked:
        return False
    return _is_done_otherwise(moment, known)


def _waits_otherwise(moment: Moment, known: Moment) -> bool:
    """The same of somebody who was stopped in its middle, and waits there."""
    stopped = moment.progress.place is not None and moment.in_it and moment.state is not State.COACHING
    return stopped and _is_done_otherwise(moment, known)


def _is_done_otherwise(moment: Moment, known: Moment) -> bool:
    """Whether what the place is at is done in another version than before."""
    return moment.step.variation is not known.step.variation


def _in_easier_versions(known: Moment) -> tuple[Prompt, ...]:
    """That all is gentler now, for whoever has somebody to ask first and may do some of it."""
    may = {*known.library.exercises} - known.to_be_asked
    return (say("easier_until_then"),) if known.gently and may else ()


def _advice(moment: Moment) -> tuple[Saying, ...]:
    names = moment.heard.of(Condition).names
    advice = advice_for(names, moment.library.exercises)
    said: list[Saying] = [say("ask_first")]
    if advice.nothing_yet:
        said.append(say("nothing_until_then"))
    if advice.only:
        said.append(say("only_until_then", exercises=advice.only))
    if advice.leave_out:
        said.append(say("leave_out_until_then", exercises=advice.leave_out))
    if advice.gentler:
        said.append(say("gentler_until_then", exercises=advice.gentler))
    return (*said, *(NOTES[name] for name in names if name in NOTES))
