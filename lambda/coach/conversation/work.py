"""The work of a step as it is spoken: what is heard at which moment of a hold, of repetitions or of breaths.

Rule: the clock is the work's own; a saying has its moment in it, or none.
"""

from __future__ import annotations

from coach.conversation.leading import Entry, Lead, line
from coach.conversation.moment import Moment
from coach.planning import Breaths, Hold, Reps, Step
from coach.speaking import Prompt, Saying
from coach.speaking.cues import Pin, Timed

QUIET_AT_FIRST_MS, QUIET_LATER_MS = 9_000, 14_000
"""Longest silence in the first hold of a session, and later, when the person knows that the coach is there."""

CUE_DISTANCE_MS = 4_000
"""Two announcements of the time, half way, ten seconds left and what is left at all, are not closer than this."""

CUES_OFFERED, CUES_APART = 8, 3
"""How many cues a hold may draw on, and how far apart in their list the two sides begin, so that they differ."""


def timed(moment: Moment, step: Step, entry: Entry) -> Timed:
    """The work of a step, from where an answer enters it."""
    work, side = step.work, step.side
    done_ms = min(entry.done_ms, work.ms) // work.unit_ms * work.unit_ms
    cues: tuple[Saying, ...] = ()
    match work:
        case Hold(ms):
            pins = _hold_pins(ms, done_ms)
            first = moment.session.answers + CUES_APART * step.exercise.sides.index(side)
            cues = tuple(line(step, "cues", first + i) for i in range(CUES_OFFERED))
        case Reps() as reps:
            pins = _reps_pins(step, reps)
        case Breaths() as breaths:
            pins = _breaths_pins(breaths)
    quiet_ms = QUIET_LATER_MS if moment.session.coached else QUIET_AT_FIRST_MS
    opening = entry.opening if entry.lead is Lead.AT_ONCE else ()
    return Timed(work.ms, done_ms, pins, cues, quiet_ms, opening)


def _hold_pins(ms: int, done_ms: int) -> tuple[Pin, ...]:
    """When the time is told in a hold. Where it begins, and where it goes on, it was told just now."""
    half, ten = ms // 2, ms - 10_000
    pins = [Pin(half, Prompt("half_way"))] if min(ten - half, half - done_ms) >= CUE_DISTANCE_MS else []
    if ten - done_ms >= CUE_DISTANCE_MS:
        pins.append(Pin(ten, Prompt("ten_left")))
    return (*pins, *(Pin(ms - n * 1_000, Prompt("count", {"number": n})) for n in (3, 2, 1)))


def _reps_pins(step: Step, reps: Reps) -> tuple[Pin, ...]:
    pins: list[Pin] = []
    for rep in range(reps.count):
        at = rep * reps.unit_ms
        pins.append(Pin(at, Prompt("rep", {"number": rep + 1, "exercise": step.exercise.id})))
        pins.append(Pin(at + reps.lower_ms + reps.pause_ms, line(step, "rise")))
    return tuple(pins)


def _breaths_pins(breaths: Breaths) -> tuple[Pin, ...]:
    pins: list[Pin] = []
    for breath in range(breaths.count):
        at = breath * breaths.unit_ms
        last = breath == breaths.count - 1
        pins.append(Pin(at, Prompt("last_breath_in") if last else Prompt("breathe_in", {"number": breath + 1})))
        pins.append(Pin(at + breaths.inhale_ms, Prompt("breathe_out")))
    return tuple(pins)
