"""Who waits until the sound of an answer can be fetched."""

from __future__ import annotations

from enum import Enum, auto


class Waits(Enum):
    """Who does. SOMEBODY is on the mat: it can be fetched at once, or else is spoken by the device. A PLAYER has
    another sound to play meanwhile, and plays none where this one does not come. NOBODY waits for what was fetched: it
    plays already, or has played.
    """

    SOMEBODY = auto()
    PLAYER = auto()
    NOBODY = auto()
