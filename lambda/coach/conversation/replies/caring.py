"""When something hurts or is wrong: out of the pose first, then what to do about it.

Rule: three tiers. What only hurts has three ways on. What is to be seen today, or is an emergency, ends the routine:
its place is not offered again, nor is what waits. Nothing of it is kept, and somebody still listens.
"""

from __future__ import annotations

from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, answer, as_told, ask_eased, ask_unwell, say
from coach.conversation.replies.moving import way_out
from coach.conversation.session import State
from coach.persistence import changes
from coach.speaking import Prompt, Saying

OUT_ALREADY = (State.EASED,)
"""Where the way out has been given."""


def ease_off(moment: Moment) -> Answer:
    """It hurts: stop at once, come out gently, and choose how to go on."""
    first = say("let_go") if moment.state is State.COACHING else say("take_it_gently")
    return answer(as_told(moment), first, *out_of_it(moment), ask_eased(moment))


def comfort(moment: Moment) -> Answer:
    """It hurts, and no routine runs: nothing is to be done into pain."""
    return answer(moment, say("pain_at_rest"))


def urgent(moment: Moment) -> Answer:
    """Signs that do not belong to a stretch: out of it, the routine is over, and somebody is to see it today."""
    over = ended(moment)
    return answer(over, *out_of_it(moment), say("urgent"), ask_unwell(over))


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


def calling() -> tuple[Prompt, ...]:
    """How to call for help, and the question whether somebody can."""
    return say("call_for_help"), say("ask_emergency")


def ended(moment: Moment) -> Moment:
    """The moment with nothing on the go, and nothing that waits."""
    over = moment.doing(changes.aside(None)) if moment.progress.aside else moment
    return over.placed(None)


def out_of_it(moment: Moment) -> tuple[Saying, ...]:
    """The way out of the pose that somebody is in, may be on the way into, or was in when the clock was stopped."""
    if moment.progress.place is None or not moment.left_ms or not moment.session.coached or moment.state in OUT_ALREADY:
        return ()
    return way_out(moment, in_doubt=True)
