"""What the moment of a request tells of how fast the speaker speaks.

Rule: nobody says how far an answer had got, and nobody is asked. A session that ended in silence tells when its last
answer was over; somebody who answers has most likely let it finish. Whatever is learned is no surer than that.
"""

from __future__ import annotations

from coach.conversation.details import Ending
from coach.conversation.events import Event, Heard
from coach.conversation.session import Session, State
from coach.speaking import Platform, Tempo

ANSWERS = frozenset(
    {
        *(Event.YES, Event.NO, Event.NEXT, Event.RESUME, Event.CHOOSE, Event.START, Event.ONE_EXERCISE, Event.GO_TO),
        *(Event.NO_FLOOR, Event.PROGRESS, Event.SKIP, Event.MORE, Event.REMIND, Event.READY, Event.NUMBER),
    }
)
"""What people say when they were asked something, or told what they can say. It is rarely said into an answer, but for
one with exercises: out of that they go to another, or skip it, at any moment.
"""

AT_AN_END = frozenset({Event.YES, Event.NO, Event.NEXT, Event.READY, Event.RESUME, Event.CHOOSE})
"""What makes no sense, or the same, before an answer with exercises is over: it is taken for over, if it may be."""

IN_TURN, IN_BETWEEN = 0.9, 0.3
"""How likely it is that somebody let the coach finish who says what answers, and who says anything else."""

WORTH_KEEPING = 0.1
"""What was learned is kept when it moved the rate by more than this part of its error, or the error by this part."""


def learned(session: Session, tempo: Tempo, heard: Heard, now_ms: int, platform: Platform) -> Tempo:
    """What is known of a speaker's tempo now that something was heard, or the session has ended, after the answer
    before it. The same tempo where that tells next to nothing.
    """
    lasting = session.lasting
    if lasting is None or not lasting.words_ms:
        return tempo
    after_ms, starts, window_ms = now_ms - lasting.sent_ms, platform.starts_after, platform.listening_ms
    if heard.event is Event.ENDED:
        if not heard.of(Ending).in_silence:
            return tempo
        likely = lasting.lapsed(after_ms, starts, window_ms)
    elif after_ms < lasting.shortest_ms:
        return tempo
    else:
        answers = AT_AN_END if session.state is State.COACHING else ANSWERS
        in_turn = IN_TURN if heard.event in answers else IN_BETWEEN
        likely = lasting.answered(after_ms, starts, platform.speaking_up, window_ms, in_turn)
    found = tempo.learning(likely)
    moved, surer = abs(found.percent - tempo.percent), abs(found.spread - tempo.spread)
    return found if max(moved, surer) > WORTH_KEEPING * tempo.spread else tempo
