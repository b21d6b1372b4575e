"""What a person is told of what the store has not taken: one clause of an answer.

Rule: nobody is left to believe that something is kept which is not. It is said when it begins, again with each new
thing that is confirmed, and once more at the end; and when all is written after all. It stands behind the words that
confirm something and before the question, and never in an answer to somebody in pain.
"""

from __future__ import annotations

from coach.conversation.events import Event
from coach.conversation.moment import Moment, Storage
from coach.conversation.replies import Answer
from coach.conversation.session import IN_TROUBLE, State
from coach.persistence.changes import NOTICED
from coach.speaking import Prompt, Script
from coach.values import replace

SAID_WITHOUT = frozenset(
    {
        *(Event.ENDED, Event.PLAYS, Event.PAIN, Event.PAIN_AGAIN),
        *(Event.EMERGENCY, Event.URGENT, Event.CANNOT_GET_UP),
        *(Event.FORGET_ME, Event.CANNOT_FORGET),
    }
)
"""What is answered without it: nobody hears it, something hurts, or the answer itself is about it."""


def is_urgent(moment: Moment) -> bool:
    """Whether a moment is answered without anything that can wait."""
    return moment.event in SAID_WITHOUT or moment.state in IN_TROUBLE


def clause(before: Moment, said: Answer) -> Prompt | None:
    """What an answer to a moment has to say of what is not written, or is by now; None for nothing."""
    after, known = said.moment, before.session.excused
    if is_urgent(before) or said.forget:
        return None
    if before.storage is Storage.KEPT:
        return Prompt("written_by_now") if known and any(c.what in NOTICED for c in before.unsaved) else None
    owed = after.progress.place is not None or any(c.what in NOTICED for c in (*before.unsaved, *after.changes))
    if not said.open:
        return Prompt("unwritten_at_the_end") if owed else None
    if before.storage is Storage.UNREAD and not known:
        # That the notes do not answer is said before anything else, and what becomes of this turn with it.
        return None
    confirmed = any(c.what in NOTICED for c in after.changes[len(before.changes) :])
    finished = after.state is State.FINISHED is not before.state
    return Prompt("unwritten") if confirmed or finished or (owed and not known) else None


def with_clause(script: Script, clause: Prompt | None) -> Script:
    """A script with a clause: in a work that goes on where the other words are, else before the last saying, which asks
    or takes leave.
    """
    if clause is None:
        return script
    if not script.passages:
        return replace(script, opening=(*script.opening[:-1], clause, *script.opening[-1:]))
    first, *others = script.passages
    if not first.work.opening:
        return replace(script, opening=(*script.opening, clause))
    work = replace(first.work, opening=(*first.work.opening, clause))
    return replace(script, passages=(replace(first, work=work), *others))
