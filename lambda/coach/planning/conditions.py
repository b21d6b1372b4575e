"""What a body that is not as usual leaves out until a professional was asked, and what may be gentler for it.

Rule: only what to ask about. Nobody's condition is known here, and none is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GENTLEST = ("pelvic_tilt", "seated_lunge", "butterfly_pose", "lying_twist")
"""What a sore back may be moved with, from standing down to lying: no strong fold, and no weight on a bent knee."""


@dataclass(frozen=True)
class Advice:
    """Exercises to leave out until somebody was asked, and those that may be gentler; or nothing at all until then."""

    leave_out: tuple[str, ...] = ()
    gentler: tuple[str, ...] = ()
    nothing_yet: bool = False


_UPRIGHT = ("pelvic_tilt", "seated_lunge")

ADVICE: Mapping[str, Advice] = {
    "operation": Advice(nothing_yet=True),
    "new_hip": Advice(gentler=("pelvic_tilt",)),
    "pregnancy": Advice(gentler=(*_UPRIGHT, "butterfly_pose")),
    "osteoporosis": Advice(("shoelace_stretch", "seated_twist"), _UPRIGHT),
    "disc": Advice(("shoelace_stretch", "seated_twist", "pigeon_pose", "deep_squat_rest"), _UPRIGHT),
    "knee": Advice(("shoelace_stretch", "pigeon_pose", "deep_squat_rest"), _UPRIGHT),
    "arthritis": Advice(("pigeon_pose", "lateral_hip_stretch", "deep_squat_rest"), _UPRIGHT),
    "outer_hip": Advice(("shoelace_stretch", "seated_twist", "pigeon_pose", "lateral_hip_stretch"), _UPRIGHT),
    "unsteady": Advice(("reverse_lunge", "deep_squat_rest"), _UPRIGHT),
}
"""By condition. What is in none of them is for somebody else to judge."""
