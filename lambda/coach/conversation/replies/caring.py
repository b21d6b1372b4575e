"""When something hurts or is wrong: out of the pose first, then what to do about it.

Rule: three tiers. What only hurts has three ways on. What is to be seen today, or is an emergency, ends the routine:
its place is not offered again, nor is what waits. Nothing of it is kept, and somebody still listens.
"""

from __future__ import annotations

from coach.conversation.details import Hurt, Named
from coach.conversation.leading import resting_ms
from coach.conversation.lengths import plan_ms
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, Reply, answer, as_told, ask_eased, ask_unwell, carry_on, say
from coach.conversation.replies.choosing import ask_which, what_it_is
from coach.conversation.replies.instead import without
from coach.conversation.replies.moving import in_your_time, stop, way_out
from coach.conversation.session import IN_TROUBLE, State
from coach.conversation.telling import paced
from coach.conversation.transfers import in_position, way_to
from coach.persistence import changes
from coach.planning import Dose, Position, Side, Variation, Wish, planned
from coach.planning.conditions import GENTLEST, LOADED
from coach.speaking import Line, Prompt, Script
from coach.speaking.cues import Item, Items
from coach.values import replace

GENTLY_MS = 480_000
"""How long the gentlest routine is: five minutes on a back that is sore, and the way down to the floor and up again,
with what is fetched for it.
"""

LAND_MS = 30_000
"""Long breaths before somebody gets up to whom it has hurt enough."""


def ease_off(moment: Moment) -> Answer:
    """It hurts: stop at once, come out gently, and choose how to go on."""
    hurt = _hurt_again(moment)
    return answer(hurt, *_gently(moment), *_left_for_another_day(moment, hurt), ask_eased(moment))


def ask_land(moment: Moment) -> Answer:
    """It hurts, and not for the first time: stop at once, and shall that be all for today?"""
    hurt = _hurt_again(moment)
    return answer(hurt, *_gently(moment), *_left_for_another_day(moment, hurt), say("ask_land"))


def other_ways(moment: Moment) -> Answer:
    """Not all for today: how to go on."""
    return answer(moment, ask_eased(moment))


def land(moment: Moment) -> Answer:
    """All for today: a while of long breaths, the way up from the floor, and the place is kept."""
    breaths = paced(moment, LAND_MS)
    up = led_up(moment)
    stopped = stop(in_position(moment, ""))
    lies = moment.body is Position.LYING
    way: tuple[Item, ...] = (say("land_lying") if lies else say("land_sitting"), breaths, *up)
    return replace(stopped, script=replace(stopped.script, opening=(*way, *stopped.script.opening)))


def led_up(moment: Moment) -> Items:
    """The way up, for whoever is on the floor."""
    if not moment.down:
        return ()
    return say("way_home"), *way_to(moment, Position.STANDING)


def ask_red_flags(moment: Moment) -> Answer:
    """A sore back before anything was done: is it more than sore?"""
    return answer(moment, say("ask_red_flags"))


def red_flag(moment: Moment) -> Answer:
    """It may be more: no exercises, and to be seen today, or at once."""
    over = ended(moment)
    return answer(over, say("red_flag"), ask_unwell(over))


def offer_gentlest(moment: Moment) -> Answer:
    """A back that is only sore: moving helps, and the gentlest routine is offered."""
    known, preferences = moment.library.exercises, moment.progress.preferences
    gentlest = tuple(e for e in GENTLEST if e in known)
    only = tuple(e for e in gentlest if e not in moment.barred) or gentlest
    wish = Wish(ms=GENTLY_MS, only=only, left_out=moment.left_out)
    fitted = planned(wish, moment.library, preferences, lambda plan: plan_ms(moment, plan))
    # Nothing is held for longer than by anybody else, so that it comes to the minutes.
    plan = replace(fitted, doses=tuple(map(Dose, fitted.exercises))).all_gentle()
    # Whatever else is wished for today is as gentle.
    barred = tuple(sorted(moment.to_be_asked.union(e for e in known if e not in gentlest)))
    spared = moment.with_sparing(replace(moment.session.sparing, barred=barred, gently=True))
    offered = spared.with_session(replace(spared.session, offer=plan))
    if offered.progress.place:
        # What is on the go may be gone on with, and is as gentle.
        place = offered.place
        offered = offered.placed(replace(place, plan=place.plan.all_gentle()))
    return answer(offered, say("moving_helps"), *what_it_is(moment, plan), say("ask_offered"))


def safe(moment: Moment) -> Answer:
    """What to watch out for: in the exercise that was named, runs or comes, and in all of them."""
    named = moment.library.exercises.get(moment.heard.of(Named).exercise)
    if named:
        return carry_on(moment, *_cautions(named.id, named.sides[0]), say("safe"))
    if moment.progress.place is None:
        return carry_on(moment, say("safe"))
    return carry_on(moment, *_cautions(moment.subject.id, moment.meant.side), say("safe"))


def comfort(moment: Moment) -> Answer:
    """It hurts, and no routine runs: out of the last pose, and nothing is to be done into pain. What is done all the
    same, once it feels better, is done in its easier version.
    """
    hurt = _with_a_pain(moment)
    spared = hurt.with_sparing(replace(hurt.session.sparing, gently=True))
    return answer(spared, *out_of_it(moment), say("pain_at_rest"))


def rest_there(moment: Moment) -> Answer:
    """It hurts on the way up from the floor: nobody is led on before they say so."""
    over = ended(_with_a_pain(moment))
    return answer(over, *out_of_it(moment), say("rest_there"), ask_unwell(over))


def urgent(moment: Moment) -> Answer:
    """Signs that do not belong to a stretch: out of it, the routine is over, and somebody is to see it today."""
    over = ended(_no_deeper(moment))
    begun = moment.session.coached > 0 or moment.state in (State.COACHING, *IN_TROUBLE)
    return answer(over, *out_of_it(moment), say("urgent" if begun else "urgent_before"), ask_unwell(over))


def emergency(moment: Moment) -> Answer:
    """Help is needed now: out of the pose, and how to call it by voice and without."""
    return answer(ended(moment), *out_of_it(moment), say("emergency"), *calling())


def call_again(moment: Moment) -> Answer:
    """Whom to call, once more."""
    return answer(moment, *calling())


def stay_down(moment: Moment) -> Answer:
    """Hurt in a fall: nobody gets up with that."""
    return answer(moment, say("stay_down"), *calling())


def somebody_there(moment: Moment) -> Answer:
    """Somebody is there, and can call."""
    return answer(moment, say("somebody_there"))


def nobody_there(moment: Moment) -> Answer:
    """Nobody is there: how to be heard."""
    return answer(moment, say("nobody_there"))


def take_care(moment: Moment) -> Answer:
    """They need nothing more from here."""
    return answer(moment, say("take_care"), open_=False)


def manages(moment: Moment) -> Answer:
    """They need no help: all that is left is to take care, and to get up by themselves."""
    return answer(moment, say("take_care"), *in_your_time(moment), open_=False)


def calling() -> tuple[Prompt, ...]:
    """How to call for help, and the question whether somebody can."""
    return say("call_for_help"), say("ask_emergency")


def ask_help(moment: Moment) -> Answer:
    """Somebody who was here a moment ago, with nothing on the go, may be back for help."""
    return answer(moment, say("ask_help_first"), say("ask_asked_help"))


def needs_no_help(moment: Moment) -> Answer:
    """No help is needed, or not yet: which routine, if any?"""
    asked = ask_which(moment)
    return replace(asked, script=Script((say("if_unwell"), say("help_later"), *asked.script.opening)))


def unless_unwell(reply: Reply) -> Reply:
    """The reply that offers something, to somebody who may have fallen: not for whoever is not well."""

    def told(moment: Moment) -> Answer:
        said = reply(moment)
        return replace(said, script=Script((say("if_unwell"), *said.script.opening)))

    return told


def ended(moment: Moment) -> Moment:
    """The moment with nothing on the go, and nothing that waits."""
    over = moment.doing(changes.aside(None)) if moment.progress.aside else moment
    return over.placed(None)


def _cautions(exercise: str, side: Side) -> tuple[Line, ...]:
    """What to watch out for in an exercise, from before it to its end."""
    return (
        Line(exercise, "cautions.before", side),
        Line(exercise, "cautions.entering", side),
        Line(exercise, "cautions.during", side),
        Line(exercise, "cautions.leaving", side),
    )


def _with_a_pain(moment: Moment) -> Moment:
    """The moment with one pain more."""
    before = moment.session.sparing
    joint = before.joint_hurt or moment.heard.of(Hurt).in_a_joint
    return _no_deeper(moment).with_sparing(replace(before, pains=before.pains + 1, joint_hurt=joint))


def _no_deeper(moment: Moment) -> Moment:
    """The moment with what was done deeper done as usual from now on: nobody goes back into what was too much."""
    deeper = moment.progress.place is not None and moment.practised.variation is Variation.DEEPER
    return moment.doing(changes.variation(moment.practised.exercise.id, Variation.USUAL)) if deeper else moment


def _hurt_again(moment: Moment) -> Moment:
    hurt = _with_a_pain(as_told(moment))
    hurt = hurt.with_session(replace(hurt.session, rest_ms=resting_ms(moment)))
    # What loads that joint waits for another day, where there is anything else to come.
    spared = without(hurt, LOADED.get(moment.heard.of(Hurt).part, frozenset()))
    return spared if spared.to_come else hurt


def _left_for_another_day(before: Moment, after: Moment) -> Items:
    """What is not done any more today, since it loads the joint that hurts."""
    gone = tuple(exercise for exercise in before.exercises if exercise not in after.exercises)
    return (say("another_day", exercises=gone),) if gone else ()


def _gently(moment: Moment) -> Items:
    """To stop, and out of the pose."""
    first = say("let_go") if moment.state is State.COACHING else say("take_it_gently")
    return first, *out_of_it(moment)


def out_of_it(moment: Moment) -> Items:
    """What is left of the way out of the pose before, or the way out of the one that somebody is in."""
    return moment.leaving or way_out(moment)
