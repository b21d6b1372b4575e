"""Fallen, or stuck on the floor: one question, then the way up, move by move.

Rule: everything else stops. Whoever is hurt stays down and calls; twice is enough of trying. The seconds of each move
are what a stiff person of sixty needs for it, eyes closed.
"""

from __future__ import annotations

from coach.conversation.details import Wanted
from coach.conversation.events import Event
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, Reply, answer, ask_again, say
from coach.conversation.replies.caring import calling, ended
from coach.conversation.telling import pace_ms, paced
from coach.conversation.transfers import in_position
from coach.planning import Position
from coach.speaking import Moving, Prompt
from coach.speaking.cues import Items, lasting_ms, rest_of
from coach.values import replace

ONTO_THE_KNEES: tuple[tuple[Prompt, int], ...] = (
    (say("rise_roll"), 5_000),
    (say("rise_push"), 6_000),
    (say("rise_rest"), 5_000),
    (say("rise_knees"), 5_000),
)
"""Up to hands and knees: what is said, and the milliseconds to do it in."""

OUT: tuple[tuple[Prompt, int], ...] = ((say("rise_out"), 6_000),)
"""For whoever may be stuck in the middle of a stretch."""

KNEEL: tuple[tuple[Prompt, int], ...] = ((say("rise_kneel"), 5_000),)
"""For whoever may be low on their feet, as in a squat or a lunge."""

LOW: tuple[tuple[Prompt, int], ...] = ((say("rise_low"), 6_000),)
"""For whoever may not be lying, and begins with a later move."""

FROM_A_CHAIR: tuple[tuple[Prompt, int], ...] = (
    (say("rise_forward"), 5_000),
    (say("rise_from_seat"), 5_000),
    (say("rise_stand"), 10_000),
)
"""For whoever sat on a chair last, and may sit there still."""

BY_A_CHAIR = (
    *ONTO_THE_KNEES,
    (say("rise_to_chair"), 6_000),
    (say("rise_hands"), 4_000),
    (say("rise_foot"), 5_000),
    (say("rise_by_chair"), 5_000),
    (say("rise_sit"), 6_000),
)
"""The way up with a chair to push on, and to sit on."""

ALONE = (
    *ONTO_THE_KNEES,
    (say("rise_foot"), 5_000),
    (say("rise_alone"), 8_000),
    (say("rise_stand"), 10_000),
)
"""The way up without one."""

SHUFFLING: tuple[tuple[Prompt, int], ...] = (
    (say("rise_seated"), 8_000),
    (say("rise_shuffle"), 15_000),
    (say("rise_behind"), 6_000),
    (say("rise_onto_it"), 8_000),
)
"""The way up without kneeling, to something low."""

BREATHER_MS = 10_000
"""Rest before another try."""


def ask_hurt(moment: Moment) -> Answer:
    """Everything stops. Is it an emergency?"""
    return answer(ended(_otherwise(moment)), say("lie_still"), say("ask_hurt"))


def ask_otherwise(moment: Moment) -> Answer:
    """There is no chair, or no kneeling: it is remembered for the way up, and the open question asked again."""
    return ask_again(_otherwise(moment))


def lead_up(moment: Moment) -> Answer:
    """Not hurt: the way up, with a chair, and for whoever cannot kneel without that."""
    if moment.heard.of(Wanted).floor_is_out:
        return without_kneeling(ended(moment))
    over = ended(moment)
    if over.body is Position.CHAIR:
        return answer(over, *_way(over), say("ask_up_from_chair"))
    return answer(over, say("rise_slowly", chair=int(not over.session.no_chair)), *_way(over), say("ask_up"))


def _otherwise(moment: Moment) -> Moment:
    """The moment with what there is none of on the way up: no chair, or no kneeling."""
    session, event = moment.session, moment.event
    no_chair, no_kneeling = session.no_chair or event is Event.NO_CHAIR, session.no_kneeling or event is Event.NO_FLOOR
    return moment.with_session(replace(session, no_chair=no_chair, no_kneeling=no_kneeling))


def without_chair(moment: Moment) -> Answer:
    """The way up without a chair."""
    alone = moment.with_session(replace(moment.session, no_chair=True))
    return answer(alone, say("rise_without"), *_way(alone), say("ask_up"))


def without_kneeling(moment: Moment) -> Answer:
    """The way up for whoever cannot kneel, once they have rested."""
    seated = moment.with_session(replace(moment.session, no_kneeling=True))
    return answer(seated, say("rise_unkneeling"), paced(moment, BREATHER_MS), *_way(seated), say("ask_up"))


def once_more(moment: Moment) -> Answer:
    """It did not work: rest, and one more try; from the floor, for whoever says that they are there."""
    low = in_position(moment, "") if moment.event is Event.CANNOT_GET_UP and not moment.down else moment
    tip = () if moment.session.no_kneeling else (say("rise_say_so"),)
    return answer(low, say("rise_later"), *tip, paced(moment, BREATHER_MS), *_way(low), say("ask_up"))


def further(moment: Moment) -> Answer:
    """On from the move that is being told; all of them again, where they were told."""
    way, asked = _way(moment), say("ask_up")
    rest = rest_of(way, moment.untold_ms - lasting_ms((asked,), moment.wording), moment.wording)
    return answer(moment, *(rest or way), asked)


def on_after(reply: Reply) -> Reply:
    """The reply to what is no answer, and on from the move that is being told."""

    def told(moment: Moment) -> Answer:
        said = reply(moment)
        *opening, asked = said.script.opening
        rest = rest_of(_way(moment), moment.untold_ms - lasting_ms((asked,), moment.wording), moment.wording)
        return replace(said, script=replace(said.script, opening=(*opening, *rest, asked)))

    return told


def again(moment: Moment) -> Answer:
    """All the moves again."""
    return answer(moment, *_way(moment), say("ask_up"))


def wait(moment: Moment) -> Answer:
    """To rest on the way: how to have the moves once more."""
    return answer(moment, say("take_your_time"), say("rise_wait"), say("ask_up"))


def enough(moment: Moment) -> Answer:
    """It did not work twice: somebody has to come."""
    return answer(moment, say("rise_no_more"), *calling())


def up(moment: Moment) -> Answer:
    """Up again: sit, and tell a doctor."""
    return answer(moment, say("risen"), open_=False)


def _way(moment: Moment) -> Items:
    """The moves from where somebody may be: nobody is sent down to where they are not."""
    moves = ALONE if moment.session.no_chair else BY_A_CHAIR
    if moment.session.no_kneeling:
        moves = SHUFFLING
    elif moment.body is Position.CHAIR:
        moves = FROM_A_CHAIR
    elif moment.body is Position.LYING:
        moves = (*OUT, *moves)
    else:
        kneel = () if moment.body and moment.body.down else KNEEL
        moves = (*OUT, *kneel, *LOW, *moves)
    return _led(moment, moves)


def _led(moment: Moment, moves: tuple[tuple[Prompt, int], ...]) -> Items:
    return tuple(Moving(said, pace_ms(moment, ms)) for said, ms in moves)
