"""Devices that could not fetch a sound.

Rule: known in this process only, by opaque keys, and soon forgotten. What one device cannot fetch is no matter of any
other: it may be its own network, its own make, or its own address.
"""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic

REST_S = 600
"""For so long a device has no sounds: nobody tells when it can fetch them again. So long it is known to have failed."""

KEPT_MOST = 500
"""So many devices are remembered; more of them than that, and it is not the devices."""


class Devices:
    """Which devices could not fetch something lately, and which have no sounds for that."""

    def __init__(self) -> None:
        self._until: OrderedDict[str, tuple[float, bool]] = OrderedDict()

    def fail(self, device: str) -> bool:
        """Note that a device could not fetch something, and say whether it may be given another address: once in ten
        minutes. From the second time on it rests.
        """
        first = not self._is_known(device)
        self._note(device, rests=not first)
        return first

    def rest(self, device: str) -> None:
        """Have no sounds for a device, for ten minutes from now."""
        self._note(device, rests=True)

    def rests(self, device: str) -> bool:
        """Whether a device has no sounds now."""
        return self._is_known(device) and self._until[device][1]

    def _is_known(self, device: str) -> bool:
        until, _ = self._until.get(device, (0.0, False))
        return monotonic() < until

    def _note(self, device: str, *, rests: bool) -> None:
        self._until[device] = monotonic() + REST_S, rests
        self._until.move_to_end(device)
        if len(self._until) > KEPT_MOST:
            self._until.popitem(last=False)
