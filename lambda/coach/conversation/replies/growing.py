"""An easy start: to begin one, to end it, and to take back what has grown.

Rule: it holds from now on, in the middle of a work too. What is already done of an exercise is not done again.
"""

from __future__ import annotations

from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, carry_on, say
from coach.conversation.replies.changing import another_way, counted_out
from coach.conversation.session import State
from coach.persistence import Change, changes
from coach.speaking import Prompt
from coach.values import replace


def go_easy(moment: Moment) -> Answer:
    """Below the authored doses from now on, and up to them week by week."""
    if moment.progress.preferences.easy and not moment.repeated:
        return carry_on(moment, say("easy_already"))
    return _dosed_anew(moment, say("going_easy"), changes.easy(True))


def usual_doses(moment: Moment) -> Answer:
    """The authored doses from now on. What is under way keeps the time that it has, on both sides alike."""
    if not moment.progress.preferences.easy and not moment.repeated:
        return carry_on(moment, say("usual_doses_already"))
    if moment.progress.place is None or not _under_way(moment):
        return _dosed_anew(moment, say("usual_doses"), changes.easy(False))
    step, place = moment.step, moment.place
    dose = replace(place.plan.dose_of(step.exercise.id), rounds=step.sets, ms=step.work.ms, last_ms=0)
    under_way = moment.placed(replace(place, plan=place.plan.with_dose(dose)))
    return _dosed_anew(under_way, say("usual_doses"), changes.easy(False))


def _under_way(moment: Moment) -> bool:
    """Whether something of an exercise was done that is not done yet: a warm-up and a landing are none."""
    begun = not moment.step.first_of_exercise or moment.place.done_ms > 0
    return begun and not moment.step.is_around


def too_soon(moment: Moment) -> Answer:
    """What has grown just now stays as it was, and is not asked about again this week."""
    grown = moment.session.grown
    if not grown:
        return carry_on(moment, say("nothing_grown"))
    back = (changes.rung(exercise, at) for exercise, at in grown)
    return _dosed_anew(moment.with_session(replace(moment.session, grown=())), say("too_soon"), *back)


def _dosed_anew(moment: Moment, told: Prompt, *made: Change) -> Answer:
    """Other doses from this answer on. A set that is begun is the last where there are fewer of them now."""
    if moment.progress.place is None:
        return carry_on(moment.doing(*made), told)
    step, after = moment.step, moment.doing(*made)
    if not step.is_around and not any(other.id == step.id for other in after.steps):
        dose = replace(after.place.plan.dose_of(step.exercise.id), rounds=step.set)
        after = after.placed(replace(after.place, plan=after.place.plan.with_dose(dose)))
    if after.last and not moment.last and not moment.left_ms:
        # The next set was announced, and nothing else follows it.
        dose = replace(after.place.plan.dose_of(step.exercise.id), rounds=step.set + 1)
        after = after.placed(replace(after.place, plan=after.place.plan.with_dose(dose)))
    after = counted_out(moment, after)
    if moment.state is State.COACHING and moment.left_ms and after.step.variation is not step.variation:
        return another_way(moment, after, told)
    return carry_on(after, told)
