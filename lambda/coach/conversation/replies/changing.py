"""How it is done: easier and deeper, longer and shorter, slower and faster, how much in one go, with chimes or not."""

from __future__ import annotations

from dataclasses import replace

from coach.conversation.details import Length
from coach.conversation.leading import Lead, line, way_into
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, amount, carry_on, coach_from, say
from coach.conversation.replies.moving import next_step, way_out
from coach.conversation.session import State
from coach.persistence import Change, Mode, changes
from coach.planning import Side, Variation
from coach.planning.steps import HOLD_LEAST_MS, HOLD_MOST_MS, HOLDS, PACES
from coach.speaking import Prompt, Saying

COUNTED_OUT_MS = 5_000
"""As long as "three, two, one" takes, and the second until it is heard."""

VARIED_LEAST_MS = 15_000
"""What is done another way from its middle on has at least so much left."""

HOLD_STEP_MS = 15_000
"""What "longer" and "shorter" mean when no length was said."""

LADDER = (Variation.EASIER, Variation.USUAL, Variation.DEEPER)


def easier(moment: Moment) -> Answer:
    """One rung down, now and from now on."""
    return _vary(moment, -1)


def deeper(moment: Moment) -> Answer:
    """One rung up, now and from now on."""
    return _vary(moment, +1)


def easier_next_time(moment: Moment) -> Answer:
    """The work is done, and was too hard: one rung down for what is left of the exercise, or for the next time."""
    return _vary_next_time(moment, -1)


def deeper_next_time(moment: Moment) -> Answer:
    """The work is done, and was too easy: one rung up for what is left of the exercise, or for the next time."""
    return _vary_next_time(moment, +1)


def easiest_already(moment: Moment) -> Answer:
    """There is nothing easier."""
    return carry_on(moment, say("easiest_already"))


def deepest_already(moment: Moment) -> Answer:
    """There is nothing deeper."""
    return carry_on(moment, say("deepest_already"))


def more_time(moment: Moment) -> Answer:
    """A longer hold, on both sides."""
    return _hold(moment, moment.heard.of(Length).ms or HOLD_STEP_MS)


def less_time(moment: Moment) -> Answer:
    """A shorter hold, on both sides."""
    return _hold(moment, -(moment.heard.of(Length).ms or HOLD_STEP_MS))


def not_a_hold(moment: Moment) -> Answer:
    """Repetitions have a count and no seconds."""
    return carry_on(moment, say("not_a_hold"))


def keep_hold(moment: Moment) -> Answer:
    """Yes: the changed hold is this person's own from now on."""
    kept = moment.doing(changes.hold(moment.exercise.id, moment.step.work.ms))
    return _next_after(kept, say("hold_kept"))


def drop_hold(moment: Moment) -> Answer:
    """No: next time as before."""
    return _next_after(moment, say("hold_not_kept"))


def slower(moment: Moment) -> Answer:
    """The next slower pace, kept."""
    slower_paces = [pace for pace in PACES if pace < moment.progress.preferences.pace]
    if not slower_paces:
        return carry_on(moment, say("slowest_already"))
    return _pace(moment, slower_paces[-1], say("slower"))


def faster(moment: Moment) -> Answer:
    """The next faster pace, kept."""
    faster_paces = [pace for pace in PACES if pace > moment.progress.preferences.pace]
    if not faster_paces:
        return carry_on(moment, say("fastest_already"))
    return _pace(moment, faster_paces[0], say("faster"))


def normal_pace(moment: Moment) -> Answer:
    """The pace that everybody starts with."""
    return _pace(moment, 100, say("normal_pace"))


def longer_holds(moment: Moment) -> Answer:
    """All holds longer, from now on."""
    longer = [holds for holds in HOLDS if holds > moment.progress.preferences.holds]
    if not longer:
        return carry_on(moment, say("longest_already"))
    return _holds(moment, say("longer_holds"), changes.holds(longer[0]))


def shorter_holds(moment: Moment) -> Answer:
    """All holds shorter, from now on."""
    shorter = [holds for holds in HOLDS if holds < moment.progress.preferences.holds]
    if not shorter:
        return carry_on(moment, say("shortest_already"))
    return _holds(moment, say("shorter_holds"), changes.holds(shorter[-1]))


def usual_holds(moment: Moment) -> Answer:
    """All holds by their dose again."""
    return _holds(moment.doing(changes.usual_holds()), say("usual_holds"), changes.holds(100))


def hands_free(moment: Moment) -> Answer:
    """On into the following exercises without asking."""
    return carry_on(moment.doing(changes.mode(Mode.HANDS_FREE)), say("hands_free"))


def step_by_step(moment: Moment) -> Answer:
    """Wait after every side."""
    return carry_on(moment.doing(changes.mode(Mode.STEP_BY_STEP)), say("step_by_step"))


def exercise_by_exercise(moment: Moment) -> Answer:
    """Wait after every exercise, as everybody starts."""
    return carry_on(moment.doing(changes.mode(Mode.EXERCISE)), say("exercise_by_exercise"))


def chimes(moment: Moment) -> Answer:
    """A soft sound where a hold begins, half way, and where it ends."""
    return carry_on(moment.doing(changes.chimes(True)), say("chimes"))


def no_chimes(moment: Moment) -> Answer:
    """Words alone, as everybody starts."""
    return carry_on(moment.doing(changes.chimes(False)), say("no_chimes"))


def another_way(moment: Moment, varied: Moment, told: Saying) -> Answer:
    """The step that runs done another way from here on, and taught whole: by its way from the usual one, or from its
    own start once the person has come out. There is enough left of it to be worth the way.
    """
    out, work = way_out(moment), varied.step.work
    way = way_into(varied, varied.step) if out and moment.step.variation is Variation.USUAL else ()
    done_ms = max(min(moment.place.done_ms, work.ms - VARIED_LEAST_MS), 0) // work.unit_ms * work.unit_ms
    if way:
        return coach_from(varied, moment.index, told, *way, done_ms=done_ms, lead=Lead.START)
    return coach_from(varied, moment.index, told, *out, done_ms=done_ms, lead=Lead.TAUGHT)


def _vary(moment: Moment, rung: int) -> Answer:
    varied, told = _varied(moment, rung)
    if moment.of_another_day and moment.state is State.EASED:
        return coach_from(varied, moment.first_step_of(moment.exercise.id), told, lead=Lead.TAUGHT)
    return (
        another_way(moment, varied, told) if moment.state in (State.COACHING, State.EASED) else carry_on(varied, told)
    )


def _vary_next_time(moment: Moment, rung: int) -> Answer:
    varied, told = _varied(moment, rung)
    if not moment.step.last_of_exercise:
        return carry_on(varied, told)
    return carry_on(varied, say("next_time", exercise=moment.exercise.id), told)


def _varied(moment: Moment, rung: int) -> tuple[Moment, Saying]:
    """The moment with the exercise done another way, and what is different about it. Between two exercises it is the
    one just done that was too hard or too easy.
    """
    chosen = LADDER[LADDER.index(moment.step.variation) + rung]
    varied = moment.doing(changes.variation(moment.exercise.id, chosen))
    if chosen is Variation.USUAL:
        return varied, say("as_usual")
    return varied, line(replace(moment.step, variation=chosen), "say")


def _hold(moment: Moment, by_ms: int) -> Answer:
    """Change the hold of the exercise that runs, or of the coming one between two; the side that is left follows."""
    step, place = moment.meant, moment.place
    exercise = step.exercise
    wanted = min(max(step.work.ms + by_ms, min(HOLD_LEAST_MS, step.work.ms)), HOLD_MOST_MS)
    asked = moment.with_session(replace(moment.session, changed=moment.session.changed + 1))
    if wanted == step.work.ms:
        return carry_on(asked, say("hold_at_limit", left=amount(step, wanted)))
    dose = replace(place.plan.dose_of(exercise.id), ms=wanted, last_ms=0)
    moved = counted_out(moment, asked.placed(replace(place, plan=place.plan.with_dose(dose))))
    changed = moved.steps[moved.first_step_of(exercise.id)]
    if exercise is not moment.exercise or not moment.left_ms:
        return carry_on(moved, say("hold_next", left=amount(changed, changed.work.ms)))
    # On its last side nothing of the exercise follows that could be the same.
    side = Side.BOTH if moved.step.last_of_exercise else moved.step.side
    return carry_on(moved, say("hold_now", left=amount(moved.step, moved.left_ms), side=side))


def _next_after(moment: Moment, said: Saying) -> Answer:
    following = next_step(moment.with_session(replace(moment.session, changed=0)))
    script = following.script
    return replace(following, script=replace(script, opening=(said, *script.opening)))


def _pace(moment: Moment, pace: int, told: Prompt) -> Answer:
    """Another pace, from this answer on. A rep takes another time then, and as many of them are done as before."""
    paced = replace(moment.doing(changes.pace(pace)), wording=moment.wording.paced(pace))
    if moment.progress.place:
        done_ms = moment.place.done_ms * paced.step.work.ms // moment.step.work.ms
        paced = paced.at(paced.index, done_ms=done_ms)
    return carry_on(paced, told)


def _holds(moment: Moment, told: Prompt, settled: Change) -> Answer:
    return carry_on(counted_out(moment, moment.doing(settled)), told)


def counted_out(before: Moment, after: Moment) -> Moment:
    """A work that would be over by being shortened has its last seconds, or its last breath, still to go; one that is
    done is not taken up again for being longer.
    """
    if before.progress.place is None:
        return after
    work = after.step.work
    if not before.left_ms:
        return after.placed(replace(after.place, done_ms=work.ms))
    latest = max(work.ms - max(COUNTED_OUT_MS, work.unit_ms), 0)
    return after.placed(replace(after.place, done_ms=min(after.place.done_ms, latest)))
