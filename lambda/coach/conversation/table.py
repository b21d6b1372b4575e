"""The table of a conversation: state x event -> next state, reply; and what time does to a state.

Rules: a state in which a question is open has rows for what answers it; any other event uses the row of the state in
which the conversation would rest. So every event has an answer in every state. A row that no guard lets through is not
here: what can happen is what the table says, and `docs/states.md` is printed from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set

from coach.conversation.errands import Errand
from coach.conversation.events import Event
from coach.conversation.moment import Moment
from coach.conversation.replies import (
    asking,
    caring,
    changing,
    choosing,
    getting_up,
    keeping,
    moving,
    reminding,
    sparing,
    waiting,
)
from coach.conversation.replies.answer import answer, ask_again, carry_on, say
from coach.conversation.rows import (
    ANYWHERE,
    LISTS,
    NOTHING_ON_THE_GO,
    ON_THE_GO,
    REMINDED,
    REST,
    RETURNED,
    SAME,
    WITH_A_PLACE,
    WORK_AHEAD,
    WORK_DONE,
    Row,
    Rows,
    closing,
    each,
    going_on,
)
from coach.conversation.session import IN_TROUBLE, State
from coach.conversation.trouble import NEVER_IN_TROUBLE, TROUBLE

BEGINS_BY_NAME = (Event.START, Event.ONE_EXERCISE, Event.GO_TO)
"""What begins a routine, or an exercise, by its name."""

HURTS = (Event.PAIN, Event.SORE_BACK)
"""What says that something hurts, before anything was done."""

UNBEGUN = {Event.REPLAN, Event.PAIN_AGAIN}
"""What cannot be meant by somebody who has done nothing yet."""

MAY_LEAVE_IT = {Event.STOP, Event.ENDED, Event.PLAYS, Event.REST_DAY, Event.TIME_OFF, Event.ALL_BARRED}
"""What leaves a question about the body open, and begins nothing."""

FIRST_WORDS = frozenset({Event.MAY_NEED_HELP})
"""What is meant by the first words of a session alone: no question is open then."""

OF_THE_WAY_UP = frozenset({Event.HELP_UP, Event.UP})
"""What is meant only by somebody who is getting up at the end of a routine, and was asked nothing."""

PAST_IT: Rows = {
    event: (SAME, ask_again)
    for rows in (NOTHING_ON_THE_GO, ON_THE_GO, WORK_AHEAD, RETURNED)
    for event, (following, _) in rows.items()
    if following is not SAME and following not in IN_TROUBLE and event not in MAY_LEAVE_IT | UNBEGUN | FIRST_WORDS
}
"""What would lead past a question about the body. It is asked again instead: nothing begins before it is answered."""

TABLE: Mapping[State, Rows] = {
    State.IDLE: NOTHING_ON_THE_GO,
    State.PAUSED: {**ON_THE_GO, **RETURNED, **WORK_AHEAD, **WORK_DONE},
    State.COACHING: {
        **ON_THE_GO,
        **WORK_AHEAD,
        **WORK_DONE,
        **each(
            *(Event.COME_BACK, Event.START_UNCLEAR, Event.RESUME, Event.YES, Event.READY),
            row=(SAME, waiting.stay_with_it),
        ),
        **each(Event.NONSENSE, Event.CHOOSE, Event.NUMBER, row=(State.PAUSED, asking.stop_the_clock)),
        Event.NOT_READY: (SAME, waiting.not_yet),
        Event.BEGIN: (SAME, moving.begin),
        Event.SORE_BACK: (State.ASKED_RED_FLAGS, caring.ask_red_flags),
        Event.REST_DAY: (SAME, keeping.rest_day),
        Event.HELP: (REST, asking.help_),
        Event.NO: (SAME, going_on("no_in_hold")),
    },
    State.BETWEEN: {
        **ON_THE_GO,
        **RETURNED,
        **WORK_DONE,
        **each(Event.YES, Event.RESUME, row=(State.COACHING, moving.next_step)),
        **each(Event.PREVIOUS, Event.PREVIOUS_AT_START, row=(State.COACHING, moving.exercise_again)),
        Event.NEXT_AT_END: (State.FINISHED, moving.finish),
        Event.PAUSE: (SAME, waiting.wait),
        Event.BREAK: (SAME, waiting.break_between),
        Event.WHATS_NEXT: (SAME, ask_again),
    },
    State.FINISHED: {
        **WITH_A_PLACE,
        **WORK_DONE,
        **each(
            *(Event.NEXT_AT_END, Event.SKIP_AT_END, Event.TIME_LEFT, Event.WHERE),
            *(Event.CHECK, Event.WHATS_NEXT, Event.MORE_TIME, Event.LESS_TIME, Event.BREAK, Event.SWAP),
            *(Event.ALREADY_DONE_LAST, Event.HOLD_FOR, Event.MORE_SETS, Event.NOT_AN_EXERCISE),
            row=(SAME, going_on("all_done")),
        ),
        **each(Event.PREVIOUS, Event.PREVIOUS_AT_START, row=(State.COACHING, moving.exercise_again)),
        Event.PAUSE: (SAME, waiting.wait_at_the_end),
        **each(Event.LIST_ROUTINES, Event.MORE, row=(State.CHOOSING, choosing.list_routines)),
        **each(Event.NO, Event.STOP, row=(REST, moving.farewell)),
        Event.RESUME: (REST, closing(moving.on_up)),
        Event.HELP_UP: (State.GETTING_UP, getting_up.lead_up),
        Event.UP: (SAME, moving.up),
        Event.COME_BACK: (State.IDLE, choosing.welcome),
        Event.START_UNCLEAR: (State.IDLE, choosing.ask_which),
        Event.LIST_EXERCISES: (State.CHOOSING, choosing.list_exercises),
        Event.PAIN: (SAME, caring.comfort),
        Event.PAIN_GETTING_UP: (State.UNWELL, caring.rest_there),
        Event.REPEAT: (SAME, lambda moment: answer(moment, say("finished_ask"))),
        Event.YES: (State.IDLE, asking.progress_at_the_end),
    },
    State.OFFERED: {
        **each(
            *(Event.YES, Event.NEXT, Event.NEXT_AT_END, Event.RESUME, Event.START_UNCLEAR),
            row=(State.COACHING, choosing.begin_offer),
        ),
        Event.NO: (REST, choosing.ask_which),
        Event.OFFER_DECLINED: (State.RETURNING, moving.offer_the_way_back),
        Event.BARRED: (REST, closing(sparing.ask_before)),
        Event.REPEAT: (SAME, choosing.offer_again),
        Event.PAUSE: (SAME, going_on("take_your_time")),
    },
    State.RETURNING: {
        **each(*(Event.YES, Event.NEXT, Event.NEXT_AT_END, Event.START_UNCLEAR), row=(State.COACHING, moving.resume)),
        Event.NO: (SAME, moving.decline_return),
        Event.REPEAT: (SAME, moving.offer_return),
    },
    State.RETURNING_LATER: {
        **each(
            *(Event.YES, Event.NEXT, Event.NEXT_AT_END, Event.RESUME, Event.START_UNCLEAR),
            row=(State.COACHING, moving.exercise_from_start),
        ),
        Event.NO: (State.RETURNING, moving.decline_return),
        Event.REPEAT: (SAME, moving.offer_return_later),
    },
    State.CHOOSING: {
        **each(Event.YES, Event.REPEAT, row=(SAME, ask_again)),
        Event.NO: (REST, closing(carry_on)),
    },
    State.ASKED_START_OVER: {
        **each(Event.YES, Event.START_OVER, row=(State.COACHING, moving.start_over)),
        Event.NO: (State.COACHING, moving.resume),
        Event.BARRED: (REST, closing(sparing.ask_before)),
        **each(Event.READY, Event.REPEAT, row=(SAME, ask_again)),
    },
    State.ASKED_LEAVE_OUT: {
        **each(
            *(Event.YES, Event.LEAVE_OUT_THIS, Event.LEAVE_OUT_LAST), row=(State.COACHING, keeping.leave_out_skipped)
        ),
        **each(*(Event.NO, Event.NEXT, Event.NEXT_AT_END, Event.RESUME), row=(State.COACHING, keeping.keep_skipped)),
        **{event: (REST, closing(reply)) for event, (_, reply) in LISTS.items()},
        Event.REPEAT: (SAME, ask_again),
    },
    State.ASKED_KEEP: {
        Event.YES: (State.COACHING, changing.keep_hold),
        Event.NO: (State.COACHING, changing.drop_hold),
        Event.REPEAT: (SAME, ask_again),
    },
    State.ASKED_FORGET: {
        Event.DELETE_EVERYTHING: (State.IDLE, keeping.forget),
        Event.CANNOT_FORGET: (REST, closing(keeping.cannot_forget)),
        Event.NO: (REST, closing(keeping.keep)),
        **each(Event.READY, Event.YES, Event.FORGET_ME, Event.REPEAT, row=(SAME, ask_again)),
    },
    State.ASKED_REMIND: {
        Event.NO: (REST, closing(reminding.declined)),
        Event.REPEAT: (SAME, ask_again),
        **{event: (REST, closing(reply)) for event, (_, reply) in REMINDED.items()},
        Event.REMINDERS_NOT_ALLOWED: (REST, closing(reminding.ask_permission)),
    },
    State.ASKED_REMIND_TIME: {
        **each(Event.YES, Event.REPEAT, row=(SAME, ask_again)),
        Event.NO: (REST, closing(reminding.declined)),
        **{event: (REST, closing(reply)) for event, (_, reply) in REMINDED.items()},
    },
    State.ASKED_GOAL: {
        **each(Event.YES, Event.REPEAT, row=(SAME, ask_again)),
        Event.NO: (REST, closing(carry_on)),
        Event.WEEKLY_GOAL: (REST, closing(keeping.weekly_goal)),
    },
    State.EASED: {
        Event.EASIER: (State.COACHING, changing.easier),
        Event.EASIER_NEXT_TIME: (REST, closing(changing.easier_next_time)),
        # Nobody is led back into what hurt as it was done.
        **each(Event.YES, Event.RESUME, Event.START_UNCLEAR, Event.REPEAT, row=(SAME, ask_again)),
        **each(Event.EASIEST_ALREADY, Event.DEEPEST_ALREADY, row=(SAME, ask_again)),
        **each(Event.REPLAN, Event.NUMBER, row=(SAME, ask_again)),
        # It is no answer to "which", and no end.
        **each(Event.NO, Event.PAUSE, Event.MORE_TIME, row=(SAME, going_on("take_your_time"))),
        Event.BREAK: (SAME, waiting.break_between),
    },
    State.ASKED_LAND: {
        **each(Event.READY, Event.REPEAT, Event.REPLAN, Event.NUMBER, row=(SAME, ask_again)),
        **each(Event.EASIEST_ALREADY, Event.DEEPEST_ALREADY, row=(SAME, ask_again)),
        Event.EASIER: (State.COACHING, changing.easier),
        **each(Event.PAUSE, Event.MORE_TIME, row=(SAME, going_on("take_your_time"))),
        Event.BREAK: (SAME, waiting.break_between),
        Event.YES: (REST, caring.land),
        **each(Event.NO, Event.RESUME, Event.START_UNCLEAR, row=(State.EASED, caring.other_ways)),
    },
    State.ASKED_HELP: {
        **{
            event: (following, caring.unless_unwell(reply))
            for event, (following, reply) in NOTHING_ON_THE_GO.items()
            if following in (State.OFFERED, State.CHOOSING)
        },
        **each(*BEGINS_BY_NAME, row=(State.OFFERED, caring.unless_unwell(choosing.offer_named))),
        # In doubt the higher: what hurts may have hurt in a fall, and who cannot kneel cannot get up by themselves.
        **each(*HURTS, Event.YES, Event.HELP, Event.NO_FLOOR, row=(State.ASKED_HURT, getting_up.ask_hurt)),
        **each(Event.READY, Event.REPEAT, Event.LAUNCH, row=(SAME, ask_again)),
        Event.NO_CHAIR: (SAME, getting_up.ask_otherwise),
        **each(Event.NO, Event.NEXT, Event.START_UNCLEAR, row=(State.IDLE, caring.needs_no_help)),
        **each(Event.PAUSE, Event.BREAK, row=(SAME, waiting.wait_awhile)),
    },
    State.ASKED_RED_FLAGS: {
        **PAST_IT,
        **each(Event.READY, Event.REPEAT, Event.PAIN, Event.SORE_BACK, row=(SAME, ask_again)),
        **each(Event.PAUSE, Event.BREAK, row=(SAME, going_on("take_your_time"))),
        Event.YES: (State.UNWELL, caring.red_flag),
        Event.NO: (State.OFFERED, caring.offer_gentlest),
    },
    **TROUBLE,
}


ERRANDS: Mapping[State | None, Mapping[Event, Callable[[Moment], Errand]]] = {
    None: {Event.STOP_REMINDING: reminding.stop, Event.REMINDERS_ALLOWED: reminding.permitted},
    State.ASKED_REMIND: {Event.YES: reminding.agreed},
}
"""What is done outside before anything is said, in any state (None) or in one. What comes of it has a row."""

BY_TIME: Mapping[Event, State] = {
    Event.HEARD_OUT: State.BETWEEN,
    Event.HEARD_OUT_CHANGED: State.ASKED_KEEP,
    Event.HEARD_OUT_BEFORE: State.PAUSED,
    **dict.fromkeys((Event.HEARD_OUT_LAST, Event.HEARD_OUT_DOWN), State.FINISHED),
}
"""What time makes of COACHING: the answer was heard to its end, and nobody has said anything yet."""

AT_REST = (State.IDLE, State.PAUSED, State.BETWEEN, State.FINISHED)

RESTS: Mapping[State, tuple[State, ...]] = {
    **{state: (state,) for state in AT_REST},
    State.COACHING: (State.PAUSED, State.BETWEEN),
    **dict.fromkeys((State.OFFERED, State.CHOOSING), AT_REST),
    **dict.fromkeys((State.RETURNING, State.RETURNING_LATER, State.ASKED_LEAVE_OUT), (State.PAUSED,)),
    State.ASKED_START_OVER: (State.PAUSED, State.BETWEEN, State.FINISHED),
    State.ASKED_KEEP: (State.BETWEEN,),
    **dict.fromkeys((State.EASED, State.ASKED_LAND), (State.PAUSED, State.BETWEEN)),
    State.ASKED_HELP: (State.IDLE,),
    State.ASKED_RED_FLAGS: (State.IDLE, State.PAUSED, State.BETWEEN),
    **dict.fromkeys(IN_TROUBLE, (State.IDLE,)),
    **dict.fromkeys((State.ASKED_FORGET, State.ASKED_REMIND, State.ASKED_REMIND_TIME, State.ASKED_GOAL), AT_REST),
}
"""Where a conversation may rest in each state: where REST leads, and whose rows answer what is no answer."""

NEVER: Mapping[State, Set[Event]] = {
    # A number by itself is how long it is to be.
    State.OFFERED: FIRST_WORDS | OF_THE_WAY_UP | {Event.NUMBER},
    # Nothing waits then.
    State.ASKED_HELP: FIRST_WORDS | {Event.TAKE_UP, Event.TAKE_UP_LATER},
    **dict.fromkeys(IN_TROUBLE, NEVER_IN_TROUBLE),
    State.COACHING: {Event.COME_BACK_LATER},
    # Whoever is not ready there does not want it.
    **dict.fromkeys((State.CHOOSING, State.ASKED_FORGET), FIRST_WORDS | OF_THE_WAY_UP | {Event.NOT_READY}),
    **dict.fromkeys(
        (State.ASKED_REMIND, State.ASKED_REMIND_TIME),
        FIRST_WORDS | OF_THE_WAY_UP | {Event.NOT_READY, Event.NUMBER},
    ),
    # It means "leave this out" in the face of a question at the end of a routine; at the end itself it means nothing.
    State.FINISHED: {Event.LEAVE_OUT_LAST},
    State.ASKED_LEAVE_OUT: {Event.NOT_READY},
    # Nothing was done yet that could be changed from here on. And the place is of another day.
    State.RETURNING_LATER: {Event.REPLAN, Event.COME_BACK, Event.PAIN_AGAIN, Event.BARRED_AHEAD},
    State.ASKED_RED_FLAGS: FIRST_WORDS | UNBEGUN,
    # It was asked because more than one exercise would be lost.
    State.ASKED_START_OVER: OF_THE_WAY_UP | {Event.START_OVER_AT_ONCE, Event.NOT_READY},
    # A number by itself is the answer.
    State.IDLE: {Event.NUMBER},
    State.ASKED_GOAL: FIRST_WORDS | OF_THE_WAY_UP | {Event.NO_SUCH_NUMBER, Event.NUMBER, Event.NOT_READY},
    State.ASKED_KEEP: {Event.NOT_READY, *RETURNED},
    # Whom it hurts is led on into nothing, and no deeper.
    State.EASED: {Event.BARRED_AHEAD, Event.DEEPER, Event.DEEPER_NEXT_TIME},
    # One pain more is none of the first.
    State.ASKED_LAND: {
        *(Event.PAIN, Event.NOT_READY, Event.BARRED_AHEAD, Event.DEEPER, Event.DEEPER_NEXT_TIME),
        *RETURNED,
    },
}
"""What cannot happen in a state, although the rows of a state in which it may rest have it."""

BEGINS = (State.IDLE, State.PAUSED, State.BETWEEN)
"""Where a session begins: with nothing on the go, or where a routine was left."""


def row(state: State, rest: State, event: Event) -> Row:
    """The row for an event in a state; `rest` is where the conversation would rest, if no question were open."""
    return TABLE[state].get(event) or TABLE[rest].get(event) or ANYWHERE[Event.NONSENSE]


def may_have_errand(moment: Moment) -> bool:
    """Whether there may be an errand for what was heard. No guard makes one of something else."""
    return moment.state in ERRANDS or moment.event in ERRANDS[None]


def errand(moment: Moment) -> Errand | None:
    """What is done outside of the conversation for what was meant, if anything is."""
    for state in (moment.state, None):
        wanted = ERRANDS.get(state, {}).get(moment.event)
        if wanted:
            return wanted(moment)
    return None
