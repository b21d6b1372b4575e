"""In the middle of a routine: what is left is built anew, for the time or the place there is.

Rule: what is begun is finished, if it can be, and what falls away is said.
"""

from __future__ import annotations

from coach.conversation.details import Wanted
from coach.conversation.guards import possible
from coach.conversation.leading import Entry, Lead
from coach.conversation.lengths import ahead_ms
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, coach_from, say
from coach.conversation.replies.choosing import NAMED_AT_ONCE, not_as_usual, out_of_reach
from coach.conversation.replies.moving import way_out
from coach.conversation.session import State
from coach.planning import PLANNED, Dose, Plan, Wish, planned
from coach.speaking.cues import Items
from coach.values import replace


def replan(moment: Moment) -> Answer:
    """What is left for a length, or without the floor, and on from where the person is."""
    left, ms, preferences = possible(moment), moment.heard.of(Wanted).ms, moment.progress.preferences
    plan = Plan(PLANNED, moment.place.plan.with_only(left).doses)
    if ms:
        wish = Wish(ms=ms, only=left, left_out=preferences.left_out, begun=_begun(moment))
        plan = planned(wish, moment.library, preferences, lambda plan: _from_here_ms(moment, plan))
    there, lead = _from_here(moment, plan)
    said = _told(moment, plan, _from_here_ms(moment, plan))
    return coach_from(there, there.index, *said, done_ms=there.place.done_ms, lead=lead)


def _told(moment: Moment, plan: Plan, minutes: int) -> Items:
    """The way out of what is dropped, how long it is from here, what falls away, and what is not as usual."""
    kept, begun = plan.exercises, _begun(moment)
    way = () if moment.exercise.id in kept else way_out(moment)
    anew = [d for d in plan.doses if d not in moment.place.plan.doses]
    free = (d.of_round(d.rounds) for d in anew if d.last_ms or not (begun and d.exercise == begun.exercise))
    unusual = (*out_of_reach(moment, minutes), *not_as_usual(moment, replace(plan, doses=tuple(free))))
    dropped = tuple(e for e in moment.to_come if e not in kept)
    if len(dropped) > max(len(kept), NAMED_AT_ONCE):
        return *way, say("replanned_only", minutes=minutes, kept=kept, count=len(dropped)), *unusual
    if dropped:
        return *way, say("replanned_without", minutes=minutes, dropped=dropped), *unusual
    return *way, say("replanned", minutes=minutes, dropped=dropped), *unusual


def _from_here(moment: Moment, plan: Plan) -> tuple[Moment, Lead]:
    """The moment in another plan: further in the step that runs or is next, or at the start of what comes instead."""
    ahead = moment.ahead
    if ahead.step.is_around:
        anew = moment.beginning(plan)
        if not anew.step.is_around or not ahead.place.done_ms:
            return anew, Lead.FRESH
        going = anew.at(anew.index, done_ms=ahead.place.done_ms)
        return going, Lead.START if moment.state is State.COACHING else Lead.GET_READY
    if plan.exercises[0] != ahead.exercise.id or (not moment.left_ms and ahead.step.first_of_exercise):
        moved = moment.beginning(plan)
        first = moved.at(moved.first_step_of(plan.exercises[0]))
        return first.placed(replace(first.place, done=moment.place.done)), Lead.FRESH
    going = ahead.placed(replace(ahead.place, plan=plan))
    if not moment.left_ms:
        return going, Lead.FRESH
    running = moment.state is State.COACHING and moment.place.done_ms
    return going, Lead.AT_ONCE if running else Lead.GET_READY


def _from_here_ms(moment: Moment, plan: Plan) -> int:
    there, lead = _from_here(moment, plan)
    opening = _told(moment, plan, moment.heard.of(Wanted).ms)
    return ahead_ms(there, Entry(there.index, there.place.done_ms, lead, opening, moment.body))


def _begun(moment: Moment) -> Dose | None:
    """The exercise that the person is in the middle of, with the rounds it has had."""
    ahead = moment.ahead
    if ahead.step.is_around or (ahead.step.first_of_exercise and not ahead.place.done_ms):
        return None
    dose = moment.place.plan.dose_of(ahead.exercise.id)
    return replace(dose.of_round(ahead.step.set), rounds=ahead.step.set)
