"""Path data read again, by a reader that knows nothing of what wrote it: corners, circles and limbs."""

import re
from dataclasses import dataclass
from math import hypot, pi, sqrt
from xml.etree import ElementTree

Flat = tuple[float, float]
_STEP = re.compile(r"([MLQAZ])([^MLQAZ]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Arc:
    """A part of a circle, from one point to another."""

    start: Flat
    end: Flat
    radius: float
    large: bool

    @property
    def centre(self) -> Flat:
        """Its middle: on the right hand of who goes the short way, in a picture whose y goes down."""
        x, y = (self.start[0] + self.end[0]) / 2, (self.start[1] + self.end[1]) / 2
        dx, dy = self.end[0] - self.start[0], self.end[1] - self.start[1]
        far = hypot(dx, dy)
        off = sqrt(max(self.radius**2 - far**2 / 4, 0)) * (-1 if self.large else 1) / (far or 1)
        return x - dy * off, y + dx * off


@dataclass(frozen=True)
class Outline:
    """One closed area or line: its corners and its arcs."""

    points: tuple[Flat, ...]
    arcs: tuple[Arc, ...]

    @property
    def limb(self) -> tuple[Flat, float, Flat, float] | None:
        """The two circles of a limb, if this is one."""
        if len(self.arcs) != 2 or len(self.points) != 4 or self.arcs[0].end == self.arcs[1].start:
            return None
        one, other = self.arcs
        return one.centre, one.radius, other.centre, other.radius

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        for arc in self.arcs:
            if arc.large or hypot(arc.start[0] - arc.end[0], arc.start[1] - arc.end[1]) > arc.radius * pi / 2:
                (x, y), radius = arc.centre, arc.radius
                xs += [x - radius, x + radius]
                ys += [y - radius, y + radius]
        return min(xs), min(ys), max(xs), max(ys)


def outlines(path: str) -> list[Outline]:
    """The outlines of a path. Raises ValueError for what no picture of ours has in it."""
    if _STEP.sub("", path).strip():
        raise ValueError(path)
    found: list[tuple[list[Flat], list[Arc]]] = []
    for command, numbers in _STEP.findall(path):
        given = [float(number) for number in _NUMBER.findall(numbers)]
        match command:
            case "M":
                found.append(([(given[0], given[1])], []))
            case "L":
                found[-1][0].append((given[0], given[1]))
            case "Q":
                found[-1][0].extend(_curve(found[-1][0][-1], (given[0], given[1]), (given[2], given[3])))
            case "A":
                radius, _, _, large, sweep, x, y = given
                if not sweep:
                    raise ValueError(path)
                points, arcs = found[-1]
                arcs.append(Arc(points[-1], (x, y), radius, bool(large)))
                points.append((x, y))
    return [Outline(tuple(points), tuple(arcs)) for points, arcs in found]


def _curve(start: Flat, bend: Flat, end: Flat) -> list[Flat]:
    """Eight points on a curve, the last one its end."""
    shares = [number / 8 for number in range(1, 9)]
    weights = [((1 - share) ** 2, 2 * share * (1 - share), share**2) for share in shares]
    return [(a * start[0] + b * bend[0] + c * end[0], a * start[1] + b * bend[1] + c * end[1]) for a, b, c in weights]


def read(svg: str) -> ElementTree.Element:
    """A picture as a tree."""
    return ElementTree.fromstring(svg)  # noqa: S314 - a picture of our own


def paths(svg: str) -> list[tuple[str, float, str]]:
    """The paths of a picture: data, the width of the edge, and colour."""
    return [
        (path.get("d", ""), float(path.get("stroke-width", 0)), path.get("stroke") or path.get("fill", ""))
        for path in read(svg).iter(f"{SVG}path")
    ]


def limbs(svg: str) -> list[tuple[Flat, float, Flat, float]]:
    """All limbs of a picture, as two circles each."""
    return [limb for data, _, _ in paths(svg) for outline in outlines(data) if (limb := outline.limb)]
