"""What somebody asks, whoever that is and however it comes, and what answers it reach for outside.

Rule: nothing here knows a platform. The devices and the sounds are ports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from coach.conversation import Errand, Heard
from coach.conversation.stream import Stream
from coach.persistence import Person
from coach.speaking import Span, Waits
from coach.speaking.timeline import LayOut


@dataclass(frozen=True)
class Request:
    """What somebody asks. `person`, `device`, `session` and `id` are opaque keys that name nobody; `now_ms` is the
    request's own time in epoch milliseconds, `carried` what the session brought along, and `new` says that it brought
    nothing yet. `into_ms` is how long ago the first sound of the answer before was, where a player tells that;
    `speaking_up` is how long it took to ask, where that is not as long as it takes to say it. `streams` says that the
    device can be left to play by itself, and `stream` what it plays, or has played last; `waits` says who waits for
    what it is to play.
    """

    heard: Heard
    person: Person
    device: str
    session: str
    id: str
    now_ms: int
    locale: str
    new: bool
    carried: Mapping[str, Any] = field(default_factory=dict)
    into_ms: int | None = None
    speaking_up: Span | None = None
    streams: bool = False
    stream: Stream | None = None
    waits: Waits = Waits.SOMEBODY


class Speaker(Protocol):
    """The device that a request came from, for what the conversation cannot do by itself. Neither call raises."""

    def zone(self) -> str:
        """Its time zone by the name in the IANA database, empty if it does not tell."""
        ...

    def run(self, errand: Errand, zone: str) -> Heard:
        """Do an errand for a person in a time zone, and say as an event what came of it."""
        ...


class Reels(Protocol):
    """Lays answers out as sounds that devices fetch. A device is known by its opaque key. No call raises."""

    def laying_out(self, device: str, waits: Waits) -> LayOut:
        """What lays an answer out for a device: as a sound, or as it would be without one. Where nobody waits for the
        sound it has no address.
        """
        ...

    def speaks(self, locale: str, pace: int, device: str, waits: Waits) -> bool:
        """Whether there are any sounds in a locale at a pace in percent for a device, and now for who waits."""
        ...

    def fail(self, device: str) -> bool:
        """Note that a device could not fetch a sound, and say whether it is worth giving it another address. From the
        second time on within a while it has no sounds.
        """
        ...

    def rest(self, device: str) -> None:
        """Have no sounds for a device for a while: it could not fetch one."""
        ...
