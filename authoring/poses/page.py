"""The schema of a pose: what an author says of a picture. Lengths are metres, turns are degrees.

Rule: strict, as all content is. A pose that is `like: usual` says only how it differs from the usual one.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from authoring.poses.space import ORIGIN
from authoring.structure import Part

Metres = Annotated[float, Field(ge=-3, le=3)]
Degrees = Annotated[float, Field(ge=-180, le=180)]
Spot = tuple[Metres, Metres, Metres]
Joint = Literal[
    "hips", "belly", "neck", "head",
    "left_hip", "left_knee", "left_ankle", "left_toes", "right_hip", "right_knee", "right_ankle", "right_toes",
]  # fmt: skip
Worker = Literal["left_leg", "right_leg", "belly"]


class Looked(Part):
    """Where we look from."""

    turn: Degrees
    up: Annotated[float, Field(ge=0, le=90)]


class Leg(Part):
    """Where an ankle is; where the knee points to, the toes, and the sole if that is not seen from the shin."""

    to: Spot
    knee: Spot
    toes: Spot
    sole: Spot | None = None


class Arm(Part):
    """Where a hand is, a place or a joint and how far `by` from it; and where the elbow points to."""

    to: Spot | Joint
    by: Spot = ORIGIN
    elbow: Spot


SIZED = {"mat": 2, "floor": 2, "wall": 2, "cushion": 3}
"""The things that have no size of their own: so many numbers, across, up and along, as far as they go there."""


class Prop(Part):
    """A thing beside the body: where the middle of its foot is, and how far it is turned round to the left."""

    kind: Literal["mat", "floor", "chair", "cushion", "wall", "rail"]
    at: Spot = ORIGIN
    turn: Degrees = 0
    size: tuple[Metres, ...] = ()

    @model_validator(mode="after")
    def _sized(self) -> Self:
        if len(self.size) != SIZED.get(self.kind, 0):
            raise ValueError(f"a {self.kind} has {SIZED.get(self.kind, 0)} numbers as its size")
        if self.turn and self.kind in ("mat", "floor"):
            raise ValueError(f"a {self.kind} is not turned: turn the view")
        return self


class Arrow(Part):
    """A move that is to be seen: from a point to another, bent so far to its right as it is long."""

    start: Spot | Joint
    by: Spot = ORIGIN
    to: Spot
    bend: Annotated[float, Field(ge=-1, le=1)] = 0


class Mark(Part):
    """Where the letter of the side stands: so many pixels to the right of a joint of that side, and below it."""

    beside: Joint
    by: tuple[Annotated[float, Field(ge=-60, le=60)], Annotated[float, Field(ge=-60, le=60)]]


class Pose(Part):
    """One picture, for the left, or for both sides at once."""

    view: Looked
    hips: Spot
    hip_line: Spot = (1, 0, 0)
    spine: Spot = (0, 1, 0)
    shoulder_line: Spot | None = None
    head: Spot | None = None
    face: Spot | None = None
    left_leg: Leg
    right_leg: Leg
    left_arm: Arm
    right_arm: Arm
    works: tuple[Worker, ...]
    props: Annotated[tuple[Prop, ...], Field(min_length=1)]
    arrows: tuple[Arrow, ...] = ()
    mark: Mark | None = None


def _whole(given: Any) -> Any:
    """Each pose with what it has from the usual one, if it is like that: a fault of that one is told there."""
    usual: Any = given.get("usual") if isinstance(given, dict) else None
    try:
        Pose.model_validate(usual)
    except ValidationError:
        return {name: pose for name, pose in given.items() if not _is_like(pose)} if isinstance(given, dict) else given
    return {name: usual | _differs(pose) if _is_like(pose) else pose for name, pose in given.items()}


def _is_like(pose: Any) -> bool:
    return isinstance(pose, dict) and pose.get("like") == "usual"


def _differs(pose: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in pose.items() if key != "like"}


class PosesOfOne(Part):
    """The pictures of one exercise: one for each variation, and where the set-up is long the `way` into it."""

    usual: Pose
    easier: Pose | None = None
    deeper: Pose | None = None
    way: Pose | None = None


Poses = Annotated[PosesOfOne, BeforeValidator(_whole)]
