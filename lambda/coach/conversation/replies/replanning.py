"""In the middle of a routine: what is left is built anew, for the time or the place there is.

Rule: what is begun is finished, if it can be, and what falls away is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coach.conversation.details import Wanted
from coach.conversation.guards import possible, too_much
from coach.conversation.ladder import resting
from coach.conversation.leading import Entry, Lead
from coach.conversation.lengths import ahead_ms
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, coach_from, say
from coach.conversation.replies.choosing import NAMED_AT_ONCE, not_as_usual, out_of_reach
from coach.conversation.replies.moving import way_out
from coach.conversation.session import State
from coach.planning import PLANNED, Dose, Plan, Position, Wish, planned
from coach.planning.option import ROUNDS_MOST
from coach.planning.plan import ordered
from coach.planning.wish import PROMISED
from coach.speaking.cues import Item, Items
from coach.values import replace

Ids = tuple[str, ...]


def replan(moment: Moment, *first: Item) -> Answer:
    """What is left for a length, without the floor, or without what is to be left out, and on from where the person
    is. `first` is said as soon as they are out of the pose.
    """
    plan = _anew(moment)
    if moment.no_floor:
        # Somebody who does not get down is not led through what takes a body that does.
        plan = plan.with_gentle({*plan.exercises} - ({moment.exercise.id} if moment.in_it else set()))
    there, lead = _from_here(moment, plan)
    there = there.with_sparing(replace(there.session.sparing, no_floor=moment.no_floor))
    said = _told(moment, plan, _from_here_ms(moment, plan, first), first)
    return coach_from(there, there.index, *said, done_ms=there.place.done_ms, lead=lead)


def at_what_is_left(moment: Moment) -> Moment:
    """The moment at what can still be done of its routine, and with nothing else in it."""
    return _from_here(moment, _anew(moment))[0]


def _anew(moment: Moment) -> Plan:
    """The plan from here. It is made of what is left and what it has to spare, and only where these are too few for
    the length asked for, of anything else that nothing has to be fetched for; but what was asked for by its name stays
    the only one.
    """
    here, wanted_ms, left = moment.place.plan, moment.heard.of(Wanted).ms, possible(moment)
    own = _in_order(moment, _allowed(moment, here.spare))
    if not wanted_ms:
        spare = tuple(e for e in own if e not in left)
        return replace(here.with_only(left), routine=PLANNED, minutes=0, spare=spare)
    plan = _fitted(moment, own)
    chosen = len(here.exercises) == 1 and not here.spare and not moment.place.done
    enough = all(d.rounds < ROUNDS_MOST for d in plan.doses)
    if chosen or (enough and _from_here_ms(moment, plan) >= wanted_ms * (1 - PROMISED)):
        return plan
    known, had = moment.library.exercises, (*here.exercises, *here.spare)
    at_hand = {thing for e in had if e in known for thing in known[e].needs}
    others = [e for e, it in known.items() if e not in here.exercises and at_hand.issuperset(it.needs)]
    wide = _in_order(moment, _allowed(moment, (*here.spare, *others)))
    return _fitted(moment, wide) if len(wide) > len(own) else plan


def _fitted(moment: Moment, only: tuple[str, ...]) -> Plan:
    """The plan of some of these that takes as long as was asked for."""
    preferences, ms, here = moment.progress.preferences, moment.heard.of(Wanted).ms, moment.place.plan
    wish = Wish(here.area, ms, only=only, left_out=moment.left_out, begun=_begun(moment))
    fitted = planned(wish, moment.library, preferences, lambda plan: _from_here_ms(moment, plan.as_gentle_as(here)))
    return fitted.as_gentle_as(here)


def _allowed(moment: Moment, exercises: Iterable[str]) -> list[str]:
    """Those of some exercises that can be done from here on: nobody is sent up from the floor for one, and none is
    done twice.
    """
    library, heights = moment.library.exercises, list(Position)
    begun, body = _begun(moment), moment.body
    here = library[begun.exercise].position if begun else body
    highest = here if here and here.down else Position.STANDING
    out = (*moment.place.done, *resting(moment), *moment.barred, *too_much(moment))
    return [
        e
        for e in dict.fromkeys(exercises)
        if e in library and e not in out and heights.index(library[e].position) >= heights.index(highest)
    ]


def _in_order(moment: Moment, more: Sequence[str]) -> tuple[str, ...]:
    """What is left, with more: as it was, where there is no more; else what is begun first, and then by position."""
    left, begun = possible(moment), _begun(moment)
    if not more:
        return left
    first = [begun.exercise] if begun and begun.exercise in left else []
    known = [e for e in moment.library.exercises if e in (*left, *more) and e not in first]
    return (*first, *ordered(known, moment.library))


def _told(moment: Moment, plan: Plan, minutes: int, first: Items = ()) -> Items:
    """The way out of what is dropped, how long it is from here, what falls away, and what is not as usual."""
    kept, begun = plan.exercises, _begun(moment)
    alone_in = kept[0] if len(kept) == 1 else ""
    way = (*(() if moment.exercise.id in kept else way_out(moment)), *first)
    anew = [d for d in plan.doses if d not in moment.place.plan.doses]
    free = (d.of_round(d.rounds) for d in anew if d.last_ms or not (begun and d.exercise == begun.exercise))
    unusual = (
        *out_of_reach(moment, minutes, alone_in),
        *not_as_usual(moment, replace(plan, doses=tuple(free))),
    )
    dropped = tuple(e for e in moment.to_come if e not in kept)
    back = tuple(e for e in kept if e not in moment.to_come)
    if back:
        return *way, *_back(moment, kept, back, minutes, dropped=dropped), *unusual
    if len(dropped) > max(len(kept), NAMED_AT_ONCE):
        return *way, say("replanned_only", minutes=minutes, kept=kept, count=len(dropped)), *unusual
    if dropped:
        return *way, say("replanned_without", minutes=minutes, dropped=dropped), *unusual
    return *way, say("replanned", minutes=minutes, dropped=dropped), *unusual


def _back(moment: Moment, kept: Ids, back: Ids, minutes: int, *, dropped: Ids) -> Items:
    """How long it is from here, what comes back into it, and what that needs."""
    library, had = moment.library.exercises, moment.exercises
    needs = tuple(dict.fromkeys(thing for e in back for thing in library[e].needs))
    needs = tuple(thing for thing in needs if not any(thing in library[e].needs for e in had))
    said = say("replanned_back", minutes=minutes, back=back)
    if dropped or len(back) > NAMED_AT_ONCE:
        said = say("replanned_many", minutes=minutes, count=len(kept), first=kept[0], last=kept[-1])
    return (said, say("needs_too", needs=needs)) if needs else (said,)


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


def _from_here_ms(moment: Moment, plan: Plan, first: Items = ()) -> int:
    there, lead = _from_here(moment, plan)
    opening = _told(moment, plan, moment.heard.of(Wanted).ms, first)
    return ahead_ms(there, Entry(there.index, there.place.done_ms, lead, opening, moment.body, moment.session.leg))


def _begun(moment: Moment) -> Dose | None:
    """The exercise that the person is in the middle of, with the rounds it has had."""
    ahead = moment.ahead
    if ahead.step.is_around or (ahead.step.first_of_exercise and not ahead.place.done_ms):
        return None
    dose = moment.place.plan.dose_of(ahead.exercise.id)
    return replace(dose.of_round(ahead.step.set), rounds=ahead.step.set)
