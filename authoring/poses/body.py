"""A body of bones: given where hips, hands and feet are, where all its joints are.

Rule: every bone has its one length. A limb that cannot reach is stretched out as far as it goes, and says how far it is
from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from authoring.poses.page import Leg, Pose
from authoring.poses.space import DOWN, Point, across, cross, dot, length, minus, plus, unit

THIGH, SHIN, FOOT = 0.42, 0.41, 0.155
UPPER_ARM, FOREARM = 0.31, 0.33
TRUNK, NECK = 0.5, 0.24
HIP, SHOULDER = 0.09, 0.17
"""Half the way between the hips, and between the shoulders."""
ANKLE = 0.08
"""How high an ankle is above the sole."""

SIDES = ("left", "right")


@dataclass(frozen=True)
class Body:
    """The joints by their names, with where face and belly point to; and by how much a limb misses its place."""

    joints: Mapping[str, Point]
    face: Point
    front: Point
    missed: Mapping[str, float]


def body(pose: Pose) -> Body:
    """The body of a pose."""
    spine = unit(pose.spine)
    waist, chest = across(pose.hip_line, spine), across(pose.shoulder_line or pose.hip_line, spine)
    neck = plus(pose.hips, spine, TRUNK)
    joints = {"hips": pose.hips, "neck": neck, "head": plus(neck, unit(pose.head or spine), NECK)}
    joints |= {"belly": plus(plus(pose.hips, spine, 0.14), cross(waist, spine), 0.1)}
    missed = {}
    for side, outward in zip(SIDES, (1, -1), strict=True):
        hip, leg = plus(pose.hips, waist, HIP * outward), getattr(pose, f"{side}_leg")
        knee, ankle, missed[f"{side} foot"] = _limb(hip, leg.to, leg.knee, THIGH, SHIN)
        heel, toes = _foot(knee, ankle, leg)
        joints |= {f"{side}_hip": hip, f"{side}_knee": knee, f"{side}_ankle": ankle}
        joints |= {f"{side}_heel": heel, f"{side}_toes": toes}
    for side, outward in zip(SIDES, (1, -1), strict=True):
        shoulder, arm = plus(neck, chest, SHOULDER * outward), getattr(pose, f"{side}_arm")
        goal = plus(joints[arm.to] if isinstance(arm.to, str) else arm.to, arm.by)
        elbow, hand, missed[f"{side} hand"] = _limb(shoulder, goal, arm.elbow, UPPER_ARM, FOREARM)
        joints |= {f"{side}_shoulder": shoulder, f"{side}_elbow": elbow, f"{side}_hand": hand}
    front = cross(chest, spine)
    return Body(joints, unit(pose.face or front), front, missed)


def _limb(root: Point, goal: Point, bend: Point, upper: float, lower: float) -> tuple[Point, Point, float]:
    """The joint between two bones and their end, and how far that is from its goal."""
    way = minus(goal, root)
    far = min(max(length(way), abs(upper - lower) + 0.01), upper + lower - 0.0001)
    along = unit(way)
    shadow = (far * far + upper * upper - lower * lower) / (2 * far)
    beside = sqrt(max(upper * upper - shadow * shadow, 0))
    joint = plus(plus(root, along, shadow), across(bend, along), beside)
    return joint, plus(root, along, far), abs(length(way) - far)


def _foot(knee: Point, ankle: Point, leg: Leg) -> tuple[Point, Point]:
    """Heel and toes: the sole is on the far side of the ankle, as seen from the knee."""
    toes, shin = unit(leg.toes), unit(minus(ankle, knee))
    below = across(leg.sole or (shin if abs(dot(shin, toes)) < 0.95 else DOWN), toes)
    heel = plus(plus(ankle, toes, -0.045), below, 0.045)
    return heel, plus(plus(ankle, toes, FOOT), below, 0.052)
