"""A soft bell, made of a few fading tones: what is heard where Alexa would play one of her own."""

from array import array
from math import exp, pi, sin

from simulator.voices.sound import RATE, Sound

MS = 900
_PITCH = 659.26
_PARTIALS = ((1.0, 1.0, 5.0), (2.0, 0.35, 8.0), (3.01, 0.12, 12.0))
"""Of each tone its pitch, its loudness and how fast it fades, the first two in parts of the lowest."""
_LOUD = 6_500
_RISE = 0.004
"""Seconds in which it begins: at once would be a click."""
_FADE = 0.15
"""Seconds in which it ends."""


def chime() -> Sound:
    """The bell, MS long."""
    count = MS * RATE // 1000
    return Sound(array("h", [round(_LOUD * _at(place / RATE)) for place in range(count)]), RATE)


def _at(seconds: float) -> float:
    tone = sum(loud * exp(-fade * seconds) * sin(2 * pi * _PITCH * high * seconds) for high, loud, fade in _PARTIALS)
    edge = min(seconds / _RISE, (MS / 1000 - seconds) / _FADE, 1.0)
    return edge * tone / sum(loud for _, loud, _ in _PARTIALS)
