"""What a reply gives back, and how a conversation goes on after a question was answered.

Rule: whatever was said in between, the person is where they were: the hold goes on with what is left, or the last
prompt is said again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from coach.coaching import Entry, Lead, ask_keep, coach, met, next_up
from coach.cues import Field, Prompt, Saying, Script
from coach.errand import Errand, Reminders
from coach.plan import Place
from coach.routine import Position, Step, Variation
from coach.scene import Notes, Scene
from coach.session import State


@dataclass(frozen=True)
class Answer:
    """A script, and the scene as it is after it. `open` keeps listening; `forget` deletes all that is kept.

    With an `errand` nothing is said yet: it is done first, and what comes of it is answered. `permission` has the
    speaker ask whether these reminders may be set, once the script is spoken.
    """

    script: Script
    scene: Scene
    open: bool = True
    forget: bool = False
    errand: Errand | None = None
    permission: Reminders | None = None


FIRST_WORDS = Prompt("first_words")
"""What a new person hears once, before anything else: what this is, and that it replaces no advice."""

Reply = Callable[[Scene], Answer]


def say(name: str, **fields: Field) -> Prompt:
    """A prompt with its fields."""
    return Prompt(name, fields)


def amount(step: Step, ms: int) -> str:
    """So much of a step's work, in the unit that a person counts it in: `18000ms`, `3reps`, `2breaths`."""
    work = step.work
    unit = type(work).__name__.lower()
    return f"{ms}ms" if unit == "hold" else f"{-(-ms // work.unit_ms)}{unit}"


def remember(scene: Scene, **changes: object) -> Scene:
    """The scene with something changed in the progress."""
    return scene.with_progress(replace(scene.progress, **changes))  # type: ignore[arg-type]


def prefer(scene: Scene, **changes: object) -> Scene:
    """The scene with something changed in the preferences."""
    return remember(scene, preferences=replace(scene.progress.preferences, **changes))  # type: ignore[arg-type]


def note(scene: Scene, **changes: object) -> Scene:
    """The scene with something changed in the session."""
    return replace(scene, session=replace(scene.session, **changes))  # type: ignore[arg-type]


def coach_from(
    scene: Scene,
    index: int,
    *opening: Saying,
    done_ms: int = 0,
    lead: Lead = Lead.FRESH,
) -> Answer:
    """Coach from a step on. A person meets an exercise when it is announced."""
    moved = scene.at(index, done_ms=done_ms)
    same = scene.progress.place is not None and moved.place.exercise == scene.place.exercise
    moved = note(moved, names=(), offer=None, changed=scene.session.changed if same else 0)
    moved, before = prelude(moved)
    entry = Entry(index, done_ms, lead, (*before, *opening), came_from(scene))
    moved = met(moved, entry)
    return Answer(coach(moved, entry), moved)


def came_from(scene: Scene) -> Position | None:
    """The position that the body is in, None for upright."""
    return Position(scene.session.body) if scene.session.body else None


def prelude(scene: Scene) -> tuple[Scene, tuple[Saying, ...]]:
    """What has to be said before anything else, once: and the scene in which it has been said."""
    said: list[Saying] = []
    if not scene.progress.welcomed:
        scene = remember(scene, welcomed=True)
        said.append(FIRST_WORDS)
    if scene.notes is Notes.UNREAD and not scene.session.excused:
        scene = note(scene, excused=True)
        said.append(say("notes_away"))
    if scene.strayed:
        scene = replace(scene, strayed=False)
        said.append(say("routine_changed"))
    return scene, tuple(said)


def carry_on(scene: Scene, *opening: Saying) -> Answer:
    """Say something, and go on from exactly where the person was."""
    if scene.session.state is State.COACHING:
        return _hold_on(scene, opening)
    return Answer((*opening, prompt(scene)), scene)


def ask_again(scene: Scene) -> Answer:
    """The question that is open, once more."""
    return Answer((prompt(scene),), scene)


def prompt(scene: Scene) -> Prompt:
    """What is asked, or can be said, in the state that the conversation is in."""
    match scene.session.state:
        case State.BETWEEN:
            return next_up(scene, scene.index + 1)
        case State.RETURNING | State.RETURNING_LATER as state:
            return say(f"ask_{state}", exercise=scene.exercise.id)
        case State.CHOOSING:
            return say("ask_choice", names=scene.session.names)
        case State.ASKED_LEAVE_OUT:
            return say("ask_leave_out", exercise=scene.session.names[0])
        case State.ASKED_KEEP:
            return ask_keep(scene)
        case State.EASED if scene.step.variation is Variation.EASIER:
            return say("ask_eased_easiest")
        case State.ASKED_REMIND:
            return ask_remind(scene)
        case State.PAUSED:
            left, side = amount(scene.step, scene.left_ms), scene.step.side
            return say("ask_paused", exercise=scene.exercise.id, left=left, side=side)
        case state:
            return say(f"ask_{state}")


def ask_remind(scene: Scene) -> Prompt:
    """The question whether these reminders shall be set, with all that will happen."""
    wanted = scene.session.reminders
    if wanted is None:
        raise LookupError("this state has no reminders")
    return about("ask_remind", wanted)


def about(name: str, reminders: Reminders) -> Prompt:
    """A prompt about reminders; those of one exercise have a wording of their own, by the name `<name>_of`."""
    if reminders.exercise:
        return say(f"{name}_of", times=reminders.times, exercise=reminders.exercise)
    return say(name, times=reminders.times)


def _hold_on(scene: Scene, opening: tuple[Saying, ...]) -> Answer:
    """In the middle of an answer: before the work the way in is said again in short, in it the clock goes on."""
    place: Place = scene.place
    if not scene.left_ms and scene.index + 1 < len(scene.steps):
        return coach_from(scene, scene.index + 1, *opening)
    lead = Lead.AT_ONCE if place.done_ms else Lead.GET_READY
    answer = coach_from(scene, scene.index, *opening, done_ms=place.done_ms, lead=lead)
    return replace(answer, scene=note(answer.scene, names=scene.session.names))
