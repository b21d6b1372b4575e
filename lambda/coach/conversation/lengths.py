"""How long it takes to go through steps: a plan, or what is still ahead of one.

A length is a sum. How long the way into a step lasts, and the way out of it, is worked out when it is asked for the
first time, and remembered by what it depends on: the same steps come again in every plan, for everybody. Otherwise
whole routines would be laid out, only to say "about twenty minutes".

Rule: a sum is what the answers come to when they are said. `tests/unit/test_lengths.py` holds the two together.
"""

from __future__ import annotations

from coach.conversation.coaching import (
    CHIMED_MOST,
    coach,
    ending,
    fetching,
    halted,
    is_apart,
    ready_for,
    wanted_in_one,
    way_before,
    way_home,
)
from coach.conversation.events import Event
from coach.conversation.leading import Entry, Lead, into, led_out
from coach.conversation.moment import Moment
from coach.conversation.telling import FULL_MEETINGS, is_away
from coach.planning import Hold, Plan, Step
from coach.speaking import lay_out
from coach.speaking.cues import Items, told_ms
from coach.speaking.timeline import ROUNDING_MS
from coach.values import replace


def plan_ms(moment: Moment, plan: Plan) -> int:
    """How long a plan takes from fetching what it needs on, every answer said."""
    begun = moment.beginning(plan)
    return ahead_ms(begun, Entry(0, fetch=fetching(begun)))


def ahead_ms(moment: Moment, entry: Entry) -> int:
    """How long it takes from where an answer enters the steps, that answer and every further one said. The way up from
    the floor takes its time also where an answer has no room for its words.
    """
    moment = moment.with_session(replace(moment.session, coached=1))
    total = 0
    if entry.lead is not Lead.FRESH:
        total, entry = _first_ms(moment, entry)
    while entry.index < len(moment.steps):
        ms, entry = _answer_ms(moment, entry)
        total += ms
    return total


def _first_ms(moment: Moment, entry: Entry) -> tuple[int, Entry]:
    """How long an answer lasts that enters a step otherwise than from its start, laid out as it will be; and what is
    entered after it.
    """
    ends = entry.index + wanted_in_one(moment, entry.index) == len(moment.steps)
    platform = moment.platform
    platform = replace(platform, alone_ms=platform.alone_ms + (_home_ms(moment) if ends else 0))
    timeline = lay_out(coach(moment, entry), moment.wording, platform)
    if timeline.marks[0].then == Event.HEARD_OUT_BEFORE:
        return timeline.ms, Entry(entry.index, came_from=halted(moment, entry))
    return timeline.ms, _entry_after(moment, entry.index + len(timeline.marks) - 1)


def _entry_after(moment: Moment, index: int) -> Entry:
    return Entry(index + 1, came_from=moment.steps[index].position)


def _answer_ms(moment: Moment, entry: Entry) -> tuple[int, Entry]:
    """How long an answer lasts that begins a step, and what is entered after it. As when it is laid out, it ends before
    the first step where that would be too long, or tells it in short, and what does not fit behind it waits for the
    next answer.
    """
    first, platform, begins = entry.index, moment.platform, entry
    following = first + wanted_in_one(moment, first)
    total, group = told_ms((*entry.opening, *entry.fetch), moment.wording), (first, 0)
    endings_ms: list[int] = []
    for index in range(first, following):
        step, last = moment.steps[index], moment.steps[index - 1]
        if index > first and (step.exercise, step.set) != (last.exercise, last.set):
            group = index, total
        after = total + _step_ms(moment, step, Entry(index, came_from=entry.came_from), follows=index > first)
        after += _chimes_ms(moment, step) if index - first < CHIMED_MOST else 0
        endings_ms.append(told_ms(ending(moment, first, index + 1), moment.wording))
        if index == first:
            home_ms = _home_ms(moment) if following == len(moment.steps) else 0
            alone_ms = platform.alone_ms + home_ms - ROUNDING_MS - endings_ms[0]
            if after > alone_ms and is_apart(moment, begins):
                return _before_ms(moment, begins)
            after = min(after, alone_ms)
        elif after + endings_ms[-1] > platform.answer_ms - ROUNDING_MS:
            following, total = group if group[0] > first else (index, total)
            break
        total, entry = after, replace(entry, came_from=step.position)
    return total + endings_ms[following - first - 1], _entry_after(moment, following - 1)


def _before_ms(moment: Moment, entry: Entry) -> tuple[int, Entry]:
    """How long an answer lasts that ends before its step, and what is entered after it."""
    said = (*entry.opening, *entry.fetch, *way_before(moment, entry), ready_for(moment, entry.index))
    return told_ms(said, moment.wording), Entry(entry.index, came_from=halted(moment, entry))


def _step_ms(moment: Moment, step: Step, entry: Entry, *, follows: bool) -> int:
    """How long a step lasts, from the first word of the way into it to the last of the way out of it."""
    met, preferences = moment.progress.met.get(step.met_as, 0) + 1, moment.progress.preferences
    new = is_away(moment) or met <= FULL_MEETINGS
    of_step = (step.exercise.id, step.set, step.side, step.variation, new, preferences.pace)
    named = step.first_of_exercise and not step.is_around
    where = (moment.exercises.index(step.exercise.id), len(moment.exercises)) if named else ()
    to_it = (*of_step, step.sets, step.work, follows, entry.came_from, where)

    def there() -> Moment:
        known, place = {**moment.progress.met, step.met_as: met}, replace(moment.place, unmet=False)
        return moment.with_progress(replace(moment.progress, met=known, place=place))

    def in_words() -> Items:
        return into(there(), step, entry, follows=follows)

    def out_in_words() -> Items:
        return led_out(there(), step)

    remembered = moment.wording.remembered_ms
    return remembered(("into", *to_it), in_words) + step.work.ms + remembered(("out", *of_step), out_in_words)


def _chimes_ms(moment: Moment, step: Step) -> int:
    """How long the sounds last that a hold begins and ends with."""
    chimed = moment.progress.preferences.chimes and isinstance(step.work, Hold)
    return 2 * moment.platform.chime.ms if chimed else 0


def _home_ms(moment: Moment) -> int:
    return told_ms(way_home(moment, moment.steps[-1]), moment.wording)
