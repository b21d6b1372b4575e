"""What sessions carried out of their last turns here, for the next ones: what was only just written is not read again.

Rule: nothing is known from here that the session did not bring along itself. Whatever it brings that differs from what
went out, because another process took a turn in between or because somebody tampered with it, is read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from coach.conversation.carried import Carried
from coach.planning import Library
from coach.values import replace


class Recollections:
    """Those of so many sessions, the ones that were heard of last. `most` is 0 for who recollects nothing."""

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._last: OrderedDict[str, tuple[Mapping[str, Any], Library, Carried]] = OrderedDict()

    def written(self, carried: Carried, library: Library) -> dict[str, Any]:
        """What is carried, as the attributes of a session."""
        attributes = carried.to_attributes()
        if self._most:
            self._last.pop(carried.name, None)
            self._last[carried.name] = attributes, library, _as_read(carried)
            while len(self._last) > self._most:
                self._last.popitem(last=False)
        return attributes

    def read(self, name: str, attributes: Mapping[str, Any], library: Library, voice: str) -> Carried | None:
        """The inverse, for a session of this name: see `Carried.from_attributes`."""
        went, among, carried = self._last.get(name, ({}, library, None))
        if carried and among is library and all(attributes.get(part) == value for part, value in went.items()):
            return carried
        return Carried.from_attributes(attributes, library, voice)


def _as_read(carried: Carried) -> Carried:
    """Without what is true of one turn only, and does not travel."""
    progress = replace(carried.progress, repaired=())
    return replace(carried, progress=progress, unheard=False, repaired=())
