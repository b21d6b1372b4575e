"""Where a conversation is by now: what was spoken since the last request has been done, and is counted.

Rule: a moment is known only from the two requests around it and the marks of the answer between them.
"""

from __future__ import annotations

from dataclasses import replace

from coach import planner
from coach.coaching import asks_to_keep
from coach.cues import Timeline
from coach.platform import SPEECH_STARTS_AFTER_MS
from coach.replies.answer import note, remember
from coach.routine import PLANNED
from coach.scene import Scene
from coach.score import locate
from coach.session import State

ASKED_WITHOUT_A_PLACE = frozenset(
    {State.CHOOSING, State.OFFERED, State.ASKED_FORGET, State.ASKED_REMIND, State.ASKED_REMIND_TIME}
)
"""Questions that can be open while no routine is on the go."""


def settle(scene: Scene) -> Scene:
    """Where the person is by now: what was spoken since the last request has been done, and is counted."""
    scene = _on_known_ground(scene)
    marks = scene.session.marks
    if scene.progress.place is None:
        asking_still = scene.session.state in ASKED_WITHOUT_A_PLACE
        return note(scene, marks=(), state=scene.session.state if asking_still else State.IDLE)
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
            scene = scene if mark is marks[0] else _met(scene)
            scene = credited(scene) if not scene.left_ms else scene
    over = not scene.left_ms and index == len(marks) - 1
    after = _spoken_through(scene) if over else scene
    upright = after.session.state is State.FINISHED
    return note(after, marks=(), body="" if upright else scene.exercise.position)


def waiting(scene: Scene, timeline: Timeline) -> State:
    """The state that a conversation will be in once an answer has been spoken to its end."""
    if not timeline.marks:
        return scene.session.state
    ids = [played.id for played in scene.steps]
    last = ids.index(timeline.marks[-1].step)
    return _spoken_through(scene.at(last, done_ms=scene.steps[last].work.ms)).session.state


def _spoken_through(scene: Scene) -> Scene:
    if asks_to_keep(scene, scene.step) and scene.index + 1 < len(scene.steps):
        return note(scene, state=State.ASKED_KEEP)
    return rested(scene)


def rested(scene: Scene) -> Scene:
    """The scene in the state in which a conversation with this place rests."""
    if scene.progress.place is None:
        return note(scene, state=State.IDLE)
    if scene.left_ms:
        return note(scene, state=State.PAUSED)
    return note(scene, state=State.FINISHED if scene.index + 1 == len(scene.steps) else State.BETWEEN)


def credited(scene: Scene) -> Scene:
    """The scene with its exercise counted for the day: once in a routine, when the work of its last step has begun."""
    place = scene.progress.place
    if place is None:
        return scene
    exercise = scene.exercise.id
    if exercise in place.done or not scene.step.last_of_exercise or not place.done_ms:
        return scene
    counted = scene.progress.counted(exercise, scene.day)
    return scene.with_progress(replace(counted, place=replace(place, done=(*place.done, exercise))))


def off_the_map(scene: Scene) -> bool:
    """Whether the content has changed since, so that the place is not there any more."""
    place = scene.progress.place
    return place is not None and all(step.id != place.step for step in scene.steps)


def _met(scene: Scene) -> Scene:
    """The scene after an exercise was announced on the way; the first of an answer is met when the answer is made."""
    return scene.with_progress(scene.progress.with_met(scene.exercise.id)) if scene.step.first_of_exercise else scene


def _on_known_ground(scene: Scene) -> Scene:
    """A place that the content no longer has becomes the nearest that it has, or none; its routine one's own."""
    place = scene.progress.place
    if place is None:
        return scene
    index = planner.find(scene.steps, place)
    if index is None:
        return remember(note(scene, marks=()), place=None)
    if place.plan.routine not in scene.library.routines:
        plan = replace(place.plan, routine=PLANNED)
        scene = remember(scene, place=replace(place, plan=plan))
    return scene if scene.steps[index].id == place.step else scene.at(index)


def _returned(scene: Scene) -> Scene:
    """A new session: a routine that was finished is over, one that was not rests where it was left."""
    at_rest = rested(scene)
    if at_rest.session.state is State.FINISHED:
        return note(remember(scene, place=None), state=State.IDLE)
    return at_rest
