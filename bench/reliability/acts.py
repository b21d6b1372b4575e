"""What a person says, how long after the last request, and what it would change if it is done.

Rule: an act is an intent with its slots, as it would be recognised. Nothing in here is asked of the coach.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from bench.reliability.sayings import QUICK, Slots

HEARD_OUT, HALF_HEARD, SOON = 260.0, 45.0, 8.0
"""Seconds from the last request: its answer was heard to the end, or half of it, or only its beginning."""

TOP_UPS = ("pelvic_tilt", "pigeon_pose", "deep_squat_rest")
LEAVABLE = ("pigeon_pose", "seated_twist", "reverse_lunge")
"""Exercises that are left out and brought back: the quick routine has none of them, and goes on as it is."""


@dataclass(frozen=True)
class Act:
    """`intent` is empty for opening the skill. `times` of `exercise` are logged; `settings` get a `value`, each of them
    if it is not certain which. An act that may come `late` leaves the place where it is.
    """

    intent: str = ""
    slots: Slots = field(default_factory=dict)
    after: float = SOON
    exercise: str = ""
    times: int = 0
    settings: tuple[str, ...] = ()
    value: object = None
    late: bool = False


OPEN = Act()
START = Act("StartRoutineIntent", {"routine": ("quick", "quick")})
NEXT = Act("AMAZON.NextIntent", after=HEARD_OUT)
PAUSE = Act("AMAZON.PauseIntent", after=HALF_HEARD)
RESUME = Act("AMAZON.ResumeIntent")
WHERE = Act("WhereAmIIntent", after=HALF_HEARD, late=True)
STOP = Act("AMAZON.StopIntent")
SLOWER = Act("SlowerIntent", settings=("pace",), value="slower", late=True)
EASIER = Act("EasierIntent", settings=tuple(f"way {name}" for name in QUICK), value="easier")
LONGER = Act("MoreTimeIntent")
KEEP_IT = Act("AMAZON.YesIntent", after=HEARD_OUT, settings=tuple(f"hold {name}" for name in QUICK), value=True)
"""A yes to the question whether a longer hold shall be kept; where nothing is asked, it means "next"."""


def top_up(chance: Random) -> Act:
    """One to three times an exercise, done outside a routine."""
    exercise, times = chance.choice(TOP_UPS), chance.randint(1, 3)
    slots: Slots = {"exercise": (exercise, exercise), "number": (str(times), None)}
    return Act("LogIntent", slots, exercise=exercise, times=times, late=True)


def goal(chance: Random) -> Act:
    """A weekly goal."""
    days = chance.choice((2, 3, 5, 6))
    return Act("WeeklyGoalIntent", {"number": (str(days), None)}, settings=("goal",), value=days, late=True)


def left_out(exercise: str) -> Act:
    """An exercise is left out for good."""
    slots: Slots = {"exercise": (exercise, exercise)}
    return Act("LeaveOutIntent", slots, settings=(f"out {exercise}",), value=True, late=True)


def brought_back(exercise: str) -> Act:
    """An exercise that was left out is wanted again."""
    slots: Slots = {"exercise": (exercise, exercise)}
    return Act("BringBackIntent", slots, settings=(f"out {exercise}",), value=False, late=True)


def conversation(chance: Random) -> list[Act]:
    """The quick routine, heard out, with a top-up, something that is set, a pause and whatever else comes up in it."""
    talk = [OPEN, START] if chance.random() < 0.3 else [START]
    exercise = chance.choice(LEAVABLE)
    set_up = [[goal(chance)], [SLOWER], [left_out(exercise)], [left_out(exercise), brought_back(exercise)]]
    in_it = [[PAUSE, RESUME], [WHERE], [EASIER], [LONGER, LONGER, LONGER, KEEP_IT]]
    rest = [[NEXT], [NEXT], [top_up(chance)], *chance.sample(set_up, 2), *chance.sample(in_it, chance.randint(1, 2))]
    chance.shuffle(rest)
    return [*talk, *(act for acts in rest for act in acts)]
