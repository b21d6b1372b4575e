"""What is remembered: daily top-ups, the weekly goal, days off, what is left out, and forgetting it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from coach.progress import WEEKS_KEPT, Progress, week_of
from coach.replies.answer import Answer, carry_on, coach_from, prefer, remember, say
from coach.replies.moving import after_exercise, finish, way_out
from coach.scene import Scene
from coach.session import State

GOAL_MOST = 7
"""Days in a week."""

LOGGED_AT_ONCE_MOST = 20
"""More than this in one go is a misheard number."""

DAY_MS = 86_400_000

TIME_OFF_MOST_WEEKS = 12
"""A longer time off is a new beginning: so many weeks are looked back on for the weeks in a row."""


def log(scene: Scene) -> Answer:
    """A top-up done outside a routine, counted over the day."""
    exercise = scene.library.exercises.get(scene.heard.exercise)
    if exercise is None:
        return _which(scene, "log_which")
    times = min(max(scene.heard.number, 1), LOGGED_AT_ONCE_MOST)
    counted = scene if scene.repeated else scene.with_progress(scene.progress.counted(exercise.id, scene.day, times))
    today = counted.progress.times_on(scene.day, exercise.id)
    if exercise.daily is None:
        return carry_on(counted, say("logged", exercise=exercise.id, today=today))
    least, most = exercise.daily
    left = max(least - today, 0)
    return carry_on(counted, say("logged_daily", exercise=exercise.id, today=today, least=least, most=most, left=left))


def weekly_goal(scene: Scene) -> Answer:
    """How many days of the week the person means to practise."""
    wanted = scene.heard.number
    if not 1 <= wanted <= GOAL_MOST:
        return _which(scene, "goal_which")
    return carry_on(prefer(scene, weekly_goal=wanted), say("goal_set", goal=wanted))


def rest_day(scene: Scene) -> Answer:
    """A day or a week off: the week is noted, so that it breaks nothing."""
    return carry_on(_off(scene, (week_of(scene.day),)), say("rest_day"))


def day_off(scene: Scene) -> Answer:
    """A day or a week off, and nothing is running: that is all for today."""
    noted = rest_day(scene)
    return replace(noted, script=(say("rest_day"), say("goodbye")), open=False)


def time_off(scene: Scene) -> Answer:
    """Days or weeks off, with a length or up to a day: every week that they touch is noted. Why is nobody's business.

    Whoever says so in the middle of a hold is led out of it: for today that is all.
    """
    weeks = _weeks_off(scene)
    noted = _off(scene, weeks)
    return Answer((*way_out(scene), say("time_off", weeks=len(weeks)), say("goodbye")), noted, open=False)


def leave_out(scene: Scene) -> Answer:
    """An exercise that is not running is left out, now and in every routine to come."""
    exercise = scene.heard.exercise
    if exercise not in scene.library.exercises:
        return _which(scene, "leave_out_which")
    return carry_on(_without(scene, exercise), say("left_out", exercise=exercise))


def leave_out_this(scene: Scene) -> Answer:
    """The exercise that runs is left out: on to the following one."""
    exercise = scene.exercise.id
    left = prefer(scene, left_out=_with(scene, exercise))
    return coach_from(left, after_exercise(scene), say("left_out", exercise=exercise), *way_out(scene))


def leave_out_last(scene: Scene) -> Answer:
    """The exercise that runs is left out, and it was the last."""
    exercise = scene.exercise.id
    answer = finish(prefer(scene, left_out=_with(scene, exercise)))
    return replace(answer, script=(say("left_out", exercise=exercise), *answer.script))


def leave_out_skipped(scene: Scene) -> Answer:
    """Yes: the exercise that was skipped again is left out, and the routine goes on."""
    exercise = scene.session.names[0]
    return coach_from(prefer(scene, left_out=_with(scene, exercise)), scene.index, say("left_out", exercise=exercise))


def keep_skipped(scene: Scene) -> Answer:
    """No: it stays, and the routine goes on."""
    return coach_from(scene, scene.index, say("left_in"))


def bring_back(scene: Scene) -> Answer:
    """An exercise that was left out is there again; without a name, all of them are."""
    left_out = scene.progress.preferences.left_out
    exercise = scene.heard.exercise
    if not left_out or (exercise and exercise not in left_out):
        return carry_on(scene, say("not_left_out" if exercise else "nothing_left_out"))
    kept = tuple(e for e in left_out if exercise and e != exercise)
    skipped = {e: n for e, n in scene.progress.skipped.items() if e in kept or e not in left_out}
    back = remember(prefer(scene, left_out=kept), skipped=skipped)
    returned = tuple(e for e in left_out if e not in kept and e in scene.library.exercises)
    return carry_on(back, say("brought_back", exercises=returned) if returned else say("nothing_left_out"))


def ask_forget(scene: Scene) -> Answer:
    """Everything would be gone: better ask."""
    return Answer((say("ask_asked_forget"),), scene)


def forget(scene: Scene) -> Answer:
    """Everything that is kept of the person goes."""
    return Answer((say("forgotten"),), scene.with_progress(Progress()), open=False, forget=True)


def cannot_forget(scene: Scene) -> Answer:
    """The store does not answer: nothing is deleted, and nothing must be claimed."""
    return carry_on(scene, say("cannot_forget"))


def keep(scene: Scene) -> Answer:
    """No: nothing is forgotten."""
    return carry_on(scene, say("not_forgotten"))


def _which(scene: Scene, name: str) -> Answer:
    """What is missing is asked for: one question at a time, so only a hold goes on after it."""
    return carry_on(scene, say(name)) if scene.session.state is State.COACHING else Answer((say(name),), scene)


def _weeks_off(scene: Scene) -> tuple[str, ...]:
    """The ISO weeks from today up to the last day off, this one first."""
    days = scene.heard.ms // DAY_MS
    if scene.heard.day:
        days = (date.fromisoformat(scene.heard.day) - scene.day).days
    days = min(max(days, 1), TIME_OFF_MOST_WEEKS * 7)
    return tuple(dict.fromkeys(week_of(scene.day + timedelta(days=n)) for n in range(days)))


def _off(scene: Scene, weeks: tuple[str, ...]) -> Scene:
    """The scene with weeks declared off, and without those that lie too far back to matter."""
    oldest = week_of(scene.day - timedelta(weeks=WEEKS_KEPT))
    known = (week for week in scene.progress.rests if week > oldest)
    return remember(scene, rests=tuple(sorted({*known, *weeks})))


def _with(scene: Scene, exercise: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*scene.progress.preferences.left_out, exercise)))


def _without(scene: Scene, exercise: str) -> Scene:
    """The scene with an exercise left out of the preferences, and of what is still to come."""
    left = prefer(scene, left_out=_with(scene, exercise))
    place = left.progress.place
    if place is None or exercise == place.exercise or exercise in place.done:
        return left
    doses = tuple(dose for dose in place.plan.doses if dose.exercise != exercise)
    return remember(left, place=replace(place, plan=replace(place.plan, doses=doses)))
