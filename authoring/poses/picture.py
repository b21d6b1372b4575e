"""A pose as a picture: what is seen of body and things, from the back to the front, and where the mark stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from authoring.poses import shapes
from authoring.poses.body import SIDES, Body, body
from authoring.poses.page import Arrow, Pose
from authoring.poses.props import LEG, Piece, pieces
from authoring.poses.shapes import Shape, together
from authoring.poses.space import Flat, Point, View, across, cross, dot, minus, plus, unit

WIDTH, HEIGHT = 320, 240
MARGIN = 9
MOST = 165
"""Pixels for a metre, where there is room for so many."""

MARK = 13
"""The radius of the mark."""

THICK = {
    "hip": 0.085, "knee": 0.058, "ankle": 0.04, "heel": 0.034, "toes": 0.026,
    "shoulder": 0.05, "elbow": 0.04, "wrist": 0.03, "hand": 0.042, "neck": 0.045, "trunk": 0.085,
    "head": 0.1, "hair": 0.106, "face": 0.088, "nose": 0.017, "eye": 0.013,
}  # fmt: skip
"""Half of how thick a body is at its places."""


class Circle(NamedTuple):
    """The mark: its middle."""

    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """The shapes of a pose in the order in which they are drawn."""

    pose: Pose

    @cached_property
    def body(self) -> Body:
        """The joints."""
        return body(self.pose)

    @cached_property
    def view(self) -> View:
        """Where we look from."""
        return View(self.pose.view.turn, self.pose.view.up)

    @cached_property
    def fit(self) -> tuple[float, Flat]:
        """The pixels for a metre, and where the middle of the floor comes to lie."""
        around = [(self.view.flat(point), wide) for point, wide in self._seen()]
        left = min(x - wide for (x, _), wide in around)
        right = max(x + wide for (x, _), wide in around)
        top = min(y - wide for (_, y), wide in around)
        bottom = max(y + wide for (_, y), wide in around)
        scale = min(MOST, (WIDTH - 2 * MARGIN) / (right - left), (HEIGHT - 2 * MARGIN) / (bottom - top))
        return scale, (WIDTH / 2 - scale * (left + right) / 2, HEIGHT / 2 - scale * (top + bottom) / 2)

    def _seen(self) -> Iterator[tuple[Point, float]]:
        """All that has to be in the picture, and how thick it is."""
        for name, point in self.body.joints.items():
            if name != "belly":
                yield point, THICK.get(name, THICK.get(name.partition("_")[2], THICK["trunk"]))
        for prop in self.pose.props:
            yield from ((corner, 0.02) for piece in pieces(prop) for face in piece.corners for corner in face)
        for arrow in self.pose.arrows:
            yield from ((point, 0.06) for point in self._along(arrow))

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """All that is drawn, from the back to the front; neighbours of one colour are one path."""
        drawn = [*self._things(), *self._legs(), *self._trunk(), *self._arms(), *self._head()]
        drawn.sort(key=lambda shape: shape.near)
        drawn += map(self._arrow, self.pose.arrows)
        return tuple(together(drawn))

    @cached_property
    def mark(self) -> Circle | None:
        """Where the letter of the side stands, if there are sides."""
        if not self.pose.mark:
            return None
        x, y = self._px(self.body.joints[self.pose.mark.beside])
        return Circle(x + self.pose.mark.by[0], y + self.pose.mark.by[1])

    def _px(self, point: Point) -> Flat:
        scale, (right, down) = self.fit
        x, y = self.view.flat(point)
        return right + scale * x, down + scale * y

    def _wide(self, place: str) -> float:
        return THICK[place] * self.fit[0]

    def _limb(self, one: Point, wide: str, other: Point, narrow: str) -> str:
        return shapes.capsule(self._px(one), self._wide(wide), self._px(other), self._wide(narrow))

    def _near(self, *points: Point) -> float:
        return sum(map(self.view.near, points)) / len(points)

    def _things(self) -> Iterator[Shape]:
        for prop in self.pose.props:
            for piece in pieces(prop):
                yield from self._piece(piece)

    def _piece(self, piece: Piece) -> Iterator[Shape]:
        near = self._near(*(point for face in piece.corners for point in face)) + piece.before
        for face in piece.corners:
            seen = [self._px(point) for point in face]
            if piece.bar:
                yield Shape(piece.colour, shapes.line(seen), near, LEG * self.fit[0], True)
            elif len(piece.corners) == 1 or self._faces_us(face):
                level = max(point[1] for point in face) - min(point[1] for point in face) < 0.001
                shade = piece.colour if level or len(piece.corners) == 1 else f"{piece.colour}_side"
                yield Shape(shade, shapes.polygon(seen), near, 5.0 if piece.colour == "soft" else 0)

    def _faces_us(self, face: tuple[Point, ...]) -> bool:
        outward = cross(minus(face[1], face[0]), minus(face[2], face[1]))
        return self.view.near(plus((0, 0, 0), unit(outward))) > 0.01

    def _legs(self) -> Iterator[Shape]:
        joints = self.body.joints
        near = {side: self._near(*(joints[f"{side}_{part}"] for part in ("hip", "knee", "ankle"))) for side in SIDES}
        for side, other in zip(SIDES, reversed(SIDES), strict=True):
            hip, knee, ankle, heel, toes = (
                joints[f"{side}_{part}"] for part in ("hip", "knee", "ankle", "heel", "toes")
            )
            colour = "far" if near[side] < near[other] - 0.05 else "near"
            if f"{side}_leg" in self.pose.works:
                colour = "accent"
            yield Shape(colour, self._limb(hip, "hip", knee, "knee"), self._near(hip, knee))
            yield Shape(colour, self._limb(knee, "knee", ankle, "ankle"), self._near(knee, ankle))
            yield Shape("skin", self._limb(heel, "heel", toes, "toes"), self._near(ankle, toes) - 0.01)

    def _trunk(self) -> Iterator[Shape]:
        joints = self.body.joints
        hips, neck = joints["hips"], joints["neck"]
        sides = [plus(neck, minus(joints[f"{side}_shoulder"], neck), 0.72) for side in SIDES]
        waist = [joints[f"{side}_hip"] for side in SIDES]
        up = minus(neck, hips)
        low = [plus(plus(point, minus(hips, point), 0.15), up, 0.16) for point in waist]
        near, wide = self._near(hips, neck), 2 * self._wide("trunk")
        worked = "belly" in self.pose.works
        both = {f"{side}_leg" in self.pose.works for side in SIDES} == {True}
        seat = "accent" if worked or both else "near"
        yield Shape(seat, self._limb(waist[0], "trunk", waist[1], "trunk"), self._near(*waist) - 0.005)
        if worked:
            belt = shapes.hull([self._px(plus(point, up, 0.2)) for point in low] + [self._px(point) for point in waist])
            yield Shape("accent", shapes.polygon(belt), near - 0.002, wide)
            low = [plus(point, up, 0.3) for point in low]
        shirt = shapes.hull([self._px(point) for point in (*sides, *low)])
        yield Shape("top", shapes.polygon(shirt), near, wide)

    def _arms(self) -> Iterator[Shape]:
        for side in SIDES:
            shoulder, elbow, hand = (self.body.joints[f"{side}_{part}"] for part in ("shoulder", "elbow", "hand"))
            sleeve = plus(shoulder, minus(elbow, shoulder), 0.55)
            upper = self._near(shoulder, elbow)
            lower = self._near(elbow, hand)
            wrist = plus(hand, unit(minus(elbow, hand)), 0.07)
            yield Shape("skin", self._limb(sleeve, "elbow", elbow, "elbow"), upper - 0.001)
            yield Shape("sleeve", self._limb(shoulder, "shoulder", sleeve, "shoulder"), upper)
            arm = self._limb(elbow, "elbow", wrist, "wrist") + shapes.circle(self._px(hand), self._wide("hand"))
            yield Shape("skin", arm + self._limb(wrist, "wrist", hand, "wrist"), lower)

    def _head(self) -> Iterator[Shape]:
        joints, face = self.body.joints, self.body.face
        head, neck = joints["head"], joints["neck"]
        up = minus(head, neck)
        face = across(face, up) if abs(dot(face, unit(up))) > 0.98 else face
        near = self._near(head)
        yield Shape("skin", self._limb(neck, "neck", head, "neck"), self._near(neck, head) - 0.03)
        front = self.view.near(face)
        mask = plus(plus(head, face, 0.035), unit(up), -0.018)
        nose = plus(plus(head, face, 0.108), unit(up), -0.015)
        skin = shapes.circle(self._px(mask), self._wide("face"))
        if front < 0.85:
            skin += shapes.circle(self._px(nose), self._wide("nose"))
        hair = shapes.circle(self._px(head), self._wide("hair"))
        behind = 0.004 if front < -0.35 else -0.004
        yield Shape("hair", hair, near + behind)
        yield Shape("skin", skin, near)
        sideways = cross(unit(up), face)
        eyes = [plus(head, unit(plus(plus(face, sideways, beside), unit(up), 0.1)), 0.1) for beside in (-0.42, 0.42)]
        seen = [eye for eye in eyes if self.view.near(minus(eye, head)) > 0.015]
        if seen:
            yield Shape("hair", "".join(shapes.circle(self._px(eye), self._wide("eye")) for eye in seen), near + 0.006)

    def _along(self, arrow: Arrow) -> tuple[Point, Point]:
        """The ends of an arrow."""
        start = self.body.joints[arrow.start] if isinstance(arrow.start, str) else arrow.start
        return plus(start, arrow.by), plus(plus(start, arrow.by), arrow.to)

    def _arrow(self, arrow: Arrow) -> Shape:
        one, other = map(self._px, self._along(arrow))
        along = other[0] - one[0], other[1] - one[1]
        bend = (one[0] + other[0]) / 2 - along[1] * arrow.bend, (one[1] + other[1]) / 2 + along[0] * arrow.bend
        x, y, _ = unit((other[0] - bend[0], other[1] - bend[1], 0))
        barbs = [(other[0] - 9 * x - turn * 6 * y, other[1] - 9 * y + turn * 6 * x) for turn in (-1, 1)]
        head = shapes.line([barbs[0], other, barbs[1]])
        return Shape("ink", shapes.curve(one, bend, other) + head, 0, 4, True)
