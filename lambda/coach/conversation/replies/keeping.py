"""What is remembered: daily top-ups, the weekly goal, days off, what is left out, and forgetting it all."""

from __future__ import annotations

from datetime import timedelta

from coach.conversation.details import Count, Named, When
from coach.conversation.moment import A_DAY_MS, Moment
from coach.conversation.replies.answer import Answer, answer, carry_on, coach_from, say
from coach.conversation.replies.caring import out_of_it
from coach.conversation.replies.instead import without
from coach.conversation.replies.moving import after_exercise, finish, goodbye, in_your_time, way_out
from coach.conversation.session import State
from coach.persistence import Progress, changes, week_of
from coach.speaking import Prompt
from coach.values import replace

LOGGED_AT_ONCE_MOST = 20
"""More than this in one go is a misheard number."""

TIME_OFF_MOST_WEEKS = 12
"""A longer time off is a new beginning: so many weeks are looked back on for the weeks in a row."""


def log(moment: Moment) -> Answer:
    """A top-up done outside a routine, counted over the day."""
    heard = moment.heard.of(Count)
    exercise = moment.library.exercises.get(heard.exercise)
    if exercise is None:
        return _which(moment, say("log_which"))
    times = min(max(heard.number, 1), LOGGED_AT_ONCE_MOST)
    counted = moment if moment.repeated else moment.doing(changes.done(exercise.id, moment.day, times))
    today = counted.progress.times_on(moment.day, exercise.id)
    if exercise.daily is None:
        return carry_on(counted, say("logged", exercise=exercise.id, today=today))
    least, most = exercise.daily
    left = max(least - today, 0)
    return carry_on(counted, say("logged_daily", exercise=exercise.id, today=today, least=least, most=most, left=left))


def weekly_goal(moment: Moment) -> Answer:
    """How many days of the week the person means to practise."""
    wanted = moment.heard.of(Count).number
    return carry_on(moment.doing(changes.weekly_goal(wanted)), say("goal_set", goal=wanted))


def ask_goal(moment: Moment) -> Answer:
    """No number was said, or none that a week has: ask for it. A hold rests meanwhile."""
    return answer(moment, *way_out(moment), say("ask_asked_goal"))


def rest_day(moment: Moment) -> Answer:
    """A day or a week off: the week is noted, so that it breaks nothing."""
    return carry_on(_resting(moment, (week_of(moment.day),)), say("rest_day"))


def day_off(moment: Moment) -> Answer:
    """A day or a week off, and nothing is running: that is all for today."""
    return _rest_well(_resting(moment, (week_of(moment.day),)), say("rest_day"))


def time_off(moment: Moment) -> Answer:
    """Time off, with a length or up to a day: all weeks that it touches are noted. Why is nobody's business."""
    weeks = _weeks_off(moment)
    return _rest_well(_resting(moment, weeks), say("time_off", weeks=len(weeks)))


def leave_out(moment: Moment) -> Answer:
    """An exercise that is not running is left out, now and in every routine to come."""
    exercise = moment.heard.of(Named).exercise
    if exercise not in moment.library.exercises:
        return _which(moment, say("leave_out_which"))
    left = moment.doing(changes.left_out(exercise))
    return carry_on(without(left, {exercise}), say("left_out", exercise=exercise))


def leave_out_this(moment: Moment) -> Answer:
    """The exercise that runs is left out: on to the following one."""
    exercise = moment.exercise.id
    left = moment.doing(changes.left_out(exercise))
    return coach_from(left, after_exercise(moment), say("left_out", exercise=exercise), *way_out(moment))


def leave_out_last(moment: Moment) -> Answer:
    """The exercise that runs is left out, and it was the last."""
    exercise = moment.exercise.id
    return finish(moment.doing(changes.left_out(exercise)), say("left_out", exercise=exercise))


def leave_out_skipped(moment: Moment) -> Answer:
    """Yes: the exercise that was skipped again is left out, and the routine goes on."""
    exercise = moment.session.names[0]
    return coach_from(moment.doing(changes.left_out(exercise)), moment.index, say("left_out", exercise=exercise))


def keep_skipped(moment: Moment) -> Answer:
    """No: it stays, and the routine goes on."""
    return coach_from(moment, moment.index, say("left_in"))


def bring_back(moment: Moment) -> Answer:
    """An exercise that was left out is there again; without a name, all of them are."""
    left_out = moment.progress.preferences.left_out
    exercise = moment.heard.of(Named).exercise
    if not left_out or (exercise and exercise not in left_out):
        return carry_on(moment, say("not_left_out") if exercise else say("nothing_left_out"))
    wanted = (exercise,) if exercise else left_out
    back = moment
    for each in wanted:
        back = back.doing(changes.brought_back(each), changes.skips_forgotten(each))
    there = tuple(e for e in wanted if e in moment.library.exercises)
    return carry_on(back, say("brought_back", exercises=there) if there else say("nothing_left_out"))


def ask_forget(moment: Moment) -> Answer:
    """Everything would be gone: better ask."""
    return answer(moment, say("ask_asked_forget"))


def forget(moment: Moment) -> Answer:
    """Everything that is kept of the person goes."""
    return replace(goodbye(moment, say("forgotten")), moment=moment.with_progress(Progress()), forget=True)


def cannot_forget(moment: Moment) -> Answer:
    """The store does not answer, or not to all: some may be deleted, and nothing must be claimed."""
    return carry_on(moment, say("cannot_forget"))


def keep(moment: Moment) -> Answer:
    """No: nothing is forgotten."""
    return carry_on(moment, say("not_forgotten"))


def not_yours(moment: Moment) -> Answer:
    """Somebody else of the household asks for what is theirs, in a session that is not."""
    return carry_on(moment, say("not_yours"))


def _which(moment: Moment, asked: Prompt) -> Answer:
    """What is missing is asked for: one question at a time, so only a hold goes on after it."""
    return carry_on(moment, asked) if moment.state is State.COACHING else answer(moment, asked)


def _weeks_off(moment: Moment) -> tuple[str, ...]:
    """The ISO weeks from today up to the last day off, this one first."""
    when = moment.heard.of(When)
    days = (when.day - moment.day).days + when.weekend if when.day else when.ms // A_DAY_MS
    days = min(max(days, 1), TIME_OFF_MOST_WEEKS * 7)
    return tuple(dict.fromkeys(week_of(moment.day + timedelta(days=n)) for n in range(days)))


def _rest_well(noted: Moment, said: Prompt) -> Answer:
    """For today that is all: whoever is in a pose is led out of it, and whoever is on the floor gets up slowly."""
    return answer(noted, *out_of_it(noted), said, say("goodbye"), *in_your_time(noted), open_=False)


def _resting(moment: Moment, weeks: tuple[str, ...]) -> Moment:
    return moment.doing(changes.resting(weeks))
