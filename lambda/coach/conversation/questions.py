"""Whether a question that is open was passed over: it is asked once more then, and the second time it is let go.

Rule: the same for every question. What answers one is in its rows of the table; what is asked about an offer, or was
not heard at all, passes nothing over.
"""

from __future__ import annotations

from coach.conversation.events import Event
from coach.conversation.session import State
from coach.conversation.table import AT_REST, TABLE

UNANSWERED = frozenset({Event.HELP, Event.REPEAT, Event.NONSENSE, Event.NOT_YOURS, Event.NOT_READY})
"""What leaves any question as open as it was: it was not heard, or not by whoever it was for."""

ABOUT_AN_OFFER = UNANSWERED | {
    *(Event.EXPLAIN, Event.WHY, Event.CHECK, Event.TIME_LEFT, Event.WHERE, Event.WHATS_NEXT, Event.LIST_ROUTINES),
    *(Event.LIST_EXERCISES, Event.MORE, Event.CHOOSE, Event.NO_SUCH_NUMBER, Event.EASIER, Event.DEEPER, Event.SKIP),
    *(Event.GO_EASY, Event.USUAL_DOSES, Event.TOO_SOON),
    *(Event.MORE_TIME, Event.LESS_TIME, Event.SWITCH_SIDE, Event.PREVIOUS, Event.PAUSE, Event.START_OVER),
}
"""What may be asked and wished of what is offered, before it is taken or not."""

OFFERS = (State.OFFERED, State.RETURNING, State.RETURNING_LATER, State.CHOOSING)


def passes_over(state: State, event: Event) -> bool:
    """Whether an event has nothing to do with the question that is open in a state, if there is one."""
    if state in (*AT_REST, State.COACHING) or event in TABLE[state]:
        return False
    return event not in (ABOUT_AN_OFFER if state in OFFERS else UNANSWERED)
