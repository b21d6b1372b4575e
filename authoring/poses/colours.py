"""The colours of the pictures, light and dark.

Rule: a body has the same on both, which is told apart from either; what it lies on and what is beside it differ.
"""

from typing import NamedTuple


class Tone(NamedTuple):
    """A colour on a light page, and on a dark one."""

    light: str
    dark: str


def _same(colour: str) -> Tone:
    return Tone(colour, colour)


COLOURS: dict[str, Tone] = {
    "accent": _same("#f0801c"),
    "near": _same("#56769c"),
    "far": _same("#8ca1b7"),
    "top": _same("#37908a"),
    "sleeve": _same("#2b736e"),
    "skin": _same("#dea47a"),
    "hair": _same("#5a4233"),
    "mat": Tone("#d5e0d2", "#2b3b36"),
    "floor": Tone("#e9e4da", "#272c33"),
    "wood": _same("#b39a73"),
    "wood_side": _same("#937b57"),
    "soft": _same("#a592bd"),
    "soft_side": _same("#8773a1"),
    "ink": Tone("#1f2933", "#f4f1ea"),
}

LETTER = "#1b1208"
"""The letter of the mark, on the accent."""
