"""The conversation as a table: state x event -> next state, reply.

How a turn goes: `settle` finds where the person is by now, `guard` turns an event that depends on the place into one
that says so (NEXT on the last step *is* NEXT_AT_END), the table has the row, the reply says it and changes what it
changes.

Rules: what decides the next state is in the table, and in the two modules before it. A row's next state may be SAME
(stay) or REST (wherever a conversation with this place rests). A state in which a question is open has rows for what
answers it; any other event uses the row of the state in which the conversation would rest. So every event has an answer
in every state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from types import MappingProxyType

from coach.cues import Timed
from coach.guards import guard
from coach.replies import asking, changing, choosing, keeping, moving, reminding
from coach.replies.answer import Answer, Reply, ask_again, carry_on, note, prelude, remember, say
from coach.scene import Scene
from coach.session import Event, State
from coach.settling import credited, off_the_map, rested, settle


class Next(Enum):
    """Next states that depend on where the conversation is."""

    SAME = auto()
    REST = auto()


SAME, REST = Next.SAME, Next.REST
Row = tuple[State | Next, Reply]
Rows = Mapping[Event, Row]

REMINDED: Mapping[Event, Reply] = {
    Event.REMINDERS_SET: reminding.set_,
    Event.REMINDERS_STOPPED: reminding.stopped,
    Event.REMINDERS_NOT_ALLOWED: reminding.ask_permission,
    **dict.fromkeys(
        (
            Event.REMINDERS_NONE,
            Event.REMINDERS_DENIED,
            Event.REMINDERS_TOO_MANY,
            Event.REMINDERS_UNSUPPORTED,
            Event.REMINDERS_FAILED,
        ),
        reminding.not_set,
    ),
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
    **{event: (SAME, reply) for event, reply in REMINDED.items()},
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

AT_REST: Rows = {
    **ANYWHERE,
    **dict.fromkeys(
        (
            Event.TIME_LEFT,
            Event.WHERE,
            Event.WHATS_NEXT,
            Event.CHECK,
            Event.EASIER,
            Event.DEEPER,
            Event.MORE_TIME,
            Event.LESS_TIME,
            Event.SWITCH_SIDE,
        ),
        (State.IDLE, choosing.nothing_running),
    ),
    **dict.fromkeys(
        (Event.PREVIOUS, Event.SKIP, Event.PAUSE, Event.RESUME, Event.START_OVER),
        (State.IDLE, choosing.nothing_running),
    ),
    **dict.fromkeys((Event.NEXT, Event.YES, Event.START_UNCLEAR), (State.IDLE, choosing.ask_which)),
    Event.LAUNCH: (State.IDLE, choosing.welcome),
    Event.GO_TO: (State.COACHING, choosing.begin_exercise),
    Event.GO_TO_UNKNOWN: (State.CHOOSING, moving.suggest),
    Event.EXPLAIN: (SAME, asking.explain_named),
    Event.WHY: (SAME, asking.why_named),
    Event.LIST_ROUTINES: (State.CHOOSING, choosing.list_routines),
    Event.LIST_EXERCISES: (State.CHOOSING, choosing.list_exercises),
    Event.MORE: (State.CHOOSING, choosing.more),
    Event.PAIN: (State.IDLE, changing.comfort),
    Event.NO: (State.IDLE, moving.farewell),
    Event.STOP: (State.IDLE, moving.farewell),
}

UNDERWAY: Rows = {
    **ANYWHERE,
    Event.COME_BACK: (State.RETURNING, moving.offer_return),
    Event.COME_BACK_LATER: (State.RETURNING_LATER, moving.offer_return_later),
    Event.RESUME: (State.COACHING, moving.resume),
    Event.RESUME_LATER: (State.RETURNING_LATER, moving.offer_return_later),
    Event.START_UNCLEAR: (State.RETURNING, moving.offer_return),
    Event.REPLAN: (State.COACHING, choosing.replan),
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
    Event.NO: (SAME, lambda scene: carry_on(scene, say("take_your_time"))),
    Event.STOP: (REST, moving.stop),
    Event.STOP_UNKEPT: (REST, moving.stop_unkept),
}


def _at_rest(reply: Reply, scene: Scene) -> Answer:
    return reply(rested(scene))


TABLE: Mapping[State, Rows] = MappingProxyType(
    {
        State.IDLE: AT_REST,
        State.PAUSED: UNDERWAY,
        State.COACHING: {
            **UNDERWAY,
            **dict.fromkeys(
                (Event.COME_BACK, Event.START_UNCLEAR, Event.RESUME, Event.YES),
                (SAME, lambda scene: carry_on(scene, say("stay_with_it"))),
            ),
            Event.REST_DAY: (SAME, keeping.rest_day),
            Event.HELP: (State.PAUSED, asking.help_),
            Event.NO: (SAME, lambda scene: carry_on(scene, say("no_in_hold"))),
        },
        State.BETWEEN: {
            **UNDERWAY,
            Event.PAUSE: (SAME, moving.wait),
            Event.WHATS_NEXT: (SAME, ask_again),
            Event.PREVIOUS: (State.COACHING, moving.exercise_again),
            Event.PREVIOUS_AT_START: (State.COACHING, moving.exercise_again),
            Event.YES: (State.COACHING, moving.next_step),
            Event.RESUME: (State.COACHING, moving.next_step),
            Event.NO: (SAME, lambda scene: carry_on(scene, say("take_your_time"))),
        },
        State.FINISHED: {
            **UNDERWAY,
            **dict.fromkeys(
                (
                    Event.NEXT_AT_END,
                    Event.SKIP_AT_END,
                    Event.RESUME,
                    Event.PAUSE,
                    Event.TIME_LEFT,
                    Event.WHERE,
                    Event.CHECK,
                    Event.WHATS_NEXT,
                    Event.MORE_TIME,
                    Event.LESS_TIME,
                ),
                (SAME, lambda scene: carry_on(scene, say("all_done"))),
            ),
            **dict.fromkeys(
                (Event.COME_BACK, Event.COME_BACK_LATER, Event.RESUME_LATER), (State.IDLE, choosing.welcome)
            ),
            Event.START_UNCLEAR: (State.IDLE, choosing.ask_which),
            Event.REPLAN: (State.OFFERED, choosing.offer_plan),
            Event.PREVIOUS: (State.COACHING, moving.exercise_again),
            Event.PREVIOUS_AT_START: (State.COACHING, moving.exercise_again),
            Event.PAIN: (SAME, changing.comfort),
            Event.REPEAT: (SAME, lambda scene: Answer((say("finished_ask"),), scene)),
            **dict.fromkeys((Event.LIST_ROUTINES, Event.MORE), (State.CHOOSING, choosing.list_routines)),
            Event.LIST_EXERCISES: (State.CHOOSING, choosing.list_exercises),
            Event.YES: (State.IDLE, asking.progress_at_the_end),
            Event.NO: (REST, moving.farewell),
            Event.STOP: (REST, moving.farewell),
        },
        State.OFFERED: {
            **dict.fromkeys(
                (Event.YES, Event.NEXT, Event.NEXT_AT_END, Event.RESUME), (State.COACHING, choosing.begin_offer)
            ),
            Event.START_UNCLEAR: (State.COACHING, choosing.begin_offer),
            Event.NO: (REST, choosing.ask_which),
        },
        State.RETURNING: {
            **dict.fromkeys(
                (Event.YES, Event.NEXT, Event.NEXT_AT_END, Event.START_UNCLEAR), (State.COACHING, moving.resume)
            ),
            Event.NO: (SAME, moving.decline_return),
            Event.REPEAT: (SAME, moving.offer_return),
        },
        State.RETURNING_LATER: {
            **dict.fromkeys((Event.YES, Event.NEXT, Event.NEXT_AT_END), (State.COACHING, moving.exercise_from_start)),
            Event.START_UNCLEAR: (State.COACHING, moving.exercise_from_start),
            Event.NO: (State.RETURNING, moving.decline_return),
        },
        State.CHOOSING: {
            Event.YES: (SAME, ask_again),
            Event.NO: (REST, lambda scene: carry_on(rested(scene))),
            Event.REPEAT: (SAME, ask_again),
        },
        State.ASKED_START_OVER: {
            **dict.fromkeys((Event.YES, Event.START_OVER), (State.COACHING, moving.start_over)),
            Event.NO: (State.COACHING, moving.resume),
            Event.REPEAT: (SAME, ask_again),
        },
        State.ASKED_LEAVE_OUT: {
            **dict.fromkeys(
                (Event.YES, Event.LEAVE_OUT_THIS, Event.LEAVE_OUT_LAST), (State.COACHING, keeping.leave_out_skipped)
            ),
            **dict.fromkeys((Event.NO, Event.NEXT, Event.RESUME), (State.COACHING, keeping.keep_skipped)),
            Event.REPEAT: (SAME, ask_again),
        },
        State.ASKED_KEEP: {
            Event.YES: (State.COACHING, changing.keep_hold),
            Event.NO: (State.COACHING, changing.drop_hold),
            Event.REPEAT: (SAME, ask_again),
        },
        State.ASKED_FORGET: {
            **dict.fromkeys((Event.YES, Event.FORGET_ME), (State.IDLE, keeping.forget)),
            Event.CANNOT_FORGET: (REST, lambda scene: keeping.cannot_forget(rested(scene))),
            Event.NO: (REST, lambda scene: keeping.keep(rested(scene))),
            Event.REPEAT: (SAME, ask_again),
        },
        State.ASKED_REMIND: {
            Event.YES: (SAME, reminding.agreed),
            Event.NO: (REST, lambda scene: reminding.declined(rested(scene))),
            Event.REPEAT: (SAME, ask_again),
            **{event: (REST, partial(_at_rest, reply)) for event, reply in REMINDED.items()},
        },
        State.ASKED_REMIND_TIME: {
            Event.YES: (SAME, ask_again),
            Event.NO: (REST, lambda scene: reminding.declined(rested(scene))),
            Event.REPEAT: (SAME, ask_again),
        },
        State.EASED: {
            Event.EASIER: (State.COACHING, changing.easier),
            **dict.fromkeys((Event.EASIEST_ALREADY, Event.YES), (SAME, ask_again)),
            Event.NO: (REST, moving.stop),
            Event.REPEAT: (SAME, ask_again),
        },
    }
)

NO_FIRST_WORDS = frozenset(
    {Event.ENDED, Event.STOP, Event.STOP_UNKEPT, Event.PAIN, Event.RED_FLAG, Event.FORGET_ME, Event.CANNOT_FORGET}
)
"""What must be answered at once, even when a person is new and has not heard what this is."""

LEADS_ON = frozenset({Event.NEXT, Event.NEXT_AT_END})
"""Going on from the middle of a work says that it is done."""


def step(scene: Scene) -> Answer:
    """One turn of the conversation: the answer, and the scene after it with its state. Never raises for any event."""
    settled = settle(replace(scene, strayed=off_the_map(scene)))
    guarded = guard(settled)
    event, state = guarded.heard.event, guarded.session.state
    following, reply = row(state, rested(guarded).session.state, event)
    answer = reply(credited(guarded) if event in LEADS_ON else guarded)
    after = answer.scene
    if event is not Event.NONSENSE:
        after = note(after, missed=0)
    if following is REST:
        after = rested(after)
    elif following is State.IDLE:
        after = note(remember(after, place=None), state=State.IDLE)
    elif following is State.COACHING and not any(isinstance(item, Timed) for item in answer.script):
        after = rested(after)
    elif following is not SAME:
        after = note(after, state=following)
    if answer.forget or event in NO_FIRST_WORDS:
        return replace(answer, scene=after)
    after, before = prelude(after)
    return replace(answer, script=(*before, *answer.script), scene=after)


def row(state: State, rest: State, event: Event) -> Row:
    """The row for an event in a state; `rest` is where the conversation would rest, if no question were open."""
    return TABLE[state].get(event) or TABLE[rest].get(event) or ANYWHERE[Event.NONSENSE]
