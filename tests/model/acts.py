"""What a person can say to a speaker in the model, and what each of it would change if it is done.

Rule: an act is an intent with its slots, as it would be recognised; what it means is told by what the skill answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Slots = Mapping[str, tuple[str, str | None]]


@dataclass(frozen=True)
class Act:
    """`words` name it in a story. `intent` is empty for opening the skill and for the report that a session ended.

    `squats` is how many deep squats it logs, `goal` the weekly goal that it settles, and `out` and `back` are the
    exercises that it leaves out and brings back.
    """

    words: str
    intent: str = ""
    slots: Slots = field(default_factory=dict, hash=False)
    squats: int = 0
    goal: int = 0
    out: str = ""
    back: str = ""

    def __repr__(self) -> str:
        return f"<{self.words}>"


def _exercise(name: str) -> Slots:
    return {"exercise": (name.replace("_", " "), name)}


LEAVABLE = ("pigeon pose", "seated twist")
"""Exercises that are left out and brought back. No routine of the model has them."""

QUICK_EXERCISES = ("pelvic tilt", "butterfly pose", "lying twist")
"""Those of the quick routine."""

OPEN = Act("open hip coach")
END = Act("(the speaker reports that the session ended)")
SQUAT = Act("log a squat", "LogIntent", _exercise("deep_squat_rest"), squats=1)
HOW = Act("how am I doing", "ProgressIntent")
QUICK = Act("the quick routine", "StartRoutineIntent", {"routine": ("quick", "quick")})
TWIST = Act("just the lying twist", "OneExerciseIntent", _exercise("lying_twist"))
NEXT = Act("next", "AMAZON.NextIntent")
SKIP = Act("skip this one", "SkipIntent")
PREVIOUS = Act("go back", "AMAZON.PreviousIntent")
RESUME = Act("resume", "AMAZON.ResumeIntent")
PAUSE = Act("pause", "AMAZON.PauseIntent")
STOP = Act("stop", "AMAZON.StopIntent")
YES = Act("yes", "AMAZON.YesIntent")
NO = Act("no", "AMAZON.NoIntent")
HANDS_FREE = Act("hands free", "HandsFreeIntent")
FORGET = Act("forget me", "ForgetMeIntent")
DELETE = Act("yes, delete everything", "DeleteEverythingIntent")
GOALS = tuple(Act(f"a goal of {n} days", "WeeklyGoalIntent", {"number": (str(n), None)}, goal=n) for n in (2, 5, 7))
OUT = tuple(
    Act(f"leave out the {name}", "LeaveOutIntent", _exercise(name.replace(" ", "_")), out=name) for name in LEAVABLE
)
BACK = tuple(
    Act(f"bring back the {name}", "BringBackIntent", _exercise(name.replace(" ", "_")), back=name) for name in LEAVABLE
)
OTHERS = (
    Act("how much longer", "TimeLeftIntent"),
    Act("what is this good for", "WhyIntent"),
    Act("easier", "EasierIntent"),
    Act("slower", "SlowerIntent"),
    HANDS_FREE,
    Act("help", "AMAZON.HelpIntent"),
    Act("(mumbles)", "AMAZON.FallbackIntent"),
)
"""Questions and settings that the oracle asks nothing about."""

LEADING = (QUICK, TWIST, NEXT, SKIP, PREVIOUS, YES)
"""What may lead to another exercise at once."""

MOVES = (QUICK, TWIST, NEXT, SKIP, PREVIOUS, RESUME, PAUSE, STOP, YES, NO)
SAID = (*(OPEN, QUICK, FORGET) * 3, *(SQUAT, NEXT) * 7, *GOALS, *OUT, *BACK, *MOVES, *OTHERS)
"""All that is said, as often as it is worth."""
