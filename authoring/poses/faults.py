"""What is wrong with a pose that is well written: what no body does, what falls off its mat, and what is too large.

Rule: each fault is told at the part of the pose that an author would mend.
"""

import json
from collections.abc import Iterator
from functools import cache

from authoring.poses.avg import avg
from authoring.poses.body import SIDES
from authoring.poses.page import Pose, Prop
from authoring.poses.picture import HEIGHT, MARK, WIDTH, Picture
from authoring.poses.space import Point, length, minus

REACH = 0.02
"""A hand or a foot may miss its place by so much."""

FOLDED = 0.15
"""A knee folds until the ankle is as near to the hip as this."""

MOST_BYTES = 4096

Fault = tuple[str, str]
"""The part of a pose that has it, and what it is."""


@cache
def faults(pose: Pose, sides: str) -> tuple[Fault, ...]:
    """What is wrong with a pose of an exercise that is done on `each` side, or on both at once.

    It has to be drawn for that, which takes long: a pose that was not edited since is not drawn again.
    """
    return tuple(_faults(pose, sides))


def _faults(pose: Pose, sides: str) -> Iterator[Fault]:
    picture = Picture(pose)
    yield from _of_body(picture)
    yield from _of_mat(picture)
    yield from _of_mark(picture, sides)
    size = len(json.dumps(avg(pose), separators=(",", ":")))
    if size > MOST_BYTES:
        yield "props", f"this picture takes {size} bytes, and may take {MOST_BYTES}"


def _of_body(picture: Picture) -> Iterator[Fault]:
    body = picture.body
    for limb, missed in body.missed.items():
        if missed > REACH:
            part = limb.replace("foot", "leg").replace("hand", "arm").replace(" ", "_")
            yield part, f"the {limb} cannot be there: it is {missed * 100:.0f} cm out of reach"
    for side in SIDES:
        if length(minus(body.joints[f"{side}_ankle"], body.joints[f"{side}_hip"])) < FOLDED:
            yield f"{side}_leg", f"the {side} knee is folded further than a knee goes"
    for name, point in body.joints.items():
        if point[1] < 0:
            side, _, joint = name.rpartition("_")
            part = f"{side}_{'arm' if joint in ('shoulder', 'elbow', 'hand') else 'leg'}" if side else "hips"
            yield part, f"the {name.replace('_', ' ')} is below the floor"


def _of_mat(picture: Picture) -> Iterator[Fault]:
    for prop in picture.pose.props:
        if prop.kind in ("mat", "floor"):
            off = [name.replace("_", " ") for name, point in picture.body.joints.items() if _beside(prop, point)]
            if off:
                yield "props", f"beside the {prop.kind}: {', '.join(off)}"


def _beside(prop: Prop, point: Point) -> bool:
    across, along = prop.size
    return abs(point[0] - prop.at[0]) > across / 2 or abs(point[2] - prop.at[2]) > along / 2


def _of_mark(picture: Picture, sides: str) -> Iterator[Fault]:
    mark = picture.pose.mark
    if not mark:
        if sides == "each":
            yield "mark", "`mark` is missing: nobody could tell left from right"
        return
    if sides == "both":
        yield "mark", "`mark` is only for exercises with sides"
    elif not mark.beside.startswith("left"):
        yield "mark", "the mark stands on the left, as a pose is drawn for the left"
    if picture.mark and not (MARK <= picture.mark.x <= WIDTH - MARK and MARK <= picture.mark.y <= HEIGHT - MARK):
        yield "mark", "the mark falls out of the picture"
