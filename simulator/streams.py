"""A stream on its way through a player: what the skill wants, what is played, and what becomes of it.

Rule: facts with their moments; nothing here acts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.envelopes import Json
from simulator.speech import Piece, total_ms


@dataclass(frozen=True)
class Stream:
    """A sound that a skill wants played, from an offset on."""

    token: str
    url: str
    offset_ms: int


@dataclass(frozen=True)
class Sounding:
    """From `at` on a stream is heard, from `into_ms` in it: `pieces` is all that is left of it. Where there are none,
    it is not heard any more.
    """

    at: datetime
    stream: Stream
    into_ms: int
    pieces: tuple[Piece, ...]
    begins: bool = False

    def passed(self, now: datetime) -> int:
        """The milliseconds of the stream that have been heard by now."""
        return self.into_ms + (now - self.at) // timedelta(milliseconds=1)


@dataclass(frozen=True)
class Event:
    """Something that the skill is told at `at`, with the state of the player as it was when it happened."""

    at: datetime
    name: str
    fields: Json
    state: Json


@dataclass
class Playing:
    """The stream that is played, or was the last to be."""

    stream: Stream
    pieces: tuple[Piece, ...]
    offset_ms: int
    since: datetime | None = None
    nearly_told: bool = False

    def offset(self, at: datetime) -> int:
        """How far into the stream it is."""
        ran = (at - self.since) // timedelta(milliseconds=1) if self.since else 0
        return min(self.offset_ms + ran, total_ms(self.pieces))
