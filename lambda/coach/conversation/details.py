"""What came with an event: names of the content, lengths, numbers, days and times.

Rule: a detail holds only what makes sense, and refuses anything else where it is made. Words that were said are
compared and then forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

A_DAY = 24 * 60
"""Minutes in a day."""

PARTS_OF_DAY = ("MO", "AF", "EV", "NI")
"""Morning, afternoon, evening and night, by the names that voice platforms give them."""

LAST = -1
"""The last of the names that were offered, whatever its number."""


@dataclass(frozen=True)
class Wanted:
    """A routine that is wished for: an authored one, or one for a body area, of a length, or without the floor. Empty
    and 0 are no wish. Raises ValueError for a length below 0.
    """

    routine: str = ""
    area: str = ""
    ms: int = 0
    floor_is_out: bool = False

    def __post_init__(self) -> None:
        refuse(self.ms < 0)


@dataclass(frozen=True)
class Named:
    """An exercise: by its id, by `unknown` words that are no name of one, or by its number, 0 for none."""

    exercise: str = ""
    unknown: str = ""
    number: int = 0

    def __post_init__(self) -> None:
        refuse(self.number < 0 or bool(self.exercise and self.unknown))


@dataclass(frozen=True)
class About:
    """A routine or an exercise that is asked about, by its id. Empty is none."""

    routine: str = ""
    exercise: str = ""


@dataclass(frozen=True)
class Ending:
    """How a session ended: `in_silence`, when nobody answered the reprompt either, or in any other way."""

    in_silence: bool = False


@dataclass(frozen=True)
class Length:
    """How much time, in milliseconds, or a number of what it does not say; 0 where none was said."""

    ms: int = 0
    number: int = 0

    def __post_init__(self) -> None:
        refuse(self.ms < 0 or self.number < 0)


@dataclass(frozen=True)
class Count:
    """How many, 0 where no number was said; and of which exercise, where one was named."""

    number: int = 0
    exercise: str = ""

    def __post_init__(self) -> None:
        refuse(self.number < 0)


@dataclass(frozen=True)
class Choice:
    """Which of the names that were offered: counted from 1, or LAST; 0 where it was not said."""

    place: int = 0

    def __post_init__(self) -> None:
        refuse(self.place < LAST)


@dataclass(frozen=True)
class When:
    """A day, or a length from today in milliseconds; None and 0 where nothing was said. A `week` is an ISO week, and
    `day` is its Monday then; of a weekend, `day` is the Saturday.
    """

    day: date | None = None
    ms: int = 0
    week: str = ""
    weekend: bool = False

    def __post_init__(self) -> None:
        refuse(self.ms < 0)


@dataclass(frozen=True)
class Daily:
    """Times of every day: minutes after midnight, as they were said, the `part` of the day, or how many times; and of
    which exercise. Or once, after a `wait` in minutes, 0 for none. As the outcome of an errand, `number` is how many
    older reminders were replaced.
    """

    times: tuple[int, ...] = ()
    part: str = ""
    number: int = 0
    exercise: str = ""
    wait: int = 0

    def __post_init__(self) -> None:
        refuse(self.number < 0 or self.wait < 0 or self.part not in ("", *PARTS_OF_DAY))
        refuse(any(not 0 <= time < A_DAY for time in self.times))


JOINTS = ("hip", "groin", "knee", "ankle", "shoulder", "wrist", "neck")
"""Parts of the body in which pain is none of a stretch."""


@dataclass(frozen=True)
class Hurt:
    """The part of the body that hurts, empty where none was named."""

    part: str = ""

    @property
    def in_a_joint(self) -> bool:
        """Whether it is a joint that was named."""
        return self.part in JOINTS


@dataclass(frozen=True)
class Condition:
    """What a person lives with, by the ids that `planning.conditions` has; none for anything else."""

    names: tuple[str, ...] = ()


Detail = Wanted | Named | About | Length | Count | Choice | When | Daily | Ending | Hurt | Condition
Kind = TypeVar("Kind", Wanted, Named, About, Length, Count, Choice, When, Daily, Ending, Hurt, Condition)


def refuse(fault: bool) -> None:
    """Raise ValueError where there is a fault."""
    if fault:
        raise ValueError("a detail that makes no sense")
