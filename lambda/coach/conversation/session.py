"""The memory of one conversation: its state, what was asked, and how long the last answer was.

Rule: what can be derived is not stored. The place is in Progress; the session adds only what ends with the
conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coach.conversation.errands import Reminders
from coach.conversation.sparing import NOTHING, Sparing
from coach.persistence.plans import read_plan, write_plan
from coach.persistence.reading import (
    COUNT_MOST,
    ID,
    MS_MOST,
    ROUNDS_MOST,
    RUNGS_MOST,
    STEP,
    WORK_MS_MOST,
    Fields,
    digits,
    flag,
    items,
    number,
    one_of,
)
from coach.planning import Plan, Position, Side, Variation
from coach.speaking.cues import Led
from coach.speaking.tempo import Lasting


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
    ASKED_LAND = "asked_land"
    ASKED_HELP = "asked_help"
    ASKED_RED_FLAGS = "asked_red_flags"
    EMERGENCY = "emergency"
    UNWELL = "unwell"
    ASKED_HURT = "asked_hurt"
    GETTING_UP = "getting_up"
    GETTING_UP_AGAIN = "getting_up_again"


IN_TROUBLE = (State.EMERGENCY, State.UNWELL, State.ASKED_HURT, State.GETTING_UP, State.GETTING_UP_AGAIN)
"""Where the body comes before everything else: no exercise is offered, and nothing is said that does not help."""


@dataclass(frozen=True)
class Leg:
    """What was done on the way to a position: where it was come from, and so many moves."""

    came_from: Position
    moved: int


@dataclass(frozen=True)
class Left:
    """What the last answer led out of: a step by its id, in the variation that it was done in, and for each move of the
    way out until when it was `told` in the answer, in milliseconds. What it led `over` into another variation is left
    only once all of that is told.
    """

    step: str
    variation: Variation
    told: tuple[int, ...]
    over: bool = False


@dataclass(frozen=True)
class Session:
    """What ends with the conversation.

    `lasting` is how long the last answer was. `offer` is a plan that was offered, `names` are ids that were named to
    choose from or that a question is about. `grown` are the exercises that were said to have grown in it, and the rung
    that each was on before. `body` is the position that the last exercise left the person in, empty for upright; with a
    `leg` it is the one that they are still getting into, and `led` has for each step of the last answer when in it they
    were led into that and out of it. `rest_ms` is what was left of the rest before a set, for whoever waits in its
    middle. `missed` counts misunderstandings in a row, `passed` how often the open question was passed over, `changed`
    the wishes for a longer or shorter hold of this exercise, `answers` the answers so far, `coached` those of them with
    an exercise in it; `announced` is set where the last of these went on with what had been named before, `hurried`
    where they went on to it while they were being led into a step, `warned_ms` is when it had told what to do when
    something hurts, 0 where it did not, and `left` is what the last answer led out of, if anything; `excused` is set
    while the person knows that what is remembered cannot be reached, or written; `no_chair` once they have no chair to
    get down or up by, and `no_kneeling` once they cannot kneel on the way up; `posed` is set while they may be in the
    pose of the step at their place, or in the moves into it.
    """

    state: State = State.IDLE
    lasting: Lasting | None = None
    offer: Plan | None = None
    names: tuple[str, ...] = ()
    grown: tuple[tuple[str, int], ...] = ()
    reminders: Reminders | None = None
    body: str = ""
    leg: Leg | None = None
    led: tuple[Led, ...] = ()
    rest_ms: int = 0
    missed: int = 0
    passed: int = 0
    changed: int = 0
    answers: int = 0
    coached: int = 0
    announced: bool = False
    hurried: bool = False
    warned_ms: int = 0
    left: Left | None = None
    excused: bool = False
    no_chair: bool = False
    no_kneeling: bool = False
    posed: bool = False
    sparing: Sparing = NOTHING

    def to_document(self) -> dict[str, Any]:
        """As plain data for the session attributes."""
        return {
            "state": self.state.value,
            "lasting": list(vars(self.lasting).values()) if self.lasting else None,
            "offer": write_plan(self.offer) if self.offer else None,
            "names": list(self.names),
            "grown": [list(known) for known in self.grown],
            "reminders": self.reminders.to_token() if self.reminders else "",
            "body": self.body,
            "leg": list(vars(self.leg).values()) if self.leg else None,
            "ways": [list(led) for led in self.led],
            "rest_ms": self.rest_ms,
            "missed": self.missed,
            "passed": self.passed,
            "changed": self.changed,
            "answers": self.answers,
            "coached": self.coached,
            "announced": self.announced,
            "hurried": self.hurried,
            "warned_ms": self.warned_ms,
            "left": _written(self.left) if self.left else None,
            "excused": self.excused,
            "no_chair": self.no_chair,
            "no_kneeling": self.no_kneeling,
            "posed": self.posed,
            **self.sparing.to_document(),
        }

    @classmethod
    def from_document(cls, document: Fields) -> Session:
        """The inverse of `to_document`."""
        count = number(0, COUNT_MOST)
        return cls(
            state=document.get("state", State, State.IDLE),
            lasting=document.get("lasting", lambda plain: _lasting(*items(plain)) if plain else None, None),
            offer=read_plan(document.within("offer")) if "offer" in document else None,
            names=document.each("names", ID, items),
            grown=document.each("grown", lambda known: _grown(*items(known)), items),
            reminders=document.get("reminders", lambda token: Reminders.from_token(token) if token else None, None),
            body=document.get("body", one_of("", *Position), ""),
            leg=document.get("leg", lambda plain: read_leg(*items(plain)) if plain else None, None),
            led=document.each("ways", lambda led: read_led(*items(led)), items),
            rest_ms=document.get("rest_ms", number(0, WORK_MS_MOST), 0),
            missed=document.get("missed", count, 0),
            passed=document.get("passed", count, 0),
            changed=document.get("changed", count, 0),
            answers=document.get("answers", count, 0),
            coached=document.get("coached", count, 0),
            announced=document.get("announced", flag, False),
            hurried=document.get("hurried", flag, False),
            warned_ms=document.get("warned_ms", number(0, WORK_MS_MOST), 0),
            left=document.get("left", lambda plain: read_left(*items(plain)) if plain else None, None),
            excused=document.get("excused", flag, False),
            no_chair=document.get("no_chair", flag, False),
            no_kneeling=document.get("no_kneeling", flag, False),
            posed=document.get("posed", flag, False),
            sparing=Sparing.from_document(document),
        )


def _grown(exercise: Any, rung: Any) -> tuple[str, int]:
    return ID(exercise), number(0, RUNGS_MOST)(rung)


def _written(left: Left) -> list[Any]:
    return [left.step, left.variation.value, list(left.told), left.over]


def read_leg(came_from: Any, moved: Any) -> Leg:
    """A leg by its fields in order. Raises one of UNREADABLE when it is none of ours."""
    return Leg(one_of(*Position)(came_from), number(1, COUNT_MOST)(moved))


def read_left(step: Any, variation: Any, told: Any, over: Any) -> Left:
    """The same of what was led out of."""
    _, set_, side = STEP(step).split(".")
    digits(1, ROUNDS_MOST)(set_)
    Side(side)
    first, *others = map(number(0, WORK_MS_MOST), items(told))
    return Left(STEP(step), Variation(variation), (first, *others), flag(over))


def read_led(begins_ms: Any, ends_ms: Any, loads_ms: Any = None, out_ms: Any = 0) -> Led:
    """The same of when a step was led into and out of; an earlier version knew only the way into its position."""
    moments = begins_ms, ends_ms, ends_ms if loads_ms is None else loads_ms, out_ms
    return Led(*map(number(0, WORK_MS_MOST), moments))


def _lasting(sent_ms: Any, *lengths: Any) -> Lasting:
    length = number(0, WORK_MS_MOST)
    return Lasting(number(0, MS_MOST)(sent_ms), *map(length, lengths))
