"""Something else in the place of an exercise: another one like it, or the next, because it was done already, or is left
out this time.
"""

from __future__ import annotations

from collections.abc import Set

from coach.conversation.details import Named
from coach.conversation.guards import alike
from coach.conversation.leading import Lead
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, carry_on, coach_from, say
from coach.conversation.replies.moving import after_exercise, finish, way_out
from coach.values import replace


def already_done(moment: Moment) -> Answer:
    """The following exercise: this one is behind them, and nothing is noted as skipped."""
    return coach_from(_behind(moment), after_exercise(moment), say("already_done"), *way_out(moment))


def already_done_last(moment: Moment) -> Answer:
    """The last exercise is behind them: so is the routine."""
    return finish(_behind(moment))


def swap(moment: Moment) -> Answer:
    """The exercise that is most like this one and is not in the plan, in its place."""
    other, place = alike(moment), moment.place
    anew = moment.placed(replace(place, plan=place.plan.with_swapped(moment.exercise.id, other), step=""))
    return coach_from(anew, anew.first_step_of(other), say("swapped"), *way_out(moment), lead=Lead.FRESH)


def skip_ahead(moment: Moment) -> Answer:
    """An exercise that is still to come is left out this time."""
    exercise = moment.heard.of(Named).exercise
    if exercise not in moment.to_come:
        return carry_on(moment, say("not_ahead", exercise=exercise))
    return carry_on(without(moment, {exercise}), say("without_it", exercise=exercise))


def without(moment: Moment, exercises: Set[str]) -> Moment:
    """The moment without some exercises in what is still to come, but for the one that runs, and for all there is."""
    place = moment.progress.place
    dropped = {*moment.to_come} & exercises - {place.exercise} if place else set()
    if place is None or not dropped:
        return moment
    # A warm-up by itself is no routine: the only exercise behind it is done this time.
    kept = place.plan.with_only({*place.plan.exercises} - dropped)
    return moment.placed(replace(place, plan=kept)) if kept.doses else moment


def skipped_which(moment: Moment) -> Answer:
    """The exercises behind the person that were not done in this time through."""
    over = moment.last and not moment.left_ms
    behind = max(moment.number - (not over), 0)
    passed = tuple(e for e in moment.exercises[:behind] if e not in moment.place.done)
    return carry_on(moment, say("skipped_these", exercises=passed) if passed else say("skipped_none"))


def _behind(moment: Moment) -> Moment:
    """The moment with its exercise among those that are behind the person."""
    place = moment.place
    return moment.placed(replace(place, done=tuple(dict.fromkeys((*place.done, place.exercise)))))
