"""Points and directions in metres, and the view that makes a picture of them.

Rule: x goes to the left of somebody who stands and looks at us, y goes up, z comes toward us. The floor is y = 0.
"""

from dataclasses import dataclass
from math import cos, hypot, radians, sin, sqrt

Point = tuple[float, float, float]
Flat = tuple[float, float]

ORIGIN: Point = (0.0, 0.0, 0.0)
UP: Point = (0.0, 1.0, 0.0)
DOWN: Point = (0.0, -1.0, 0.0)


def plus(one: Point, other: Point, times: float = 1.0) -> Point:
    """A point, and so many times a direction from it."""
    return one[0] + other[0] * times, one[1] + other[1] * times, one[2] + other[2] * times


def minus(one: Point, other: Point) -> Point:
    """The way from the other point to this one."""
    return plus(one, other, -1)


def dot(one: Point, other: Point) -> float:
    """How far one direction goes along another."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def cross(one: Point, other: Point) -> Point:
    """The direction that stands on both."""
    return (
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )


def length(way: Point) -> float:
    """How long a way is."""
    return sqrt(dot(way, way))


def unit(way: Point) -> Point:
    """The same direction, one metre long."""
    long = length(way) or 1.0
    return way[0] / long, way[1] / long, way[2] / long


def across(way: Point, along: Point) -> Point:
    """The part of a way that does not go along a direction, one metre long."""
    along = unit(along)
    return unit(plus(way, along, -dot(way, along)))


def middle(*points: Point) -> Point:
    """The point between some."""
    whole = ORIGIN
    for point in points:
        whole = plus(whole, point)
    return plus(ORIGIN, whole, 1 / len(points))


def apart(one: Flat, other: Flat) -> float:
    """How far two points of a picture are from each other."""
    return hypot(one[0] - other[0], one[1] - other[1])


@dataclass(frozen=True)
class View:
    """Where we look from: `turn` degrees round to the left of the body, and `up` degrees above the floor."""

    turn: float
    up: float

    def flat(self, point: Point) -> Flat:
        """Where a point is seen, in metres to the right and down."""
        away = self._toward(point)
        right = point[0] * cos(radians(self.turn)) - point[2] * sin(radians(self.turn))
        return right, away * sin(radians(self.up)) - point[1] * cos(radians(self.up))

    def near(self, point: Point) -> float:
        """How near a point is to us: of two, the one that hides the other has more."""
        return self._toward(point) * cos(radians(self.up)) + point[1] * sin(radians(self.up))

    def _toward(self, point: Point) -> float:
        return point[0] * sin(radians(self.turn)) + point[2] * cos(radians(self.turn))
