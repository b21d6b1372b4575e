"""What people say where they are: mostly an answer to what they were asked, or a question that leaves all as it is.

Rule: anything may be said anywhere; the weights only see to it that walks get deep into routines.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from bench.replay.said import Model, Said

Choice = tuple[float, str, tuple[str, ...]]
"""How often, which intent, and the slots that are surely filled."""

NEXT, YES, NO, RESUME = "AMAZON.NextIntent", "AMAZON.YesIntent", "AMAZON.NoIntent", "AMAZON.ResumeIntent"
START, ONE, GO_TO, REMIND = "StartRoutineIntent", "OneExerciseIntent", "GoToIntent", "SetReminderIntent"

BEGIN: tuple[Choice, ...] = (
    (10, START, ("routine",)),
    (4, START, ("length",)),
    (3, START, ("area",)),
    (2, START, ("area", "length")),
    (4, ONE, ("exercise",)),
    (2, "NoFloorIntent", ("length",)),
    (1, "NoFloorIntent", ()),
    (1, "ListRoutinesIntent", ()),
    (1, "ListExercisesIntent", ()),
    (1, GO_TO, ()),
    (1, YES, ()),
)
ONWARD: tuple[Choice, ...] = (
    (40, NEXT, ()),
    (4, RESUME, ()),
    (3, YES, ()),
    (10, "SkipIntent", ()),
    (3, "AMAZON.PreviousIntent", ()),
    (2, "SwitchSideIntent", ()),
    (2, "EasierIntent", ()),
    (2, "DeeperIntent", ()),
    (3, "PainIntent", ()),
    (1, "PainIntent", ("part",)),
    (4, "AMAZON.StartOverIntent", ()),
    (2, "AMAZON.PauseIntent", ()),
    (3, GO_TO, ("exercise",)),
    (2, START, ("length",)),
    (1, START, ("area",)),
    (0.6, "ForgetMeIntent", ()),
    (1.5, REMIND, ()),
    (1, "ListExercisesIntent", ()),
)
ANSWERS: dict[str, tuple[Choice, ...]] = {
    "": BEGIN,
    "idle": BEGIN,
    "coaching": ONWARD,
    "between": ONWARD,
    "paused": ((12, RESUME, ()), (5, YES, ()), (3, NEXT, ())),
    "finished": ((4, YES, ()), (3, NO, ()), (3, START, ("routine",)), (2, START, ("length",)), (1, NEXT, ())),
    "offered": ((10, YES, ()), (2, NEXT, ()), (3, NO, ()), (2, START, ("length",)), (2, START, ("area",))),
    "returning": ((8, YES, ()), (3, NO, ()), (2, NEXT, ()), (2, RESUME, ()), (1, "AMAZON.StartOverIntent", ())),
    "returning_later": ((8, YES, ()), (4, NO, ()), (2, NEXT, ()), (1, RESUME, ())),
    "choosing": (
        *((6, "ChooseIntent", ("ordinal",)), (2, GO_TO, ("number",)), (3, YES, ()), (2, NO, ()), (2, "MoreIntent", ())),
        *((2, ONE, ("exercise",)), (2, START, ("routine",))),
    ),
    "asked_start_over": ((5, YES, ()), (5, NO, ()), (1, "AMAZON.StartOverIntent", ())),
    "asked_leave_out": ((4, YES, ()), (4, NO, ()), (1, NEXT, ()), (1, RESUME, ()), (1, "LeaveOutIntent", ())),
    "asked_keep": ((4, YES, ()), (3, NO, ())),
    "asked_forget": ((2, "DeleteEverythingIntent", ()), (6, NO, ()), (1, YES, ()), (1, "ForgetMeIntent", ())),
    "asked_remind": ((9, YES, ()), (3, NO, ()), (3, REMIND, ("time",)), (1, REMIND, ("exercise",))),
    "asked_remind_time": (
        *((5, REMIND, ("time",)), (3, REMIND, ("time", "time_two", "time_three")), (3, REMIND, ("number",))),
        *((1, NO, ()), (1, YES, ())),
    ),
    "eased": ((4, "EasierIntent", ()), (3, NEXT, ()), (3, "SkipIntent", ()), (2, NO, ()), (2, YES, ())),
}
"""By the state that the last answer left the conversation in."""

MOVES = frozenset(
    {
        *(NEXT, YES, NO, RESUME, START, ONE, GO_TO, "NoFloorIntent", "SkipIntent", "AMAZON.PreviousIntent"),
        *("AMAZON.RepeatIntent", "AMAZON.StartOverIntent", "SwitchSideIntent", "ChooseIntent", "ForgetMeIntent"),
        *("LeaveOutIntent", "AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent", "RestDayIntent"),
    }
)
"""What is not said in passing, by somebody who means to go on where they are."""

CHANGES = frozenset({"MoreTimeIntent", "LessTimeIntent"})
"""What is said in the midst of a hold."""

PLANS: tuple[tuple[str, ...], ...] = (
    *((NEXT, change, change, change, "?asked_keep", "?asked_keep", NEXT) for change in sorted(CHANGES) * 3),
    *(
        (("SkipIntent", "AMAZON.PreviousIntent") * 2 + ("SkipIntent", "?asked_leave_out", "?asked_leave_out", NEXT),)
        * 3
    ),
    (NEXT, NEXT, NEXT, "AMAZON.StartOverIntent", "?asked_start_over", "?asked_start_over"),
    ("PainIntent", "EasierIntent", "PainIntent", "EasierIntent", "PainIntent", NEXT),
    ("DeeperIntent", "DeeperIntent", "DeeperIntent", NEXT),
    ("AMAZON.PauseIntent", "LogIntent", RESUME),
    (NEXT, NEXT, NEXT, NEXT, NEXT, NEXT, NEXT, NEXT, NEXT, NEXT),
    ("ListExercisesIntent", "MoreIntent", "ChooseIntent"),
    ("AMAZON.FallbackIntent", "AMAZON.FallbackIntent", "AMAZON.FallbackIntent"),
    ("HandsFreeIntent", NEXT, NEXT, "ExerciseByExerciseIntent"),
    ("StepByStepIntent", NEXT, NEXT, NEXT, NEXT, "ExerciseByExerciseIntent"),
    ("SetReminderIntent", "?asked_remind_time", YES),
)
"""What people say one after the other, to the end. Behind a question mark is a state: whatever was said least in it."""

IN_A_STORM = ("ForgetMeIntent", "DeleteEverythingIntent", YES, YES, "AMAZON.StopIntent")
"""What matters most when the store does not answer."""


class Habits:
    """Chooses what is said."""

    def __init__(self, model: Model, chance: Random) -> None:
        self._model, self._chance = model, chance
        self._anything = sorted(model.intents)
        self._in_passing = sorted(model.intents.keys() - MOVES)
        self._said: Counter[tuple[str, str]] = Counter()

    def next(self, state: str, today: date) -> Said:
        """Something to say in a state."""
        choices = ANSWERS.get(state, ONWARD)
        weights = (80, 6, 14) if choices is BEGIN else (45, 25, 30) if choices is ONWARD else (45, 5, 50)
        kind = self._chance.choices(("answer", "in passing", "anything"), weights)[0]
        if kind == "answer":
            _, name, always = self._chance.choices(choices, [weight for weight, *_ in choices])[0]
            return self._model.said(name, self._chance, today, *always, filled=0.1)
        if kind == "in passing":
            return self._model.said(self._chance.choice(self._in_passing), self._chance, today, filled=0.3)
        return self.rarest(state, today)

    def rarest(self, state: str, today: date) -> Said:
        """What was said least in a state, as far as is known."""
        name = min(self._anything, key=lambda name: self._said[state, name])
        self._said[state, name] += 1
        return self.of(name, today)

    def of(self, name: str, today: date) -> Said:
        """This intent, with whatever slots; or, behind a question mark, whatever was said least in the state there."""
        if name.startswith("?"):
            return self.rarest(name[1:], today)
        return self._model.said(name, self._chance, today)

    def onward(self, state: str, today: date) -> Said:
        """What somebody says who wants to get on."""
        _, name, always = max(ANSWERS.get(state, ONWARD))
        return self._model.said(name, self._chance, today, *always, filled=0)

    def reminding(self, today: date) -> Said:
        """Something about reminders."""
        name = self._chance.choice((REMIND, REMIND, REMIND, "StopRemindersIntent"))
        return self._model.said(name, self._chance, today, *self._chance.choice(((), ("time",), ("time", "exercise"))))
