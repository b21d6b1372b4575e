"""What a body that is not as usual leaves out until a professional was asked, and what may be gentler for it.

Rule: only what to ask about. Nobody's condition is known here, and none is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

GENTLEST = ("pelvic_tilt", "seated_lunge", "butterfly_pose", "lying_twist")
"""What a sore back may be moved with, from standing down to lying: no strong fold, and no weight on a bent knee."""


@dataclass(frozen=True)
class Advice:
    """Until somebody was asked: exercises to leave out, those that are too much `as_authored`, and those that may be
    gentler; or the `only` ones to do; or nothing at all. All that is done is done in its easier version.
    """

    leave_out: tuple[str, ...] = ()
    gentler: tuple[str, ...] = ()
    as_authored: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    nothing_yet: bool = False

    def bars(self, exercises: Iterable[str]) -> tuple[str, ...]:
        """Those of some exercises that are to be left out."""
        if self.only or self.nothing_yet:
            return tuple(e for e in exercises if e not in self.only)
        return tuple(e for e in exercises if e in self.leave_out)


_UPRIGHT = ("pelvic_tilt", "seated_lunge")

ADVICE: Mapping[str, Advice] = {
    "operation": Advice(nothing_yet=True),
    # All ten are for somebody who stands up by themselves.
    "wheelchair": Advice(nothing_yet=True),
    "new_hip": Advice(only=("pelvic_tilt",)),
    "pregnancy": Advice(only=(*_UPRIGHT, "butterfly_pose")),
    "osteoporosis": Advice(("shoelace_stretch", "seated_twist"), _UPRIGHT),
    "disc": Advice(("shoelace_stretch", "seated_twist", "pigeon_pose", "deep_squat_rest"), _UPRIGHT),
    "knee": Advice(gentler=_UPRIGHT, as_authored=("shoelace_stretch", "pigeon_pose", "deep_squat_rest")),
    "arthritis": Advice(gentler=_UPRIGHT, as_authored=("pigeon_pose", "lateral_hip_stretch", "deep_squat_rest")),
    "outer_hip": Advice(("shoelace_stretch", "seated_twist", "pigeon_pose", "lateral_hip_stretch"), _UPRIGHT),
    "unsteady": Advice(only=_UPRIGHT),
}
"""By condition. What is in none of them is for somebody else to judge."""

NONE = Advice()


def advice_for(names: Sequence[str], exercises: Collection[str]) -> Advice:
    """The advice for a body with some conditions, of the exercises that there are: what one of them leaves out is out,
    and what is left may be gentler.
    """
    found = [ADVICE.get(name, NONE) for name in names]
    if len(found) < 2:
        return found[0] if found else NONE
    barred = {e for advice in found for e in advice.bars(exercises)}
    left = tuple(e for e in exercises if e not in barred)
    if not left or any(advice.only or advice.nothing_yet for advice in found):
        return Advice(only=left, nothing_yet=not left)
    gentler = dict.fromkeys(e for advice in found for e in advice.gentler if e not in barred)
    return Advice(leave_out=tuple(e for e in exercises if e in barred), gentler=tuple(gentler))


LOADED: Mapping[str, Set[str]] = {
    "knee": frozenset(ADVICE["knee"].as_authored),
    "hip": frozenset(ADVICE["arthritis"].as_authored),
    "groin": frozenset(ADVICE["arthritis"].as_authored),
}
"""The exercises that load a joint most, by its name: once it has hurt, they are for another day."""
