"""One turn, downhill: what was heard, into the table, out as a timeline. Nothing else happens here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coach.conversation import machine
from coach.conversation.errands import Errand, Reminders
from coach.conversation.events import Event
from coach.conversation.moment import Moment
from coach.conversation.replies import Answer
from coach.conversation.session import Session, State
from coach.conversation.table import BY_TIME
from coach.persistence import Change, Progress
from coach.speaking import Prompt, Timeline, lay_out

REPROMPTS = {
    State.IDLE: Prompt("again_idle"),
    State.BETWEEN: Prompt("again_between"),
    State.PAUSED: Prompt("again_paused"),
    State.FINISHED: Prompt("again_finished"),
    State.OFFERED: Prompt("again_offered"),
    State.RETURNING: Prompt("again_returning"),
    State.RETURNING_LATER: Prompt("again_returning_later"),
    State.CHOOSING: Prompt("again_choosing"),
    State.ASKED_START_OVER: Prompt("again_asked_start_over"),
    State.ASKED_LEAVE_OUT: Prompt("again_asked_leave_out"),
    State.ASKED_KEEP: Prompt("again_asked_keep"),
    State.ASKED_FORGET: Prompt("again_asked_forget"),
    State.ASKED_REMIND: Prompt("again_asked_remind"),
    State.ASKED_REMIND_TIME: Prompt("again_asked_remind_time"),
    State.ASKED_GOAL: Prompt("again_asked_goal"),
    State.EASED: Prompt("again_eased"),
}
"""What is said when nobody answers, by the state in which that will be."""


@dataclass(frozen=True)
class Turn:
    """What comes of a turn: the answer in time, the reprompt if the session stays open, what is to be remembered, and
    the `changes` that were made on the progress.
    """

    timeline: Timeline
    reprompt: Prompt | None
    session: Session
    progress: Progress
    changes: tuple[Change, ...]
    forget: bool
    permission: Reminders | None = None


def arrive(moment: Moment) -> Moment:
    """The moment at which a turn begins: where the person is by now."""
    return machine.arrive(moment)


def wanted(moment: Moment) -> Errand | None:
    """The errand of a moment that has arrived, if it has one: what comes of it is then what its turn has heard."""
    return machine.wanted(moment)


def take_turn(moment: Moment) -> Turn:
    """Take the turn of a moment that has arrived. Pure: the same moment gives the same turn."""
    said = machine.step(moment)
    timeline = lay_out(said.script, said.moment.wording, said.moment.platform)
    after = said.moment.led() if timeline.marks else said.moment
    session = replace(
        after.session,
        marks=timeline.marks,
        sent_ms=moment.now_ms,
        answers=after.session.answers + 1,
        coached=after.session.coached + bool(timeline.marks),
    )
    progress = replace(after.progress, touched=moment.now_ms // 1000)
    reprompt = _reprompt(said, moment.event, timeline)
    return Turn(timeline, reprompt, session, progress, after.changes, said.forget, said.permission)


def _reprompt(said: Answer, event: Event, timeline: Timeline) -> Prompt | None:
    """What is said when nobody answers, once the answer has been heard to its end."""
    if not said.open or event is Event.ENDED:
        return None
    then = timeline.marks[-1].then if timeline.marks else None
    return REPROMPTS[BY_TIME[Event(then)] if then else said.moment.state]
