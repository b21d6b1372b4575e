"""The rows that several states share: what an event leads to, and the reply, where states behave alike.

Rule: a row's next state may be SAME (stay) or REST (wherever a conversation with this place rests). A group of rows is
named for what its states have in common, and has no row that cannot be reached in one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from coach.conversation.events import Event
from coach.conversation.moment import Moment
from coach.conversation.replies import (
    Reply,
    aside,
    asking,
    caring,
    changing,
    choosing,
    fetching,
    getting_up,
    growing,
    instead,
    keeping,
    moving,
    reminding,
    replanning,
    settling,
    sparing,
    waiting,
)
from coach.conversation.replies.answer import ask_again, carry_on, say
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


def each(*events: Event, row: Row) -> Rows:
    """The same row for several events."""
    return dict.fromkeys(events, row)


def going_on(name: str) -> Reply:
    """The reply that says something, and goes on from where the person was."""
    return lambda moment: carry_on(moment, say(name))


def closing(reply: Reply) -> Reply:
    """The reply that is given once the open question is closed, where the conversation rests."""
    return lambda moment: reply(moment.in_state(rest(moment)))


REMINDED: Rows = {
    Event.REMINDERS_SET: (SAME, reminding.set_),
    Event.REMINDERS_STOPPED: (SAME, reminding.stopped),
    **dict.fromkeys(reminding.NOT_SET, (SAME, reminding.not_set)),
}
"""What may come of an errand. It closes the question about reminders, if that is open; else all stays as it was."""

ANYWHERE: Rows = {
    Event.PROGRESS: (SAME, asking.progress),
    Event.LOG: (SAME, keeping.log),
    Event.SLOWER: (SAME, settling.slower),
    Event.FASTER: (SAME, settling.faster),
    Event.NORMAL_PACE: (SAME, settling.normal_pace),
    Event.HANDS_FREE: (SAME, settling.hands_free),
    Event.STEP_BY_STEP: (SAME, settling.step_by_step),
    Event.EXERCISE_BY_EXERCISE: (SAME, settling.exercise_by_exercise),
    Event.LONGER_HOLDS: (SAME, settling.longer_holds),
    Event.SHORTER_HOLDS: (SAME, settling.shorter_holds),
    Event.USUAL_HOLDS: (SAME, settling.usual_holds),
    Event.LESS_TALK: (SAME, settling.less_talk),
    Event.USUAL_TALK: (SAME, settling.usual_talk),
    Event.CHIMES: (SAME, settling.chimes),
    Event.NO_CHIMES: (SAME, settling.no_chimes),
    Event.GO_EASY: (SAME, growing.go_easy),
    Event.USUAL_DOSES: (SAME, growing.usual_doses),
    Event.TOO_SOON: (SAME, growing.too_soon),
    Event.WEEKLY_GOAL: (SAME, keeping.weekly_goal),
    Event.GOAL_UNCLEAR: (State.ASKED_GOAL, keeping.ask_goal),
    Event.REST_DAY: (REST, keeping.day_off),
    Event.TIME_OFF: (REST, keeping.time_off),
    Event.LEAVE_OUT: (SAME, keeping.leave_out),
    Event.BRING_BACK: (SAME, keeping.bring_back),
    Event.REMIND: (State.ASKED_REMIND, reminding.ask),
    Event.REMIND_UNCLEAR: (State.ASKED_REMIND_TIME, reminding.ask_time),
    **REMINDED,
    **each(Event.FORGET_ME, Event.DELETE_EVERYTHING, row=(State.ASKED_FORGET, keeping.ask_forget)),
    Event.HELP: (SAME, asking.help_),
    Event.NONSENSE: (SAME, asking.nonsense),
    Event.START: (State.COACHING, choosing.begin_routine),
    Event.ONE_EXERCISE: (State.COACHING, choosing.begin_exercise),
    **each(Event.START_PLANNED, Event.NO_FLOOR, row=(State.OFFERED, choosing.offer_plan)),
    Event.TAKE_UP: (State.RETURNING, aside.take_up),
    Event.TAKE_UP_LATER: (State.RETURNING_LATER, aside.take_up_later),
    Event.GO_TO_UNKNOWN: (State.CHOOSING, moving.suggest),
    Event.NO_SUCH_NUMBER: (SAME, moving.no_such_number),
    Event.CHOOSE: (SAME, asking.nonsense),
    Event.NUMBER: (SAME, asking.which_number),
    Event.REPEAT: (SAME, ask_again),
    Event.NOT_YOURS: (SAME, keeping.not_yours),
    Event.EMERGENCY: (State.EMERGENCY, caring.emergency),
    Event.URGENT: (State.UNWELL, caring.urgent),
    Event.CANNOT_GET_UP: (State.ASKED_HURT, getting_up.ask_hurt),
    Event.NO_CHAIR: (SAME, fetching.no_chair),
    Event.NO_MAT: (SAME, going_on("no_mat")),
    Event.WHAT_TO_FETCH: (SAME, fetching.what_to_fetch),
    Event.VOLUME: (SAME, going_on("volume")),
    Event.THANKS: (SAME, going_on("youre_welcome")),
    Event.SORE_AFTER: (SAME, going_on("sore_after")),
    Event.CONDITION: (SAME, sparing.condition),
    Event.BARRED: (SAME, sparing.ask_before),
    Event.SAFE: (SAME, caring.safe),
    Event.NOT_READY: (SAME, going_on("take_your_time")),
    Event.PLAYLIST: (SAME, going_on("playlist")),
    **each(Event.PLAYS, Event.ENDED, row=(REST, moving.silence)),
}
"""What is answered alike wherever the conversation stands, unless a state says otherwise."""

LISTS: Rows = {
    Event.LIST_ROUTINES: (SAME, choosing.list_routines),
    Event.LIST_EXERCISES: (SAME, choosing.list_exercises),
    Event.MORE: (SAME, choosing.more),
}
"""What is listed in the middle of a routine: it goes on. Where nothing is on the go, one of them is to be chosen."""

WITH_A_PLACE: Rows = {
    **ANYWHERE,
    Event.GO_TO: (State.COACHING, moving.go_to),
    Event.SWITCH_SIDE: (State.COACHING, moving.switch_side),
    Event.NO_OTHER_SIDE: (SAME, moving.no_other_side),
    Event.START_OVER: (State.ASKED_START_OVER, moving.ask_start_over),
    Event.START_OVER_AT_ONCE: (State.COACHING, moving.start_over),
    Event.EXPLAIN: (SAME, asking.explain),
    Event.WHY: (SAME, asking.why),
    Event.EASIEST_ALREADY: (SAME, changing.easiest_already),
    Event.DEEPEST_ALREADY: (SAME, changing.deepest_already),
    Event.NOT_A_HOLD: (SAME, changing.not_a_hold),
    Event.NOT_AN_EXERCISE: (SAME, changing.not_an_exercise),
    Event.SKIPPED_WHICH: (SAME, instead.skipped_which),
    Event.SKIP_AHEAD: (SAME, instead.skip_ahead),
    Event.LEAVE_OUT_LAST: (State.FINISHED, keeping.leave_out_last),
}
"""A routine is on the go, or has just come to its end."""

ON_THE_GO: Rows = {
    **WITH_A_PLACE,
    **LISTS,
    **each(Event.COME_BACK, Event.START_UNCLEAR, row=(State.RETURNING, moving.offer_return)),
    **each(Event.RESUME, Event.YES, row=(State.COACHING, moving.resume)),
    Event.REPLAN: (State.COACHING, replanning.replan),
    Event.BARRED_AHEAD: (State.COACHING, sparing.on_without),
    Event.ALL_BARRED: (State.IDLE, sparing.stop_until_asked),
    Event.NEXT: (State.COACHING, moving.next_step),
    Event.SKIP: (State.COACHING, moving.skip),
    Event.SKIP_AGAIN: (State.ASKED_LEAVE_OUT, moving.skip_and_ask),
    Event.SKIP_AT_END: (State.FINISHED, moving.skip_last),
    Event.ALREADY_DONE: (State.COACHING, instead.already_done),
    Event.ALREADY_DONE_LAST: (State.FINISHED, instead.already_done_last),
    Event.SWAP: (State.COACHING, instead.swap),
    Event.NOTHING_TO_SWAP: (SAME, going_on("nothing_to_swap")),
    Event.PREVIOUS: (State.COACHING, moving.previous),
    Event.PREVIOUS_AT_START: (State.COACHING, moving.first_again),
    Event.REPEAT: (State.COACHING, moving.repeat),
    Event.PAUSE: (State.PAUSED, waiting.pause),
    Event.BREAK: (State.PAUSED, waiting.take_break),
    Event.TIME_LEFT: (SAME, asking.time_left),
    Event.WHERE: (SAME, asking.where_am_i),
    Event.WHATS_NEXT: (SAME, asking.whats_next),
    Event.CHECK: (SAME, asking.check),
    Event.MORE_TIME: (SAME, changing.more_time),
    Event.LESS_TIME: (SAME, changing.less_time),
    Event.HOLD_FOR: (SAME, changing.hold_for),
    Event.MORE_SETS: (SAME, changing.more_sets),
    Event.LEAVE_OUT_THIS: (State.COACHING, keeping.leave_out_this),
    Event.PAIN: (State.EASED, caring.ease_off),
    Event.PAIN_AGAIN: (State.ASKED_LAND, caring.ask_land),
    Event.NO: (SAME, going_on("take_your_time")),
    Event.STOP: (REST, moving.stop),
}
"""A routine is on the go, and something of it is still to be done."""

RETURNED: Rows = {
    Event.COME_BACK_LATER: (State.RETURNING_LATER, moving.offer_return_later),
    Event.SORE_BACK: (State.ASKED_RED_FLAGS, caring.ask_red_flags),
}
"""Whoever would go on is at a place of another day, or comes back to it with a sore back."""

WORK_AHEAD: Rows = {
    Event.NEXT_AT_END: (State.FINISHED, moving.finish),
    Event.EASIER: (SAME, changing.easier),
    Event.DEEPER: (SAME, changing.deeper),
}
"""Something of this very step is still to be done."""

WORK_DONE: Rows = {
    Event.EASIER_NEXT_TIME: (SAME, changing.easier_next_time),
    Event.DEEPER_NEXT_TIME: (SAME, changing.deeper_next_time),
}
"""This step is done."""

NOTHING_ON_THE_GO: Rows = {
    **ANYWHERE,
    **each(
        *(Event.TIME_LEFT, Event.WHERE, Event.WHATS_NEXT, Event.CHECK, Event.EASIER, Event.DEEPER, Event.MORE_TIME),
        *(Event.LESS_TIME, Event.SWITCH_SIDE, Event.PREVIOUS, Event.SKIP, Event.PAUSE, Event.RESUME),
        *(Event.ALREADY_DONE, Event.SWAP, Event.SKIPPED_WHICH, Event.HOLD_FOR, Event.MORE_SETS),
        Event.START_OVER,
        row=(SAME, choosing.nothing_running),
    ),
    **each(Event.NEXT, Event.YES, Event.START_UNCLEAR, row=(State.IDLE, choosing.ask_which)),
    **{event: (State.CHOOSING, reply) for event, (_, reply) in LISTS.items()},
    **each(Event.NO, Event.STOP, row=(State.IDLE, moving.farewell)),
    Event.LAUNCH: (State.IDLE, choosing.welcome),
    Event.MAY_NEED_HELP: (State.ASKED_HELP, caring.ask_help),
    Event.GO_TO: (State.COACHING, choosing.begin_exercise),
    Event.EXPLAIN: (SAME, asking.explain_named),
    Event.WHY: (SAME, asking.why_named),
    Event.PAIN: (State.IDLE, caring.comfort),
    Event.ALL_BARRED: (State.IDLE, sparing.stop_until_asked),
    Event.SORE_BACK: (State.ASKED_RED_FLAGS, caring.ask_red_flags),
}
"""No routine is on the go."""
