"""How a step is led into and out of: its name, the way to its position, its moves, and the word on which its clock
starts.

Rule: how an answer comes to a step is settled by its entry; what is told of the moves there is not settled here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from coach.conversation.moment import Moment
from coach.conversation.session import Left, Leg
from coach.conversation.telling import CARE_MS, in_brief, is_new, moves_of, pace_ms, way_into, whole, word_of_care
from coach.conversation.transfers import way_from
from coach.planning import Breaths, Flow, Hold, Position, Reps, Side, Step, Variation
from coach.speaking import Gap, Moving, Prompt, Timeline
from coach.speaking.cues import Chime, Item, Items, lasting_ms
from coach.values import replace

BACK = 2
"""Whoever comes back into the middle of a work needs one part in so many of the time that its set-up takes. So much of
it is left as well where an answer would be too long for a speaker.
"""


REST_ENDS_MS = 15_000
"""So long before the end of a rest it is said that it ends."""

REST_LEAST_MS = 5_000
"""Less than this of a rest is not worth its words."""


class Lead(Enum):
    """How an answer comes to its first step: with its name and all, as something new to be met or once more, again from
    its start, taught without its name, back into its middle, by the word on which its clock starts, or with nothing at
    all.
    """

    FRESH = auto()
    NAMED = auto()
    AGAIN = auto()
    TAUGHT = auto()
    GET_READY = auto()
    START = auto()
    AT_ONCE = auto()


@dataclass(frozen=True)
class Entry:
    """Where an answer enters the steps. `opening` is said first, and behind it what to `fetch`; `came_from` is where
    the body is, None for upright, and with a `leg` where it is getting into.
    """

    index: int
    done_ms: int = 0
    lead: Lead = Lead.FRESH
    opening: Items = ()
    came_from: Position | None = None
    leg: Leg | None = None
    fetch: Items = ()


def into(moment: Moment, step: Step, entry: Entry, *, follows: bool, brief: bool = False) -> Items:
    """The way into a step that an answer enters, or that `follows` another one in it."""
    if entry.lead is Lead.AT_ONCE:
        return ()
    if step.is_around:
        return _into_around(moment, step, entry)
    led_in = _lead_in(moment, step, entry, follows=follows, brief=brief)
    return (*led_in, _start(step, entry.done_ms), *chime(moment, step))


def _into_around(moment: Moment, step: Step, entry: Entry) -> Items:
    """The way into a warm-up or a landing: its first move says what it is."""
    if entry.lead is Lead.START:
        return ()
    way = way_from(moment, entry.came_from, entry.leg, step.position)
    if entry.lead is Lead.AGAIN:
        return (Prompt("again", {"exercise": step.exercise.id, "side": step.side}), *way)
    return (Prompt("get_ready"), *way) if entry.done_ms else way


def out_of(moment: Moment, step: Step) -> Items:
    """The way out of a step, move by move, with a word of care while it is new; in short when it was told before. A
    chime goes before it, and so after the hold: no sound of unknown length makes a hold longer at its ends.
    """
    return (*chime(moment, step), *led_out(moment, step))


def step_left(moment: Moment) -> Step | None:
    """The step that the last answer led out of, as it was done; None for none that the content has."""
    left = moment.session.left
    name, set_, side = left.step.split(".") if left else ("", "", "")
    exercise = moment.library.exercises.get(name)
    if left is None or exercise is None or side not in exercise.sides or left.variation not in exercise.moved:
        return None
    return Step(exercise, int(set_), int(set_), Side(side), exercise.work, left.variation)


def is_led_over(moment: Moment) -> bool:
    """Whether somebody spoke up on the way from one variation over into another, and is still in the first one."""
    left = moment.session.left
    return bool(moment.leaving) and left is not None and left.over


def may_be_left(moment: Moment) -> list[Step]:
    """The steps that an answer may lead out of: the one at the place, and the one that the last answer led out of."""
    here = moment.step if moment.progress.place else None
    return [step for step in (here, step_left(moment)) if step]


def left_by(moment: Moment, after: Moment, opening: Items, timeline: Timeline) -> Left | None:
    """What an answer leads out of before it comes to a step, or over into the variation that comes then."""
    ways = [(step, led_out(moment, step), False) for step in may_be_left(moment)]
    if after.played and after.step.variation is not Variation.USUAL:
        usual = replace(after.step, variation=Variation.USUAL)
        ways.append((usual, way_into(after, after.step), True))
    for step, way, over in ways:
        if way and way[-1] in opening:
            told = [ends for item, ends in zip(opening, timeline.opened, strict=True) if item in way]
            return Left(step.id, step.variation, tuple(told), over)
    return None


def chime(moment: Moment, step: Step) -> tuple[Chime, ...]:
    """What a hold begins and ends with, for whoever wants it."""
    return (Chime(),) if moment.progress.preferences.chimes and isinstance(step.work, Hold) else ()


def without_chimes(moment: Moment) -> Moment:
    """The moment of somebody who has heard as many as an answer may have."""
    preferences = replace(moment.progress.preferences, chimes=False)
    return moment.with_progress(replace(moment.progress, preferences=preferences))


def led_out(moment: Moment, step: Step) -> Items:
    """The same without the chime."""
    if step.is_around:
        return ()
    if step.set > 1:
        return (Moving(Prompt("out_again"), pace_ms(moment, sum(move.ms for move in step.moved.out))),)
    care = word_of_care(step, "cautions.leaving") if is_new(moment, step) else ()
    return (*care, *moves_of(moment, step, "out", step.moved.out))


def _lead_in(moment: Moment, step: Step, entry: Entry, *, follows: bool, brief: bool) -> Sequence[Item]:
    exercise = step.exercise
    announced = entry.lead in (Lead.FRESH, Lead.NAMED) and step.first_of_exercise
    further_set = step.first_side and not step.first_of_exercise
    way = way_from(moment, entry.came_from, entry.leg, step.position)
    anew = step.first_of_exercise or bool(way)
    if entry.lead is Lead.START:
        rested = further_set and not entry.done_ms
        return [Prompt("rest_ends"), _set(step), *in_brief(moment, step, anew=anew, share=BACK)] if rested else []
    full = not brief and (entry.lead in (Lead.TAUGHT, Lead.AGAIN) or (step.set == 1 and is_new(moment, step)))
    told = whole(moment, step, anew=anew) if full else in_brief(moment, step, anew=anew, share=BACK if brief else 1)
    if entry.lead is Lead.TAUGHT:
        return [*way, *told]
    if not moment.session.coached and not announced and not follows:
        return [Prompt("back_at", {"exercise": exercise.id, "side": step.side}), *way, *told]
    if entry.lead is Lead.GET_READY and entry.done_ms:
        return [Prompt("get_ready"), *way, *in_brief(moment, step, anew=anew, share=BACK)]
    now = Prompt("now_side", {"exercise": exercise.id, "side": step.side, "variation": step.variation})
    if entry.lead is Lead.GET_READY:
        return [Prompt("get_ready"), *way, *([] if step.first_side else [now]), *told]
    if entry.lead is Lead.AGAIN:
        return [Prompt("again", {"exercise": exercise.id, "side": step.side}), *way, *told]
    if announced:
        care = (Gap(CARE_MS // 2), *word_of_care(step, "cautions.before")) if full else ()
        return [_name(moment, step), *care, *way, *told]
    if further_set:
        return [*_rest(moment, step), _set(step), *way, *told]
    return [now, *way, *told]


def set_up_ms(moment: Moment, step: Step) -> int:
    """How long a step's own set-up takes when it is told whole, up to the word on which its clock starts."""
    if step.is_around:
        return 0
    return lasting_ms((*whole(moment, step, anew=True), _start(step, 0)), moment.wording)


def resting_ms(moment: Moment) -> int:
    """How much is left of the rest before a further set; 0 for whoever has not begun to rest, or has done so."""
    if not is_before_further_set(moment):
        return 0
    rest_ms = moment.untold_ms - _set_up_again_ms(moment)
    if moment.waiting_ms:
        rest_ms = moment.waiting_ms if rests_on(moment) else 0
    # Whoever speaks up rests meanwhile.
    return max(rest_ms - moment.platform.speaking_up.middle - moment.platform.starts_after.middle, 0)


def is_before_further_set(moment: Moment) -> bool:
    """Whether the place is at the start of a set that has a rest before it."""
    step = moment.step
    further_set = step.first_side and not step.first_of_exercise
    return further_set and bool(_rest(moment, step)) and not moment.place.done_ms


def rests_on(moment: Moment) -> bool:
    """Whether the rest before a further set goes on behind an answer: there is no more than the set-up behind it then,
    and else the whole rest.
    """
    behind_ms = moment.untold_ms - moment.waiting_ms
    return is_before_further_set(moment) and moment.waiting_ms > 0 and behind_ms <= _set_up_again_ms(moment)


def _set_up_again_ms(moment: Moment) -> int:
    step = moment.step
    return lasting_ms((_set(step), *in_brief(moment, step, anew=False), _start(step, 0)), moment.wording)


def rest_for(moment: Moment, rest_ms: int) -> Items:
    """What is left of a rest, for whoever waited in it; nothing where it is as good as over."""
    if rest_ms < REST_LEAST_MS:
        return ()
    told = rest_ms // 1_000 * 1_000
    return (Moving(Prompt("rest", {"left": told, "streams": int(moment.streaming)}), rest_ms),)


def _name(moment: Moment, step: Step) -> Prompt:
    exercise = step.exercise
    fields = {"exercise": exercise.id, "area": exercise.areas[0]}
    if len(moment.exercises) == 1:
        return Prompt("announce_alone", fields)
    where = {"number": moment.exercises.index(exercise.id) + 1, "count": len(moment.exercises)}
    return Prompt("announce", {**fields, **where})


def _set(step: Step) -> Prompt:
    return Prompt("set", {"number": step.set, "count": step.sets, "side": step.side})


def _rest(moment: Moment, step: Step) -> Items:
    if not isinstance(step.work, Reps):
        return ()
    rest_ms = step.work.rest_ms
    return (
        Prompt("rest", {"left": rest_ms, "streams": int(moment.streaming)}),
        Gap(max(rest_ms - REST_ENDS_MS, 0)),
        Prompt("rest_ends"),
        Gap(min(REST_ENDS_MS, rest_ms)),
    )


def _start(step: Step, done_ms: int) -> Prompt:
    left = max(step.work.ms - done_ms, 0)
    match step.work:
        case Hold() if done_ms:
            return Prompt("start_hold_again", {"left": left, "side": step.side})
        case Hold():
            return Prompt("start_hold", {"left": left, "side": step.side})
        case Reps() as reps:
            return Prompt("start_reps_again" if done_ms else "start_reps", {"number": -(-left // reps.unit_ms)})
        case Breaths() as breaths:
            return Prompt(
                "start_breaths_again" if done_ms else "start_breaths", {"number": -(-left // breaths.unit_ms)}
            )
        case Flow():
            raise LookupError("what goes around the exercises starts without a word")
