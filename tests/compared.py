"""What a process recollects of a session, held against what is read of it: it must be the same, whatever went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coach.conversation import Carried, Recollections
from coach.planning import Library


class Compared(Recollections):
    """Recollects what sessions carried, as the deployed function does, and reads it all the same."""

    def __init__(self) -> None:
        super().__init__(100)

    def read(self, name: str, attributes: Mapping[str, Any], library: Library, voice: str) -> Carried | None:
        """See Recollections."""
        recollected = super().read(name, attributes, library, voice)
        read = Carried.from_attributes(attributes, library, voice)
        # A count that has come to its end reads as none, and is recollected as it was.
        assert read == (recollected and replace(recollected, name="")) or (read and read.repaired)
        return recollected
