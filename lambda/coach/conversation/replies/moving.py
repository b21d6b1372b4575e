"""Through the routine: on, back, away and in again."""

from __future__ import annotations

from difflib import get_close_matches

from coach.conversation.coaching import at_the_end, fetching, way_up
from coach.conversation.details import Named
from coach.conversation.leading import (
    Lead,
    is_before_further_set,
    is_led_over,
    out_of,
    rest_for,
    resting_ms,
    rests_on,
    set_up_ms,
)
from coach.conversation.moment import Moment, Storage
from coach.conversation.replies.answer import Answer, answer, as_told, carry_on, coach_from, left, say
from coach.conversation.session import State
from coach.conversation.telling import is_new
from coach.conversation.transfers import in_position, way_to
from coach.persistence.changes import skipped
from coach.speaking import Field, Line, Saying
from coach.speaking.cues import Item, Items, lasting_ms
from coach.values import replace

COLD_MS = 600_000
"""Whoever comes back to a warm-up after so long is cold again."""

LONG_MOVE_MS = 6_000
"""Whoever has heard the words of a move is taken for somebody who has done it, up to so long before it is over."""

FROM_THE_TOP = say("from_the_top")


def next_step(moment: Moment) -> Answer:
    """The following step. In the middle of a work the person is led out of it first. What nobody has heard the name of,
    and who is to take care of what, is passed over with all its sides.
    """
    index = after_exercise(moment) if moment.unnamed else moment.index + 1
    return coach_from(moment, index, *way_out(moment))


def begin(moment: Moment) -> Answer:
    """The step that has just been announced: enough of getting into it, its clock starts. What was to be said before it
    was announced is left out. Whoever cannot be there yet is led there: no clock starts on somebody who still stands.
    """
    done_ms, lead = moment.place.done_ms, Lead.START
    if moment.waiting_ms and not done_ms and not rests_on(moment):
        lead = Lead.NAMED
    elif is_led_over(moment):
        lead = Lead.TAUGHT
    elif _cannot_be_there(moment):
        lead = Lead.GET_READY if done_ms else _as_far_as_told(moment)
    return coach_from(moment, moment.index, done_ms=done_ms, lead=lead)


def _cannot_be_there(moment: Moment) -> bool:
    """Whether there are moves to come before those of the step itself, or none of a new one were told yet."""
    step, known = moment.step, moment.session.announced or moment.place.done_ms
    if way_to(moment, step.position):
        return True
    new = step.first_of_exercise and is_new(moment, step) and not known
    return new and moment.untold_ms > set_up_ms(moment, step)


def _as_far_as_told(moment: Moment) -> Lead:
    """How somebody is led on who is not there yet: with its name, and what belongs before it, unless that was told."""
    return Lead.NAMED if moment.untold_ms > _moves_ms(moment) else Lead.TAUGHT


def has_care_to_hear(moment: Moment) -> bool:
    """Whether more is still to be told of a new exercise than how to get into it: who is to take care, and of what."""
    new = moment.step.first_of_exercise and is_new(moment, moment.step)
    return new and not moment.session.announced and moment.untold_ms > _moves_ms(moment) + LONG_MOVE_MS


def _moves_ms(moment: Moment) -> int:
    """How long all moves take to be told that are still to be done for the step at the place."""
    return lasting_ms(way_to(moment, moment.step.position), moment.wording) + set_up_ms(moment, moment.step)


def skip(moment: Moment) -> Answer:
    """The following exercise; the skip is noted."""
    index = after_exercise(moment)
    return coach_from(moment.doing(skipped(moment.exercise.id)), index, say("skipped"), *way_out(moment))


def skip_and_ask(moment: Moment) -> Answer:
    """Skipped not for the first time: shall it be left out for good? The place is already at the following exercise."""
    exercise = moment.exercise.id
    moved = moment.doing(skipped(exercise)).at(after_exercise(moment))
    asking = moved.with_session(replace(moved.session, names=(exercise,)))
    return answer(asking, *way_out(moment), say("ask_leave_out", exercise=exercise))


def skip_last(moment: Moment) -> Answer:
    """The last exercise skipped: the routine ends."""
    return finish(moment.doing(skipped(moment.exercise.id)), say("skipped"))


def finish(moment: Moment, *opening: Saying) -> Answer:
    """The end of the routine, said once, and the way up from wherever on the floor somebody is by then."""
    last = len(moment.steps) - 1
    ended = moment.at(last, done_ms=moment.steps[last].work.ms).led()
    home = way_up(moment, moment.body, moment.session.leg) if moment.body and moment.down else ()
    return answer(ended, *opening, *way_out(moment), *home, *at_the_end(moment, moment.place.done))


def previous(moment: Moment) -> Answer:
    """The step before; from the first step of an exercise, the exercise before."""
    if moment.step.first_of_exercise:
        before = moment.exercises[moment.number - 2]
        return coach_from(moment, moment.first_step_of(before), say("back_to"), *way_out(moment))
    return coach_from(moment, moment.index - 1, say("back_to"), *way_out(moment), lead=Lead.AGAIN)


def exercise_again(moment: Moment) -> Answer:
    """The exercise that was just done, from its first side."""
    return coach_from(moment, moment.first_step_of(moment.practised.exercise.id), lead=Lead.AGAIN)


def first_again(moment: Moment) -> Answer:
    """There is nothing before the first exercise: it is taken from its start."""
    lead = Lead.FRESH if moment.untaught else Lead.AGAIN
    return coach_from(moment, moment.first_step_of(moment.exercise.id), say("first_already"), lead=lead)


def repeat(moment: Moment) -> Answer:
    """The step that was being spoken, from its start; what comes before its name is what was not understood, if
    nothing of it was told yet.
    """
    if rest_ms := resting_ms(moment):
        return coach_from(moment, moment.index, *rest_for(moment, rest_ms), lead=Lead.START)
    if not moment.waiting_ms or moment.place.done_ms:
        return coach_from(moment, moment.index, lead=Lead.AGAIN)
    begins = moment.session.coached == 1 and moment.index == moment.start
    return coach_from(moment, moment.index, lead=Lead.NAMED, fetch=fetching(moment) if begins else ())


def resume(moment: Moment) -> Answer:
    """Get ready, then exactly what was left, of a rest as well."""
    if not moment.left_ms:
        return coach_from(moment, moment.index + 1)
    cold = moment.now_ms - moment.place.worked * 1000 > COLD_MS
    if cold and moment.index == 0 and moment.step.is_around and moment.place.done_ms:
        return coach_from(moment, moment.index, FROM_THE_TOP)
    announced = moment.state is State.PAUSED and moment.session.coached
    if not moment.place.done_ms and not announced:
        return coach_from(moment, moment.index, say("here_we_go"))
    if moment.session.rest_ms and is_before_further_set(moment):
        return coach_from(moment, moment.index, *rest_for(moment, moment.session.rest_ms), lead=Lead.START)
    return coach_from(moment, moment.index, done_ms=moment.place.done_ms, lead=Lead.GET_READY)


def exercise_from_start(moment: Moment) -> Answer:
    """After a break of a day: the exercise from its first side."""
    return coach_from(moment, top_of_exercise(moment))


def top_of_exercise(moment: Moment) -> int:
    """The first step of the exercise that somebody got to on another day."""
    if not moment.left_ms and moment.step.last_of_exercise:
        return moment.index + 1
    return moment.first_step_of(moment.exercise.id)


def offer_return(moment: Moment, *opening: Item) -> Answer:
    """Say where the person was today, and offer to go on from the very second."""
    ahead = moment.ahead
    told = say("return_today", **where(ahead), left=left(ahead), side=ahead.step.side)
    return answer(as_told(ahead), *_hello(moment), *opening, told)


def offer_the_way_back(moment: Moment) -> Answer:
    """Nothing else than what was on the go: its place is kept, and shall they go on from there? Where that is on the
    floor, the floor is out no more.
    """
    spared, down = moment.session.sparing, moment.ahead.exercise.position.down
    back = moment.with_sparing(replace(spared, no_floor=spared.no_floor and not down))
    return offer_return(back, say("or_stop_here"))


def offer_return_later(moment: Moment, *opening: Item) -> Answer:
    """Say where the person was on another day, and offer the exercise from its first side."""
    ahead = moment.ahead
    fields = {**where(ahead), "side": ahead.exercise.sides[0]}
    yesterday = moment.days_since(moment.place) == 1
    told = say("return_yesterday", **fields) if yesterday else say("return_later", **fields)
    return answer(ahead, *_hello(moment), *opening, told)


def _hello(moment: Moment) -> tuple[Saying, ...]:
    """Welcome back, to whoever has only just come."""
    return () if moment.session.answers else (say("back_again"),)


def decline_return(moment: Moment) -> Answer:
    """Not from the top: what else there is. Whoever goes on now does so from the very second."""
    return answer(moment.led(), say("return_declined", left=left(moment), side=moment.step.side))


def ask_start_over(moment: Moment) -> Answer:
    """More than one exercise would be done again: better ask."""
    return answer(moment, *way_out(moment), say("ask_asked_start_over"))


def start_over(moment: Moment) -> Answer:
    """The routine from its beginning."""
    plan = moment.place.plan
    kept = plan.with_only({*plan.exercises} - moment.barred)
    anew = moment.placed(replace(moment.place, plan=kept if kept.doses else plan, done=(), run=moment.run))
    return coach_from(anew, anew.start, FROM_THE_TOP, *way_out(moment))


def go_to(moment: Moment) -> Answer:
    """Another exercise; one that is not in the plan is put in after this one."""
    wanted, way, place = moment.heard.of(Named).exercise, way_out(moment), moment.place
    if wanted not in moment.exercises:
        longer = place.plan.with_added(wanted, at=moment.number)
        moment = moment.placed(replace(place, plan=longer))
    return coach_from(moment, moment.first_step_of(wanted), *way)


def suggest(moment: Moment) -> Answer:
    """A name that is not known gets the two nearest; nothing moves until one is chosen."""
    names = nearest(moment)
    offering = moment.with_session(replace(moment.session, names=names))
    return answer(offering, say("unknown_exercise"), say("ask_choice", names=names))


def no_such_number(moment: Moment) -> Answer:
    """A number beyond the last: how many there are."""
    count = len(moment.exercises or moment.library.exercises)
    return carry_on(moment, say("no_such_number", count=count))


def nearest(moment: Moment) -> tuple[str, ...]:
    """The two exercises whose names are most like the words that were heard."""
    spoken = {moment.wording(Line(e, "name", "")).text: e for e in moment.library.exercises}
    close = get_close_matches(moment.heard.of(Named).unknown, spoken, n=2, cutoff=0.0)
    return tuple(spoken[name] for name in close)


def switch_side(moment: Moment) -> Answer:
    """The other side of this exercise, from its start."""
    here = moment.practised
    other = next(
        at
        for at, step in enumerate(moment.steps)
        if step.exercise is here.exercise and step.set == here.set and step.side is here.side.other
    )
    return coach_from(moment, other, *way_out(moment), lead=Lead.AGAIN)


def no_other_side(moment: Moment) -> Answer:
    """Both sides work at once."""
    return carry_on(moment, say("no_other_side"))


def stop(moment: Moment) -> Answer:
    """Stop, with the place said, and kept unless the store does not take it; it is over where no exercise is left."""
    if not moment.to_come:
        return farewell(moment)
    exercise, side = moment.ahead.exercise.id, moment.ahead.step.side
    if moment.storage is not Storage.KEPT:
        return goodbye(moment, say("stopped_unkept", exercise=exercise, side=side))
    return goodbye(moment, say("stopped", exercise=exercise, side=side))


def on_up(moment: Moment) -> Answer:
    """The routine is done: on with the way up, for whoever is led up from the floor."""
    return carry_on(moment, say("on_we_go" if moment.down and moment.untold_ms else "all_done"))


def up(moment: Moment) -> Answer:
    """Up at the end of a routine, before all of the way was told."""
    return answer(in_position(moment, ""), say("up_already"), say("finished_ask"))


def farewell(moment: Moment) -> Answer:
    """The end of a session that has nothing more to ask."""
    return goodbye(moment, say("goodbye"))


def goodbye(moment: Moment, said: Saying) -> Answer:
    """The last that is said, also to whoever is still in a pose, or on the floor."""
    out = (say("out_slowly"),) if moment.leaving or way_out(moment) else ()
    return answer(moment, *out, said, *in_your_time(moment), open_=False)


def in_your_time(moment: Moment) -> tuple[Saying, ...]:
    """The very last that is said to whoever is on the floor, and gets up by themselves."""
    return (say("up_slowly"),) if moment.down else ()


def silence(moment: Moment) -> Answer:
    """The session has ended, or the player tells how far it is: nothing can be said, the place is kept."""
    return answer(moment, open_=False)


def where(moment: Moment) -> dict[str, Field]:
    """The exercise, and which of how many it is; what goes around them is none of them."""
    count = 1 if moment.step.is_around else len(moment.exercises)
    return {"exercise": moment.exercise.id, "number": moment.number, "count": count}


def way_out(moment: Moment) -> Items:
    """The way out of the pose that somebody is in, or may be on the way into, move by move; also for whoever waits in
    it since the clock was stopped. Of the session before it is not known whether they came out of it.
    """
    if moment.progress.place is None or not moment.session.posed or not moment.left_ms:
        return ()
    known = moment.session.answers or moment.state is State.COACHING
    return (*(() if known else (say("if_still_in_it"),)), *out_of(moment, moment.step))


def after_exercise(moment: Moment) -> int:
    """The first step of the exercise that follows. There must be one."""
    here = moment.exercise.id
    return next(at for at in range(moment.index, len(moment.steps)) if moment.steps[at].exercise.id != here)
