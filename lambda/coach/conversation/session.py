"""The memory of one conversation: its state, what was heard last, and what the speaker is saying at this moment.

Rule: what can be derived is not stored. The place is in Progress; the session adds only what ends with the
conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coach.conversation.errands import Reminders
from coach.conversation.events import Event
from coach.persistence.plans import read_plan, write_plan
from coach.persistence.reading import (
    COUNT_MOST,
    ID,
    ID_IF_ANY,
    MS_MOST,
    STEP,
    WORK_MS_MOST,
    Fields,
    flag,
    items,
    number,
    one_of,
)
from coach.planning import Plan, Position
from coach.speaking import Mark

FOLLOWS = ("", Event.HEARD_OUT, Event.HEARD_OUT_CHANGED, Event.HEARD_OUT_LAST)
"""What may come once the work at a mark has been heard to its end."""


class State(StrEnum):
    """Where a conversation stands. In the states from OFFERED on, a question has been asked."""

    IDLE = "idle"
    COACHING = "coaching"
    BETWEEN = "between"
    PAUSED = "paused"
    FINISHED = "finished"
    OFFERED = "offered"
    RETURNING = "returning"
    RETURNING_LATER = "returning_later"
    CHOOSING = "choosing"
    ASKED_START_OVER = "asked_start_over"
    ASKED_LEAVE_OUT = "asked_leave_out"
    ASKED_KEEP = "asked_keep"
    ASKED_FORGET = "asked_forget"
    ASKED_REMIND = "asked_remind"
    ASKED_REMIND_TIME = "asked_remind_time"
    EASED = "eased"


@dataclass(frozen=True)
class Session:
    """What ends with the conversation.

    `marks` say when the last answer is at which step, from the first sound after `sent_ms` (epoch milliseconds of the
    request that it answered). `offer` is a plan that was offered, `names` are ids that were named to choose from or
    that a question is about. `body` is the position that the last exercise left the person in, empty for upright.
    `missed` counts misunderstandings in a row, `changed` the wishes for a longer or shorter hold of this exercise,
    `answers` the answers so far, `coached` those of them with an exercise in it; `excused` is set once the person was
    told that what is remembered cannot be reached.
    """

    state: State = State.IDLE
    marks: tuple[Mark, ...] = ()
    sent_ms: int = 0
    offer: Plan | None = None
    names: tuple[str, ...] = ()
    reminders: Reminders | None = None
    body: str = ""
    missed: int = 0
    changed: int = 0
    answers: int = 0
    coached: int = 0
    excused: bool = False

    def to_document(self) -> dict[str, Any]:
        """As plain data for the session attributes."""
        return {
            "state": self.state.value,
            "marks": [[m.step, m.starts, m.works, m.ends, m.done, m.meets, m.credits, m.then] for m in self.marks],
            "sent_ms": self.sent_ms,
            "offer": write_plan(self.offer) if self.offer else None,
            "names": list(self.names),
            "reminders": self.reminders.to_token() if self.reminders else "",
            "body": self.body,
            "missed": self.missed,
            "changed": self.changed,
            "answers": self.answers,
            "coached": self.coached,
            "excused": self.excused,
        }

    @classmethod
    def from_document(cls, document: Fields) -> Session:
        """The inverse of `to_document`. A mark that does not say what follows is one of version 2."""
        count = number(0, COUNT_MOST)
        return cls(
            state=document.get("state", State, State.IDLE),
            marks=document.each("marks", _mark, items),
            sent_ms=document.get("sent_ms", number(0, MS_MOST), 0),
            offer=read_plan(document.within("offer")) if "offer" in document else None,
            names=document.each("names", ID, items),
            reminders=document.get("reminders", lambda token: Reminders.from_token(token) if token else None, None),
            body=document.get("body", one_of("", *Position), ""),
            missed=document.get("missed", count, 0),
            changed=document.get("changed", count, 0),
            answers=document.get("answers", count, 0),
            coached=document.get("coached", count, 0),
            excused=document.get("excused", flag, False),
        )


def _mark(plain: Any) -> Mark:
    step, starts, works, ends, done, *follows = plain
    time = number(0, WORK_MS_MOST)
    if not starts <= works <= ends or len(follows) not in (0, 3):
        raise ValueError("no time in which something is done")
    meets, credits_, then = map(ID_IF_ANY, follows or ("", "", ""))
    return Mark(STEP(step), time(starts), time(works), time(ends), time(done), meets, credits_, one_of(*FOLLOWS)(then))
