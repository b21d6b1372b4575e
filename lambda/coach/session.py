"""The memory of one conversation: its state, what was heard last, and what the speaker is saying at this moment.

Rule: what can be derived is not stored. The place is in Progress; the session adds only what ends with the
conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coach.cues import Mark
from coach.errand import Reminders
from coach.plan import Plan


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


class Event(StrEnum):
    """What a person meant. Many intents may be one event; those of the second block come out of a guard, those
    of the third say what came of an errand, or of asking for permission to go on it.
    """

    LAUNCH = "launch"
    START = "start"
    ONE_EXERCISE = "one_exercise"
    NO_FLOOR = "no_floor"
    NEXT = "next"
    SKIP = "skip"
    PREVIOUS = "previous"
    REPEAT = "repeat"
    PAUSE = "pause"
    RESUME = "resume"
    START_OVER = "start_over"
    GO_TO = "go_to"
    SWITCH_SIDE = "switch_side"
    TIME_LEFT = "time_left"
    WHERE = "where"
    WHATS_NEXT = "whats_next"
    EXPLAIN = "explain"
    WHY = "why"
    CHECK = "check"
    EASIER = "easier"
    DEEPER = "deeper"
    MORE_TIME = "more_time"
    LESS_TIME = "less_time"
    SLOWER = "slower"
    FASTER = "faster"
    NORMAL_PACE = "normal_pace"
    PAIN = "pain"
    RED_FLAG = "red_flag"
    PROGRESS = "progress"
    LOG = "log"
    HANDS_FREE = "hands_free"
    STEP_BY_STEP = "step_by_step"
    EXERCISE_BY_EXERCISE = "exercise_by_exercise"
    LONGER_HOLDS = "longer_holds"
    SHORTER_HOLDS = "shorter_holds"
    USUAL_HOLDS = "usual_holds"
    WEEKLY_GOAL = "weekly_goal"
    LIST_ROUTINES = "list_routines"
    LIST_EXERCISES = "list_exercises"
    MORE = "more"
    CHOOSE = "choose"
    LEAVE_OUT = "leave_out"
    BRING_BACK = "bring_back"
    FORGET_ME = "forget_me"
    REST_DAY = "rest_day"
    REMIND = "remind"
    STOP_REMINDING = "stop_reminding"
    HELP = "help"
    STOP = "stop"
    YES = "yes"
    NO = "no"
    NONSENSE = "nonsense"
    ENDED = "ended"

    COME_BACK = "come_back"
    COME_BACK_LATER = "come_back_later"
    RESUME_LATER = "resume_later"
    TIME_OFF = "time_off"
    START_PLANNED = "start_planned"
    START_UNCLEAR = "start_unclear"
    NEXT_AT_END = "next_at_end"
    SKIP_AT_END = "skip_at_end"
    SKIP_AGAIN = "skip_again"
    PREVIOUS_AT_START = "previous_at_start"
    START_OVER_AT_ONCE = "start_over_at_once"
    GO_TO_UNKNOWN = "go_to_unknown"
    NO_SUCH_NUMBER = "no_such_number"
    NO_OTHER_SIDE = "no_other_side"
    EASIEST_ALREADY = "easiest_already"
    DEEPEST_ALREADY = "deepest_already"
    NOT_A_HOLD = "not_a_hold"
    REPLAN = "replan"
    STOP_UNKEPT = "stop_unkept"
    CANNOT_FORGET = "cannot_forget"
    LEAVE_OUT_THIS = "leave_out_this"
    LEAVE_OUT_LAST = "leave_out_last"
    REMIND_UNCLEAR = "remind_unclear"

    REMINDERS_SET = "reminders_set"
    REMINDERS_STOPPED = "reminders_stopped"
    REMINDERS_NONE = "reminders_none"
    REMINDERS_NOT_ALLOWED = "reminders_not_allowed"
    REMINDERS_ALLOWED = "reminders_allowed"
    REMINDERS_DENIED = "reminders_denied"
    REMINDERS_TOO_MANY = "reminders_too_many"
    REMINDERS_UNSUPPORTED = "reminders_unsupported"
    REMINDERS_FAILED = "reminders_failed"


@dataclass(frozen=True)
class Heard:
    """An event and what came with it: ids of the content, lengths in milliseconds, numbers; empty where nothing was
    said.

    `unknown` are the words of a name that the content does not have; they are compared with it and then forgotten.
    `floor_is_out` is set by whoever can't get down on the floor. `times` are minutes after midnight, in the order in
    which they were said, and `part` the part of the day (MO, AF, EV or NI).
    """

    event: Event
    routine: str = ""
    area: str = ""
    exercise: str = ""
    unknown: str = ""
    ms: int = 0
    number: int = 0
    choice: str = ""
    day: str = ""
    floor_is_out: bool = False
    times: tuple[int, ...] = ()
    part: str = ""


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
            "state": self.state,
            "marks": [[m.step, m.starts, m.works, m.ends, m.done] for m in self.marks],
            "sent_ms": self.sent_ms,
            "offer": self.offer.to_document() if self.offer else None,
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
    def from_document(cls, document: dict[str, Any]) -> Session:
        """The inverse of `to_document`. Raises LookupError, TypeError or ValueError when it is not one of ours."""
        found = cls(
            state=State(document["state"]),
            marks=tuple(Mark(str(step), *map(int, times)) for step, *times in document["marks"]),
            sent_ms=int(document["sent_ms"]),
            offer=Plan.from_document(document["offer"]) if document["offer"] else None,
            names=tuple(str(name) for name in document["names"]),
            reminders=Reminders.from_token(document["reminders"]) if document["reminders"] else None,
            body=str(document["body"]),
            missed=int(document["missed"]),
            changed=int(document["changed"]),
            answers=int(document["answers"]),
            coached=int(document["coached"]),
            excused=bool(document["excused"]),
        )
        if found.state is State.ASKED_REMIND and not (found.reminders and found.reminders.times):
            raise ValueError("no reminders that the question could be about")
        return found
