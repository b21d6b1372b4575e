"""Questions about the routine, answered in the middle of it; and what is said when nothing was understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from coach.coaching import Entry, Lead, ahead_ms, full_instructions
from coach.cues import Gap, Line, Saying
from coach.progress import week_of
from coach.replies.answer import Answer, amount, came_from, carry_on, coach_from, note, prompt, remember, say
from coach.replies.moving import where
from coach.routine import PLANNED, Exercise, Step, Variation
from coach.scene import Scene
from coach.session import State

MISSES_BEFORE_HELP = 2
"""After so many misunderstandings in a row the person is told more concretely what can be said."""


def time_left(scene: Scene) -> Answer:
    """What is left here, and of the routine."""
    rest = ahead_ms(scene, Entry(scene.index + 1, came_from=came_from(scene)))
    if not scene.left_ms:
        return carry_on(scene, say("time_left_routine", minutes=rest))
    left = amount(scene.step, scene.left_ms)
    return carry_on(scene, say("time_left", left=left, side=scene.step.side, minutes=rest + scene.left_ms))


def where_am_i(scene: Scene) -> Answer:
    """Which exercise, which side, and how many are to come."""
    after = len(scene.exercises) - scene.number
    if not scene.left_ms and scene.step.last_of_exercise:
        return carry_on(scene, say("where_between", number=scene.number, count=len(scene.exercises), after=after))
    return carry_on(scene, say("where", **where(scene), side=scene.step.side, after=after))


def whats_next(scene: Scene) -> Answer:
    """What comes after this step."""
    following = scene.steps[scene.index + 1 :]
    if not following:
        return carry_on(scene, say("whats_next_nothing"))
    other = next((step for step in following if step.exercise is not scene.exercise), None)
    said: list[Saying] = []
    if following[0].exercise is scene.exercise:
        said.append(say("whats_next_side", side=following[0].side))
    if other:
        said.append(say("whats_next_exercise", exercise=other.exercise.id))
    return carry_on(scene, *said)


def explain(scene: Scene) -> Answer:
    """The whole set-up. In the middle of the exercise itself it leads back into it with what is left."""
    exercise, step = _asked_about(scene), scene.step
    if exercise is not scene.exercise or scene.session.state is State.BETWEEN:
        return carry_on(scene, *described(exercise))
    words = tuple(item for item in full_instructions(step, Gap(0)) if not isinstance(item, Gap))
    if scene.session.state is not State.COACHING or not scene.left_ms:
        return carry_on(scene, *words)
    return coach_from(scene, scene.index, *words, done_ms=scene.place.done_ms, lead=Lead.GET_READY)


def explain_named(scene: Scene) -> Answer:
    """The set-up of an exercise that was asked about by name, while no routine runs."""
    exercise = scene.library.exercises.get(scene.heard.exercise)
    said = described(exercise) if exercise else (say("nothing_running"),)
    return Answer((*said, prompt(scene)), scene)


def why(scene: Scene) -> Answer:
    """What the exercise is good for."""
    return carry_on(scene, _why(_asked_about(scene)))


def why_named(scene: Scene) -> Answer:
    """What an exercise is good for that was asked about by name, while no routine runs."""
    exercise = scene.library.exercises.get(scene.heard.exercise)
    return Answer((_why(exercise) if exercise else say("nothing_running"), prompt(scene)), scene)


def check(scene: Scene) -> Answer:
    """The position from the core outward; the hold goes on with what is left."""
    step = scene.step
    words = Line(step.exercise.id, "check", step.side, step.variation)
    return carry_on(scene, say("check"), words)


def progress(scene: Scene) -> Answer:
    """This week against the goal, the weeks in a row, and the last routine; or one day, when one was asked for."""
    kept = scene.progress
    if scene.heard.day:
        day = date.fromisoformat(scene.heard.day)
        done = tuple(kept.days.get(day.isoformat(), {}))
        when = {0: "today", 1: "yesterday"}.get((scene.day - day).days, "that_day")
        return carry_on(scene, say(f"done_{when}" if done else f"nothing_{when}", count=len(done)))
    days, goal = kept.days_this_week(scene.day), kept.preferences.weekly_goal
    name = "progress_week" if days or week_of(scene.day) not in kept.rests else "progress_week_off"
    said: list[Saying] = [say(name, days=days, goal=goal, left=max(goal - days, 0))]
    weeks = kept.weeks_in_a_row(scene.day)
    if weeks > 1:
        said.append(say("progress_weeks", weeks=weeks))
    if kept.last and kept.last[1] in (PLANNED, *scene.library.routines):
        ago = (scene.day - date.fromisoformat(kept.last[0])).days
        said.append(say("progress_last", routine=kept.last[1], ago=ago))
    return carry_on(scene, *said)


def progress_at_the_end(scene: Scene) -> Answer:
    """Yes, after a routine: how the week is going. With that the routine is over."""
    answer = progress(scene)
    return replace(answer, scene=remember(answer.scene, place=None))


def help_(scene: Scene) -> Answer:
    """What can be said at this moment, ending in a question."""
    return Answer((say(f"help_{_moment(scene)}"),), scene)


def nonsense(scene: Scene) -> Answer:
    """A short answer that fits the moment; nothing moves. After some in a row, what can be said."""
    missed = note(scene, missed=scene.session.missed + 1)
    concrete = missed.session.missed >= MISSES_BEFORE_HELP
    return carry_on(missed, say(f"missed_{_moment(scene)}" if concrete else "missed"))


def subject(scene: Scene) -> Exercise:
    """The exercise that is meant when none is named: the coming one between two, else the one that runs."""
    if scene.session.state is State.BETWEEN:
        return scene.steps[scene.index + 1].exercise
    return scene.exercise


def described(exercise: Exercise) -> tuple[Saying, ...]:
    """An exercise in full, first side first."""
    side, usual = exercise.sides[0], Variation.USUAL
    step = Step(exercise, 1, 1, side, exercise.work, usual)
    lines = (item for item in full_instructions(step, Gap(0)) if not isinstance(item, Gap))
    return (say("named", exercise=exercise.id), *lines)


def _asked_about(scene: Scene) -> Exercise:
    return scene.library.exercises.get(scene.heard.exercise) or subject(scene)


def _why(exercise: Exercise) -> Line:
    return Line(exercise.id, "why", "")


def _moment(scene: Scene) -> str:
    """The states that have words of their own for help; the questions share one."""
    own = (State.IDLE, State.COACHING, State.BETWEEN, State.PAUSED, State.FINISHED, State.EASED)
    return scene.session.state if scene.session.state in (*own, State.ASKED_REMIND_TIME) else "asked"
