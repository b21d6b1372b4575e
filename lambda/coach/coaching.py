"""How steps are spoken: the script of one answer, from getting into position to the prompt at its end.

Rule: an answer holds as many steps as belong together and fit the platform; what does not fit waits for "next".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from coach.cues import Begin, Gap, Item, Line, Pin, Prompt, Saying, Script, Timed, Timeline
from coach.plan import Dose, Plan
from coach.planner import dosed
from coach.platform import ANSWER_MAX_MS, BREAK_MAX_MS, SPEECH_MAX_CHARACTERS
from coach.progress import Mode
from coach.routine import Breaths, Hold, Position, Reps, Side, Step
from coach.scene import Scene
from coach.score import lay_out

FULL_INSTRUCTIONS_TIMES = 2
"""How often a person hears an exercise in full before its name and one cue are enough."""

QUIET_AT_FIRST_MS, QUIET_LATER_MS = 9_000, 14_000
"""Longest silence in the first hold of a session, and later, when the person knows that the coach is there."""

CUE_DISTANCE_MS = 4_000
"""Two announcements of the time, half way and ten seconds left, are not closer than this."""

CHANGES_TO_KEEP = 3
"""After so many changes to the hold of one exercise the coach asks whether to keep it."""

ROUNDING_MS = 4_000
"""What an answer may take longer than the sum of its cues: runs of words are estimated again as a whole."""

CUES_OFFERED, CUES_APART = 8, 3
"""How many cues a hold may draw on, and how far apart in their list the two sides begin, so that they differ."""

BREAK_CHARACTERS = len('<break time="10000ms"/>')


class Lead(Enum):
    """How an answer comes to its first step."""

    FRESH = auto()
    AGAIN = auto()
    GET_READY = auto()
    AT_ONCE = auto()


@dataclass(frozen=True)
class Entry:
    """Where an answer enters the steps. `opening` is said first; `came_from` is where the body is, None for upright."""

    index: int
    done_ms: int = 0
    lead: Lead = Lead.FRESH
    opening: tuple[Saying, ...] = ()
    came_from: Position | None = None


def coach(scene: Scene, entry: Entry) -> Script:
    """The script from a step on, as far as the person's mode goes and the limits of one answer allow."""
    script = _script(scene, entry, 1)
    if not fits(lay_out(script, scene.wording)):
        known = {**scene.progress.met, scene.steps[entry.index].exercise.id: FULL_INSTRUCTIONS_TIMES + 1}
        script = _script(scene.with_progress(replace(scene.progress, met=known)), entry, 1)
    for count in range(2, _wanted(scene, entry.index) + 1):
        longer = _script(scene, entry, count)
        if not fits(lay_out(longer, scene.wording)):
            break
        script = longer
    return script


def fits(timeline: Timeline) -> bool:
    """Whether an answer is inside the platform's limits of time and of characters."""
    silences = timeline.ms // BREAK_MAX_MS + len(timeline.cues)
    characters = sum(len(cue.text) + 1 for cue in timeline.cues) + silences * BREAK_CHARACTERS
    return timeline.ms <= ANSWER_MAX_MS - ROUNDING_MS and characters <= SPEECH_MAX_CHARACTERS


def plan_ms(scene: Scene, plan: Plan) -> int:
    """How long a plan takes from its first step, every answer said, by its own timeline."""
    return ahead_ms(scene.beginning(plan), Entry(0))


def ahead_ms(scene: Scene, entry: Entry) -> int:
    """How long it takes from where an answer enters the steps, that answer and every further one said."""
    scene = replace(scene, session=replace(scene.session, coached=1))
    total = 0
    while entry.index < len(scene.steps):
        timeline = lay_out(coach(met(scene, entry), entry), scene.wording)
        total += timeline.ms
        following = entry.index + len(timeline.marks)
        entry = Entry(following, came_from=scene.steps[following - 1].exercise.position)
    return total


def met(scene: Scene, entry: Entry) -> Scene:
    """The scene with one more meeting with the exercise that an answer announces."""
    step = scene.steps[entry.index]
    if entry.lead is not Lead.FRESH or not step.first_of_exercise:
        return scene
    return scene.with_progress(scene.progress.with_met(step.exercise.id))


def _wanted(scene: Scene, index: int) -> int:
    """How many steps the person's mode puts into one answer."""
    mode = scene.progress.preferences.mode
    if mode is Mode.STEP_BY_STEP:
        return 1
    rest = scene.steps[index:]
    if mode is Mode.HANDS_FREE:
        return len(rest)
    first = rest[0]
    return sum(1 for step in rest if step.exercise.id == first.exercise.id and step.set == first.set)


def _script(scene: Scene, entry: Entry, count: int) -> Script:
    script: list[Item] = []
    chosen = scene.steps[entry.index : entry.index + count]
    for step in chosen:
        script.append(Begin(step.id))
        if entry.lead is Lead.AT_ONCE:
            script.append(_timed(scene, step, entry.done_ms, entry.opening))
        else:
            script += entry.opening
            script += _lead_in(scene, step, entry, follows=step is not chosen[0])
            script.append(_start(step, entry.done_ms))
            script.append(_timed(scene, step, entry.done_ms))
        script.append(_line(step, "release"))
        entry = Entry(entry.index + 1, came_from=step.exercise.position)
    return (*script, *_ending(scene, entry.index - len(chosen), entry.index))


def _lead_in(scene: Scene, step: Step, entry: Entry, *, follows: bool) -> Sequence[Saying | Gap]:
    exercise = step.exercise
    settle, change = _paced(scene, exercise.settle_ms), _paced(scene, exercise.change_ms)
    announced = entry.lead is Lead.FRESH and step.first_of_exercise
    if not scene.session.coached and not announced and not follows:
        here = Prompt("back_at", {"exercise": exercise.id, "side": step.side})
        return [here, *_way(scene, step, entry.came_from), *_instructions(scene, step, settle)]
    if entry.lead is Lead.GET_READY:
        return [Prompt("get_ready"), *_instructions(scene, step, settle, underway=bool(entry.done_ms))]
    if entry.lead is Lead.AGAIN:
        return [Prompt("again", {"exercise": exercise.id, "side": step.side}), *full_instructions(step, settle)]
    if step.first_of_exercise:
        return [*_announcement(scene, step, entry.came_from), *_instructions(scene, step, settle)]
    if step.side is exercise.sides[0]:
        rest = _paced(scene, step.work.rest_ms) if isinstance(step.work, Reps) else settle
        pause: list[Saying | Gap] = [Prompt("rest"), rest] if follows else []
        name = Prompt("set", {"number": step.set, "count": step.sets, "side": step.side})
        return [*pause, name, _line(step, "cues", step.set), _line(step, "brief"), settle]
    return [Prompt("now_side", {"side": step.side}), _line(step, "change"), change, _line(step, "enter"), settle]


def _announcement(scene: Scene, step: Step, came_from: Position | None) -> list[Saying | Gap]:
    exercise = step.exercise
    fields = {"exercise": exercise.id, "area": exercise.areas[0]}
    if len(scene.exercises) == 1:
        said: list[Saying | Gap] = [Prompt("announce_alone", fields)]
    else:
        where = {"number": scene.exercises.index(exercise.id) + 1, "count": len(scene.exercises)}
        said = [Prompt("announce", {**fields, **where})]
    return [*said, *_way(scene, step, came_from)]


def _way(scene: Scene, step: Step, came_from: Position | None) -> list[Saying | Gap]:
    """How to get from one position to another; nothing when the body is there already."""
    to = step.exercise.position
    if came_from is to or (came_from is None and to is Position.STANDING):
        return []
    down = came_from is not None and came_from.down
    return [
        Prompt("way", {"from_floor": int(down), "position": to}),
        _paced(scene, scene.library.ways_ms[down, to]),
    ]


def _instructions(scene: Scene, step: Step, settle: Gap, *, underway: bool = False) -> list[Saying | Gap]:
    if underway or scene.progress.met.get(step.exercise.id, 0) > FULL_INSTRUCTIONS_TIMES:
        return [_line(step, "brief"), settle]
    return full_instructions(step, settle)


def full_instructions(step: Step, settle: Gap) -> list[Saying | Gap]:
    """The set-up and the movement into the work, with time to follow each."""
    return [_line(step, "setup"), settle, _line(step, "enter"), settle]


def _start(step: Step, done_ms: int) -> Prompt:
    left = max(step.work.ms - done_ms, 0)
    match step.work:
        case Hold():
            return Prompt("start_hold_again" if done_ms else "start_hold", {"left": left, "side": step.side})
        case Reps() as reps:
            return Prompt("start_reps", {"number": -(-left // reps.unit_ms)})
        case Breaths() as breaths:
            return Prompt("start_breaths", {"number": -(-left // breaths.unit_ms)})


def _timed(scene: Scene, step: Step, done_ms: int, opening: tuple[Saying, ...] = ()) -> Timed:
    work, side = step.work, step.side
    done_ms = min(done_ms, work.ms) // work.unit_ms * work.unit_ms
    cues: tuple[Saying, ...] = ()
    match work:
        case Hold(ms):
            pins = _hold_pins(ms)
            first = scene.session.answers + CUES_APART * step.exercise.sides.index(side)
            cues = tuple(_line(step, "cues", first + i) for i in range(CUES_OFFERED))
        case Reps() as reps:
            pins = _reps_pins(step, reps)
        case Breaths() as breaths:
            pins = _breaths_pins(breaths)
    quiet_ms = QUIET_LATER_MS if scene.session.coached else QUIET_AT_FIRST_MS
    return Timed(step.id, work.ms, done_ms, pins, cues, quiet_ms, opening)


def _hold_pins(ms: int) -> tuple[Pin, ...]:
    half, ten = ms // 2, ms - 10_000
    pins = [Pin(half, Prompt("half_way"))] if ten - half >= CUE_DISTANCE_MS else []
    if ten >= CUE_DISTANCE_MS:
        pins.append(Pin(ten, Prompt("ten_left")))
    return (*pins, *(Pin(ms - n * 1_000, Prompt("count", {"number": n})) for n in (3, 2, 1)))


def _reps_pins(step: Step, reps: Reps) -> tuple[Pin, ...]:
    pins: list[Pin] = []
    for rep in range(reps.count):
        at = rep * reps.unit_ms
        pins.append(Pin(at, Prompt("rep", {"number": rep + 1, "exercise": step.exercise.id})))
        pins.append(Pin(at + reps.lower_ms + reps.pause_ms, _line(step, "rise")))
    return tuple(pins)


def _breaths_pins(breaths: Breaths) -> tuple[Pin, ...]:
    pins: list[Pin] = []
    for breath in range(breaths.count):
        at = breath * breaths.unit_ms
        last = breath == breaths.count - 1
        pins.append(Pin(at, Prompt("last_breath_in") if last else Prompt("breathe_in", {"number": breath + 1})))
        pins.append(Pin(at + breaths.inhale_ms, Prompt("breathe_out")))
    return tuple(pins)


def _ending(scene: Scene, first: int, following: int) -> list[Saying | Gap]:
    """The prompt after the last step of an answer: what comes, and what can be said."""
    last = scene.steps[following - 1]
    if following == len(scene.steps):
        way: list[Saying | Gap] = []
        if last.exercise.position.down:
            way = [Prompt("way_home"), _paced(scene, scene.library.ways_ms[True, None])]
        here = {step.exercise.id for step in scene.steps[first:] if step.last_of_exercise}
        return [*way, finished(scene, {*scene.place.done, *here}), Prompt("finished_ask")]
    said: list[Saying | Gap] = [Prompt("both_sides")] if last.last_of_exercise and last.side is Side.RIGHT else []
    return [*said, ask_keep(scene) if asks_to_keep(scene, last) else next_up(scene, following)]


def asks_to_keep(scene: Scene, last: Step) -> bool:
    """Whether the hold was changed so often that, once the exercise is done, the change is offered for good.

    A hold that came back to what it was is no change.
    """
    if scene.session.changed < CHANGES_TO_KEEP or not last.last_of_exercise:
        return False
    return last.work.ms != dosed(last.exercise, Dose(last.exercise.id), scene.progress.preferences).ms


def ask_keep(scene: Scene) -> Prompt:
    """The question whether a changed hold is to be kept."""
    return Prompt("ask_keep", {"exercise": scene.exercise.id, "left": scene.step.work.ms})


def finished(scene: Scene, done: Collection[str]) -> Prompt:
    """What is said at the end of a plan, of which these exercises were done."""
    if len(scene.exercises) == 1:
        name = "finished_alone" if done else "finished_none"
    elif len(done) == len(scene.exercises):
        name = "finished"
    else:
        name = "finished_some" if done else "finished_none"
    return Prompt(name, {"routine": scene.place.plan.routine, "count": len(done)})


def next_up(scene: Scene, following: int) -> Prompt:
    """What comes next, and that the person says when."""
    step, last = scene.steps[following], scene.steps[following - 1]
    if step.first_of_exercise:
        moved = step.exercise.position is not last.exercise.position
        name = "next_exercise_moving" if moved else "next_exercise"
        return Prompt(name, {"exercise": step.exercise.id, "position": step.exercise.position})
    if step.side is step.exercise.sides[0]:
        return Prompt("next_set", {"number": step.set, "count": step.sets})
    return Prompt("next_side", {"side": step.side})


def _line(step: Step, part: str, index: int = 0) -> Line:
    return Line(step.exercise.id, part, step.side, step.variation, index)


def _paced(scene: Scene, ms: int) -> Gap:
    """A time to move in, longer for a slower pace."""
    return Gap(ms * 100 // scene.progress.preferences.pace)
