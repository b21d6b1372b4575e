"""What one person was told, and what they did: plain counters, kept by somebody who only listens.

Rule: `sure` is what was told as done and is kept for certain; `most` is all that the person did. What the coach knows
lies in between: an act whose answer was never heard may have been done, or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.model.acts import LEAVABLE

USUAL_GOAL = 4
NOWHERE = ""


@dataclass
class Tally:
    """How often something was done: `sure` at the least, `most` at the most."""

    sure: int = 0
    most: int = 0


@dataclass
class Setting:
    """What something may be set to, and when that was said. It has one value once that was told and kept."""

    usual: object
    may: list[tuple[int, object]] = field(default_factory=list)
    since: int = 0

    def __post_init__(self) -> None:
        self.may = [(0, self.usual)]

    def tried(self, when: int, value: object) -> None:
        """It may be set to this from now on."""
        self.may.append((when, value))

    def told(self, when: int, *values: object) -> None:
        """It is set to this, or to one of these: whatever was said before it holds no more."""
        if when < self.since:
            return
        self.since = when
        self.may = [*((when, value) for value in values), *(known for known in self.may if known[0] > when)]

    @property
    def values(self) -> set[object]:
        """What it may be."""
        return {value for _, value in self.may}


@dataclass(frozen=True)
class Fact:
    """What a person was told as done: a squat on a day, a goal, whether an exercise is left out, or where they are."""

    owner: str
    sent: int
    squat_on: date | None = None
    goal: int = 0
    name: str = ""
    out: bool = False
    at: frozenset[str] = frozenset()


@dataclass
class Person:
    """One person. `place` is the exercise that they are at, empty outside of any routine; `spoke_on` are the days on
    which they said anything. `led_on` is set once they asked for answers that lead from one exercise on to the next.
    `gone` is set from when they heard that all is deleted until they speak again; `deleted` is the number of what was
    said then.
    """

    squats: dict[date, Tally] = field(default_factory=dict)
    goal: Setting = field(default_factory=lambda: Setting(USUAL_GOAL))
    out: dict[str, Setting] = field(default_factory=lambda: {name: Setting(False) for name in LEAVABLE})
    place: Setting = field(default_factory=lambda: Setting(NOWHERE))
    spoke_on: set[date] = field(default_factory=set)
    led_on: bool = False
    deleted: int = -1
    gone: bool = False

    def on(self, day: date) -> Tally:
        """The squats of a day."""
        return self.squats.setdefault(day, Tally())

    @property
    def practised_on(self) -> set[date]:
        """The days on which something was done for certain."""
        return {day for day, tally in self.squats.items() if tally.sure}

    def keep(self, fact: Fact) -> None:
        """What was told as done is kept for certain from now on."""
        if fact.squat_on:
            self.on(fact.squat_on).sure += 1
        if fact.goal:
            self.goal.told(fact.sent, fact.goal)
        if fact.name:
            self.out[fact.name].told(fact.sent, fact.out)
        if fact.at:
            self.place.told(fact.sent, *fact.at)

    def deletion_heard(self, when: int) -> None:
        """Everything is deleted, and the person knows it."""
        self.__init__(deleted=when, gone=True)  # type: ignore[misc]

    def may_be_deleted(self, when: int) -> None:
        """Everything may be deleted, or it is not: nothing is certain any more."""
        for tally in self.squats.values():
            tally.sure = 0
        self.goal.tried(when, USUAL_GOAL)
        self.place.tried(when, NOWHERE)
        for setting in self.out.values():
            setting.tried(when, False)
