"""The things beside a body: mat, chair, cushion, wall. Each is of bars, drawn as lines, and of boxes, of which the
faces that we can see are drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin

from authoring.poses.page import Prop
from authoring.poses.space import Point

BELOW_ALL = -9.0
"""What a body stands on, or in front of, hides nothing."""

SIZES: dict[str, tuple[float, float, float]] = {
    "mat": (0.9, 0, 1.9), "floor": (1.0, 0, 1.0), "cushion": (0.36, 0.1, 0.36),
    "wall": (1.2, 1.9, 0),
}  # fmt: skip
"""Across, up and along, where an author gives none."""

SEAT, SEAT_HEIGHT, SEAT_THICK, BACK_FROM, BACK_TOP, LEG = 0.42, 0.45, 0.05, 0.57, 0.88, 0.04
"""A chair without arms."""
RAIL = 0.9
"""How high something fixed is that one can hold."""

COLOURS = {"mat": "mat", "floor": "floor", "wall": "floor", "cushion": "soft"}


@dataclass(frozen=True)
class Piece:
    """A piece of a thing: a bar between two points, or a box with its faces. It is put so far `before` where it is."""

    colour: str
    corners: tuple[tuple[Point, ...], ...]
    before: float = 0
    bar: bool = False


def pieces(prop: Prop) -> Iterator[Piece]:
    """The pieces of a thing, where they stand."""
    if prop.kind == "chair":
        yield from _chair(prop)
    elif prop.kind == "rail":
        ends = [((x, 0.0, 0.0), (x, RAIL, 0.0)) for x in (-0.4, 0.4)]
        yield from (_bar(prop, *bar) for bar in (*ends, ((-0.4, RAIL, 0.0), (0.4, RAIL, 0.0))))
    else:
        width, height, depth = _size(prop)
        before = BELOW_ALL if prop.kind in COLOURS and prop.kind != "cushion" else -0.05
        yield Piece(COLOURS[prop.kind], _box(prop, (-width / 2, 0, -depth / 2), (width, height, depth)), before)


def _chair(prop: Prop) -> Iterator[Piece]:
    low, high = LEG / 2 - SEAT / 2, SEAT / 2 - LEG / 2
    for x in (low, high):
        yield _bar(prop, (x, 0, low), (x, BACK_TOP, low))
        yield _bar(prop, (x, 0, high), (x, SEAT_HEIGHT - SEAT_THICK, high))
    yield Piece("wood", _box(prop, (-SEAT / 2, SEAT_HEIGHT - SEAT_THICK, -SEAT / 2), (SEAT, SEAT_THICK, SEAT)))
    yield Piece("wood", _box(prop, (-SEAT / 2, BACK_FROM, -SEAT / 2), (SEAT, BACK_TOP - BACK_FROM, LEG)))


def _bar(prop: Prop, one: Point, other: Point) -> Piece:
    return Piece("wood_side", ((_placed(prop, one), _placed(prop, other)),), bar=True)


def _size(prop: Prop) -> tuple[float, float, float]:
    width, height, depth = SIZES[prop.kind]
    if prop.size and len(prop.size) == 3:
        width, height, depth = prop.size
    elif prop.size and prop.kind == "wall":
        width, height = prop.size
    elif prop.size:
        width, depth = prop.size
    return width, height, depth


def _box(prop: Prop, corner: Point, size: Point) -> tuple[tuple[Point, ...], ...]:
    """The six faces of a box, each going round so that its outside is known; one without height has one face."""
    (x0, y0, z0), (x1, y1, z1) = corner, (corner[0] + size[0], corner[1] + size[1], corner[2] + size[2])
    top = ((x0, y1, z0), (x0, y1, z1), (x1, y1, z1), (x1, y1, z0))
    front = ((x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1))
    if not size[1]:
        found = [top]
    elif not size[2]:
        found = [front]
    else:
        left = ((x1, y0, z1), (x1, y0, z0), (x1, y1, z0), (x1, y1, z1))
        right = ((x0, y0, z0), (x0, y0, z1), (x0, y1, z1), (x0, y1, z0))
        back = ((x1, y0, z0), (x0, y0, z0), (x0, y1, z0), (x1, y1, z0))
        found = [top, front, left, right, back]
    return tuple(tuple(_placed(prop, point) for point in face) for face in found)


def _placed(prop: Prop, point: Point) -> Point:
    across, along = cos(radians(prop.turn)), sin(radians(prop.turn))
    x, y, z = point
    return prop.at[0] + x * across + z * along, prop.at[1] + y, prop.at[2] + z * across - x * along
