"""All that a reply may look at: what was heard, the session, the progress, the moment, the content and its words.

Rule: a view, never changed; what a reply changes, it returns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from functools import cached_property

from coach import planner
from coach.cues import Wording
from coach.plan import Place, Plan
from coach.progress import Progress
from coach.routine import Exercise, Library, Step
from coach.session import Heard, Session


class Notes(Enum):
    """Whether the store answers in this turn: all is well, it could not be read yet, or it could not be written."""

    KEPT = auto()
    UNREAD = auto()
    UNWRITTEN = auto()


@dataclass(frozen=True)
class Scene:
    """One turn as the conversation sees it. `now_ms` is the request's own time in epoch milliseconds, `day` the
    person's.

    `kept_on` is the day of the turn before this one. `repeated` is a request that was taken already, and whose answer
    was lost: what it did is done. `strayed` is a place that the content does not have any more.
    """

    heard: Heard
    session: Session
    progress: Progress
    now_ms: int
    day: date
    kept_on: date
    library: Library
    wording: Wording
    notes: Notes = Notes.KEPT
    repeated: bool = False
    strayed: bool = False

    @property
    def place(self) -> Place:
        """Where the person is. Only rows of states that have a place may ask."""
        if self.progress.place is None:
            raise LookupError("this state has no place")
        return self.progress.place

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The plan as it is played."""
        return planner.steps(self.place.plan, self.progress.preferences, self.library)

    @cached_property
    def index(self) -> int:
        """Which of the steps the place is at."""
        return planner.find(self.steps, self.place) or 0

    @property
    def step(self) -> Step:
        """The step that the place is at."""
        return self.steps[self.index]

    @property
    def exercise(self) -> Exercise:
        """The exercise that the place is at."""
        return self.step.exercise

    @property
    def left_ms(self) -> int:
        """What is left of the work of this step."""
        return max(self.step.work.ms - self.place.done_ms, 0)

    @property
    def exercises(self) -> tuple[str, ...]:
        """The exercises of the plan that the content has, in order."""
        return tuple(dict.fromkeys(step.exercise.id for step in self.steps))

    @property
    def number(self) -> int:
        """Which exercise of the plan this is, counted from 1."""
        return self.exercises.index(self.exercise.id) + 1

    def first_step_of(self, exercise: str) -> int:
        """The index of the first step of an exercise of this plan."""
        return next(i for i, step in enumerate(self.steps) if step.exercise.id == exercise)

    def with_progress(self, progress: Progress) -> Scene:
        """The same moment with other progress."""
        return replace(self, progress=progress)

    def at(self, index: int, *, done_ms: int = 0) -> Scene:
        """The same moment with the place at another step of this plan."""
        place = replace(self.place, step=self.steps[index].id, done_ms=done_ms)
        return self.with_progress(replace(self.progress, place=place))

    def beginning(self, plan: Plan) -> Scene:
        """The same moment with the place at the first step of a plan. The plan must have a step."""
        played = planner.steps(plan, self.progress.preferences, self.library)
        return self.with_progress(replace(self.progress, place=Place(plan, played[0].id)))
