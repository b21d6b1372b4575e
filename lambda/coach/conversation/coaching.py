"""How steps are spoken: the passages of one answer, from getting into position to the prompt that may end it.

Rule: an answer holds as many steps as belong together and fit the platform; what does not fit waits for "next". Where
not even one fits with what is said before it, the answer ends before the step, and no word of care is left out for it.
What follows once a step has been heard is settled here, when the answer is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from itertools import takewhile

from coach.conversation.events import Event
from coach.conversation.leading import Entry, Lead, into, out_of, without_chimes
from coach.conversation.moment import Moment
from coach.conversation.session import Leg
from coach.conversation.telling import pace_ms, without_care
from coach.conversation.transfers import halt, is_up, way_from
from coach.conversation.work import timed
from coach.persistence import Mode
from coach.persistence.changes import met
from coach.planning import Dose, Plan, Position, Reps, Side, Step
from coach.planning.steps import dosed
from coach.speaking import Field, Moving, Passage, Prompt, Script
from coach.speaking.cues import Items, Timed, lasting_ms
from coach.values import replace

USUAL_PACE = 100
"""The pace of whoever has not asked for another one."""

FETCH_MS = 20_000
"""The time to fetch what a plan needs; "ready" ends it."""

APART_MS = 5_000
"""What is said before a step is an answer of its own from so much on."""

CHAIR = "chair"
"""What somebody stiff holds on to on the way down to the floor, and up again."""

CHIMED_MOST = 2
"""Steps of an answer that have chimes: three sounds in the first hold, two in the second, and a speaker takes five."""

CHANGES_TO_KEEP = 3
"""After so many changes to the hold of one exercise the coach asks whether to keep it."""


def coach(moment: Moment, entry: Entry) -> Script:
    """The script from a step on, with as many passages as the person's mode and the length of an answer allow."""
    opening = () if entry.lead is Lead.AT_ONCE else entry.opening
    if entry.fetch and is_up(entry.came_from, entry.leg, moment.steps[entry.index].position):
        # Nobody fetches anything from the floor.
        return Script(opening, (_before(moment, entry),))
    return Script((*opening, *entry.fetch), tuple(_passages(moment, entry)))


def fetching(moment: Moment) -> Items:
    """What the plan of a moment needs, and what helps, with the time to fetch it; nothing where it needs nothing."""
    needs, helps = things(moment, moment.exercises)
    streams = int(moment.streaming)
    if needs and helps:
        said = Prompt("have_ready_both", {"needs": needs, "helps": helps, "streams": streams})
    elif needs:
        said = Prompt("have_ready", {"needs": needs, "streams": streams})
    elif helps:
        said = Prompt("have_ready_if", {"helps": helps, "streams": streams})
    else:
        return ()
    return (Moving(said, pace_ms(moment, FETCH_MS)),)


def things(moment: Moment, names: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What exercises need, and what helps beside that: where they are on the floor, a chair to get down and up by."""
    exercises = [moment.library.exercises[name] for name in names]
    needs = tuple(dict.fromkeys(thing for exercise in exercises for thing in exercise.needs))
    on_the_floor = any(exercise.position.down for exercise in exercises)
    by_hand = (CHAIR,) if on_the_floor and not moment.session.no_chair else ()
    helps = (*by_hand, *(thing for exercise in exercises for thing in exercise.helps))
    return needs, tuple(dict.fromkeys(thing for thing in helps if thing not in needs))


def announced(moment: Moment) -> Moment:
    """The moment with the exercise of its place announced: it is met once its work has begun to be heard."""
    return moment.placed(replace(moment.place, unmet=True)) if moment.step.meets else moment


def _passages(moment: Moment, entry: Entry) -> Iterator[Passage]:
    first, worked_ms = entry.index, 0
    platform = moment.platform.by_itself() if moment.streaming else moment.platform
    for index in range(first, first + wanted_in_one(moment, first)):
        step, follows = moment.steps[index], index > first
        if index - first >= CHIMED_MOST:
            moment = without_chimes(moment)
        meets = step.meets if follows else _unmet(moment, step)
        if follows and meets:
            moment = moment.doing(met(meets))
        worked_ms += step.work.ms - entry.done_ms
        if follows and worked_ms > platform.answer_ms:
            return
        passage = Passage(
            step=step.id,
            group=f"{step.exercise.id}.{step.set}",
            into=into(moment, step, entry, follows=follows),
            work=timed(moment, step, entry, follows=follows),
            out=out_of(moment, step),
            ending=ending(moment, first, index + 1),
            meets=meets,
            credits=step.credits,
            then=heard_out(moment, index),
        )
        yield passage if follows else replace(passage, shorter=partial(_shorter, moment, entry, passage))
        entry = Entry(index + 1, came_from=step.position)


def _unmet(moment: Moment, step: Step) -> str:
    """What is met with the first step of an answer; empty where its work was heard before."""
    return step.met_as if moment.place.unmet and not step.is_around else ""


def _shorter(moment: Moment, entry: Entry, passage: Passage) -> Iterator[Passage]:
    """What is spoken instead of the first step of an answer, for when it would be too long: what is left to the next
    answer is the way up after it, and else the step itself. Only where nothing can be said apart from it, a slow pace
    is left out, then the words of care, and only then that the step is told in full.
    """
    step, preferences = moment.steps[entry.index], moment.progress.preferences
    if passage.then is Event.HEARD_OUT_LAST and way_home(moment, step):
        closing = _before_the_way_home(moment, entry.index)
        passage = replace(passage, ending=closing, then=Event.HEARD_OUT_DOWN)
        yield passage
    if is_apart(moment, entry):
        yield _before(moment, entry)
        return
    usual = replace(moment.progress, preferences=replace(preferences, pace=max(preferences.pace, USUAL_PACE)))
    hurried = moment.with_progress(usual)
    told = into(hurried, step, entry, follows=False)
    yield replace(passage, into=told)
    yield replace(passage, into=without_care(told))
    yield replace(passage, into=into(hurried, step, entry, follows=False, brief=True))


def is_apart(moment: Moment, entry: Entry) -> bool:
    """Whether enough is said before a step to be an answer of its own: the way to it, or more than a few words."""
    step = moment.steps[entry.index]
    if entry.lead in (Lead.AT_ONCE, Lead.START) or entry.done_ms or step.is_around:
        return False
    said_ms = lasting_ms((*entry.opening, *entry.fetch), moment.wording)
    return said_ms >= APART_MS or bool(way_from(moment, entry.came_from, entry.leg, step.position))


def halted(moment: Moment, entry: Entry) -> Position | None:
    """Where the body is after an answer that ends before its step: what is to be fetched for something that is done on
    the floor is fetched before the way down.
    """
    step = moment.steps[entry.index]
    fetches = entry.fetch and not is_up(entry.came_from, entry.leg, step.position)
    return entry.came_from if fetches else halt(entry.came_from, entry.leg, step.position)


def way_before(moment: Moment, entry: Entry) -> Items:
    """The way that is told in an answer that ends before its step: to where it is asked whether they are ready."""
    there = halted(moment, entry)
    return way_from(moment, entry.came_from, entry.leg, there) if there else ()


def _before(moment: Moment, entry: Entry) -> Passage:
    """The end of an answer before its step, with the way there, and the question whether they are ready for it."""
    step, way = moment.steps[entry.index], way_before(moment, entry)
    fetch = entry.fetch if is_up(entry.came_from, entry.leg, step.position) else ()
    asks, then = (ready_for(moment, entry.index),), Event.HEARD_OUT_BEFORE
    return Passage(step.id, "", (*way, *fetch), Timed(0), (), asks, then=then)


def wanted_in_one(moment: Moment, index: int) -> int:
    """How many steps the person's mode puts into one answer, with what goes around them."""
    mode, rest = moment.progress.preferences.mode, moment.steps[index:]
    if mode is Mode.HANDS_FREE and not moment.streaming:
        return len(rest)
    first = next((step for step in rest if not step.is_around), rest[0])

    def belongs(step: Step) -> bool:
        with_it = mode is not Mode.STEP_BY_STEP and step.exercise is first.exercise and step.set == first.set
        return step.is_around or step is first or with_it

    return sum(1 for _ in takewhile(belongs, rest))


def heard_out(moment: Moment, index: int) -> Event:
    """What time will have brought, once an answer that ends with this step has been heard to its end."""
    if index + 1 == len(moment.steps):
        return Event.HEARD_OUT_LAST
    asks = _asks_to_keep(moment, moment.steps[index]) and not moment.streaming
    return Event.HEARD_OUT_CHANGED if asks else Event.HEARD_OUT


def ending(moment: Moment, first: int, following: int) -> Items:
    """The prompt after the last step of an answer: what comes, and what can be said; after the last of all what leads
    home. Nobody is asked anything by what plays by itself.
    """
    last = moment.steps[following - 1]
    if following == len(moment.steps):
        over = at_the_end(moment, _done_with(moment, first))
        return (*way_home(moment, last), *over[: 1 if moment.streaming else None])
    said = (Prompt("both_sides"),) if last.last_of_exercise and last.side is Side.RIGHT else ()
    if moment.streaming:
        return said
    return (*said, ask_keep(moment) if _asks_to_keep(moment, last) else next_up(moment, following))


def _before_the_way_home(moment: Moment, first: int) -> Items:
    """What is said at the end of a plan where the way up does not fit into the same answer: it comes with the next."""
    *over, _ = at_the_end(moment, _done_with(moment, first))
    return (*over, Prompt("up_when_ready"))


def _done_with(moment: Moment, first: int) -> Collection[str]:
    """The exercises that are done once all of a plan from its step `first` on is."""
    return {*moment.place.done, *(step.credits for step in moment.steps[first:] if step.credits)}


def way_home(moment: Moment, last: Step) -> Items:
    """How a plan ends on the floor: with the way up. Nobody is led up who is up, or is to rest where they are."""
    return way_up(moment, last.position) if last.position.down else ()


def way_up(moment: Moment, here: Position, leg: Leg | None = None) -> Items:
    """The way up from the floor at the end of a plan, with a `leg` from where somebody is getting into that position;
    nothing where the plan ends on the floor.
    """
    routine = moment.library.routines.get(moment.place.plan.routine)
    if routine and routine.rests:
        return ()
    return (Prompt("way_home"), *way_from(moment, here, leg, Position.STANDING))


def _asks_to_keep(moment: Moment, last: Step) -> bool:
    """Whether the hold was changed so often that, once the exercise is done, the change is offered for good.

    A hold that came back to what it was is no change.
    """
    if moment.session.changed < CHANGES_TO_KEEP or not last.credits or isinstance(last.work, Reps):
        return False
    return last.work.ms != dosed(last.exercise, Dose(last.exercise.id), moment.progress.preferences).ms


def ask_keep(moment: Moment) -> Prompt:
    """The question whether a changed hold is to be kept."""
    return Prompt("ask_keep", {"exercise": moment.exercise.id, "left": moment.step.work.ms})


def at_the_end(moment: Moment, done: Collection[str]) -> tuple[Prompt, ...]:
    """What is said at the end of a plan, of which these exercises were done; and that another one still waits."""
    waits = moment.aside
    may = waits is not None and waits.exercise not in moment.barred
    waiting = (Prompt("aside_waits", called(waits.plan, waits.exercise)),) if waits and may else ()
    return finished(moment, done), *waiting, Prompt("finished_ask")


def called(plan: Plan, exercise: str) -> dict[str, Field]:
    """What a plan is called, when one of its exercises is meant: by its routine, or `alone` by its only exercise."""
    return {"routine": plan.routine, "exercise": exercise, "alone": int(plan.alone)}


def finished(moment: Moment, done: Collection[str]) -> Prompt:
    """What is said of a plan that is done, of which these exercises were done."""
    fields: dict[str, Field] = {"routine": moment.place.plan.routine, "count": len(done)}
    if not done:
        return Prompt("finished_none", fields)
    if len(moment.exercises) == 1:
        return Prompt("finished_alone", fields)
    return Prompt("finished", fields) if len(done) == len(moment.exercises) else Prompt("finished_some", fields)


def ready_for(moment: Moment, index: int) -> Prompt:
    """The question before a step that nothing was told of yet."""
    step = moment.steps[index]
    if step.is_around:
        return Prompt("ask_offered")
    if step.first_of_exercise:
        return Prompt("next_exercise", {"exercise": step.exercise.id, "position": step.position})
    return next_up(moment, index)


def next_up(moment: Moment, following: int) -> Prompt:
    """What comes next, and that the person says when; or what else there may be, where that is out for this session."""
    step, last = moment.steps[following], moment.steps[following - 1]
    if step.exercise.id in moment.barred:
        return Prompt("ask_idle")
    if step.first_of_exercise:
        fields = {"exercise": step.exercise.id, "position": step.position}
        if step.position is last.position:
            return Prompt("next_exercise", fields)
        return Prompt("next_exercise_moving", fields)
    if step.first_side:
        rests = isinstance(step.work, Reps) and step.work.rest_ms > 0
        return Prompt("next_set", {"number": step.set, "count": step.sets, "rest": int(rests)})
    return Prompt("next_side", {"side": step.side})
