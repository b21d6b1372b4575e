"""The coach's own questions: what a bare answer to one means, and whether one was passed over. It is asked once more
then, and the second time it is let go.

Rule: the same for every question but those about a body that hurts, which stay open until they are answered. What
answers one is in its rows of the table; what is asked about an offer, or was not heard at all, passes nothing over.
"""

from __future__ import annotations

from collections.abc import Mapping

from coach.conversation.events import Event
from coach.conversation.session import State
from coach.conversation.table import AT_REST, TABLE
from coach.speaking import Prompt, Script

ASKED_FOR: Mapping[str, Event] = {
    **dict.fromkeys(("which_first", "welcome_back", "which", "ask_idle", "help_idle", "missed_idle"), Event.START),
    **dict.fromkeys(("ask_list", "ask_choice"), Event.CHOOSE),
    **dict.fromkeys(("ask_asked_remind_time", "help_asked_remind_time", "missed_asked_remind_time"), Event.REMIND),
    **dict.fromkeys(("ask_asked_goal", "missed_asked_goal"), Event.WEEKLY_GOAL),
    "log_which": Event.LOG,
    "leave_out_which": Event.LEAVE_OUT,
}
"""The questions that ask for more than a yes or a no, and what a bare answer to them is: "seven", "hips"."""

UNANSWERED = frozenset({Event.HELP, Event.REPEAT, Event.NONSENSE, Event.NUMBER, Event.NOT_YOURS, Event.NOT_READY})
"""What leaves any question as open as it was: it was not heard, or not by whoever it was for."""

ABOUT_AN_OFFER = UNANSWERED | {
    *(Event.EXPLAIN, Event.WHY, Event.CHECK, Event.TIME_LEFT, Event.WHERE, Event.WHATS_NEXT, Event.LIST_ROUTINES),
    *(Event.LIST_EXERCISES, Event.MORE, Event.CHOOSE, Event.NO_SUCH_NUMBER, Event.EASIER, Event.DEEPER, Event.SKIP),
    *(Event.GO_EASY, Event.USUAL_DOSES, Event.TOO_SOON),
    *(Event.MORE_TIME, Event.LESS_TIME, Event.SWITCH_SIDE, Event.PREVIOUS, Event.PAUSE, Event.START_OVER),
}
"""What may be asked and wished of what is offered, before it is taken or not."""

OF_THE_BODY = (State.EASED, State.ASKED_LAND, State.ASKED_HELP, State.ASKED_RED_FLAGS)
"""Where nobody is led on before they have said how."""

OFFERS = (State.OFFERED, State.RETURNING, State.RETURNING_LATER, State.CHOOSING)


def passes_over(state: State, event: Event) -> bool:
    """Whether an event has nothing to do with the question that is open in a state, if there is one."""
    if state in (*AT_REST, *OF_THE_BODY, State.COACHING) or event in TABLE[state]:
        return False
    return event not in (ABOUT_AN_OFFER if state in OFFERS else UNANSWERED)


def asked_for(script: Script) -> Event | None:
    """What a bare answer means to what a script asks last; None where it asks for a yes or a no, or for nothing."""
    last = script.opening[-1] if script.opening and not script.passages else None
    return ASKED_FOR.get(last.name) if isinstance(last, Prompt) else None
