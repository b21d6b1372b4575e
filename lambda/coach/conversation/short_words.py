"""Short words that mean this or that by the moment: ready, no, not ready, and ouch.

Rule: nobody who is ready skips anything by it, and a bare "okay" agrees to nothing that cannot be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping

from coach.conversation.details import Hurt
from coach.conversation.events import Event
from coach.conversation.moment import Moment
from coach.conversation.session import IN_TROUBLE, State
from coach.planning import Position

BACK = "back"
"""The part of the body that is sore before anything was done."""

PAINS_BEFORE_LANDING = 2
"""After so many pains in a session the next one is enough for the day; in a joint the second one is."""

ASKED_ABOUT_MORE = frozenset({State.ASKED_LEAVE_OUT, State.ASKED_KEEP})
"""Where whoever is ready is ready to go on, and changes nothing for good."""

ASKED_IN_EARNEST = frozenset(
    {
        *(*IN_TROUBLE, State.ASKED_FORGET, State.ASKED_START_OVER),
        *(State.ASKED_RED_FLAGS, State.ASKED_LAND, State.ASKED_HELP),
    }
)
"""Where a bare "okay" is no yes."""

LED_UP = (State.GETTING_UP, State.GETTING_UP_AGAIN)
"""Where somebody is led up from the floor."""

TO_GET_UP: Mapping[Event, Event] = {
    Event.HELP: Event.HELP_UP,
    Event.EXPLAIN: Event.RESUME,
    **dict.fromkeys((Event.READY, Event.YES), Event.RESUME),
    **dict.fromkeys((Event.NO, Event.NOT_READY, Event.MORE_TIME, Event.BREAK), Event.PAUSE),
}
"""What is meant by somebody who is to be led up at the end of a routine, or is. Nothing has been asked yet."""

GETTING_UP: Mapping[Event, Event] = {
    **dict.fromkeys((Event.SKIP, Event.EASIER), Event.CANNOT_GET_UP),
    Event.NO_FLOOR: Event.HELP_UP,
    **TO_GET_UP,
}
"""The same, once they have begun to: what they cannot do then is no exercise."""

ASKING_MS = 2_000
"""With no more left to hear than the question whether they are up, all the moves were told."""

ASKED_FOR_CONSENT = frozenset(
    {
        *(State.CHOOSING, State.ASKED_START_OVER, State.ASKED_LEAVE_OUT, State.ASKED_KEEP, State.ASKED_FORGET),
        *(State.ASKED_REMIND, State.ASKED_REMIND_TIME, State.ASKED_GOAL, State.ASKED_LAND),
    }
)
"""Where whoever is not ready does not want it. Where it is asked whether to begin, they only need more time."""


def by_the_moment(moment: Moment) -> Event:
    """What was meant by what means this or that by the moment alone: ready, not ready, and that something hurts."""
    state, event, leading = moment.state, moment.event, moment.leading and moment.state is State.COACHING
    match event:
        case _ if state is State.FINISHED and moment.down and moment.untold_ms and event in GETTING_UP:
            return _at_getting_up(moment)
        case Event.READY | Event.YES if state is State.FINISHED and moment.untold_ms:
            return Event.NEXT
        case Event.NOT_READY | Event.NO if state is State.FINISHED and moment.down:
            # They are not ready to get up.
            return Event.PAUSE
        case Event.NO if state in LED_UP and moment.untold_ms > ASKING_MS:
            # They have not heard all of it, so it is not that it did not work.
            return Event.NOT_READY
        case Event.READY if leading:
            return Event.BEGIN
        case Event.READY | Event.YES if state is State.COACHING and moment.step.is_around and moment.left_ms:
            # Ready to begin, and it has begun by itself; or long enough on the floor.
            return Event.NEXT if moment.last else Event.BEGIN
        case Event.READY if state in ASKED_ABOUT_MORE:
            return Event.NEXT
        case Event.READY if state is not State.COACHING and state not in ASKED_IN_EARNEST:
            return Event.YES
        case Event.NO if _is_about_growth(moment):
            return Event.TOO_SOON
        case Event.NO if leading:
            return Event.NOT_READY
        case Event.NOT_READY if state in ASKED_FOR_CONSENT:
            return Event.NO
        case Event.PAIN if state not in IN_TROUBLE:
            return _pain(moment)
        case _:
            return event


def _at_getting_up(moment: Moment) -> Event:
    """What is meant by somebody who is to be led up at the end of a routine, or has begun to get up."""
    leg = moment.session.leg
    if moment.leaving or (leg is None and moment.body is moment.step.position):
        return TO_GET_UP.get(moment.event, moment.event)
    on_their_knees = Position.KNEELING in (moment.body, leg and leg.came_from)
    return Event.UP if moment.event is Event.YES and on_their_knees else GETTING_UP[moment.event]


def _is_about_growth(moment: Moment) -> bool:
    """Whether a no is meant for what was said to have grown, in the answer that it is said into."""
    session = moment.session
    return moment.state is State.COACHING and session.coached == 1 and bool(session.grown) and not moment.stranger


def _pain(moment: Moment) -> Event:
    """Pain in the middle of a routine, and how often; or a sore back that somebody comes with."""
    over = moment.progress.place is not None and moment.last and not moment.left_ms
    if over:
        asked = moment.state is not State.FINISHED
        return Event.PAIN_GETTING_UP if moment.down and (moment.untold_ms or asked) else Event.PAIN
    if moment.progress.place is None or not _has_begun(moment):
        return Event.SORE_BACK if moment.heard.of(Hurt).part == BACK else Event.PAIN
    hurt, before = moment.heard.of(Hurt), moment.session.sparing
    # Which joint it was is not kept, and what is not named may be the same one.
    joint_again = before.joint_hurt and (hurt.in_a_joint or not hurt.part)
    return Event.PAIN_AGAIN if before.pains >= PAINS_BEFORE_LANDING or joint_again else Event.PAIN


def _has_begun(moment: Moment) -> bool:
    """Whether anything of this session was done: not while it is only being told what is coming, and what to fetch."""
    if moment.state is State.COACHING and moment.session.coached == 1:
        return moment.index != moment.start or not moment.waiting_ms or moment.place.done_ms > 0
    return moment.session.coached > 0 or moment.state in (State.COACHING, State.ASKED_LAND)
