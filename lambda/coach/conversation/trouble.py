"""The rows of the states in which a body is in trouble: an emergency, unwell, or on the floor.

Rule: the body comes first. Whatever does not help with it has the open question asked again, and begins nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from coach.conversation.events import Event
from coach.conversation.replies import caring, getting_up, waiting
from coach.conversation.replies.answer import ask_again
from coach.conversation.rows import ANYWHERE, NOTHING_ON_THE_GO, REMINDED, SAME, Rows, each
from coach.conversation.session import State

AS_EVER = (
    *(Event.EMERGENCY, Event.URGENT, Event.CANNOT_GET_UP, Event.ENDED, Event.NOT_YOURS),
    *(Event.SLOWER, Event.FASTER, Event.NORMAL_PACE),
)
"""What is answered as anywhere: it is worse, it is over, or it only changes how fast the coach speaks."""

NEVER_IN_TROUBLE = {
    *(Event.TAKE_UP, Event.TAKE_UP_LATER, Event.SORE_BACK, Event.BARRED, Event.ALL_BARRED),
    Event.MAY_NEED_HELP,
}
"""Nothing waits any more, what hurts there is no sore back, and whoever is in trouble is asked about that."""

BODY_FIRST: Rows = {
    **each(Event.READY, *(NOTHING_ON_THE_GO.keys() - NEVER_IN_TROUBLE), row=(SAME, ask_again)),
    **{event: ANYWHERE[event] for event in (*AS_EVER, *REMINDED)},
    **each(Event.NONSENSE, Event.CHOOSE, row=ANYWHERE[Event.NONSENSE]),
    Event.STOP: (State.IDLE, caring.take_care),
}
"""The body comes first: whatever does not help with it has the open question asked again, and begins nothing."""

DID_NOT_WORK = (Event.NO, Event.CANNOT_GET_UP, Event.SKIP, Event.EASIER)
"""What is said by somebody who has tried to get up, or to do one of the moves."""

NEEDS_TIME = (Event.PAUSE, Event.BREAK, Event.NOT_READY, Event.MORE_TIME)
"""What is said by somebody who wants to lie there a while."""

ON_THE_WAY_UP: Rows = {
    **BODY_FIRST,
    **{
        event: (SAME, getting_up.on_after(reply))
        for event, (following, reply) in BODY_FIRST.items()
        if following is SAME
    },
    Event.YES: (State.IDLE, getting_up.up),
    Event.PAIN: (State.EMERGENCY, caring.stay_down),
    Event.NO_CHAIR: (SAME, getting_up.without_chair),
    Event.NO_FLOOR: (SAME, getting_up.without_kneeling),
    **each(*DID_NOT_WORK, row=(State.GETTING_UP_AGAIN, getting_up.once_more)),
    **each(Event.READY, Event.NEXT, Event.RESUME, row=(SAME, getting_up.further)),
    **each(Event.REPEAT, Event.EXPLAIN, Event.WHATS_NEXT, Event.PREVIOUS, row=(SAME, getting_up.again)),
    Event.HELP: (SAME, getting_up.again),
    **each(*NEEDS_TIME, row=(SAME, getting_up.wait)),
}
"""Somebody is led up from the floor, move by move."""

TROUBLE: Mapping[State, Rows] = {
    State.EMERGENCY: {
        **BODY_FIRST,
        **each(Event.URGENT, Event.CANNOT_GET_UP, Event.REPEAT, Event.HELP, row=(SAME, caring.call_again)),
        Event.YES: (SAME, caring.somebody_there),
        Event.NO: (SAME, caring.nobody_there),
    },
    State.UNWELL: {
        **BODY_FIRST,
        **each(Event.YES, Event.HELP, row=(State.GETTING_UP, getting_up.lead_up)),
        **each(Event.NO_CHAIR, Event.NO_FLOOR, row=(SAME, getting_up.ask_otherwise)),
        **each(*NEEDS_TIME, row=(SAME, waiting.wait_awhile)),
        Event.NO: (State.IDLE, caring.manages),
    },
    State.ASKED_HURT: {
        **BODY_FIRST,
        **each(Event.YES, Event.PAIN, row=(State.EMERGENCY, caring.stay_down)),
        **each(Event.NO_CHAIR, Event.NO_FLOOR, row=(SAME, getting_up.ask_otherwise)),
        Event.NO: (State.GETTING_UP, getting_up.lead_up),
    },
    State.GETTING_UP: ON_THE_WAY_UP,
    State.GETTING_UP_AGAIN: {
        **ON_THE_WAY_UP,
        **each(*DID_NOT_WORK, row=(State.EMERGENCY, getting_up.enough)),
    },
}
