"""The memory of one conversation: its state, what was heard last, and what the speaker is saying at this moment.

Rule: what can be derived is not stored. The place is in Progress; the session adds only what ends with the
conversation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coach.conversation.errands import Reminders
from coach.persistence.document import read_plan, write_plan
from coach.planning import Plan
from coach.speaking import Mark


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
    ASKED_GOAL = "asked_goal"
    EASED = "eased"


@dataclass(frozen=True)
class Session:
    """What ends with the conversation.

    `marks` say when the last answer is at which step, from the first sound after `sent_ms` (epoch milliseconds of the
    request that it answered). `offer` is a plan that was offered, `names` are ids that were named to choose from or
    that a question is about. `body` is the position that the last exercise left the person in, empty for upright.
    `missed` counts misunderstandings in a row, `passed` how often the open question was passed over, `changed` the
    wishes for a longer or shorter hold of this exercise, `answers` the answers so far, `coached` those of them with an
    exercise in it; `excused` is set once the person was told that what is remembered cannot be reached.
    """

    state: State = State.IDLE
    marks: tuple[Mark, ...] = ()
    sent_ms: int = 0
    offer: Plan | None = None
    names: tuple[str, ...] = ()
    reminders: Reminders | None = None
    body: str = ""
    missed: int = 0
    passed: int = 0
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
            "passed": self.passed,
            "changed": self.changed,
            "answers": self.answers,
            "coached": self.coached,
            "excused": self.excused,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Session:
        """The inverse of `to_document`. A mark that does not say what follows is one of version 2. Raises LookupError,
        TypeError or ValueError when it is not one of ours.
        """
        found = cls(
            state=State(document["state"]),
            marks=tuple(_mark(*mark) for mark in document["marks"]),
            sent_ms=int(document["sent_ms"]),
            offer=read_plan(document["offer"]) if document["offer"] else None,
            names=tuple(str(name) for name in document["names"]),
            reminders=Reminders.from_token(document["reminders"]) if document["reminders"] else None,
            body=str(document["body"]),
            missed=int(document["missed"]),
            passed=int(document.get("passed", 0)),
            changed=int(document["changed"]),
            answers=int(document["answers"]),
            coached=int(document["coached"]),
            excused=bool(document["excused"]),
        )
        if found.state is State.ASKED_REMIND and not (found.reminders and found.reminders.times):
            raise ValueError("no reminders that the question could be about")
        if found.state is State.OFFERED and not found.offer:
            raise ValueError("no plan that the question could be about")
        return found


def _mark(step: Any, starts: Any, works: Any, ends: Any, done: Any, *follows: Any) -> Mark:
    return Mark(str(step), int(starts), int(works), int(ends), int(done), *map(str, follows))
