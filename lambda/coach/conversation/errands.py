"""What is to be done outside the conversation: reminders that the speaker keeps and gives.

Rule: data and no doing. A turn says what it wants done; whoever took the turn does it, and comes back with an event.
"""

from __future__ import annotations

from dataclasses import dataclass

from coach.conversation.details import A_DAY
from coach.speaking import Prompt

ONCE = "in"
"""How the token of a reminder begins that comes once."""

A_MINUTE_MS = 60_000

MOST_A_DAY = 6
"""Reminders a person may have of one thing in a day: more would be a nuisance."""


@dataclass(frozen=True)
class Reminders:
    """What a person is reminded of, one exercise or all: every day at `times`, in minutes after midnight; or once,
    after a `wait` in minutes, 0 for none.
    """

    times: tuple[int, ...]
    exercise: str = ""
    wait: int = 0

    @property
    def words(self) -> Prompt:
        """What the speaker says when it is time."""
        return self.said("reminder", "reminder_of")

    def said(self, of_all: str, of_one: str) -> Prompt:
        """A prompt about these reminders: one name for all exercises, another one for one of them."""
        if self.exercise:
            return Prompt(of_one, {"times": self.times, "exercise": self.exercise})
        return Prompt(of_all, {"times": self.times})

    def said_once(self, of_all: str, of_one: str) -> Prompt:
        """The same about one that comes once."""
        wait_ms = self.wait * A_MINUTE_MS
        if self.exercise:
            return Prompt(of_one, {"wait": wait_ms, "exercise": self.exercise})
        return Prompt(of_all, {"wait": wait_ms})

    def to_token(self) -> str:
        """As one word that says nothing of the person: `0900.1200.pelvic_tilt`, or `in20.` for once."""
        clocks = [f"{time // 60:02}{time % 60:02}" for time in self.times]
        return ".".join([*([f"{ONCE}{self.wait}"] if self.wait else clocks), self.exercise])

    @classmethod
    def from_token(cls, token: str) -> Reminders:
        """The inverse of `to_token`. Raises ValueError when it is not one of ours, with the times in their order."""
        *clocks, exercise = token.split(".")
        if token.startswith(ONCE):
            once = cls((), exercise, int(clocks[0].removeprefix(ONCE)))
            if not 0 < once.wait <= A_DAY or once.to_token() != token:
                raise ValueError("no wait of a day at most")
            return once
        times = tuple(int(clock[:2]) * 60 + int(clock[2:]) for clock in clocks)
        found = cls(times, exercise)
        of_a_day = times == tuple(sorted({time for time in times if 0 <= time < A_DAY}))
        if not of_a_day or len(times) > MOST_A_DAY or found.to_token() != token:
            raise ValueError("no times of a day")
        return found


@dataclass(frozen=True)
class SetReminders:
    """Have the speaker remind the person. `permitted`: the person has just allowed it, so there is no asking again."""

    reminders: Reminders
    permitted: bool = False


@dataclass(frozen=True)
class StopReminders:
    """Have the speaker forget all reminders that the coach made."""


Errand = SetReminders | StopReminders
