"""Devices that could not fetch a sound.

Rule: known in this process only, by opaque keys, and soon forgotten. What one device cannot fetch is no matter of any
other: it may be its own network, its own make, or its own address.
"""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic

REST_S = 600
"""For so long a device has no sounds: nobody tells when it can fetch them again."""

KEPT_MOST = 500
"""So many devices are remembered; more of them than that, and it is not the devices."""


class Devices:
    """Which devices have no sounds for now."""

    def __init__(self) -> None:
        self._rest_until: OrderedDict[str, float] = OrderedDict()

    def rest(self, device: str) -> None:
        """Have no sounds for a device, for ten minutes from now."""
        self._rest_until[device] = monotonic() + REST_S
        self._rest_until.move_to_end(device)
        if len(self._rest_until) > KEPT_MOST:
            self._rest_until.popitem(last=False)

    def rests(self, device: str) -> bool:
        """Whether a device has no sounds now."""
        return monotonic() < self._rest_until.get(device, 0.0)
