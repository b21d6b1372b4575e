"""The work of a step as it is spoken: what is heard at which moment of a hold, of repetitions or of breaths.

Rule: the clock is the work's own; a saying has its moment in it, or none. Words of company are drawn by how often the
person met the exercise, so that each evening has others, and nothing is left to chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from coach.conversation.leading import Entry, Lead, chime
from coach.conversation.moment import Moment
from coach.conversation.telling import cares_within, is_new, line, meetings
from coach.planning import Breaths, Flow, Hold, Reps, Step
from coach.speaking import Line, Prompt
from coach.speaking.cues import Around, Pin, Saying, Timed

QUIET_AT_FIRST_MS, QUIET_LATER_MS = 9_000, 14_000
"""Longest silence in the first hold of a session, and later, when the person knows that the coach is there."""

CUE_DISTANCE_MS = 4_000
"""Two announcements of the time, half way, ten seconds left and what is left at all, are not closer than this."""

BREATH_AT_MS = 2_000
"""In every hold there is a word for the breath, so long after its clock has started or gone on."""

SECOND_AT_MS = 6_000
"""In a hold that is too short for half way there is a second word so long after its clock has started or gone on."""

CARE_AT_MS = 7_500
"""A word of care in a hold comes so long after its clock has started."""

CUE_ON = (3, 6, 9)
"""The repetitions and the breaths in which there is a word besides the count."""

BESIDE_MS = 1_600
"""A word beside the count follows the one that it is beside after so long."""

CHIMED_HALF_WAY_MS = 25_000
"""A hold of this length or more has room for a chime half way, beside its words."""

CUES = {"breath": "cues.breath", "form": "cues.form", "let_go": "cues.let_go"}
"""The kinds of cues, and where their words stand."""


def timed(moment: Moment, step: Step, entry: Entry, *, follows: bool = False) -> Timed:
    """The work of a step, from where an answer enters it, or where it `follows` another one in an answer."""
    work = step.work
    done_ms = min(entry.done_ms, work.ms) // work.unit_ms * work.unit_ms
    cues, brief = _cues(moment, step), moment.progress.preferences.brief
    fillers: Sequence[Saying] = ()
    match work:
        case Hold(ms):
            breath, second, *fillers = cues
            fillers = [*_of_the_body(moment, step), *([] if brief else fillers)]
            pins = _hold_pins(ms, done_ms, breath, None if brief else second)
            if not follows and ms >= CHIMED_HALF_WAY_MS:
                pins = (*pins, *(Pin(ms // 2 - moment.platform.chime.ms, sound) for sound in chime(moment, step)))
            if is_new(moment, step) and step.first_side and cares_within(step):
                pins = (*pins, Pin(CARE_AT_MS, line(step, "cautions.during"), yields=True))
        case Reps() as reps:
            pins = _reps_pins(step, reps, cues[:1] if brief else cues)
        case Flow() as flow:
            done_ms = max(at for at in flow.begins_ms if at <= done_ms)
            pins = tuple(Pin(at, Around(step.exercise.id, i)) for i, at in enumerate(flow.begins_ms))
        case Breaths() as breaths:
            pins = _breaths_pins(breaths, () if brief else cues)
    quiet_ms = QUIET_AT_FIRST_MS if _is_first(moment, step) else QUIET_LATER_MS
    opening = entry.opening if entry.lead is Lead.AT_ONCE else ()
    pins = tuple(sorted(pins, key=lambda pin: pin.at))
    return Timed(work.ms, done_ms, pins, tuple(fillers), quiet_ms, opening)


def _is_first(moment: Moment, step: Step) -> bool:
    """Whether nobody held anything yet, in this session or in this plan."""
    first = next((one for one in moment.steps if isinstance(one.work, Hold)), step)
    return not moment.session.coached or step is first


def _cues(moment: Moment, step: Step) -> list[Saying]:
    """This evening's cues for a side, the breath first and then form and letting go in turn. Each evening goes on where
    the last one was, the other side of it where the first one ends.
    """
    evening = meetings(moment, step)
    side = len(step.exercise.sides) * (step.set - 1) + step.exercise.sides.index(step.side)
    one, two = ("let_go", "form") if (evening + side) % 2 else ("form", "let_go")
    first = evening // 2 + (2 * side if isinstance(step.work, Hold) else side)
    drawn = [
        *(("breath", evening + side), (one, first), (two, first), (one, first + 1), (two, first + 1)),
        ("breath", evening + 2),
    ]
    return [line(step, CUES[kind], place) for kind, place in drawn]


def _of_the_body(moment: Moment, step: Step) -> list[Line]:
    """Where it is felt, and where not: in the first hold of an exercise, while it is new."""
    if not step.first_of_exercise or not is_new(moment, step):
        return []
    return [line(step, "felt"), line(step, "not_felt")]


def _hold_pins(ms: int, done_ms: int, breath: Saying, second: Saying | None) -> tuple[Pin, ...]:
    """When the time is told in a hold, and when there is a word of company. Where it begins, and where it goes on, the
    time was told just now.
    """
    half, ten = ms // 2, ms - 10_000
    pins = [Pin(done_ms + BREATH_AT_MS, breath, yields=True)]
    if min(ten - half, half - done_ms) >= CUE_DISTANCE_MS:
        pins += [Pin(half, Prompt("half_way")), *([Pin(half + BESIDE_MS, second, yields=True)] if second else [])]
    elif second:
        pins.append(Pin(done_ms + SECOND_AT_MS, second, yields=True))
    if ten - done_ms >= CUE_DISTANCE_MS:
        pins.append(Pin(ten, Prompt("ten_left")))
    return (*pins, *(Pin(ms - n * 1_000, Prompt("count", {"number": n})) for n in (3, 2, 1)))


def _reps_pins(step: Step, reps: Reps, cues: Sequence[Saying]) -> tuple[Pin, ...]:
    beside = dict(zip(CUE_ON, cues, strict=False))
    pins = (
        (
            Pin(rep * reps.unit_ms, Prompt("rep", {"number": rep + 1, "exercise": step.exercise.id})),
            Pin(rep * reps.unit_ms + reps.lower_ms + reps.pause_ms, line(step, "rise")),
            *_beside(beside.get(rep + 1), rep * reps.unit_ms),
        )
        for rep in range(reps.count)
    )
    return tuple(chain.from_iterable(pins))


def _breaths_pins(breaths: Breaths, cues: Sequence[Saying]) -> tuple[Pin, ...]:
    beside = dict(zip(range(1, breaths.count), cues, strict=False))
    pins: list[Pin] = []
    for breath in range(breaths.count):
        at = breath * breaths.unit_ms
        last = breath == breaths.count - 1
        pins.append(Pin(at, Prompt("last_breath_in") if last else Prompt("breathe_in", {"number": breath + 1})))
        pins.append(Pin(at + breaths.inhale_ms, Prompt("breathe_out")))
        pins += _beside(beside.get(breath + 1), at + breaths.inhale_ms)
    return tuple(pins)


def _beside(cue: Saying | None, at: int) -> list[Pin]:
    return [Pin(at + BESIDE_MS, cue, yields=True)] if cue else []
