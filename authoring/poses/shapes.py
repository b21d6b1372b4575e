"""What a picture is made of: closed areas and lines, as the path data that SVG and AVG have in common.

Rule: all areas go round the same way, so that some of one colour can be one path and nothing between them is left out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import acos, atan2, cos, pi, sin

from authoring.poses.space import Flat, apart

_POINT, _ARC = re.compile(r"(-?[\d.]+),(-?[\d.]+)"), re.compile(r"A([\d.]+)")


@dataclass(frozen=True)
class Shape:
    """An area or a line in a colour that is called by a name. A line has a `width`; an area with one is that much
    larger all round. Of two shapes the `nearer` hides the other.
    """

    colour: str
    path: str
    near: float
    width: float = 0
    line: bool = False

    @property
    def look(self) -> tuple[str, float, bool]:
        """What two shapes that can be one path have in common."""
        return self.colour, self.width, self.line

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """From where to where it goes, at most: left, top, right and bottom."""
        xs, ys = zip(*((float(x), float(y)) for x, y in _POINT.findall(self.path)), strict=True)
        wide = self.width / 2 + max(map(float, _ARC.findall(self.path)), default=0)
        return min(xs) - wide, min(ys) - wide, max(xs) + wide, max(ys) + wide

    def touches(self, other: "Shape") -> bool:
        """Whether one of two shapes may hide something of the other."""
        left, top, right, bottom = self.box
        other_left, other_top, other_right, other_bottom = other.box
        return left < other_right and other_left < right and top < other_bottom and other_top < bottom


def together(drawn: Iterable[Shape]) -> list[Shape]:
    """The same picture in fewer paths: a shape goes into one of its look, if nothing between them is in its way."""
    paths: list[Shape] = []
    for shape in drawn:
        for place, path in reversed(list(enumerate(paths))):
            if path.look == shape.look:
                paths[place] = replace(path, path=path.path + shape.path)
                break
            if path.touches(shape):
                paths.append(shape)
                break
        else:
            paths.append(shape)
    return paths


def number(value: float) -> str:
    """A number as it is written: with one decimal, or none."""
    written = f"{value:.1f}"
    return "0" if written in ("-0.0", "0.0") else written.removesuffix(".0")


def _at(point: Flat) -> str:
    return f"{number(point[0])},{number(point[1])}"


def polygon(points: Sequence[Flat]) -> str:
    """An area with corners."""
    around = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, (*points[1:], points[0]), strict=True))
    turned = points if around >= 0 else tuple(reversed(points))
    return f"M{'L'.join(map(_at, turned))}Z"


def line(points: Sequence[Flat]) -> str:
    """A line through points."""
    return f"M{'L'.join(map(_at, points))}"


def curve(start: Flat, bend: Flat, end: Flat) -> str:
    """A line that is bent toward a point."""
    return f"M{_at(start)}Q{_at(bend)} {_at(end)}"


def circle(middle: Flat, radius: float) -> str:
    """A round area."""
    left, right = (middle[0] - radius, middle[1]), (middle[0] + radius, middle[1])
    arc = f"A{number(radius)} {number(radius)} 0 0 1 "
    return f"M{_at(left)}{arc}{_at(right)}{arc}{_at(left)}Z"


def capsule(one: Flat, wide: float, other: Flat, narrow: float) -> str:
    """The area round two circles: a limb, as wide at its ends as they are."""
    far = apart(one, other)
    if far <= abs(wide - narrow) + 0.05:
        return circle(one, wide) if wide >= narrow else circle(other, narrow)
    along, lean = atan2(other[1] - one[1], other[0] - one[0]), acos((wide - narrow) / far)

    def on(middle: Flat, radius: float, angle: float) -> str:
        return _at((middle[0] + radius * cos(angle), middle[1] + radius * sin(angle)))

    def arc(radius: float, large: bool) -> str:
        return f"A{number(radius)} {number(radius)} 0 {int(large)} 1 "

    return (
        f"M{on(one, wide, along + lean)}{arc(wide, lean < pi / 2)}{on(one, wide, along - lean)}"
        f"L{on(other, narrow, along - lean)}{arc(narrow, lean > pi / 2)}{on(other, narrow, along + lean)}Z"
    )


def hull(points: Sequence[Flat]) -> list[Flat]:
    """The outermost of some points, all round."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(these: Sequence[Flat]) -> list[Flat]:
        kept: list[Flat] = []
        for point in these:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return half(ordered) + half(ordered[::-1])


def _turn(a: Flat, b: Flat, c: Flat) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
