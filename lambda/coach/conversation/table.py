"""The table of a conversation: state x event -> next state, reply; and what time does to a state.

Rules: a row's next state may be SAME (stay) or REST (wherever a conversation with this place rests). A state in which a
question is open has rows for what answers it; any other event uses the row of the state in which the conversation would
rest. So every event has an answer in every state.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from coach.conversation.events import Event
from coach.conversation.moment import Moment
from coach.conversation.replies import Reply, asking, changing, choosing, keeping, moving, reminding, replanning
from coach.conversation.replies.answer import answer, ask_again, carry_on, say
from coach.conversation.session import State


class Next(Enum):
    """Next states that depend on where the conversation is."""

    SAME = auto()
    REST = auto()


SAME, REST = Next.SAME, Next.REST
Row = tuple[State | Next, Reply]
Rows = Mapping[Event, Row]


def rest(moment: Moment) -> State:
    """The state in which a conversation with this place rests."""
    if moment.progress.place is None:
        return State.IDLE
    if moment.left_ms:
        return State.PAUSED
    return State.FINISHED if moment.last else State.BETWEEN


def _each(*events: Event, row: Row) -> Rows:
    """The same row for several events."""
    return dict.fromkeys(events, row)


def _going_on(name: str) -> Reply:
    """The reply that says something, and goes on from where the person was."""
    return lambda moment: carry_on(moment, say(name))


def _closing(reply: Reply) -> Reply:
    """The reply that is given once the open question is closed, where the conversation rests."""
    return lambda moment: reply(moment.in_state(rest(moment)))


BY_TIME: Mapping[Event, State] = {
    Event.HEARD_OUT: State.BETWEEN,
    Event.HEARD_OUT_CHANGED: State.ASKED_KEEP,
    Event.HEARD_OUT_LAST: State.FINISHED,
}
"""What time makes of COACHING: the answer was heard to its end, and nobody has said anything yet."""

REMINDED: Rows = {
    Event.REMINDERS_SET: (SAME, reminding.set_),
    Event.REMINDERS_STOPPED: (SAME, reminding.stopped),
    Event.REMINDERS_NOT_ALLOWED: (SAME, reminding.ask_permission),
    **dict.fromkeys(reminding.NOT_SET, (SAME, reminding.not_set)),
}
"""What may come of an errand. It closes the question about reminders, if that is open; else all stays as it was."""

ANYWHERE: Rows = {
    Event.PROGRESS: (SAME, asking.progress),
    Event.LOG: (SAME, keeping.log),
    Event.SLOWER: (SAME, changing.slower),
    Event.FASTER: (SAME, changing.faster),
    Event.NORMAL_PACE: (SAME, changing.normal_pace),
    Event.HANDS_FREE: (SAME, changing.hands_free),
    Event.STEP_BY_STEP: (SAME, changing.step_by_step),
    Event.EXERCISE_BY_EXERCISE: (SAME, changing.exercise_by_exercise),
    Event.LONGER_HOLDS: (SAME, changing.longer_holds),
    Event.SHORTER_HOLDS: (SAME, changing.shorter_holds),
    Event.USUAL_HOLDS: (SAME, changing.usual_holds),
    Event.WEEKLY_GOAL: (SAME, keeping.weekly_goal),
    Event.REST_DAY: (REST, keeping.day_off),
    Event.TIME_OFF: (REST, keeping.time_off),
    Event.LEAVE_OUT: (SAME, keeping.leave_out),
    Event.BRING_BACK: (SAME, keeping.bring_back),
    Event.REMIND: (State.ASKED_REMIND, reminding.ask),
    Event.REMIND_UNCLEAR: (State.ASKED_REMIND_TIME, reminding.ask_time),
    Event.STOP_REMINDING: (SAME, reminding.stop),
    Event.REMINDERS_ALLOWED: (SAME, reminding.permitted),
    **REMINDED,
    Event.FORGET_ME: (State.ASKED_FORGET, keeping.ask_forget),
    Event.HELP: (SAME, asking.help_),
    Event.NONSENSE: (SAME, asking.nonsense),
    Event.START: (State.COACHING, choosing.begin_routine),
    Event.ONE_EXERCISE: (State.COACHING, choosing.begin_exercise),
    Event.START_PLANNED: (State.OFFERED, choosing.offer_plan),
    Event.NO_FLOOR: (State.OFFERED, choosing.offer_plan),
    Event.RED_FLAG: (REST, changing.seek_care),
    Event.ENDED: (REST, moving.silence),
    Event.REPEAT: (SAME, ask_again),
    Event.CHOOSE: (SAME, asking.nonsense),
    Event.NO_SUCH_NUMBER: (SAME, moving.no_such_number),
}
"""What is answered alike wherever the conversation stands, unless a state says otherwise."""

AT_REST: Rows = {
    **ANYWHERE,
    **_each(
        *(Event.TIME_LEFT, Event.WHERE, Event.WHATS_NEXT, Event.CHECK, Event.EASIER, Event.DEEPER, Event.MORE_TIME),
        *(Event.LESS_TIME, Event.SWITCH_SIDE, Event.PREVIOUS, Event.SKIP, Event.PAUSE, Event.RESUME, Event.START_OVER),
        row=(State.IDLE, choosing.nothing_running),
    ),
    **_each(Event.NEXT, Event.YES, Event.START_UNCLEAR, row=(State.IDLE, choosing.ask_which)),
    Event.LAUNCH: (State.IDLE, choosing.welcome),
    Event.GO_TO: (State.COACHING, choosing.begin_exercise),
    Event.GO_TO_UNKNOWN: (State.CHOOSING, moving.suggest),
    Event.EXPLAIN: (SAME, asking.explain_named),
    Event.WHY: (SAME, asking.why_named),
    Event.LIST_ROUTINES: (State.CHOOSING, choosing.list_routines),
    Event.LIST_EXERCISES: (State.CHOOSING, choosing.list_exercises),
    Event.MORE: (State.CHOOSING, choosing.more),
    Event.PAIN: (State.IDLE, changing.comfort),
    **_each(Event.NO, Event.STOP, row=(State.IDLE, moving.farewell)),
}
"""No routine is on the go."""

UNDERWAY: Rows = {
    **ANYWHERE,
    Event.COME_BACK: (State.RETURNING, moving.offer_return),
    Event.COME_BACK_LATER: (State.RETURNING_LATER, moving.offer_return_later),
    Event.RESUME: (State.COACHING, moving.resume),
    Event.RESUME_LATER: (State.RETURNING_LATER, moving.offer_return_later),
    Event.START_UNCLEAR: (State.RETURNING, moving.offer_return),
    Event.REPLAN: (State.COACHING, replanning.replan),
    Event.NEXT: (State.COACHING, moving.next_step),
    Event.NEXT_AT_END: (State.FINISHED, moving.finish),
    Event.SKIP: (State.COACHING, moving.skip),
    Event.SKIP_AGAIN: (State.ASKED_LEAVE_OUT, moving.skip_and_ask),
    Event.SKIP_AT_END: (State.FINISHED, moving.skip_last),
    Event.PREVIOUS: (State.COACHING, moving.previous),
    Event.PREVIOUS_AT_START: (State.COACHING, moving.first_again),
    Event.REPEAT: (State.COACHING, moving.repeat),
    Event.PAUSE: (State.PAUSED, moving.pause),
    Event.START_OVER: (State.ASKED_START_OVER, moving.ask_start_over),
    Event.START_OVER_AT_ONCE: (State.COACHING, moving.start_over),
    Event.GO_TO: (State.COACHING, moving.go_to),
    Event.GO_TO_UNKNOWN: (State.CHOOSING, moving.suggest),
    Event.SWITCH_SIDE: (State.COACHING, moving.switch_side),
    Event.NO_OTHER_SIDE: (SAME, moving.no_other_side),
    Event.TIME_LEFT: (SAME, asking.time_left),
    Event.WHERE: (SAME, asking.where_am_i),
    Event.WHATS_NEXT: (SAME, asking.whats_next),
    Event.EXPLAIN: (SAME, asking.explain),
    Event.WHY: (SAME, asking.why),
    Event.CHECK: (SAME, asking.check),
    Event.EASIER: (SAME, changing.easier),
    Event.DEEPER: (SAME, changing.deeper),
    Event.EASIER_NEXT_TIME: (SAME, changing.easier_next_time),
    Event.DEEPER_NEXT_TIME: (SAME, changing.deeper_next_time),
    Event.EASIEST_ALREADY: (SAME, changing.easiest_already),
    Event.DEEPEST_ALREADY: (SAME, changing.deepest_already),
    Event.MORE_TIME: (SAME, changing.more_time),
    Event.LESS_TIME: (SAME, changing.less_time),
    Event.NOT_A_HOLD: (SAME, changing.not_a_hold),
    Event.LIST_ROUTINES: (SAME, choosing.list_routines),
    Event.LIST_EXERCISES: (SAME, choosing.list_exercises),
    Event.MORE: (SAME, choosing.more),
    Event.LEAVE_OUT_THIS: (State.COACHING, keeping.leave_out_this),
    Event.LEAVE_OUT_LAST: (State.FINISHED, keeping.leave_out_last),
    Event.PAIN: (State.EASED, changing.ease_off),
    Event.YES: (State.COACHING, moving.resume),
    Event.NO: (SAME, _going_on("take_your_time")),
    Event.STOP: (REST, moving.stop),
    Event.STOP_UNKEPT: (REST, moving.stop_unkept),
}
"""A routine is on the go."""

TABLE: Mapping[State, Rows] = {
    State.IDLE: AT_REST,
    State.PAUSED: UNDERWAY,
    State.COACHING: {
        **UNDERWAY,
        **_each(Event.COME_BACK, Event.START_UNCLEAR, Event.RESUME, Event.YES, row=(SAME, _going_on("stay_with_it"))),
        Event.REST_DAY: (SAME, keeping.rest_day),
        Event.HELP: (State.PAUSED, asking.help_),
        Event.NO: (SAME, _going_on("no_in_hold")),
    },
    State.BETWEEN: {
        **UNDERWAY,
        Event.PAUSE: (SAME, moving.wait),
        Event.WHATS_NEXT: (SAME, ask_again),
        **_each(Event.PREVIOUS, Event.PREVIOUS_AT_START, row=(State.COACHING, moving.exercise_again)),
        **_each(Event.YES, Event.RESUME, row=(State.COACHING, moving.next_step)),
    },
    State.FINISHED: {
        **UNDERWAY,
        **_each(
            *(Event.NEXT_AT_END, Event.SKIP_AT_END, Event.RESUME, Event.PAUSE, Event.TIME_LEFT, Event.WHERE),
            *(Event.CHECK, Event.WHATS_NEXT, Event.MORE_TIME, Event.LESS_TIME),
            row=(SAME, _going_on("all_done")),
        ),
        **_each(Event.COME_BACK, Event.COME_BACK_LATER, Event.RESUME_LATER, row=(State.IDLE, choosing.welcome)),
        Event.START_UNCLEAR: (State.IDLE, choosing.ask_which),
        Event.REPLAN: (State.OFFERED, choosing.offer_plan),
        **_each(Event.PREVIOUS, Event.PREVIOUS_AT_START, row=(State.COACHING, moving.exercise_again)),
        Event.PAIN: (SAME, changing.comfort),
        Event.REPEAT: (SAME, lambda moment: answer(moment, say("finished_ask"))),
        **_each(Event.LIST_ROUTINES, Event.MORE, row=(State.CHOOSING, choosing.list_routines)),
        Event.LIST_EXERCISES: (State.CHOOSING, choosing.list_exercises),
        Event.YES: (State.IDLE, asking.progress_at_the_end),
        **_each(Event.NO, Event.STOP, row=(REST, moving.farewell)),
    },
    State.OFFERED: {
        **_each(
            *(Event.YES, Event.NEXT, Event.NEXT_AT_END, Event.RESUME, Event.START_UNCLEAR),
            row=(State.COACHING, choosing.begin_offer),
        ),
        Event.NO: (REST, choosing.ask_which),
    },
    State.RETURNING: {
        **_each(*(Event.YES, Event.NEXT, Event.NEXT_AT_END, Event.START_UNCLEAR), row=(State.COACHING, moving.resume)),
        Event.NO: (SAME, moving.decline_return),
        Event.REPEAT: (SAME, moving.offer_return),
    },
    State.RETURNING_LATER: {
        **_each(
            *(Event.YES, Event.NEXT, Event.NEXT_AT_END, Event.START_UNCLEAR),
            row=(State.COACHING, moving.exercise_from_start),
        ),
        Event.NO: (State.RETURNING, moving.decline_return),
    },
    State.CHOOSING: {
        **_each(Event.YES, Event.REPEAT, row=(SAME, ask_again)),
        Event.NO: (REST, _closing(carry_on)),
    },
    State.ASKED_START_OVER: {
        **_each(Event.YES, Event.START_OVER, row=(State.COACHING, moving.start_over)),
        Event.NO: (State.COACHING, moving.resume),
        Event.REPEAT: (SAME, ask_again),
    },
    State.ASKED_LEAVE_OUT: {
        **_each(
            *(Event.YES, Event.LEAVE_OUT_THIS, Event.LEAVE_OUT_LAST), row=(State.COACHING, keeping.leave_out_skipped)
        ),
        **_each(Event.NO, Event.NEXT, Event.RESUME, row=(State.COACHING, keeping.keep_skipped)),
        Event.REPEAT: (SAME, ask_again),
    },
    State.ASKED_KEEP: {
        Event.YES: (State.COACHING, changing.keep_hold),
        Event.NO: (State.COACHING, changing.drop_hold),
        Event.REPEAT: (SAME, ask_again),
    },
    State.ASKED_FORGET: {
        **_each(Event.YES, Event.FORGET_ME, row=(State.IDLE, keeping.forget)),
        Event.CANNOT_FORGET: (REST, _closing(keeping.cannot_forget)),
        Event.NO: (REST, _closing(keeping.keep)),
        Event.REPEAT: (SAME, ask_again),
    },
    State.ASKED_REMIND: {
        Event.YES: (SAME, reminding.agreed),
        Event.NO: (REST, _closing(reminding.declined)),
        Event.REPEAT: (SAME, ask_again),
        **{event: (REST, _closing(reply)) for event, (_, reply) in REMINDED.items()},
    },
    State.ASKED_REMIND_TIME: {
        **_each(Event.YES, Event.REPEAT, row=(SAME, ask_again)),
        Event.NO: (REST, _closing(reminding.declined)),
    },
    State.EASED: {
        Event.EASIER: (State.COACHING, changing.easier),
        Event.DEEPER: (State.COACHING, changing.deeper),
        Event.EASIER_NEXT_TIME: (REST, _closing(changing.easier_next_time)),
        Event.DEEPER_NEXT_TIME: (REST, _closing(changing.deeper_next_time)),
        **_each(Event.EASIEST_ALREADY, Event.YES, Event.REPEAT, row=(SAME, ask_again)),
        Event.NO: (REST, moving.stop),
    },
}


def row(state: State, rest: State, event: Event) -> Row:
    """The row for an event in a state; `rest` is where the conversation would rest, if no question were open."""
    return TABLE[state].get(event) or TABLE[rest].get(event) or ANYWHERE[Event.NONSENSE]
