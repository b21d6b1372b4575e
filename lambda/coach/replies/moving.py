"""Through the routine: on, back, away and in again."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

from coach.coaching import Lead, finished
from coach.cues import Field, Line, Saying
from coach.plan import Dose
from coach.replies.answer import Answer, amount, carry_on, coach_from, note, remember, say
from coach.scene import Scene
from coach.session import State


def next_step(scene: Scene) -> Answer:
    """The following step. In the middle of a work the person is led out of it first."""
    return coach_from(scene, scene.index + 1, *way_out(scene))


def skip(scene: Scene) -> Answer:
    """The following exercise; the skip is noted."""
    index = after_exercise(scene)
    noted = scene.with_progress(scene.progress.with_skipped(scene.exercise.id))
    return coach_from(noted, index, say("skipped"), *way_out(scene))


def skip_and_ask(scene: Scene) -> Answer:
    """Skipped not for the first time: shall it be left out for good? The place is already at the following exercise."""
    exercise = scene.exercise.id
    noted = scene.with_progress(scene.progress.with_skipped(exercise))
    moved = note(noted.at(after_exercise(scene)), names=(exercise,))
    return Answer((*way_out(scene), say("ask_leave_out", exercise=exercise)), moved)


def skip_last(scene: Scene) -> Answer:
    """The last exercise skipped: the routine ends."""
    answer = finish(scene.with_progress(scene.progress.with_skipped(scene.exercise.id)))
    return replace(answer, script=(say("skipped"), *answer.script))


def finish(scene: Scene) -> Answer:
    """The end of the routine, said once."""
    last = len(scene.steps) - 1
    ended = scene.at(last, done_ms=scene.steps[last].work.ms)
    way = (say("way_home"),) if scene.exercise.position.down else ()
    return Answer((*way_out(scene), *way, finished(scene, scene.place.done), say("finished_ask")), ended)


def previous(scene: Scene) -> Answer:
    """The step before; from the first step of an exercise, the exercise before."""
    if scene.step.first_of_exercise:
        before = scene.exercises[scene.number - 2]
        return coach_from(scene, scene.first_step_of(before), say("back_to"), *way_out(scene))
    return coach_from(scene, scene.index - 1, say("back_to"), *way_out(scene), lead=Lead.AGAIN)


def exercise_again(scene: Scene) -> Answer:
    """The exercise that was just done, from its first side."""
    return coach_from(scene, scene.first_step_of(scene.exercise.id), lead=Lead.AGAIN)


def first_again(scene: Scene) -> Answer:
    """There is nothing before the first exercise: it is taken from its start."""
    return coach_from(scene, 0, say("first_already"), lead=Lead.AGAIN)


def repeat(scene: Scene) -> Answer:
    """The step that was being spoken, from its start."""
    return coach_from(scene, scene.index, lead=Lead.AGAIN)


def pause(scene: Scene) -> Answer:
    """Wait, with the place kept to the second."""
    ahead = _ahead(scene)
    return Answer((say("paused", left=amount(ahead.step, ahead.left_ms), side=ahead.step.side),), ahead)


def wait(scene: Scene) -> Answer:
    """Between two exercises there is nothing to stop."""
    return Answer((say("paused_between"),), scene)


def resume(scene: Scene) -> Answer:
    """Get ready, then exactly what was left."""
    if not scene.left_ms:
        return coach_from(scene, scene.index + 1)
    if not scene.place.done_ms:
        return coach_from(scene, scene.index, say("here_we_go"))
    return coach_from(scene, scene.index, done_ms=scene.place.done_ms, lead=Lead.GET_READY)


def exercise_from_start(scene: Scene) -> Answer:
    """After a break of a day: the exercise from its first side."""
    if not scene.left_ms and scene.step.last_of_exercise:
        return coach_from(scene, scene.index + 1)
    return coach_from(scene, scene.first_step_of(scene.exercise.id))


def offer_return(scene: Scene) -> Answer:
    """Say where the person was today, and offer to go on from the very second."""
    ahead = _ahead(scene)
    fields = {**where(ahead), "left": amount(ahead.step, ahead.left_ms), "side": ahead.step.side}
    return Answer((say("return_today", **fields),), ahead)


def offer_return_later(scene: Scene) -> Answer:
    """Say where the person was on another day, and offer the exercise from its first side."""
    ahead = _ahead(scene)
    yesterday = (scene.day - scene.kept_on).days == 1
    side = ahead.step.exercise.sides[0]
    name = "return_yesterday" if yesterday else "return_later"
    return Answer((say(name, **where(ahead), side=side),), ahead)


def decline_return(scene: Scene) -> Answer:
    """Not from the top: what else there is."""
    left, side = amount(scene.step, scene.left_ms), scene.step.side
    return Answer((say("return_declined", left=left, side=side),), scene)


def ask_start_over(scene: Scene) -> Answer:
    """More than one exercise would be done again: better ask."""
    return Answer((*way_out(scene), say("ask_asked_start_over")), scene)


def start_over(scene: Scene) -> Answer:
    """The routine from its beginning."""
    return coach_from(remember(scene, place=replace(scene.place, done=())), 0, say("from_the_top"), *way_out(scene))


def go_to(scene: Scene) -> Answer:
    """Another exercise; one that is not in the plan is put in after this one."""
    wanted, way = scene.heard.exercise, way_out(scene)
    if wanted not in scene.exercises:
        doses = list(scene.place.plan.doses)
        here = scene.place.plan.exercises.index(scene.exercise.id)
        doses.insert(here + 1, Dose(wanted))
        inserted = replace(scene.place, plan=replace(scene.place.plan, doses=tuple(doses)))
        scene = remember(scene, place=inserted)
    return coach_from(scene, scene.first_step_of(wanted), *way)


def suggest(scene: Scene) -> Answer:
    """A name that is not known gets the two nearest; nothing moves until one is chosen."""
    names = nearest(scene)
    return Answer((say("unknown_exercise"), say("ask_choice", names=names)), note(scene, names=names))


def no_such_number(scene: Scene) -> Answer:
    """A number beyond the last: how many there are."""
    count = len(scene.exercises if scene.progress.place else scene.library.exercises)
    return carry_on(scene, say("no_such_number", count=count))


def nearest(scene: Scene) -> tuple[str, ...]:
    """The two exercises whose names are most like the words that were heard."""
    spoken = {scene.wording(Line(e, "name", "")).text: e for e in scene.library.exercises}
    close = get_close_matches(scene.heard.unknown, spoken, n=2, cutoff=0.0)
    return tuple(spoken[name] for name in close)


def switch_side(scene: Scene) -> Answer:
    """The other side of this exercise, from its start."""
    other = next(
        i
        for i, step in enumerate(scene.steps)
        if step.exercise is scene.exercise and step.set == scene.step.set and step.side is scene.step.side.other
    )
    return coach_from(scene, other, *way_out(scene), lead=Lead.AGAIN)


def no_other_side(scene: Scene) -> Answer:
    """Both sides work at once."""
    return carry_on(scene, say("no_other_side"))


def stop(scene: Scene) -> Answer:
    """Stop, with the place kept and said."""
    ahead = _ahead(scene)
    kept = say("stopped", exercise=ahead.exercise.id, side=ahead.step.side)
    return Answer((kept,), scene, open=False)


def stop_unkept(scene: Scene) -> Answer:
    """Stop, and the place could not be written down. Whoever was told before that it may be so hears a goodbye."""
    ahead = _ahead(scene)
    said = "goodbye" if scene.session.excused else "stopped_unkept"
    fields = {} if scene.session.excused else {"exercise": ahead.exercise.id, "side": ahead.step.side}
    return Answer((say(said, **fields),), scene, open=False)


def farewell(scene: Scene) -> Answer:
    """The end of a session that has nothing more to ask."""
    return Answer((say("goodbye"),), scene, open=False)


def silence(scene: Scene) -> Answer:
    """The session has ended: nothing can be said, the place is kept."""
    return Answer((), scene, open=False)


def where(scene: Scene) -> dict[str, Field]:
    """The exercise, and which of how many it is."""
    return {"exercise": scene.exercise.id, "number": scene.number, "count": len(scene.exercises)}


def _ahead(scene: Scene) -> Scene:
    """The scene at what is still to be done: a step that is finished lies behind."""
    return scene if scene.left_ms else scene.at(scene.index + 1)


def way_out(scene: Scene) -> tuple[Saying, ...]:
    """In the middle of a work, how to come out of it; otherwise nothing."""
    if scene.session.state is State.COACHING and scene.place.done_ms and scene.left_ms:
        step = scene.step
        return (Line(step.exercise.id, "release", step.side, step.variation),)
    return ()


def after_exercise(scene: Scene) -> int:
    """The first step of the exercise that follows. There must be one."""
    here = scene.exercise.id
    return next(i for i in range(scene.index, len(scene.steps)) if scene.steps[i].exercise.id != here)
