"""Questions about the routine, answered in the middle of it; and what is said when nothing was understood."""

from __future__ import annotations

from datetime import date, timedelta

from coach.conversation.details import Count, Named, When
from coach.conversation.leading import Entry, Lead, rest_for, resting_ms
from coach.conversation.lengths import ahead_ms
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import (
    Answer,
    answer,
    as_told,
    carry_on,
    coach_from,
    left,
    question,
    say,
)
from coach.conversation.replies.moving import top_of_exercise, way_out, where
from coach.conversation.session import State
from coach.conversation.telling import line
from coach.persistence import week_of
from coach.planning import PLANNED, Exercise, Step
from coach.speaking import Line, Prompt, Saying
from coach.values import replace

MISSES_BEFORE_HELP = 2
"""After so many misunderstandings in a row the person is told more concretely what can be said."""

HELP = {
    State.IDLE: say("help_idle"),
    State.COACHING: say("help_coaching"),
    State.BETWEEN: say("help_between"),
    State.PAUSED: say("help_paused"),
    State.FINISHED: say("help_finished"),
    State.ASKED_REMIND_TIME: say("help_asked_remind_time"),
    State.ASKED_GOAL: say("ask_asked_goal"),
}
"""What can be said in the states that have words of their own for it; the other questions share one."""

MISSED = {
    State.IDLE: say("missed_idle"),
    State.BETWEEN: say("missed_between"),
    State.PAUSED: say("missed_paused"),
    State.FINISHED: say("missed_finished"),
    State.ASKED_REMIND_TIME: say("missed_asked_remind_time"),
    State.ASKED_GOAL: say("missed_asked_goal"),
}
"""The same, once something was not understood again."""


def time_left(moment: Moment) -> Answer:
    """What is left here, and of the routine; of what is to be taken from the top all is left."""
    if moment.state is State.RETURNING_LATER:
        rest = ahead_ms(moment, Entry(top_of_exercise(moment), came_from=moment.body))
        return carry_on(moment, say("time_left_routine", minutes=rest))
    if not moment.left_ms or (moment.waiting_ms and not moment.place.done_ms):
        first = moment.index if moment.left_ms else moment.index + 1
        rest = ahead_ms(moment, Entry(first, came_from=moment.body))
        return carry_on(moment, say("time_left_routine", minutes=rest))
    # With the way out of this step, and the way home behind the last one.
    here = Entry(moment.index, done_ms=moment.place.done_ms, lead=Lead.AT_ONCE)
    return carry_on(moment, say("time_left", left=left(moment), side=moment.step.side, minutes=ahead_ms(moment, here)))


def where_am_i(moment: Moment) -> Answer:
    """Which exercise, which side, and how many are to come."""
    after = len(moment.to_come) if moment.step.is_around else len(moment.exercises) - moment.number
    if not moment.left_ms and moment.step.last_of_exercise:
        return carry_on(moment, say("where_between", number=moment.number, count=len(moment.exercises), after=after))
    if moment.step.is_around:
        return carry_on(moment, say("where_around", exercise=moment.exercise.id, after=after))
    step, which = moment.step, say("where", **where(moment), side=moment.step.side, after=after)
    sets = (say("where_set", number=step.set, count=step.sets),) if step.sets > 1 else ()
    return carry_on(moment, which, *sets)


def whats_next(moment: Moment) -> Answer:
    """What comes after this step."""
    following = moment.steps[moment.index + 1 :]
    if not following:
        return carry_on(moment, say("whats_next_nothing"))
    other = next((step for step in following if step.exercise is not moment.exercise), None)
    said: list[Saying] = []
    if following[0].exercise is moment.exercise:
        said.append(say("whats_next_side", side=following[0].side))
    if other:
        said.append(say("whats_next_exercise", exercise=other.exercise.id))
    return carry_on(moment, *said)


def explain(moment: Moment) -> Answer:
    """The whole set-up. In the middle of the exercise itself it leads back into it with what is left, of a rest too."""
    exercise = _asked_about(moment) or moment.subject
    if exercise is not moment.exercise or moment.state is State.BETWEEN:
        meant = moment.meant if exercise is moment.subject else _first_step(exercise)
        return carry_on(moment, *described(meant))
    if moment.state is not State.COACHING or not moment.left_ms:
        return carry_on(moment, *_words(moment.step))
    if rest_ms := resting_ms(moment):
        return coach_from(moment, moment.index, *_words(moment.step), *rest_for(moment, rest_ms), lead=Lead.START)
    return coach_from(moment, moment.index, done_ms=moment.place.done_ms, lead=Lead.TAUGHT)


def explain_named(moment: Moment) -> Answer:
    """The set-up of an exercise that was asked about by name, while no routine runs."""
    exercise = _asked_about(moment)
    said = described(_first_step(exercise)) if exercise else (say("nothing_running"),)
    return answer(moment, *said, question(moment))


def why(moment: Moment) -> Answer:
    """What the exercise is good for."""
    return carry_on(moment, _why(_asked_about(moment) or moment.subject))


def why_named(moment: Moment) -> Answer:
    """What an exercise is good for that was asked about by name, while no routine runs."""
    exercise = _asked_about(moment)
    return answer(moment, _why(exercise) if exercise else say("nothing_running"), question(moment))


def check(moment: Moment) -> Answer:
    """The position from the core outward, and where it is felt; the hold goes on with what is left."""
    step = moment.step
    return carry_on(moment, say("check"), line(step, "check"), line(step, "felt"), line(step, "not_felt"))


def progress(moment: Moment) -> Answer:
    """This week against the goal, the weeks in a row, and the last routine; or another week, a weekend or one day, when
    one was asked for.
    """
    asked = moment.heard.of(When)
    if asked.day is None or asked.week == week_of(moment.day):
        return carry_on(moment, *_this_week(moment))
    if asked.week:
        return carry_on(moment, _done_in(moment.progress.weeks.get(asked.week, 0)))
    day = _looking_back(asked.day, moment.day)
    if asked.weekend:
        both = (day, day + timedelta(days=1))
        return carry_on(moment, _done_over(sum(each.isoformat() in moment.progress.days for each in both)))
    done = len(moment.progress.days.get(day.isoformat(), {}))
    return carry_on(moment, _done_on((moment.day - day).days, done))


def _looking_back(day: date, today: date) -> date:
    """The day that is meant by one that may lie ahead: Alexa has the coming Monday also for "did I do it on Monday",
    and the next November for a date in this one.
    """
    if day <= today:
        return day
    week_before = day - timedelta(weeks=1)
    if week_before <= today:
        return week_before
    leaps = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=day.day - leaps)


def progress_at_the_end(moment: Moment) -> Answer:
    """Yes, after a routine: how the week is going. With that the routine is over."""
    told = carry_on(moment, *_this_week(moment))
    return replace(told, moment=told.moment.placed(None))


def _this_week(moment: Moment) -> list[Saying]:
    kept = moment.progress
    days, goal = kept.days_this_week(moment.day), kept.preferences.weekly_goal
    fields = {"days": days, "goal": goal, "left": max(goal - days, 0)}
    resting = not days and week_of(moment.day) in kept.rests
    said: list[Saying] = [say("progress_week_off", **fields) if resting else say("progress_week", **fields)]
    weeks = kept.weeks_in_a_row(moment.day)
    if weeks > 1:
        said.append(say("progress_weeks", weeks=weeks))
    return [*said, *_last_time(moment)]


def _last_time(moment: Moment) -> list[Saying]:
    """The last day on which something was done, or a routine begun; with the routine, where that is what it was."""
    kept, known = moment.progress, (PLANNED, *moment.library.routines)
    begun, routine = kept.last if kept.last and kept.last[1] in known else ("", PLANNED)
    done = max(kept.days, default="")
    if not begun and not done:
        return []
    ago = max((moment.day - date.fromisoformat(max(begun, done))).days, 0)
    if routine == PLANNED or (done > begun and not _went_on(moment, routine, begun, done)):
        return [say("progress_last_own", ago=ago)]
    return [say("progress_last", routine=routine, ago=ago)]


def _went_on(moment: Moment, routine: str, begun: str, day: str) -> bool:
    """Whether all that was done on a day is of a routine that was begun on one before, and gone on with."""
    run, counted = moment.progress.runs[-1] if moment.progress.runs else (0, ())
    of_it = {*counted} & {*moment.library.routines[routine].exercises}
    return moment.day_of(run).isoformat() == begun and moment.progress.days[day].keys() <= of_it


def _done_in(days: int) -> Prompt:
    return say("done_that_week", days=days) if days else say("nothing_that_week", days=days)


def _done_over(days: int) -> Prompt:
    return say("done_that_weekend", days=days) if days else say("nothing_that_weekend", days=days)


def _done_on(days_ago: int, count: int) -> Prompt:
    match days_ago:
        case 0:
            return say("done_today", count=count) if count else say("nothing_today", count=count)
        case 1:
            return say("done_yesterday", count=count) if count else say("nothing_yesterday", count=count)
        case _:
            return say("done_that_day", count=count) if count else say("nothing_that_day", count=count)


def help_(moment: Moment) -> Answer:
    """What can be said at this moment, ending in a question. Nobody waits in a pose for it."""
    return answer(
        moment, *way_out(moment), _in_pain(moment, "help_eased") or HELP.get(moment.state) or say("help_asked")
    )


def nonsense(moment: Moment) -> Answer:
    """A short answer that fits the moment; nothing moves. After some in a row, what can be said."""
    times = moment.session.missed + 1
    missed = moment.with_session(replace(moment.session, missed=times))
    if times < MISSES_BEFORE_HELP:
        return carry_on(missed, say("missed"))
    return carry_on(missed, _in_pain(moment, "missed_eased") or MISSED.get(moment.state) or say("missed_asked"))


def _in_pain(moment: Moment, prompt: str) -> Prompt | None:
    """What can be said by somebody whom it hurts; None to anybody else."""
    return say(prompt, easier=int(moment.may_be_easier)) if moment.state is State.EASED else None


def which_number(moment: Moment) -> Answer:
    """A number by itself, and nothing has asked for one: minutes, or which of several?"""
    return answer(moment, say("which_number", number=moment.heard.of(Count).number))


def stop_the_clock(moment: Moment) -> Answer:
    """Not understood in the middle of the work: it may be anything, so that the clock stops, and nothing is lost."""
    ahead = moment.ahead
    missed = replace(ahead.session, missed=ahead.session.missed + 1, rest_ms=resting_ms(ahead))
    return answer(as_told(ahead.with_session(missed)), say("missed"), say("clock_stopped"))


def described(step: Step) -> tuple[Saying, ...]:
    """The exercise of a step in full, as it is done there."""
    return (say("named", exercise=step.exercise.id), *_words(step))


def _first_step(exercise: Exercise) -> Step:
    return Step(exercise, 1, 1, exercise.sides[0], exercise.work)


def _words(step: Step) -> tuple[Saying, ...]:
    """The whole set-up without the time to follow it."""
    return (line(step, "setup"), line(step, "landmark"))


def _asked_about(moment: Moment) -> Exercise | None:
    return moment.library.exercises.get(moment.heard.of(Named).exercise)


def _why(exercise: Exercise) -> Line:
    return Line(exercise.id, "why", "")
