"""The conversation as a table: state x event -> next state, reply.

How a turn goes: `settle` finds where the person is by now, `guard` turns an event that depends on the place into one that
says so (NEXT on the last step *is* NEXT_AT_END), the table has the row, the reply says it and changes what it changes.

Rules: everything that decides the next state is in this file. A row's next state may be SAME (stay) or REST (wherever a
conversation rests that has this place). A state without a row for an event uses the row of UNDERWAY when there is a place and of
AT_REST when there is none, so that every event has an answer in every state, and no event raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto
from types import MappingProxyType

from coach import planner
from coach.coaching import asks_to_keep
from coach.cues import Prompt, Timeline
from coach.platform import SPEECH_STARTS_AFTER_MS
from coach.replies import asking, changing, choosing, keeping, moving
from coach.replies.answer import Answer, Reply, ask_again, carry_on, note, remember, say
from coach.replies.asking import subject
from coach.routine import Reps, Variation
from coach.scene import Scene
from coach.score import locate
from coach.session import Event as E
from coach.session import Heard
from coach.session import State as S

SKIPS_BEFORE_ASKING = 1
"""An exercise that was skipped so often before is offered to be left out."""

A_BREAK_MS = 4 * 3_600_000
"""Another date counts as another day only after so long: midnight in the middle of a routine is no new day."""


class Next(Enum):
    """Next states that depend on where the conversation is."""

    SAME = auto()
    REST = auto()


SAME, REST = Next.SAME, Next.REST
Row = tuple[S | Next, Reply]
Rows = Mapping[E, Row]

ANYWHERE: Rows = {
    E.PROGRESS: (SAME, asking.progress),
    E.LOG: (SAME, keeping.log),
    E.SLOWER: (SAME, changing.slower),
    E.FASTER: (SAME, changing.faster),
    E.NORMAL_PACE: (SAME, changing.normal_pace),
    E.HANDS_FREE: (SAME, changing.hands_free),
    E.STEP_BY_STEP: (SAME, changing.step_by_step),
    E.EXERCISE_BY_EXERCISE: (SAME, changing.exercise_by_exercise),
    E.LONGER_HOLDS: (SAME, changing.longer_holds),
    E.SHORTER_HOLDS: (SAME, changing.shorter_holds),
    E.USUAL_HOLDS: (SAME, changing.usual_holds),
    E.WEEKLY_GOAL: (SAME, keeping.weekly_goal),
    E.REST_DAY: (SAME, keeping.rest_day),
    E.LEAVE_OUT: (SAME, keeping.leave_out),
    E.BRING_BACK: (SAME, keeping.bring_back),
    E.REMIND: (SAME, keeping.remind),
    E.STOP_REMINDING: (SAME, keeping.remind),
    E.FORGET_ME: (S.ASKED_FORGET, keeping.ask_forget),
    E.HELP: (SAME, asking.help_),
    E.NONSENSE: (SAME, asking.nonsense),
    E.START: (S.COACHING, choosing.begin_routine),
    E.ONE_EXERCISE: (S.COACHING, choosing.begin_exercise),
    E.START_PLANNED: (S.OFFERED, choosing.offer_plan),
    E.NO_FLOOR: (S.OFFERED, choosing.offer_no_floor),
    E.RED_FLAG: (REST, changing.seek_care),
    E.ENDED: (REST, moving.silence),
    E.REPEAT: (SAME, ask_again),
    E.CHOOSE: (SAME, asking.nonsense),
}

AT_REST: Rows = {
    **ANYWHERE,
    **dict.fromkeys(
        (E.TIME_LEFT, E.WHERE, E.WHATS_NEXT, E.CHECK, E.EASIER, E.DEEPER, E.MORE_TIME, E.LESS_TIME, E.SWITCH_SIDE),
        (S.IDLE, choosing.nothing_running),
    ),
    **dict.fromkeys((E.PREVIOUS, E.SKIP, E.PAUSE, E.RESUME, E.START_OVER), (S.IDLE, choosing.nothing_running)),
    **dict.fromkeys((E.NEXT, E.YES, E.START_UNCLEAR), (S.IDLE, choosing.ask_which)),
    E.LAUNCH: (S.IDLE, choosing.welcome),
    E.GO_TO: (S.COACHING, choosing.begin_exercise),
    E.GO_TO_UNKNOWN: (S.CHOOSING, moving.suggest),
    E.EXPLAIN: (SAME, asking.explain_named),
    E.WHY: (SAME, asking.why_named),
    E.LIST_ROUTINES: (S.CHOOSING, choosing.list_routines),
    E.LIST_EXERCISES: (S.CHOOSING, choosing.list_exercises),
    E.MORE: (S.CHOOSING, choosing.more),
    E.PAIN: (S.IDLE, changing.comfort),
    E.NO: (S.IDLE, moving.farewell),
    E.STOP: (S.IDLE, moving.farewell),
}

UNDERWAY: Rows = {
    **ANYWHERE,
    E.COME_BACK: (S.RETURNING, moving.offer_return),
    E.COME_BACK_LATER: (S.RETURNING_LATER, moving.offer_return_later),
    E.RESUME: (S.COACHING, moving.resume),
    E.RESUME_LATER: (S.RETURNING_LATER, moving.offer_return_later),
    E.START_UNCLEAR: (S.RETURNING, moving.offer_return),
    E.REPLAN: (S.COACHING, choosing.replan),
    E.NEXT: (S.COACHING, moving.next_step),
    E.NEXT_AT_END: (S.FINISHED, moving.finish),
    E.SKIP: (S.COACHING, moving.skip),
    E.SKIP_AGAIN: (S.ASKED_LEAVE_OUT, moving.skip_and_ask),
    E.SKIP_AT_END: (S.FINISHED, moving.skip_last),
    E.PREVIOUS: (S.COACHING, moving.previous),
    E.PREVIOUS_AT_START: (S.COACHING, moving.first_again),
    E.REPEAT: (S.COACHING, moving.repeat),
    E.PAUSE: (S.PAUSED, moving.pause),
    E.START_OVER: (S.ASKED_START_OVER, moving.ask_start_over),
    E.START_OVER_AT_ONCE: (S.COACHING, moving.start_over),
    E.GO_TO: (S.COACHING, moving.go_to),
    E.GO_TO_UNKNOWN: (S.CHOOSING, moving.suggest),
    E.SWITCH_SIDE: (S.COACHING, moving.switch_side),
    E.NO_OTHER_SIDE: (SAME, moving.no_other_side),
    E.TIME_LEFT: (SAME, asking.time_left),
    E.WHERE: (SAME, asking.where_am_i),
    E.WHATS_NEXT: (SAME, asking.whats_next),
    E.EXPLAIN: (SAME, asking.explain),
    E.WHY: (SAME, asking.why),
    E.CHECK: (SAME, asking.check),
    E.EASIER: (SAME, changing.easier),
    E.DEEPER: (SAME, changing.deeper),
    E.EASIEST_ALREADY: (SAME, changing.easiest_already),
    E.DEEPEST_ALREADY: (SAME, changing.deepest_already),
    E.MORE_TIME: (SAME, changing.more_time),
    E.LESS_TIME: (SAME, changing.less_time),
    E.NOT_A_HOLD: (SAME, changing.not_a_hold),
    E.LIST_ROUTINES: (SAME, choosing.list_routines),
    E.LIST_EXERCISES: (SAME, choosing.list_exercises),
    E.MORE: (SAME, choosing.more),
    E.LEAVE_OUT_THIS: (S.COACHING, keeping.leave_out_this),
    E.LEAVE_OUT_LAST: (S.FINISHED, keeping.leave_out_last),
    E.PAIN: (S.EASED, changing.ease_off),
    E.YES: (S.COACHING, moving.resume),
    E.NO: (SAME, lambda scene: carry_on(scene, say("take_your_time"))),
    E.STOP: (REST, moving.stop),
}

TABLE: Mapping[S, Rows] = MappingProxyType(
    {
        S.IDLE: AT_REST,
        S.PAUSED: UNDERWAY,
        S.COACHING: {
            **UNDERWAY,
            E.COME_BACK: (SAME, carry_on),
            E.START_UNCLEAR: (SAME, carry_on),
            E.RESUME: (SAME, carry_on),
            E.HELP: (S.PAUSED, asking.help_),
            E.YES: (SAME, lambda scene: carry_on(scene, say("stay_with_it"))),
            E.NO: (SAME, lambda scene: carry_on(scene, say("no_in_hold"))),
        },
        S.BETWEEN: {
            **UNDERWAY,
            E.PREVIOUS: (S.COACHING, moving.exercise_again),
            E.PREVIOUS_AT_START: (S.COACHING, moving.exercise_again),
            E.YES: (S.COACHING, moving.next_step),
            E.RESUME: (S.COACHING, moving.next_step),
            E.NO: (SAME, lambda scene: carry_on(scene, say("take_your_time"))),
        },
        S.FINISHED: {
            **UNDERWAY,
            **dict.fromkeys(
                (E.NEXT_AT_END, E.SKIP_AT_END, E.RESUME, E.PAUSE, E.TIME_LEFT, E.WHATS_NEXT, E.MORE_TIME, E.LESS_TIME),
                (SAME, lambda scene: carry_on(scene, say("all_done"))),
            ),
            **dict.fromkeys((E.COME_BACK, E.COME_BACK_LATER, E.RESUME_LATER), (S.IDLE, choosing.welcome)),
            E.START_UNCLEAR: (S.IDLE, choosing.ask_which),
            E.REPLAN: (S.OFFERED, choosing.offer_plan),
            E.PREVIOUS: (S.COACHING, moving.exercise_again),
            E.PREVIOUS_AT_START: (S.COACHING, moving.exercise_again),
            E.PAIN: (SAME, changing.comfort),
            E.YES: (SAME, asking.progress),
            E.NO: (REST, moving.farewell),
            E.STOP: (REST, moving.farewell),
        },
        S.OFFERED: {
            **dict.fromkeys((E.YES, E.NEXT, E.NEXT_AT_END, E.RESUME), (S.COACHING, choosing.begin_offer)),
            E.START_UNCLEAR: (S.COACHING, choosing.begin_offer),
            E.NO: (REST, choosing.ask_which),
        },
        S.RETURNING: {
            **dict.fromkeys((E.YES, E.NEXT, E.NEXT_AT_END, E.START_UNCLEAR), (S.COACHING, moving.resume)),
            E.NO: (SAME, moving.decline_return),
            E.REPEAT: (SAME, moving.offer_return),
        },
        S.RETURNING_LATER: {
            **dict.fromkeys((E.YES, E.NEXT, E.NEXT_AT_END), (S.COACHING, moving.exercise_from_start)),
            E.START_UNCLEAR: (S.COACHING, moving.exercise_from_start),
            E.NO: (S.RETURNING, moving.decline_return),
        },
        S.CHOOSING: {
            E.YES: (SAME, ask_again),
            E.NO: (REST, lambda scene: carry_on(rested(scene))),
            E.REPEAT: (SAME, ask_again),
        },
        S.ASKED_START_OVER: {
            **dict.fromkeys((E.YES, E.START_OVER), (S.COACHING, moving.start_over)),
            E.NO: (S.COACHING, moving.resume),
            E.REPEAT: (SAME, ask_again),
        },
        S.ASKED_LEAVE_OUT: {
            **dict.fromkeys((E.YES, E.LEAVE_OUT_THIS), (S.COACHING, keeping.leave_out_skipped)),
            **dict.fromkeys((E.NO, E.NEXT, E.RESUME), (S.COACHING, keeping.keep_skipped)),
            E.REPEAT: (SAME, ask_again),
        },
        S.ASKED_KEEP: {
            E.YES: (S.COACHING, changing.keep_hold),
            E.NO: (S.COACHING, changing.drop_hold),
            E.REPEAT: (SAME, ask_again),
        },
        S.ASKED_FORGET: {
            **dict.fromkeys((E.YES, E.FORGET_ME), (S.IDLE, keeping.forget)),
            E.NO: (REST, lambda scene: keeping.keep(rested(scene))),
            E.REPEAT: (SAME, ask_again),
        },
        S.EASED: {
            E.EASIER: (S.COACHING, changing.easier),
            E.EASIEST_ALREADY: (SAME, changing.easiest_already),
            E.NEXT: (S.COACHING, moving.skip),
            E.NEXT_AT_END: (S.FINISHED, moving.skip_last),
            E.YES: (SAME, ask_again),
            E.NO: (REST, moving.stop),
            E.REPEAT: (SAME, ask_again),
        },
    }
)

NO_FIRST_WORDS = frozenset({E.ENDED, E.STOP, E.PAIN, E.RED_FLAG, E.FORGET_ME})
"""What must be answered at once, even when a person is new and has not heard what this is."""

LEADS_ON = frozenset({E.NEXT, E.NEXT_AT_END})
"""Going on from the middle of a work says that it is done."""


def step(scene: Scene) -> Answer:
    """One turn of the conversation: the answer, and the scene after it with its state. Never raises for any event."""
    settled = settle(scene)
    guarded = guard(settled)
    event, state = guarded.heard.event, guarded.session.state
    following, reply = row(state, event, has_place=guarded.progress.place is not None)
    answer = reply(credited(guarded) if event in LEADS_ON else guarded)
    after = answer.scene
    if event is not E.NONSENSE:
        after = note(after, missed=0)
    if following is REST:
        after = rested(after)
    elif following is not SAME:
        after = note(after, state=following)
    answer = replace(answer, scene=after)
    return answer if after.progress.welcomed or event in NO_FIRST_WORDS else _with_first_words(answer)


def row(state: S, event: E, *, has_place: bool) -> Row:
    """The row of the table for an event in a state."""
    rows = TABLE[state]
    return rows[event] if event in rows else (UNDERWAY if has_place else AT_REST).get(event, ANYWHERE[E.NONSENSE])


def settle(scene: Scene) -> Scene:
    """Where the person is by now: what was spoken since the last request has been done, and is counted."""
    scene = _on_known_ground(scene)
    marks = scene.session.marks
    if scene.progress.place is None:
        asking_still = scene.session.state in (S.CHOOSING, S.OFFERED, S.ASKED_FORGET)
        return note(scene, marks=(), state=scene.session.state if asking_still else S.IDLE)
    if not scene.session.answers:
        return _returned(scene)
    if not marks:
        return scene
    index, done_ms = locate(marks, scene.now_ms - scene.session.sent_ms - SPEECH_STARTS_AFTER_MS)
    ids = [played.id for played in scene.steps]
    for mark in marks[: index + 1]:
        if mark.step in ids:
            ended = mark is not marks[index]
            at = ids.index(mark.step)
            scene = scene.at(at, done_ms=scene.steps[at].work.ms if ended else done_ms)
            scene = credited(scene) if not scene.left_ms else scene
    scene = note(scene, marks=(), body=scene.exercise.position)
    over = not scene.left_ms and index == len(marks) - 1
    return _spoken_through(scene) if over else scene


def waiting(scene: Scene, timeline: Timeline) -> S:
    """The state that a conversation will be in once an answer has been spoken to its end."""
    if not timeline.marks:
        return scene.session.state
    ids = [played.id for played in scene.steps]
    last = ids.index(timeline.marks[-1].step)
    return _spoken_through(scene.at(last, done_ms=scene.steps[last].work.ms)).session.state


def _spoken_through(scene: Scene) -> Scene:
    if asks_to_keep(scene, scene.step) and scene.index + 1 < len(scene.steps):
        return note(scene, state=S.ASKED_KEEP)
    return rested(scene)


def rested(scene: Scene) -> Scene:
    """The scene in the state in which a conversation with this place rests."""
    if scene.progress.place is None:
        return note(scene, state=S.IDLE)
    if scene.left_ms:
        return note(scene, state=S.PAUSED)
    return note(scene, state=S.FINISHED if scene.index + 1 == len(scene.steps) else S.BETWEEN)


def credited(scene: Scene) -> Scene:
    """The scene with its exercise counted for the day: once in a routine, when the work of its last step has begun."""
    place, exercise = scene.place, scene.exercise.id
    if exercise in place.done or not scene.step.last_of_exercise or not place.done_ms:
        return scene
    counted = scene.progress.counted(exercise, scene.day)
    return scene.with_progress(replace(counted, place=replace(place, done=(*place.done, exercise))))


def guard(scene: Scene) -> Scene:
    """The scene with an event that says what the place, the content and the names in it make of what was heard."""
    heard = _named(scene)
    scene = replace(scene, heard=heard)
    if scene.progress.place is None:
        return _heard(scene, _without_place(heard))
    if scene.session.state is S.BETWEEN and heard.event in (E.SKIP, E.LEAVE_OUT):
        scene = scene.at(scene.index + 1)
    return _heard(scene, _with_place(scene))


def _without_place(heard: Heard) -> E:
    match heard.event:
        case E.START if not heard.routine:
            return E.START_PLANNED if heard.ms or heard.area else E.START_UNCLEAR
        case E.GO_TO | E.ONE_EXERCISE if not heard.exercise:
            return E.GO_TO_UNKNOWN
        case event:
            return event


def _with_place(scene: Scene) -> E:
    heard, here = scene.heard, scene.exercise
    last_exercise = scene.number == len(scene.exercises)
    match heard.event:
        case E.LAUNCH:
            return E.COME_BACK_LATER if _another_day(scene) else E.COME_BACK
        case E.RESUME if _another_day(scene):
            return E.RESUME_LATER
        case E.START if heard.ms and not heard.routine and not heard.area and scene.session.coached:
            return E.REPLAN
        case E.NO_FLOOR if scene.session.coached:
            return E.REPLAN
        case E.NEXT if scene.index + 1 == len(scene.steps):
            return E.NEXT_AT_END
        case E.SKIP if last_exercise:
            return E.SKIP_AT_END
        case E.SKIP if scene.progress.skipped.get(here.id, 0) >= SKIPS_BEFORE_ASKING:
            return E.SKIP_AGAIN
        case E.PREVIOUS if scene.index == 0:
            return E.PREVIOUS_AT_START
        case E.START_OVER if len(scene.place.done) <= 1:
            return E.START_OVER_AT_ONCE
        case E.SWITCH_SIDE if len(here.sides) == 1:
            return E.NO_OTHER_SIDE
        case E.MORE_TIME | E.LESS_TIME if isinstance(subject(scene).work, Reps):
            return E.NOT_A_HOLD
        case E.EASIER | E.DEEPER as event:
            return _at_the_end_of_the_ladder(scene) or event
        case E.LEAVE_OUT if heard.exercise in ("", here.id) and scene.session.state is not S.FINISHED:
            return E.LEAVE_OUT_LAST if last_exercise else E.LEAVE_OUT_THIS
        case _:
            return _without_place(heard)


def _at_the_end_of_the_ladder(scene: Scene) -> E | None:
    now = scene.progress.preferences.variations.get(subject(scene).id, Variation.USUAL)
    ends = {E.EASIER: (Variation.EASIER, E.EASIEST_ALREADY), E.DEEPER: (Variation.DEEPER, E.DEEPEST_ALREADY)}
    end, event = ends[scene.heard.event]
    return event if now is end else None


def _named(scene: Scene) -> Heard:
    """What was heard, with a choice or a number turned into the name that it stands for."""
    heard, names = scene.heard, scene.session.names
    if heard.event is E.YES and scene.session.state is S.CHOOSING and len(names) == 1:
        heard = replace(heard, event=E.CHOOSE, choice="1")
    if heard.event is E.CHOOSE and names:
        index = len(names) if heard.choice == "last" else int(heard.choice or 0)
        if 1 <= index <= len(names):
            name = names[index - 1]
            if name in scene.library.routines:
                return replace(heard, event=E.START, routine=name)
            return replace(heard, event=E.GO_TO, exercise=name)
    if heard.event is E.GO_TO and not heard.exercise and heard.number:
        order = scene.exercises if scene.progress.place else tuple(scene.library.exercises)
        if heard.number <= len(order):
            return replace(heard, exercise=order[heard.number - 1])
    return heard


def _heard(scene: Scene, event: E) -> Scene:
    return replace(scene, heard=replace(scene.heard, event=event))


def _another_day(scene: Scene) -> bool:
    """Whether the place is from another day: another date, and longer ago than a break at midnight."""
    away_ms = scene.now_ms - scene.progress.touched * 1000
    return not scene.session.answers and scene.kept_on != scene.day and away_ms > A_BREAK_MS


def _on_known_ground(scene: Scene) -> Scene:
    """A place that the content no longer has becomes the nearest that it has, or none."""
    place = scene.progress.place
    if place is None:
        return scene
    index = planner.find(scene.steps, place)
    if index is None:
        return remember(note(scene, marks=()), place=None)
    return scene if scene.steps[index].id == place.step else scene.at(index)


def _returned(scene: Scene) -> Scene:
    """A new session: a routine that was finished is over, one that was not rests where it was left."""
    at_rest = rested(scene)
    if at_rest.session.state is S.FINISHED:
        return note(remember(scene, place=None), state=S.IDLE)
    return at_rest


def _with_first_words(answer: Answer) -> Answer:
    welcomed = remember(answer.scene, welcomed=True)
    return replace(answer, script=(Prompt("first_words"), *answer.script), scene=welcomed)
