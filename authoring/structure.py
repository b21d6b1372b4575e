"""The schema of what is coached: exercises, doses, routines and the ways between positions, without a spoken word.

Rule: strict. A key nobody knows is a fault, times are seconds, and every number has bounds a body would agree with.
"""

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
    evidence: Evidence


class Routine(Part):
    """Exercises in the order they are done. One that `rests` ends where it ends: nobody is led up from the floor."""

    exercises: Annotated[list[str], Distinct, Field(min_length=1)]
    rests: bool = False
