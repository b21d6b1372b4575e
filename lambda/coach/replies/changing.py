"""How it is done: easier and deeper, longer and shorter, slower and faster, how much in one go; and when it hurts."""

from __future__ import annotations

from dataclasses import replace

from coach.coaching import Lead
from coach.cues import Line, Saying
from coach.planner import HOLD_LEAST_MS, HOLD_MOST_MS
from coach.progress import Mode
from coach.replies.answer import Answer, amount, carry_on, coach_from, note, prefer, prompt, remember, say
from coach.replies.asking import subject
from coach.replies.moving import next_step, way_out
from coach.routine import Variation
from coach.scene import Scene
from coach.session import State

COUNTED_OUT_MS = 4_000
"""As long as "three, two, one" takes."""

HOLD_STEP_MS = 15_000
"""What "longer" and "shorter" mean when no length was said."""

PACES = (70, 85, 100, 115, 130)
"""The coach's paces in percent: of the voice's rate, of the tempo of reps, and of the time to get into position."""

HOLDS = (75, 100, 125, 150)
"""Holds in general, in percent of their dose."""

LADDER = (Variation.EASIER, Variation.USUAL, Variation.DEEPER)


def easier(scene: Scene) -> Answer:
    """One rung down, now and from now on."""
    return _vary(scene, -1)


def deeper(scene: Scene) -> Answer:
    """One rung up, now and from now on."""
    return _vary(scene, +1)


def easiest_already(scene: Scene) -> Answer:
    """There is nothing easier."""
    return carry_on(scene, say("easiest_already"))


def deepest_already(scene: Scene) -> Answer:
    """There is nothing deeper."""
    return carry_on(scene, say("deepest_already"))


def more_time(scene: Scene) -> Answer:
    """A longer hold, on both sides."""
    return _hold(scene, scene.heard.ms or HOLD_STEP_MS)


def less_time(scene: Scene) -> Answer:
    """A shorter hold, on both sides."""
    return _hold(scene, -(scene.heard.ms or HOLD_STEP_MS))


def not_a_hold(scene: Scene) -> Answer:
    """Repetitions have a count and no seconds."""
    return carry_on(scene, say("not_a_hold"))


def keep_hold(scene: Scene) -> Answer:
    """Yes: the changed hold is this person's own from now on."""
    kept = {**scene.progress.preferences.hold_ms, scene.exercise.id: scene.step.work.ms}
    return _next_after(prefer(scene, hold_ms=kept), say("hold_kept"))


def drop_hold(scene: Scene) -> Answer:
    """No: next time as before."""
    return _next_after(scene, say("hold_not_kept"))


def slower(scene: Scene) -> Answer:
    """The next slower pace, kept."""
    slower_paces = [pace for pace in PACES if pace < scene.progress.preferences.pace]
    return _pace(scene, slower_paces[-1], "slower") if slower_paces else carry_on(scene, say("slowest_already"))


def faster(scene: Scene) -> Answer:
    """The next faster pace, kept."""
    faster_paces = [pace for pace in PACES if pace > scene.progress.preferences.pace]
    return _pace(scene, faster_paces[0], "faster") if faster_paces else carry_on(scene, say("fastest_already"))


def normal_pace(scene: Scene) -> Answer:
    """The pace that everybody starts with."""
    return _pace(scene, 100, "normal_pace")


def longer_holds(scene: Scene) -> Answer:
    """All holds longer, from now on."""
    longer = [holds for holds in HOLDS if holds > scene.progress.preferences.holds]
    return _holds(scene, longer[0], "longer_holds") if longer else carry_on(scene, say("longest_already"))


def shorter_holds(scene: Scene) -> Answer:
    """All holds shorter, from now on."""
    shorter = [holds for holds in HOLDS if holds < scene.progress.preferences.holds]
    return _holds(scene, shorter[-1], "shorter_holds") if shorter else carry_on(scene, say("shortest_already"))


def usual_holds(scene: Scene) -> Answer:
    """All holds by their dose again."""
    plain = prefer(scene, hold_ms={})
    return _holds(plain, 100, "usual_holds")


def hands_free(scene: Scene) -> Answer:
    """On into the following exercises without asking."""
    return carry_on(prefer(scene, mode=Mode.HANDS_FREE), say("hands_free"))


def step_by_step(scene: Scene) -> Answer:
    """Wait after every side."""
    return carry_on(prefer(scene, mode=Mode.STEP_BY_STEP), say("step_by_step"))


def exercise_by_exercise(scene: Scene) -> Answer:
    """Wait after every exercise, as everybody starts."""
    return carry_on(prefer(scene, mode=Mode.EXERCISE), say("exercise_by_exercise"))


def ease_off(scene: Scene) -> Answer:
    """It hurts: stop at once, come out gently, and choose how to go on."""
    first = "let_go" if scene.session.state is State.COACHING else "take_it_gently"
    return Answer((say(first), *way_out(scene), prompt(note(scene, state=State.EASED))), scene)


def comfort(scene: Scene) -> Answer:
    """It hurts, and no routine runs: nothing is to be done into pain."""
    return Answer((say("pain_at_rest"),), scene)


def seek_care(scene: Scene) -> Answer:
    """Signs that do not belong to a stretch: the routine ends here, with the advice to seek care."""
    return Answer((say("seek_care"),), scene, open=False)


def _vary(scene: Scene, rung: int) -> Answer:
    """Between two exercises it is the one just done that was too hard or too easy: it changes for the next time."""
    exercise, variations = scene.exercise.id, scene.progress.preferences.variations
    chosen = LADDER[LADDER.index(scene.step.variation) + rung]
    varied = prefer(scene, variations={**variations, exercise: chosen})
    told: Saying = say("as_usual") if chosen is Variation.USUAL else Line(exercise, "say", scene.step.side, chosen)
    if not scene.left_ms:
        at_rest = note(varied, state=State.BETWEEN) if scene.session.state is State.EASED else varied
        return carry_on(at_rest, say("next_time", exercise=exercise), told)
    if scene.session.state in (State.COACHING, State.EASED):
        return coach_from(varied, scene.index, told, done_ms=scene.place.done_ms, lead=Lead.GET_READY)
    return carry_on(varied, told)


def _hold(scene: Scene, by_ms: int) -> Answer:
    """Change the hold of the exercise that runs, or of the coming one between two; the side that is left follows."""
    exercise = subject(scene)
    step = next(step for step in scene.steps if step.exercise is exercise)
    wanted = min(max(step.work.ms + by_ms, HOLD_LEAST_MS), HOLD_MOST_MS)
    asked = scene.session.changed + 1
    if wanted == step.work.ms:
        return carry_on(note(scene, changed=asked), say("hold_at_limit", left=amount(step, wanted)))
    plan = scene.place.plan
    dose = next(dose for dose in plan.doses if dose.exercise == exercise.id)
    changed = replace(scene.place, plan=plan.with_dose(replace(dose, ms=wanted)))
    moved = _counted_out(scene, note(remember(scene, place=changed), changed=asked))
    changed_step = next(step for step in moved.steps if step.exercise is exercise)
    if exercise is not scene.exercise:
        return carry_on(moved, say("hold_next", left=amount(changed_step, changed_step.work.ms)))
    left = amount(moved.step, moved.left_ms)
    return carry_on(moved, say("hold_now", left=left, side=moved.step.side))


def _next_after(scene: Scene, said: Saying) -> Answer:
    answer = next_step(note(scene, changed=0))
    return replace(answer, script=(said, *answer.script))


def _pace(scene: Scene, pace: int, name: str) -> Answer:
    """Another pace, from this answer on. A rep takes another time then, and as many of them are done as before."""
    paced = replace(prefer(scene, pace=pace), wording=scene.wording.paced(pace))
    if scene.progress.place:
        done_ms = scene.place.done_ms * paced.step.work.ms // scene.step.work.ms
        paced = paced.at(paced.index, done_ms=done_ms)
    return carry_on(paced, say(name))


def _holds(scene: Scene, holds: int, name: str) -> Answer:
    return carry_on(_counted_out(scene, prefer(scene, holds=holds)), say(name))


def _counted_out(before: Scene, after: Scene) -> Scene:
    """A work that would be over by being shortened has its last seconds, or its last breath, still to go."""
    if before.progress.place is None or not before.left_ms:
        return after
    work = after.step.work
    latest = max(work.ms - max(COUNTED_OUT_MS, work.unit_ms), 0)
    return remember(after, place=replace(after.place, done_ms=min(after.place.done_ms, latest)))
