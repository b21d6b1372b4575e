"""Events that depend on the place, the content or the names in it, turned into events that say so.

Rule: NEXT on the last step *is* NEXT_AT_END. After the guard, the table needs nothing but the state and the event.
"""

from __future__ import annotations

from dataclasses import replace

from coach.replies.asking import subject
from coach.replies.choosing import still_possible
from coach.replies.keeping import DAY_MS
from coach.replies.reminding import wanted
from coach.routine import Reps, Variation
from coach.scene import Notes, Scene
from coach.session import Event, Heard, State

SKIPS_BEFORE_ASKING = 1
"""An exercise that was skipped so often before is offered to be left out."""

A_BREAK_MS = 4 * 3_600_000
"""Another date counts as another day only after so long: midnight in the middle of a routine is no new day."""


STEPS = frozenset(
    {
        *(Event.NEXT, Event.SKIP, Event.PREVIOUS, Event.SWITCH_SIDE, Event.EASIER, Event.DEEPER, Event.MORE_TIME),
        *(Event.LESS_TIME, Event.SLOWER, Event.FASTER, Event.LONGER_HOLDS, Event.SHORTER_HOLDS, Event.LEAVE_OUT),
    }
)
"""What goes on from where the person is: taken twice, it would go twice as far."""


def guard(scene: Scene) -> Scene:
    """The scene with an event that says what the place, the content and the names in it make of what was heard."""
    heard = _named(scene)
    if scene.repeated and heard.event in STEPS:
        heard = replace(heard, event=Event.REPEAT)
    scene = replace(scene, heard=heard)
    if scene.session.state is State.ASKED_FORGET and heard.event in (Event.YES, Event.FORGET_ME):
        return scene if scene.notes is Notes.KEPT else _heard(scene, Event.CANNOT_FORGET)
    if scene.progress.place is None:
        return _heard(scene, _without_place(heard))
    if scene.session.state is State.EASED and heard.event in (Event.NEXT, Event.SKIP):
        scene = _heard(scene, Event.SKIP if scene.left_ms else Event.NEXT)
    if scene.session.state is State.BETWEEN and heard.event in (Event.SKIP, Event.LEAVE_OUT):
        scene = scene.at(scene.index + 1)
    return _heard(scene, _with_place(scene))


def _without_place(heard: Heard) -> Event:
    match heard.event:
        case Event.REMIND if not heard.times:
            return Event.REMIND_UNCLEAR
        case Event.START if not heard.routine:
            return Event.START_PLANNED if heard.ms or heard.area else Event.START_UNCLEAR
        case Event.GO_TO if heard.number and not heard.exercise and not heard.unknown:
            return Event.NO_SUCH_NUMBER
        case Event.GO_TO | Event.ONE_EXERCISE if not heard.exercise:
            return Event.GO_TO_UNKNOWN
        case Event.REST_DAY if heard.day or heard.ms >= DAY_MS:
            return Event.TIME_OFF
        case Event.REST_DAY if heard.ms:
            return Event.PAUSE
        case event:
            return event


def _with_place(scene: Scene) -> Event:
    heard, here = scene.heard, scene.exercise
    last_exercise = scene.number == len(scene.exercises)
    match heard.event:
        case Event.LAUNCH:
            return Event.COME_BACK_LATER if _another_day(scene) else Event.COME_BACK
        case Event.YES if scene.session.state is State.PAUSED and not scene.session.answers:
            return Event.COME_BACK_LATER if _another_day(scene) else Event.COME_BACK
        case Event.RESUME if _another_day(scene):
            return Event.RESUME_LATER
        case Event.START | Event.NO_FLOOR if _wants_the_rest_changed(scene) and still_possible(scene):
            return Event.REPLAN
        case Event.STOP if scene.notes is not Notes.KEPT and scene.session.state is not State.FINISHED:
            return Event.STOP_UNKEPT
        case Event.NEXT if scene.index + 1 == len(scene.steps):
            return Event.NEXT_AT_END
        case Event.SKIP if last_exercise:
            return Event.SKIP_AT_END
        case Event.SKIP if scene.progress.skipped.get(here.id, 0) >= SKIPS_BEFORE_ASKING:
            return Event.SKIP_AGAIN
        case Event.PREVIOUS if scene.index == 0:
            return Event.PREVIOUS_AT_START
        case Event.START_OVER if len(scene.place.done) <= 1:
            return Event.START_OVER_AT_ONCE
        case Event.SWITCH_SIDE if len(here.sides) == 1:
            return Event.NO_OTHER_SIDE
        case Event.MORE_TIME | Event.LESS_TIME if isinstance(subject(scene).work, Reps):
            return Event.NOT_A_HOLD
        case Event.EASIER | Event.DEEPER as event:
            return _at_the_end_of_the_ladder(scene) or event
        case Event.LEAVE_OUT if heard.exercise in ("", here.id) and scene.session.state is not State.FINISHED:
            return Event.LEAVE_OUT_LAST if last_exercise else Event.LEAVE_OUT_THIS
        case _:
            plain = _without_place(heard)
            resting = scene.session.state in (State.PAUSED, State.BETWEEN) and scene.session.coached
            return Event.RESUME if plain is Event.START_UNCLEAR and resting else plain


def _wants_the_rest_changed(scene: Scene) -> bool:
    """In the middle of a routine, a length or a place without a floor is meant for the rest of it."""
    heard = scene.heard
    return scene.session.coached > 0 and (heard.floor_is_out or (heard.ms > 0 and not heard.routine and not heard.area))


def _at_the_end_of_the_ladder(scene: Scene) -> Event | None:
    now = scene.step.variation
    ends = {
        Event.EASIER: (Variation.EASIER, Event.EASIEST_ALREADY),
        Event.DEEPER: (Variation.DEEPER, Event.DEEPEST_ALREADY),
    }
    end, event = ends[scene.heard.event]
    return event if now is end else None


def _named(scene: Scene) -> Heard:
    """What was heard, with a choice or a number turned into the name that it stands for."""
    heard, names = scene.heard, scene.session.names
    if heard.event is Event.REMIND:
        return wanted(scene)
    if heard.event is Event.YES and scene.session.state is State.CHOOSING and len(names) == 1:
        heard = replace(heard, event=Event.CHOOSE, choice="1")
    if (
        heard.event is Event.GO_TO
        and scene.session.state in (State.CHOOSING, State.IDLE)
        and 1 <= heard.number <= len(names)
    ):
        heard = replace(heard, event=Event.CHOOSE, choice=str(heard.number))
    if heard.event is Event.CHOOSE and names:
        index = len(names) if heard.choice == "last" else int(heard.choice or 0)
        if 1 <= index <= len(names):
            name = names[index - 1]
            if name in scene.library.routines:
                return replace(heard, event=Event.START, routine=name)
            return replace(heard, event=Event.GO_TO, exercise=name)
    if heard.event is Event.START and not heard.routine and not heard.ms and heard.area in scene.library.routines:
        return replace(heard, routine=heard.area)
    if heard.event is Event.GO_TO and not heard.exercise and heard.number:
        order = scene.exercises if scene.progress.place else tuple(scene.library.exercises)
        if heard.number <= len(order):
            return replace(heard, exercise=order[heard.number - 1])
    return heard


def _heard(scene: Scene, event: Event) -> Scene:
    return replace(scene, heard=replace(scene.heard, event=event))


def _another_day(scene: Scene) -> bool:
    """Whether the place is from another day: another date, and longer ago than a break at midnight."""
    away_ms = scene.now_ms - scene.progress.touched * 1000
    return not scene.session.answers and scene.kept_on != scene.day and away_ms > A_BREAK_MS
