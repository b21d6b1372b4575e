"""The schema of what is coached: exercises, doses, routines and the ways between positions, without a spoken word.

Rule: strict. A key nobody knows is a fault, times are seconds, and every number has bounds a body would agree with.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal, Self, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from coach.planning.exercises import Position

Area = Literal["lower_back", "hips", "glutes", "hip_flexors", "inner_thighs", "abdominals"]
Equipment = Literal["mat", "chair", "cushion", "two_cushions", "blanket", "wall", "support", "towel"]

Count = Annotated[int, Field(ge=1, le=60)]
Seconds = Annotated[float, Field(ge=0, le=120)]
Item = TypeVar("Item")


def every(kind: Any) -> AfterValidator:
    """A dictionary with this rule has a value for each of the ids of `kind`, a Literal or an Enum."""
    ids = get_args(kind) or tuple(kind)

    def check(given: dict[str, Item]) -> dict[str, Item]:
        missing = [name for name in ids if name not in given]
        if missing:
            raise ValueError(f"{', '.join(missing)} is missing")
        return given

    return AfterValidator(check)


def _once_each(given: list[Item]) -> list[Item]:
    for place, item in enumerate(given):
        if item in given[:place]:
            raise ValueError(f"{item} is named twice")
    return given


Distinct = AfterValidator(_once_each)


def _refuse_above(start: int, most: int) -> None:
    if start > most:
        raise ValueError(f"the dose starts at {start}, above its most, {most}")


class Part(BaseModel):
    """A piece of a content file: fixed once read, and no key in it that is not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Hold(Part):
    """A position held still. `seconds` is where a person starts, `most` the top of the dose."""

    seconds: Annotated[int, Field(ge=5, le=120)]
    most: Annotated[int, Field(ge=5, le=120)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _refuse_above(self.seconds, self.most)
        return self


class Reps(Part):
    """A movement counted aloud: `lower`, `pause` and `rise` make one rep, `rest` parts the sets."""

    count: Count
    sets: Count
    lower: Seconds
    pause: Seconds
    rise: Seconds
    rest: Seconds


class Breaths(Part):
    """A position kept for a number of paced breaths."""

    count: Count
    most: Count
    inhale: Seconds
    exhale: Seconds

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _refuse_above(self.count, self.most)
        return self


class Work(Part):
    """The dose: exactly one of its three kinds."""

    hold: Hold | None = None
    reps: Reps | None = None
    breaths: Breaths | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(kind is not None for kind in (self.hold, self.reps, self.breaths)) != 1:
            raise ValueError("work is exactly one of hold, reps and breaths")
        return self


class Daily(Part):
    """How often in a day, where the dose is spread over the day."""

    least: Count
    most: Count

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _refuse_above(self.least, self.most)
        return self


class Evidence(Part):
    """What speaks for an exercise: `grade` A for a kind that was tested well, B for one that was tested indirectly, C
    for range and comfort alone; and where its facts come from.
    """

    grade: Literal["A", "B", "C"]
    sources: Annotated[list[str], Distinct, Field(min_length=1)]


class Climb(Part):
    """One thing that grows, from the first of its kind up `to` the last, by `step` a week.

    `least` is what it may be halved to after a long break. Reps grow within so many `sets`. It is for `every` so many
    days, 2 for every other one.
    """

    seconds: Annotated[int, Field(ge=5, le=120)] | None = None
    reps: Count | None = None
    breaths: Count | None = None
    sets: Count | None = None
    to: Annotated[int, Field(ge=1, le=120)]
    step: Annotated[int, Field(ge=1, le=30)] = 1
    least: Annotated[int, Field(ge=1, le=120)] | None = None
    every: Annotated[int, Field(ge=1, le=7)] = 1

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if sum(start is not None for start in (self.seconds, self.reps, self.breaths)) != 1:
            raise ValueError("what grows is exactly one of seconds, reps and breaths")
        if (self.sets is None) != (self.reps is None):
            raise ValueError("sets go with reps, and with nothing else")
        _refuse_above(self.start, self.to)
        if (self.to - self.start) % self.step or (self.start - self.lowest) % self.step or self.lowest > self.start:
            raise ValueError(f"steps of {self.step} do not lead from {self.lowest} over {self.start} to {self.to}")
        return self

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.seconds or self.reps or self.breaths or 0

    @property
    def lowest(self) -> int:
        """What it may be halved to."""
        return self.start if self.least is None else self.least

    @property
    def amounts(self) -> range:
        """All that it ever is, in order."""
        return range(self.lowest, self.to + 1, self.step)


class Stage(Part):
    """A part of the way from an easy start to the dose, all of it done in one variation."""

    easier: Climb | None = None
    usual: Climb | None = None

    @model_validator(mode="after")
    def _one_variation(self) -> Self:
        if (self.easier is None) == (self.usual is None):
            raise ValueError("a stage is either easier or usual")
        return self

    @property
    def climb(self) -> Climb:
        """What grows in it."""
        return self.easier or self.usual  # type: ignore[return-value]


class Exercise(Part):
    """One exercise as a body does it. `positions` are those of its variations that differ from the usual one."""

    areas: Annotated[list[Area], Distinct, Field(min_length=1)]
    position: Position
    positions: dict[Literal["easier", "deeper"], Position] = {}
    needs: Annotated[list[Equipment], Distinct]
    helps: Annotated[list[Equipment], Distinct] = []
    sides: Literal["each", "both"]
    work: Work
    daily: Daily | None = None
    easy: list[Stage] = []
    evidence: Evidence

    @model_validator(mode="after")
    def _easy_leads_to_the_dose(self) -> Self:
        if self.easy:
            for reason in _unfit(self.easy, self.work):
                raise ValueError(f"easy {reason}")
        return self


def _unfit(stages: list[Stage], work: Work) -> Iterator[str]:
    """Why stages are no way to a dose on which one thing grows at a time."""
    kinds = {"seconds": work.hold, "reps": work.reps, "breaths": work.breaths}
    if any(getattr(stage.climb, kind) and not dose for stage in stages for kind, dose in kinds.items()):
        yield "grows in another kind of work than the dose has"
    if any(stage.climb.least is not None for stage in stages[1:]):
        yield "has a least beyond its first stage"
    for one, other in pairwise(stages):
        lower, higher = one.climb, other.climb
        deeper, more_sets = bool(one.easier and other.usual), (higher.sets or 1) - (lower.sets or 1)
        if (deeper, more_sets) not in ((True, 0), (False, 1)):
            yield "does not go from stage to stage by depth alone, or by one set alone"
        elif higher.start > lower.to or (more_sets and higher.start == lower.to):
            yield "makes two things more at once between two stages"
    last = stages[-1].climb
    top = work.hold.seconds if work.hold else work.breaths.count if work.breaths else work.reps and work.reps.count
    if stages[-1].usual is None or last.to != top or (work.reps and last.sets != work.reps.sets):
        yield "does not end at the dose"


class Routine(Part):
    """Exercises in the order they are done, with a warm-up and a landing `around` them or without. One that `rests`
    warms up lying, and ends where it ends: nobody is led up from the floor.
    """

    exercises: Annotated[list[str], Distinct, Field(min_length=1)]
    around: bool = False
    rests: bool = False
