"""How good is good enough, in one table.

Rule: a goal is missed when the figure is beyond it by more than its noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from authoring.package import MAX_BYTES
from bench.deployed.figures import Figure


class Of(StrEnum):
    """What a goal is about: the ratio to the skill in the manner of Amazon's samples, or the coach's own figure."""

    RATIO = "ratio"
    OWN = "own"


@dataclass(frozen=True)
class Goal:
    """No more than `most`. Within `reach` is what could be had; 0 where nothing more is wanted."""

    of: Of
    most: float
    reach: float = 0

    def missed(self, figure: Figure) -> bool:
        """Whether it is, beyond all doubt."""
        return figure.value - figure.noise > self.most

    def verdict(self, figure: Figure) -> str:
        """What to say of a figure."""
        if self.missed(figure):
            return "missed"
        if figure.value > self.most:
            return "met within the noise"
        return "reached" if self.reach and figure.value <= self.reach else "met"


GOALS = {
    "cold": Goal(Of.RATIO, 0.60, 0.40),
    "first": Goal(Of.RATIO, 0.15),
    "warm": Goal(Of.RATIO, 0.40, 0.25),
    "slowest": Goal(Of.OWN, 40),
    "memory": Goal(Of.RATIO, 0.75),
    "bundle": Goal(Of.OWN, MAX_BYTES),
}
"""By the measure; times are of a processor, in milliseconds, and the bundle is in bytes."""
