"""How a step is led into: its name, the way to its position, how it is done, and the word on which its clock starts.

Rule: instructions are heard in full the first times, and then in brief.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from coach.conversation.moment import Moment
from coach.planning import Breaths, Hold, Position, Reps, Step
from coach.speaking import Gap, Line, Prompt, Saying
from coach.speaking.cues import Item

FULL_INSTRUCTIONS_TIMES = 2
"""How often a person hears an exercise in full before its name and one cue are enough."""


class Lead(Enum):
    """How an answer comes to its first step."""

    FRESH = auto()
    AGAIN = auto()
    GET_READY = auto()
    START = auto()
    AT_ONCE = auto()


@dataclass(frozen=True)
class Entry:
    """Where an answer enters the steps. `opening` is said first; `came_from` is where the body is, None for upright."""

    index: int
    done_ms: int = 0
    lead: Lead = Lead.FRESH
    opening: tuple[Saying, ...] = ()
    came_from: Position | None = None


def into(moment: Moment, step: Step, entry: Entry, *, follows: bool, brief: bool = False) -> tuple[Item, ...]:
    """The way into a step that an answer enters, or that `follows` another one in it."""
    if entry.lead is Lead.AT_ONCE:
        return ()
    if entry.lead is Lead.START:
        return (_start(step, entry.done_ms),)
    return (*_lead_in(moment, step, entry, follows=follows, brief=brief), _start(step, entry.done_ms))


def _lead_in(moment: Moment, step: Step, entry: Entry, *, follows: bool, brief: bool) -> Sequence[Item]:
    exercise = step.exercise
    settle, change = paced(moment, exercise.settle_ms), paced(moment, exercise.change_ms)
    announced = entry.lead is Lead.FRESH and step.first_of_exercise
    if not moment.session.coached and not announced and not follows:
        here = Prompt("back_at", {"exercise": exercise.id, "side": step.side})
        return [here, *_way(moment, step, entry.came_from), *_instructions(moment, step, settle, brief=brief)]
    if entry.lead is Lead.GET_READY:
        return [Prompt("get_ready"), *_instructions(moment, step, settle, brief=brief or bool(entry.done_ms))]
    if entry.lead is Lead.AGAIN:
        return [Prompt("again", {"exercise": exercise.id, "side": step.side}), *full_instructions(step, settle)]
    if step.first_of_exercise:
        return [*_announcement(moment, step, entry.came_from), *_instructions(moment, step, settle, brief=brief)]
    if step.first_side:
        rest = paced(moment, step.work.rest_ms) if isinstance(step.work, Reps) else settle
        pause: list[Item] = [Prompt("rest"), rest] if follows else []
        name = Prompt("set", {"number": step.set, "count": step.sets, "side": step.side})
        return [*pause, name, line(step, "cues", step.set), line(step, "brief"), settle]
    return [Prompt("now_side", {"side": step.side}), line(step, "change"), change, line(step, "enter"), settle]


def _announcement(moment: Moment, step: Step, came_from: Position | None) -> list[Item]:
    exercise = step.exercise
    fields = {"exercise": exercise.id, "area": exercise.areas[0]}
    if len(moment.exercises) == 1:
        said: list[Item] = [Prompt("announce_alone", fields)]
    else:
        where = {"number": moment.exercises.index(exercise.id) + 1, "count": len(moment.exercises)}
        said = [Prompt("announce", {**fields, **where})]
    return [*said, *_way(moment, step, came_from)]


def _way(moment: Moment, step: Step, came_from: Position | None) -> list[Item]:
    """How to get from one position to another; nothing when the body is there already."""
    to = step.exercise.position
    if came_from is to or (came_from is None and to is Position.STANDING):
        return []
    down = came_from is not None and came_from.down
    return [
        Prompt("way", {"from_floor": int(down), "position": to}),
        paced(moment, moment.library.ways_ms[down, to]),
    ]


def _instructions(moment: Moment, step: Step, settle: Gap, *, brief: bool) -> list[Item]:
    if brief or moment.progress.met.get(step.exercise.id, 0) > FULL_INSTRUCTIONS_TIMES:
        return [line(step, "brief"), settle]
    return full_instructions(step, settle)


def full_instructions(step: Step, settle: Gap) -> list[Item]:
    """The set-up and the movement into the work, with time to follow each."""
    return [line(step, "setup"), settle, line(step, "enter"), settle]


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


def line(step: Step, part: str, index: int = 0) -> Line:
    """Words that belong to the exercise of a step, as it is done there."""
    return Line(step.exercise.id, part, step.side, step.variation, index)


def paced(moment: Moment, ms: int) -> Gap:
    """A time to move in, longer for a slower pace."""
    return Gap(ms * 100 // moment.progress.preferences.pace)
