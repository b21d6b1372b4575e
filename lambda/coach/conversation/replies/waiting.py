"""Waiting: for whoever is not there yet, has said "pause", or takes a break of some minutes."""

from __future__ import annotations

from coach.conversation.details import Length
from coach.conversation.leading import Lead, resting_ms
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import Answer, answer, as_told, carry_on, coach_from, left, question, say
from coach.conversation.telling import pace_ms, paced
from coach.speaking import Gap, Moving
from coach.speaking.cues import Item
from coach.values import replace

NOT_YET_MS = 8_000
"""What somebody gets who is not there yet: as much as a long move takes."""

FETCH_MORE_MS = 20_000
"""What somebody gets who is still fetching what they need."""

TOLD_AGAIN_MS = 10_000
"""With so much of a set-up still to be told, it is told again."""

HARDLY_BEGUN_MS = 10_000
"""Up to here in a work, whoever is not there yet has done none of it."""

BREAK_MOST_MS = 180_000
"""The longest break that fits into one answer with what is said in it."""


def not_yet(moment: Moment) -> Answer:
    """Not there yet: some seconds more, and then the clock. Whoever says so just after it began has not begun, and who
    was told no more than the beginning of a set-up is told it again.
    """
    if not moment.left_ms:
        return carry_on(moment, say("take_your_time"))
    if rest_ms := resting_ms(moment):
        longer = Moving(say("take_your_time"), rest_ms + pace_ms(moment, NOT_YET_MS))
        return coach_from(moment, moment.index, longer, lead=Lead.START)
    if moment.waiting_ms:
        fetching = Moving(say("take_your_time"), pace_ms(moment, FETCH_MORE_MS))
        return coach_from(moment, moment.index, fetching, lead=Lead.NAMED)
    if moment.untold_ms > TOLD_AGAIN_MS and not moment.place.done_ms:
        return coach_from(moment, moment.index, say("take_your_time"), lead=Lead.TAUGHT)
    done_ms = moment.place.done_ms if moment.place.done_ms > HARDLY_BEGUN_MS else 0
    going = coach_from(moment, moment.index, say("take_your_time"), done_ms=done_ms, lead=Lead.START)
    opening = (*going.script.opening, paced(moment, NOT_YET_MS))
    return replace(going, script=replace(going.script, opening=opening))


def stay_with_it(moment: Moment) -> Answer:
    """A word of company, and on: they are doing it, or are not in it yet."""
    return carry_on(moment, say("take_your_time") if moment.leading else say("stay_with_it"))


def pause(moment: Moment) -> Answer:
    """Wait, with the place kept to the second."""
    return _paused(moment.ahead)


def wait(moment: Moment) -> Answer:
    """Between two exercises there is nothing to stop."""
    return answer(moment, say("paused_between"))


def wait_at_the_end(moment: Moment) -> Answer:
    """The routine is done: there is nothing to stop but the way up, for whoever wants to lie there a while."""
    if not moment.untold_ms:
        return answer(moment, say("all_done"), question(moment))
    return wait_awhile(moment)


def wait_awhile(moment: Moment) -> Answer:
    """There is nothing to stop: some time before they are asked again."""
    return answer(moment, say("take_your_time"), paced(moment, FETCH_MORE_MS), question(moment))


def take_break(moment: Moment) -> Answer:
    """Wait for as long as was asked for, silently, and then ask; the place is kept to the second."""
    return _paused(moment.ahead.led(), *_break(moment))


def break_between(moment: Moment) -> Answer:
    """The same between two exercises, where nothing has to be stopped."""
    return answer(moment.led(), *_break(moment), question(moment))


def _paused(ahead: Moment, *opening: Item) -> Answer:
    left_, side = left(ahead), ahead.step.side
    ahead = ahead.with_session(replace(ahead.session, rest_ms=resting_ms(ahead)))
    if ahead.streaming:
        return answer(as_told(ahead), *opening, say("paused_stream", left=left_, side=side))
    if ahead.waiting_ms and ahead.step.first_of_exercise and not ahead.in_it:
        # Nobody has heard yet what it is that so much is left of.
        return answer(ahead, *opening, say("paused_before"))
    return answer(as_told(ahead), *opening, say("paused", left=left_, side=side))


def _break(moment: Moment) -> tuple[Item, ...]:
    ms = moment.heard.of(Length).ms
    if ms <= BREAK_MOST_MS:
        return say("break", length=ms), Gap(ms), say("break_over")
    return say("break_longer", length=BREAK_MOST_MS), Gap(BREAK_MOST_MS), say("break_over")
