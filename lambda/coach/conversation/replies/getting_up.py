"""Fallen, or stuck on the floor: one question, then the way up, move by move.

Rule: everything else stops. Whoever is hurt stays down and calls; twice is enough of trying. The seconds of each move
are what a stiff person of sixty needs for it, eyes closed.
"""

from __future__ import annotations

from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, answer, say
from coach.conversation.replies.caring import calling, ended
from coach.conversation.telling import pace_ms, paced
from coach.speaking import Moving, Prompt
from coach.speaking.cues import Item
from coach.values import replace

ONTO_THE_KNEES: tuple[tuple[Prompt, int], ...] = (
    (say("rise_roll"), 5_000),
    (say("rise_push"), 6_000),
    (say("rise_rest"), 5_000),
    (say("rise_knees"), 5_000),
)
"""Up to hands and knees: what is said, and the milliseconds to do it in."""

LOW: tuple[tuple[Prompt, int], ...] = ((say("rise_low"), 6_000),)
"""For whoever may be stuck low on their feet, and not be lying: the rest begins from the floor."""

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

BREATHER_MS = 10_000
"""Rest before another try."""


def ask_hurt(moment: Moment) -> Answer:
    """Everything stops. Is it an emergency?"""
    return answer(ended(moment), say("lie_still"), say("ask_hurt"))


def lead_up(moment: Moment) -> Answer:
    """Not hurt: the way up, with a chair."""
    moves = BY_A_CHAIR if moment.down else (*LOW, *BY_A_CHAIR)
    return answer(moment, say("rise_slowly"), *_led(moment, moves), say("ask_up"))


def without_chair(moment: Moment) -> Answer:
    """The way up without a chair."""
    alone = moment.with_session(replace(moment.session, no_chair=True))
    return answer(alone, say("rise_without"), *_led(alone, ALONE), say("ask_up"))


def once_more(moment: Moment) -> Answer:
    """It did not work: rest, and one more try."""
    rest = (say("rise_later"), paced(moment, BREATHER_MS))
    moves = ALONE if moment.session.no_chair else BY_A_CHAIR
    return answer(moment, *rest, *_led(moment, moves), say("ask_up"))


def enough(moment: Moment) -> Answer:
    """It did not work twice: somebody has to come."""
    return answer(moment, say("rise_no_more"), *calling())


def up(moment: Moment) -> Answer:
    """Up again: sit, and tell a doctor."""
    return answer(moment, say("risen"), open_=False)


def _led(moment: Moment, moves: tuple[tuple[Prompt, int], ...]) -> tuple[Item, ...]:
    return tuple(Moving(said, pace_ms(moment, ms)) for said, ms in moves)
