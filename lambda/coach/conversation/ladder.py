"""Where a person is on the way from an easy start to the authored doses: what is due, how it goes, and what is said.

Rule: a dose moves once in a calendar week at most, as the first of its exercises begins, and that is always said. That
something was done whole is noted; of what was not, only that it was not: a stop in the middle of it looks like pain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from coach.conversation.events import Event
from coach.conversation.moment import Moment
from coach.conversation.session import State
from coach.persistence import Change, Progress, Went, changes, week_of
from coach.planning import Dose, Exercise, Hold, Manner, Reps, Work
from coach.planning.growth import due, rung_at
from coach.planning.steps import dosed
from coach.speaking import Prompt, Saying
from coach.values import replace

NOT_WHOLE = frozenset(
    {
        *(Event.EASIER, Event.EASIEST_ALREADY, Event.EASIER_NEXT_TIME, Event.PAIN, Event.LESS_TIME),
        *(Event.SHORTER_HOLDS, Event.SKIP, Event.SKIP_AGAIN, Event.SKIP_AT_END),
    }
)
"""What says of an exercise that it was not done whole: made easier or shorter, skipped, or it hurt."""

HARDLY_LEFT = 4
"""Where it is not known how much is left, no more than one part in so many of a work passes for nothing."""

LEFT_EARLY = frozenset({Event.NEXT, Event.NEXT_AT_END, Event.SWITCH_SIDE})
"""What leaves a side, and comes too early while something of it is left."""


def climbed(progress: Progress, exercises: Iterable[Exercise], day: date) -> tuple[Change, ...]:
    """What begins these exercises on a day: each is on the rung that it is due on, and has begun its week."""
    made: list[Change] = []
    if not progress.preferences.easy:
        return ()
    for exercise in exercises:
        if not exercise.rungs or _has_begun(progress, exercise, day):
            continue
        at = _due(progress, exercise, day)
        if at != progress.preferences.rungs.get(exercise.id):
            made.append(changes.rung(exercise.id, at))
        made.append(changes.tried(exercise.id, day, Went.BEGUN))
    return tuple(made)


def _has_begun(progress: Progress, exercise: Exercise, day: date) -> bool:
    trial = progress.trials.get(exercise.id)
    return trial is not None and week_of(date.fromisoformat(trial.day)) >= week_of(day)


def _due(progress: Progress, exercise: Exercise, day: date) -> int:
    preferences, trial = progress.preferences, progress.trials.get(exercise.id)
    at = rung_at(exercise, preferences.rungs.get(exercise.id))
    if trial is None or exercise.id in preferences.hold_ms:
        return at
    last = date.fromisoformat(trial.day)
    weeks_ago = (_monday(day) - _monday(last)).days // 7
    chosen = preferences.variations.get(exercise.id)
    whole = trial.went is Went.WHOLE
    return due(exercise, at, days_ago=(day - last).days, weeks_ago=weeks_ago, whole=whole, chosen=chosen)


def _monday(day: date) -> date:
    year, week, _ = day.isocalendar()
    return date.fromisocalendar(year, week, 1)


def climbing(moment: Moment, exercises: Iterable[str]) -> Moment:
    """The moment with these exercises begun."""
    library = moment.library.exercises
    made = climbed(moment.progress, (library[e] for e in exercises if e in library), moment.day)
    return moment.doing(*made) if made else moment


def resting(moment: Moment) -> tuple[str, ...]:
    """The exercises that are not for every day on their rung, and were done too lately for today."""
    progress, rests = moment.progress, []
    for exercise in moment.library.exercises.values():
        rung = progress.preferences.rung_of(exercise)
        days = (moment.day - timedelta(days=back) for back in range(rung.every if rung and rung.every > 1 else 0))
        if any(progress.times_on(day, exercise.id) for day in days):
            rests.append(exercise.id)
    return tuple(rests)


def begun(moment: Moment) -> tuple[Moment, tuple[Saying, ...]]:
    """The moment with all that is to come begun, and the words for what has another dose since. What has grown may be
    taken back as long as nothing else has.
    """
    after = climbing(moment, moment.to_come)
    before = moment.progress.preferences
    moved = {e: at for e, at in after.progress.preferences.rungs.items() if before.rungs.get(e, at) != at}
    up = {e: before.rungs[e] for e, at in moved.items() if at > before.rungs[e]}
    said = _told(moment.library.exercises, up, before, after.progress.preferences)
    if up:
        after = after.with_session(replace(after.session, grown=tuple(up.items())))
        said.append(Prompt("grown_ask"))
    return after, (*((Prompt("halved"),) if moved.keys() - up.keys() else ()), *said)


def _told(exercises: Mapping[str, Exercise], grown: Iterable[str], before: Manner, after: Manner) -> list[Saying]:
    """What has grown, in one sentence for all that has grown by the same."""
    longer: dict[int, tuple[str, ...]] = {}
    more: dict[str, tuple[str, ...]] = {}
    fuller: dict[int, tuple[str, ...]] = {}
    sets: list[Saying] = []
    for exercise in map(exercises.__getitem__, grown):
        was, now = (dosed(exercise, Dose(exercise.id), manner) for manner in (before, after))
        if before.variation_of(exercise) is not after.variation_of(exercise):
            shorter = int(now.ms < was.ms)
            fuller[shorter] = (*fuller.get(shorter, ()), exercise.id)
        elif isinstance(now, Hold):
            by_ms = now.ms - was.ms
            longer[by_ms] = (*longer.get(by_ms, ()), exercise.id)
        elif isinstance(now, Reps) and isinstance(was, Reps) and now.sets != was.sets:
            sets.append(Prompt("grown_sets", {"exercise": exercise.id, "number": now.sets, "reps": now.count}))
        else:
            by = _more(was, now)
            more[by] = (*more.get(by, ()), exercise.id)
    return [
        *(Prompt("grown_longer", {"exercises": e, "count": len(e), "by": by}) for by, e in longer.items()),
        *(Prompt("grown_more", {"exercises": e, "count": len(e), "by": by}) for by, e in more.items()),
        *sets,
        *(Prompt("grown_fuller", {"exercises": e, "count": len(e), "shorter": by}) for by, e in fuller.items()),
    ]


def _more(was: Work, now: Work) -> str:
    unit = "reps" if isinstance(now, Reps) else "breaths"
    return f"{(now.ms - was.ms) // now.unit_ms}{unit}"


def noted(moment: Moment) -> Moment:
    """The moment with what was meant noted, where it says how the exercise went."""
    place = moment.progress.place
    if place is None or not moment.progress.preferences.easy:
        return moment
    if moment.event in NOT_WHOLE:
        exercise = moment.subject if moment.event is Event.LESS_TIME else moment.practised.exercise
        return _went(moment, exercise, Went.BROKEN)
    done = not moment.left_ms and moment.step.last_of_exercise
    if moment.event is Event.STOP and not done:
        return _went(moment, moment.exercise, Went.BROKEN)
    if moment.event in LEFT_EARLY and moment.left_ms and moment.state in (State.COACHING, State.PAUSED):
        if moment.left_ms > min(moment.error_ms, moment.step.work.ms // HARDLY_LEFT):
            return _went(moment, moment.exercise, Went.BROKEN)
        return done_whole(moment, moment.exercise, moment.day) if moment.step.last_of_exercise else moment
    return moment


def done_whole(moment: Moment, exercise: Exercise, day: date) -> Moment:
    """The moment with an exercise done to its end on a day."""
    place = moment.progress.place
    gently = place is not None and exercise.id in place.plan.gentle
    if not moment.progress.preferences.easy or not exercise.rungs or gently:
        return moment
    return moment.doing(changes.tried(exercise.id, day, Went.WHOLE))


def _went(moment: Moment, exercise: Exercise, went: Went) -> Moment:
    return moment.doing(changes.tried(exercise.id, moment.day, went)) if exercise.rungs else moment
