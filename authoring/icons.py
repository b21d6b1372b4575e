"""The skill's icon: somebody who sits upright in the butterfly pose before a rising sun.

Rule: drawn from a few shapes at any size, smooth at the edges, with nothing but the standard library.
"""

import struct
import zlib
from dataclasses import dataclass
from math import ceil, floor, hypot
from typing import Protocol

Colour = tuple[int, int, int]

SKY: Colour = (38, 84, 92)
SUN: Colour = (246, 196, 120)
BODY: Colour = (255, 248, 236)
MAT: Colour = (104, 168, 160)


class Shape(Protocol):
    """Something that can be drawn. All lengths are shares of the icon's side, from the upper left corner."""

    @property
    def colour(self) -> Colour:
        """What it is filled with."""
        ...

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all that it covers."""
        ...

    def depth(self, x: float, y: float) -> float:
        """How far inside a point is; below zero outside."""
        ...


@dataclass(frozen=True)
class Disc:
    """A filled circle."""

    colour: Colour
    x: float
    y: float
    radius: float

    def box(self) -> tuple[float, float, float, float]:
        """See Shape."""
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius

    def depth(self, x: float, y: float) -> float:
        """See Shape."""
        return self.radius - hypot(x - self.x, y - self.y)


@dataclass(frozen=True)
class Limb:
    """A line with round ends, from one thickness to another."""

    colour: Colour
    start: tuple[float, float]
    end: tuple[float, float]
    thick: float
    thin: float

    def box(self) -> tuple[float, float, float, float]:
        """See Shape."""
        (ax, ay), (bx, by), most = self.start, self.end, max(self.thick, self.thin)
        return min(ax, bx) - most, min(ay, by) - most, max(ax, bx) + most, max(ay, by) + most

    def depth(self, x: float, y: float) -> float:
        """See Shape."""
        (ax, ay), (bx, by) = self.start, self.end
        dx, dy = bx - ax, by - ay
        along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)
        along = min(max(along, 0.0), 1.0)
        radius = self.thick + (self.thin - self.thick) * along
        return radius - hypot(x - ax - along * dx, y - ay - along * dy)


def _pair(colour: Colour, start: tuple[float, float], end: tuple[float, float], *thickness: float) -> list[Shape]:
    """The same limb on both sides of the middle."""
    thick, thin = thickness
    mirrored = Limb(colour, (1 - start[0], start[1]), (1 - end[0], end[1]), thick, thin)
    return [Limb(colour, start, end, thick, thin), mirrored]


PICTURE: tuple[Shape, ...] = (
    Disc(SUN, 0.5, 0.44, 0.3),
    Limb(MAT, (0.16, 0.835), (0.84, 0.835), 0.028, 0.028),
    Disc(BODY, 0.5, 0.262, 0.075),
    Limb(BODY, (0.5, 0.34), (0.5, 0.42), 0.028, 0.04),
    Limb(BODY, (0.47, 0.428), (0.53, 0.428), 0.042, 0.042),
    Limb(BODY, (0.5, 0.44), (0.5, 0.68), 0.068, 0.074),
    *_pair(BODY, (0.455, 0.43), (0.352, 0.58), 0.036, 0.029),
    *_pair(BODY, (0.352, 0.58), (0.458, 0.735), 0.029, 0.024),
    *_pair(BODY, (0.47, 0.7), (0.235, 0.742), 0.056, 0.046),
    *_pair(BODY, (0.235, 0.742), (0.472, 0.79), 0.044, 0.034),
)


def icon(side: int) -> bytes:
    """The icon as a PNG of `side` by `side` pixels. The same side always gives the same bytes."""
    rows = [bytearray(bytes(SKY) * side) for _ in range(side)]
    for shape in PICTURE:
        _draw(shape, rows, side)
    return _png(rows, side)


def _draw(shape: Shape, rows: list[bytearray], side: int) -> None:
    left, top, right, bottom = (share * side for share in shape.box())
    for y in range(max(floor(top) - 1, 0), min(ceil(bottom) + 1, side)):
        row = rows[y]
        for x in range(max(floor(left) - 1, 0), min(ceil(right) + 1, side)):
            share = shape.depth((x + 0.5) / side, (y + 0.5) / side) * side + 0.5
            if share <= 0:
                continue
            for at, (under, over) in enumerate(zip(row[3 * x : 3 * x + 3], shape.colour, strict=True)):
                row[3 * x + at] = round(under + (over - under) * min(share, 1.0))


def _png(rows: list[bytearray], side: int) -> bytes:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
