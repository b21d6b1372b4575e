"""What a person meant, and what came with it.

Rule: an event carries one kind of detail, or none, and refuses any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coach.conversation.details import (
    About,
    Choice,
    Condition,
    Count,
    Daily,
    Detail,
    Ending,
    Hurt,
    Kind,
    Length,
    Named,
    Wanted,
    When,
    refuse,
)
from coach.values import replace


class Event(StrEnum):
    """What a person meant. Many intents may be one event; those of the second block come out of a guard, those of the
    third say what came of an errand, or of asking for permission to go on it, and those of the last what time has
    brought: an answer plays by itself, or was heard to its end.
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
    EMERGENCY = "emergency"
    URGENT = "urgent"
    CANNOT_GET_UP = "cannot_get_up"
    NO_CHAIR = "no_chair"
    SORE_AFTER = "sore_after"
    CONDITION = "condition"
    SAFE = "safe"
    READY = "ready"
    NOT_READY = "not_ready"
    PROGRESS = "progress"
    LOG = "log"
    HANDS_FREE = "hands_free"
    STEP_BY_STEP = "step_by_step"
    EXERCISE_BY_EXERCISE = "exercise_by_exercise"
    LONGER_HOLDS = "longer_holds"
    SHORTER_HOLDS = "shorter_holds"
    USUAL_HOLDS = "usual_holds"
    BREAK = "break"
    ALREADY_DONE = "already_done"
    SWAP = "swap"
    SKIPPED_WHICH = "skipped_which"
    HOLD_FOR = "hold_for"
    MORE_SETS = "more_sets"
    LESS_TALK = "less_talk"
    USUAL_TALK = "usual_talk"
    VOLUME = "volume"
    PLAYLIST = "playlist"
    NO_MAT = "no_mat"
    WHAT_TO_FETCH = "what_to_fetch"
    THANKS = "thanks"
    DELETE_EVERYTHING = "delete_everything"
    CHIMES = "chimes"
    NO_CHIMES = "no_chimes"
    GO_EASY = "go_easy"
    USUAL_DOSES = "usual_doses"
    TOO_SOON = "too_soon"
    WEEKLY_GOAL = "weekly_goal"
    LIST_ROUTINES = "list_routines"
    LIST_EXERCISES = "list_exercises"
    MORE = "more"
    CHOOSE = "choose"
    NUMBER = "number"
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
    TAKE_UP = "take_up"
    TAKE_UP_LATER = "take_up_later"
    TIME_OFF = "time_off"
    MAY_NEED_HELP = "may_need_help"
    OFFER_DECLINED = "offer_declined"
    START_PLANNED = "start_planned"
    START_UNCLEAR = "start_unclear"
    BEGIN = "begin"
    SORE_BACK = "sore_back"
    PAIN_AGAIN = "pain_again"
    PAIN_GETTING_UP = "pain_getting_up"
    HELP_UP = "help_up"
    UP = "up"
    NEXT_AT_END = "next_at_end"
    SKIP_AHEAD = "skip_ahead"
    SKIP_AT_END = "skip_at_end"
    SKIP_AGAIN = "skip_again"
    ALREADY_DONE_LAST = "already_done_last"
    NOTHING_TO_SWAP = "nothing_to_swap"
    PREVIOUS_AT_START = "previous_at_start"
    START_OVER_AT_ONCE = "start_over_at_once"
    GO_TO_UNKNOWN = "go_to_unknown"
    NO_SUCH_NUMBER = "no_such_number"
    NO_OTHER_SIDE = "no_other_side"
    EASIEST_ALREADY = "easiest_already"
    DEEPEST_ALREADY = "deepest_already"
    EASIER_NEXT_TIME = "easier_next_time"
    DEEPER_NEXT_TIME = "deeper_next_time"
    NOT_A_HOLD = "not_a_hold"
    NOT_AN_EXERCISE = "not_an_exercise"
    REPLAN = "replan"
    CANNOT_FORGET = "cannot_forget"
    LEAVE_OUT_THIS = "leave_out_this"
    LEAVE_OUT_LAST = "leave_out_last"
    BARRED = "barred"
    BARRED_AHEAD = "barred_ahead"
    ALL_BARRED = "all_barred"
    GOAL_UNCLEAR = "goal_unclear"
    REMIND_UNCLEAR = "remind_unclear"
    NOT_YOURS = "not_yours"

    REMINDERS_SET = "reminders_set"
    REMINDERS_STOPPED = "reminders_stopped"
    REMINDERS_NONE = "reminders_none"
    REMINDERS_NOT_ALLOWED = "reminders_not_allowed"
    REMINDERS_ALLOWED = "reminders_allowed"
    REMINDERS_DENIED = "reminders_denied"
    REMINDERS_TOO_MANY = "reminders_too_many"
    REMINDERS_UNSUPPORTED = "reminders_unsupported"
    REMINDERS_FAILED = "reminders_failed"

    PLAYS = "plays"
    HEARD_OUT = "heard_out"
    HEARD_OUT_CHANGED = "heard_out_changed"
    HEARD_OUT_LAST = "heard_out_last"
    HEARD_OUT_DOWN = "heard_out_down"
    HEARD_OUT_BEFORE = "heard_out_before"


DETAILS: Mapping[Event, type[Detail]] = {
    **dict.fromkeys(
        (Event.START, Event.NO_FLOOR, Event.START_PLANNED, Event.START_UNCLEAR, Event.REPLAN, Event.LIST_EXERCISES),
        Wanted,
    ),
    # Of the routine that is named, or of the one at hand.
    Event.RESUME: Wanted,
    **dict.fromkeys(
        (Event.ONE_EXERCISE, Event.GO_TO, Event.GO_TO_UNKNOWN, Event.NO_SUCH_NUMBER, Event.EXPLAIN, Event.WHY), Named
    ),
    **dict.fromkeys((Event.LEAVE_OUT, Event.LEAVE_OUT_THIS, Event.LEAVE_OUT_LAST, Event.BRING_BACK), Named),
    **dict.fromkeys((Event.SKIP, Event.SKIP_AHEAD), Named),
    **dict.fromkeys((Event.MORE_TIME, Event.LESS_TIME, Event.HOLD_FOR, Event.NOT_A_HOLD, Event.BREAK), Length),
    **dict.fromkeys((Event.LOG, Event.WEEKLY_GOAL, Event.MORE_SETS, Event.NUMBER), Count),
    **dict.fromkeys((Event.PAIN, Event.PAIN_AGAIN, Event.PAIN_GETTING_UP), Hurt),
    Event.HELP_UP: Wanted,
    **dict.fromkeys((Event.CONDITION, Event.BARRED_AHEAD, Event.ALL_BARRED), Condition),
    Event.BARRED: Named,
    Event.SAFE: Named,
    Event.CHOOSE: Choice,
    Event.WHAT_TO_FETCH: About,
    Event.ENDED: Ending,
    **dict.fromkeys((Event.PROGRESS, Event.REST_DAY, Event.TIME_OFF), When),
    **dict.fromkeys((Event.REMIND, Event.REMIND_UNCLEAR), Daily),
    **{event: Daily for event in Event if event.startswith("reminders_")},
}
"""The kind of detail that each event carries; the others carry none."""

_NOTHING_SAID: Mapping[type[Any], Any] = {kind: kind() for kind in Kind.__constraints__}
"""The detail of each kind in which nothing was said. A turn asks for a dozen of them."""


@dataclass(frozen=True)
class Heard:
    """An event and its detail. Raises ValueError for a detail that is not of the event's kind."""

    event: Event
    detail: Detail | None = None

    def __post_init__(self) -> None:
        refuse(self.detail is not None and type(self.detail) is not DETAILS.get(self.event))

    def of(self, kind: type[Kind]) -> Kind:
        """The detail, if it is of this kind; else one in which nothing was said."""
        found: Kind = self.detail if isinstance(self.detail, kind) else _NOTHING_SAID[kind]
        return found

    def meaning(self, event: Event) -> Heard:
        """The same taken for another event; the detail goes along if that event has its kind."""
        kept = self.detail if type(self.detail) is DETAILS.get(event) else None
        return replace(self, event=event, detail=kept)
