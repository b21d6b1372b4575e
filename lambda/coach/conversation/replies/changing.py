"""How an exercise is done: easier and deeper, longer and shorter, for so long, and how many sets of it."""

from __future__ import annotations

from coach.conversation.details import Count, Length
from coach.conversation.guards import asks_for_rest
from coach.conversation.leading import Lead, is_before_further_set, rest_for, resting_ms
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, amount, carry_on, coach_from, say
from coach.conversation.replies.moving import next_step, way_out
from coach.conversation.session import State
from coach.conversation.telling import line, way_into
from coach.persistence import changes
from coach.planning import Hold, Reps, Side, Step, Variation
from coach.planning.steps import HOLD_LEAST_MS, HOLD_MOST_MS, REPS_MOST, sets_of
from coach.speaking import Saying
from coach.values import replace

COUNTED_OUT_MS = 5_000
"""As long as "three, two, one" takes, and the second until it is heard."""

VARIED_LEAST_MS = 15_000
"""What is done another way from its middle on has at least so much left."""

HOLD_STEP_MS = 15_000
"""What "longer" and "shorter" mean when no length was said."""

REST_MORE_MS, REST_MOST_MS = 30_000, 90_000
"""By how much a rest is longer where no length was said, and the longest one from then on: with a set behind it, it is
to fit into an answer.
"""

SETS_ADDED_MOST = 3
"""So many sets are added to an exercise at most, for whoever asks for more of it."""

LEADS_ON = (State.COACHING, State.EASED, State.ASKED_LAND)
"""Where whoever wants it another way does it that way at once: in the middle of it, and where it hurt."""

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
    """A longer hold, or more of what is counted, on both sides; in the rest before a set a longer rest."""
    if asks_for_rest(moment):
        rest_ms = resting_ms(moment) + (moment.heard.of(Length).ms or REST_MORE_MS)
        return _rested(moment, moment, min(rest_ms, REST_MOST_MS))
    return _work(moment, moment.meant.work.ms + _said(moment))


def less_time(moment: Moment) -> Answer:
    """A shorter hold, or less of what is counted, on both sides."""
    return _work(moment, moment.meant.work.ms - _said(moment))


def hold_for(moment: Moment) -> Answer:
    """A hold of so many seconds, on both sides; longer, where no length was understood."""
    length = moment.heard.of(Length)
    return _work(moment, length.ms or length.number * 1_000) if length != Length() else more_time(moment)


def not_a_hold(moment: Moment) -> Answer:
    """Repetitions have a count and no seconds."""
    return carry_on(moment, say("not_a_hold"))


def not_an_exercise(moment: Moment) -> Answer:
    """A warm-up and a landing are as each person likes them."""
    landing = moment.meant.is_around and moment.number > 0
    return carry_on(moment, say("land_as_you_like") if landing else say("warm_up_as_you_like"))


def more_sets(moment: Moment) -> Answer:
    """More rounds of the exercise that runs, or that was just done."""
    step, place = moment.step, moment.place
    most = sets_of(step.exercise.work) + SETS_ADDED_MOST
    rounds = min(step.sets + max(moment.heard.of(Count).number, 1), most)
    dose = replace(place.plan.dose_of(step.exercise.id), rounds=rounds)
    return carry_on(moment.placed(replace(place, plan=place.plan.with_dose(dose))), say("sets_now", count=rounds))


def keep_hold(moment: Moment) -> Answer:
    """Yes: the changed hold is this person's own from now on."""
    kept = moment.doing(changes.hold(moment.exercise.id, moment.step.work.ms))
    return _next_after(kept, say("hold_kept"))


def drop_hold(moment: Moment) -> Answer:
    """No: next time as before."""
    return _next_after(moment, say("hold_not_kept"))


def another_way(moment: Moment, varied: Moment, told: Saying) -> Answer:
    """The step that runs done another way from here on, and taught whole: by its way from the usual one, or from its
    own start once the person has come out.
    """
    out, done_ms = way_out(moment), worth_it_ms(moment, varied)
    in_it = out and moment.place.done_ms and moment.step.variation is Variation.USUAL
    way = way_into(varied, varied.step) if in_it else ()
    if way:
        return coach_from(varied, moment.index, told, *way, done_ms=done_ms, lead=Lead.START)
    return coach_from(varied, moment.index, told, *out, done_ms=done_ms, lead=Lead.TAUGHT)


def worth_it_ms(moment: Moment, varied: Moment) -> int:
    """How much of a work that is done another way from here on is taken for done: what is left is worth the way."""
    work = varied.step.work
    return max(min(moment.place.done_ms, work.ms - VARIED_LEAST_MS), 0) // work.unit_ms * work.unit_ms


def _vary(moment: Moment, rung: int) -> Answer:
    varied, told = _varied(moment, rung, moment.step)
    rest_ms = resting_ms(moment) or (moment.session.rest_ms if is_before_further_set(moment) else 0)
    if moment.state in LEADS_ON and rest_ms:
        return _rested(moment, varied, rest_ms, told)
    if moment.of_another_day and moment.state is State.EASED:
        return coach_from(varied, moment.first_step_of(moment.exercise.id), told, lead=Lead.TAUGHT)
    if moment.state in LEADS_ON:
        return another_way(moment, varied, told)
    # Nobody does it in a pause: it is taught once they go on.
    untaught = varied.with_session(replace(varied.session, coached=0))
    return carry_on(untaught, *way_out(moment), told)


def _rested(moment: Moment, changed: Moment, rest_ms: int, *told: Saying) -> Answer:
    """On with a rest before a set, for so long, and then with the set as it is done from now on."""
    return coach_from(changed, moment.index, *told, *rest_for(moment, rest_ms), lead=Lead.START)


def _vary_next_time(moment: Moment, rung: int) -> Answer:
    done = moment.practised
    coming = replace(done, side=done.exercise.sides[0]) if done.last_of_exercise else moment.ahead.step
    varied, told = _varied(moment, rung, coming)
    if not done.last_of_exercise:
        return carry_on(varied, told)
    return carry_on(varied, say("next_time", exercise=done.exercise.id), told)


def _varied(moment: Moment, rung: int, step: Step) -> tuple[Moment, Saying]:
    """The moment with the exercise of a step done another way, and what is different about it on the side of that step.
    Between two exercises it is the one just done that was too hard or too easy.
    """
    chosen = LADDER[LADDER.index(step.variation) + rung]
    plan = moment.place.plan.as_chosen(step.exercise.id)
    varied = moment.doing(changes.variation(step.exercise.id, chosen)).placed(replace(moment.place, plan=plan))
    if chosen is Variation.USUAL:
        return varied, say("as_usual")
    return varied, line(replace(step, variation=chosen), "say")


def _said(moment: Moment) -> int:
    """By how many milliseconds of the work it is to be longer or shorter. A number alone is one of seconds in a hold,
    and else of what is counted.
    """
    length, work = moment.heard.of(Length), moment.meant.work
    by_number = length.number * (1_000 if isinstance(work, Hold) else work.unit_ms)
    return length.ms or by_number or HOLD_STEP_MS


def _work(moment: Moment, wanted_ms: int) -> Answer:
    """Change the work of the exercise that runs, or of the coming one between two; the side that is left follows."""
    step, place = moment.meant, moment.place
    exercise = step.exercise
    asked = moment.with_session(replace(moment.session, changed=moment.session.changed + 1))
    if exercise is moment.exercise and moment.left_ms and isinstance(step.work, Hold):
        # What is held already cannot be taken back, and the other side is to be alike.
        wanted_ms = max(wanted_ms, min(place.done_ms + COUNTED_OUT_MS, step.work.ms))
    dose = replace(place.plan.dose_of(exercise.id), ms=_dose_ms(step, wanted_ms), last_ms=0)
    anew = asked.placed(replace(place, plan=place.plan.with_dose(dose)))
    changed = anew.steps[anew.first_step_of(exercise.id)]
    if changed.work.ms == step.work.ms != wanted_ms:
        return carry_on(asked, say("hold_at_limit", left=amount(step, step.work.ms)))
    moved = counted_out(moment, anew)
    capped = abs(changed.work.ms - wanted_ms) >= changed.work.unit_ms
    told = [say("no_further")] if capped else []
    if changed.work.ms > step.work.ms and not step.first_side and not moment.session.changed:
        # The side that is over had less, and whoever wants can do it again.
        told.append(say("longer_than_before", side=step.side.other))
    if exercise is not moment.exercise or not moment.left_ms:
        return carry_on(moved, say("hold_next", left=amount(changed, changed.work.ms)), *told)
    # On its last side nothing of the exercise follows that could be the same.
    side = Side.BOTH if moved.step.last_of_exercise else moved.step.side
    return carry_on(moved, say("hold_now", left=amount(moved.step, moved.left_ms), side=side), *told)


def _dose_ms(step: Step, wanted_ms: int) -> int:
    """The dose for so much work, inside what anybody is given. Of repetitions it is told at the authored tempo."""
    match step.work, step.exercise.work:
        case Reps() as reps, authored:
            return min(max(round(wanted_ms / reps.unit_ms), 1), REPS_MOST) * authored.unit_ms
        case _:
            return min(max(wanted_ms, min(HOLD_LEAST_MS, step.work.ms)), HOLD_MOST_MS)


def _next_after(moment: Moment, said: Saying) -> Answer:
    following = next_step(moment.with_session(replace(moment.session, changed=0)))
    script = following.script
    return replace(following, script=replace(script, opening=(said, *script.opening)))


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
