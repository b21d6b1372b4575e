"""Something else in the place of an exercise: another one like it, or the next, because it was done already."""

from __future__ import annotations

from dataclasses import replace

from coach.conversation.guards import alike
from coach.conversation.leading import Lead
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, carry_on, coach_from, say
from coach.conversation.replies.moving import after_exercise, way_out


def already_done(moment: Moment) -> Answer:
    """The following exercise; nothing is noted as skipped."""
    return coach_from(moment, after_exercise(moment), say("skipped"), *way_out(moment))


def swap(moment: Moment) -> Answer:
    """The exercise that is most like this one and is not in the plan, in its place."""
    other, place = alike(moment), moment.place
    anew = moment.placed(replace(place, plan=place.plan.with_swapped(moment.exercise.id, other), step=""))
    return coach_from(anew, anew.first_step_of(other), say("swapped"), *way_out(moment), lead=Lead.FRESH)


def skipped_which(moment: Moment) -> Answer:
    """The exercises behind the person that were not done in this time through."""
    done = moment.place.done
    passed = tuple(e for e in moment.exercises[: moment.number - 1] if e not in done)
    return carry_on(moment, say("skipped_these", exercises=passed) if passed else say("skipped_none"))
