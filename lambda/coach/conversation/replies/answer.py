"""What a reply gives back, and how a conversation goes on after a question was answered.

Rule: whatever was said in between, the person is where they were: the hold goes on with what is left, or the last
prompt is said again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coach.conversation.coaching import announced, ask_keep, coach, fetching, next_up, ready_for
from coach.conversation.errands import Reminders
from coach.conversation.ladder import begun
from coach.conversation.leading import Entry, Lead, is_led_over, led_out, may_be_left, resting_ms
from coach.conversation.moment import IN_THE_POSE_MS, Moment, Storage
from coach.conversation.session import State
from coach.conversation.transfers import is_up
from coach.planning import Breaths, Flow, Hold, Step
from coach.speaking import Field, Moving, Prompt, Saying, Script
from coach.speaking.cues import Gap, Item, Items, lasting_ms
from coach.values import replace

EXACT_MS, GRAINS_MS = 2_000, (5_000, 10_000, 30_000)
"""Seconds are told as they are where they are known so well; else about so many, as roughly as that: in fives, in tens,
or in half minutes.
"""

SHORTLY_MS = 3_000
"""What comes so soon needs no word on the way to it."""

STILL_IN_IT_MS = 5_000
"""Whoever is still in a pose is told no more than so much before they are led out of it."""

LAST_MS = 1_000
"""A hold that goes on goes on for so long at least."""


@dataclass(frozen=True)
class Answer:
    """A script, and the moment as it is after it. `open` keeps listening; `forget` deletes all that is kept;
    `permission` has the speaker ask whether these reminders may be set, once the script is spoken.
    """

    script: Script
    moment: Moment
    open: bool = True
    forget: bool = False
    permission: Reminders | None = None


Reply = Callable[[Moment], Answer]


def say(name: str, **fields: Field) -> Prompt:
    """A prompt with its fields."""
    return Prompt(name, fields)


def answer(moment: Moment, *said: Item, open_: bool = True) -> Answer:
    """An answer that says something and moves nothing."""
    return Answer(Script(said), moment, open_)


def amount(step: Step, ms: int) -> str:
    """So much of a step's work, in the unit that a person counts it in: `18000ms`, `3reps`, `2breaths`."""
    match step.work:
        case Hold() | Flow():
            return f"{ms}ms"
        case Breaths() as breaths:
            return f"{-(-ms // breaths.unit_ms)}breaths"
        case reps:
            return f"{-(-ms // reps.unit_ms)}reps"


def left(moment: Moment) -> str:
    """What is left of a step's work, as far as it is known: no more exact than that, once it is begun. `~20000ms` is
    about so much, and `<30000ms` less.
    """
    step, left_ms = moment.step, moment.left_ms
    error_ms = moment.error_ms if moment.place.done_ms else 0
    if not isinstance(step.work, Hold | Flow) or error_ms <= EXACT_MS:
        return ("~" if error_ms > max(step.work.unit_ms, EXACT_MS) else "") + amount(step, left_ms)
    grain_ms = next((grain for grain in GRAINS_MS if grain >= error_ms), GRAINS_MS[-1])
    if left_ms < grain_ms:
        return "<" + amount(step, min(grain_ms, step.work.ms))
    return "~" + amount(step, round(left_ms / grain_ms) * grain_ms)


def as_told(moment: Moment) -> Moment:
    """The moment with so much left of a hold as is said to be, by a few seconds: whoever waits gets what they were
    told. What is only told to the half minute is not given or taken.
    """
    told = left(moment)
    if not told.startswith("~") or not told.endswith("ms") or moment.error_ms > GRAINS_MS[1]:
        return moment
    return moment.at(moment.index, done_ms=max(moment.step.work.ms - int(told.strip("~ms")), 0))


IF_IT_HURTS = say("if_it_hurts")
"""What to do when something hurts, for whoever has nobody who listens to them."""


def coach_from(
    moment: Moment,
    index: int,
    *opening: Item,
    done_ms: int = 0,
    lead: Lead = Lead.FRESH,
    fetch: Items = (),
) -> Answer:
    """Coach from a step on, once what is to `fetch` is there. An exercise has the dose that is due when it is
    announced; it is met once its work has begun to be heard.
    """
    moved, session = moment.at(index, done_ms=done_ms), moment.session
    if fetch and is_up(moment.body, session.leg, moved.step.position):
        # It ends in a question, and what plays by itself asks nothing.
        moved = replace(moved, platform=replace(moved.platform, streams_ms=0))
    opening = _out_of_it(moment, opening)
    same = moment.progress.place is not None and moved.place.exercise == moment.place.exercise
    changed = session.changed if same else 0
    known = lead not in (Lead.FRESH, Lead.NAMED) and not _leads_out(moment, (*opening, *fetch))
    moved = moved.with_session(replace(session, names=(), offer=None, changed=changed, announced=known, rest_ms=0))
    said = (*prelude(moment), *opening)
    if moved.streaming and (moment.unwarned or not moment.playing):
        # Nothing plays yet, or nobody has heard it whole: it stands before the name of the first step.
        said, fetch = (said, (*fetch, IF_IT_HURTS)) if fetch else ((*said, IF_IT_HURTS), fetch)
    if lead is Lead.FRESH and moved.step.first_of_exercise:
        moved, grown = begun(moved)
        said = (*said, *grown)
    entry = Entry(moved.index, done_ms, lead, said, moment.body, session.leg, fetch)
    moved = announced(moved) if lead is Lead.FRESH else moved
    return Answer(coach(moved, entry), moved)


def prelude(moment: Moment) -> tuple[Saying, ...]:
    """What has to be said before anything else, once: what this is, that nothing can be looked up, what has changed."""
    said: list[Saying] = []
    if not moment.progress.welcomed:
        said.append(say("first_words"))
    if moment.storage is Storage.UNREAD and not moment.session.excused:
        said.append(say("notes_away"))
    if moment.strayed:
        said.append(say("routine_changed"))
    return tuple(said)


def carry_on(moment: Moment, *opening: Item) -> Answer:
    """Say something, and go on from exactly where the person was."""
    if moment.state is State.COACHING:
        return _hold_on(moment, opening)
    return answer(moment, *_out_of_it(moment, opening), question(moment))


def ask_again(moment: Moment) -> Answer:
    """The question that is open, once more."""
    return answer(moment, question(moment))


ASKED = {
    State.IDLE: say("ask_idle"),
    State.FINISHED: say("ask_finished"),
    State.OFFERED: say("ask_offered"),
    State.ASKED_START_OVER: say("ask_asked_start_over"),
    State.ASKED_FORGET: say("ask_asked_forget"),
    State.ASKED_REMIND_TIME: say("ask_asked_remind_time"),
    State.ASKED_GOAL: say("ask_asked_goal"),
    State.ASKED_LAND: say("ask_land"),
    State.ASKED_HELP: say("ask_asked_help"),
    State.ASKED_RED_FLAGS: say("ask_red_flags"),
    State.EMERGENCY: say("ask_emergency"),
    State.ASKED_HURT: say("ask_hurt"),
    State.GETTING_UP: say("ask_up"),
    State.GETTING_UP_AGAIN: say("ask_up"),
}
"""What is asked in the states whose question is always the same."""


def question(moment: Moment) -> Prompt:
    """What is asked, or can be said, in the state that the conversation is in."""
    match moment.state:
        case State.BETWEEN | State.PAUSED | State.RETURNING | State.RETURNING_LATER if _is_out(moment):
            return ASKED[State.IDLE]
        case State.BETWEEN | State.PAUSED if moment.of_another_day:
            return say("ask_paused_later", exercise=moment.subject.id)
        case State.COACHING:
            raise LookupError("in the middle of an answer nothing is asked")
        case State.BETWEEN:
            return next_up(moment, moment.index + 1)
        case State.PAUSED if moment.untaught:
            return ready_for(moment, moment.index)
        case State.PAUSED:
            left, side = amount(moment.step, moment.left_ms), moment.step.side
            return say("ask_paused", exercise=moment.exercise.id, left=left, side=side)
        case State.RETURNING:
            return say("ask_returning", exercise=moment.exercise.id)
        case State.RETURNING_LATER:
            return say("ask_returning_later", exercise=moment.exercise.id)
        case State.CHOOSING:
            return say("ask_choice", names=moment.session.names)
        case State.ASKED_LEAVE_OUT:
            return say("ask_leave_out", exercise=moment.session.names[0])
        case State.ASKED_KEEP:
            return ask_keep(moment)
        case State.ASKED_REMIND:
            return ask_remind(moment)
        case State.EASED:
            return ask_eased(moment)
        case State.UNWELL:
            return ask_unwell(moment)
        case state:
            return ASKED[state]


def _is_out(moment: Moment) -> bool:
    """Whether what would come is out for this session."""
    return moment.subject.id in moment.barred


def ask_eased(moment: Moment) -> Prompt:
    """How to go on after something hurt."""
    if moment.step.is_around:
        return say("ask_eased_around")
    return say("ask_eased" if moment.may_be_easier else "ask_eased_easiest")


def ask_unwell(moment: Moment) -> Prompt:
    """Whether somebody who is not well needs help: to get up from the floor, if that is where they are."""
    return say("ask_unwell_down") if moment.down else say("ask_unwell")


def ask_remind(moment: Moment) -> Prompt:
    """The question whether these reminders shall be set, with all that will happen."""
    asked = asked_about(moment)
    if asked.wait:
        return asked.said_once("ask_remind_once", "ask_remind_once_of")
    return asked.said("ask_remind", "ask_remind_of")


def asked_about(moment: Moment) -> Reminders:
    """The reminders that the open question is about."""
    if moment.session.reminders is None:
        raise LookupError("this state has no reminders")
    return moment.session.reminders


def _hold_on(moment: Moment, opening: Items) -> Answer:
    """In the middle of an answer. One that plays by itself goes on. Else, before the work, the way in is said again in
    short, and whole where it was not announced, or leads back into a work; in the work the clock goes on.
    """
    place = moment.place
    if moment.plays_on:
        return answer(moment, *opening, open_=False)
    if not moment.left_ms and not moment.last:
        return coach_from(moment, moment.index + 1, *opening)
    lead, done_ms, rest_ms = Lead.GET_READY, place.done_ms, resting_ms(moment)
    fetch: Items = ()
    if is_led_over(moment) or (done_ms and moment.leading):
        lead = Lead.TAUGHT
    elif done_ms and isinstance(moment.step.work, Hold):
        # It is held on until the answer is heard; there is always enough left to count down to.
        lead, last_ms = Lead.AT_ONCE, moment.step.work.ms - LAST_MS
        done_ms = max(min(done_ms + moment.platform.starts_after.middle, last_ms), done_ms)
    elif done_ms:
        lead = Lead.START
    elif rest_ms:
        opening = _out_of_it(moment, opening)
        lead, opening = Lead.START, (*opening, Gap(max(rest_ms - lasting_ms(opening, moment.wording), 0)))
    elif moment.waiting_ms:
        lead, fetch = Lead.NAMED, _still_fetching(moment, opening)
    elif moment.untold_ms <= IN_THE_POSE_MS:
        # They are there, and the first repetition, or the first breath, is begun again.
        lead = Lead.START
    held = coach_from(moment, moment.index, *opening, done_ms=done_ms, lead=lead, fetch=fetch)
    # The names that were offered stay on offer: nothing was begun.
    kept = replace(held.moment.session, names=moment.session.names)
    return replace(held, moment=held.moment.with_session(kept))


def is_to_be_told_what_to_fetch(moment: Moment) -> bool:
    """Whether somebody spoke up before they were told what a routine needs."""
    fetch = fetching(moment) if moment.index == moment.start else ()
    return bool(fetch) and moment.waiting_ms >= lasting_ms(fetch, moment.wording)


def _still_fetching(moment: Moment, opening: Items) -> Items:
    """What to fetch, for whoever spoke up before they were told, and else the rest of the time for it: it runs while
    they are answered.
    """
    fetch = fetching(moment) if moment.index == moment.start else ()
    if not fetch or is_to_be_told_what_to_fetch(moment):
        return fetch
    rest_ms = moment.waiting_ms - lasting_ms(opening, moment.wording)
    return (Moving(say("take_your_time"), rest_ms),) if rest_ms > SHORTLY_MS else ()


def _out_of_it(moment: Moment, opening: Items) -> Items:
    """An opening with the moves out of a pose that were not told yet: nobody is left in it for having spoken up, nor
    waits in it for the end of a long answer.
    """
    if not moment.leaving or moment.leaving[-1] in opening:
        return opening
    soon = lasting_ms(opening, moment.wording) <= STILL_IN_IT_MS
    return (*opening, *moment.leaving) if soon else (*moment.leaving, *opening)


def _leads_out(moment: Moment, opening: Items) -> bool:
    """Whether an opening ends with the way out of a pose, which may be the one that the answer before led out of."""
    outs = (led_out(moment, step)[-1:] for step in may_be_left(moment))
    return any(out and out == opening[-1:] for out in outs)
