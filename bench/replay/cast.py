"""Who talks to the coach: accounts with their speakers, the voices in them, and the weather around each.

Rule: each account is one way of living with it, so that what goes wrong between several speakers and voices is met.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

START = datetime(2026, 10, 19, 17, tzinfo=UTC)
"""A Monday, a week before the clocks are put back in Europe and two before they are in America."""

AMERICA, EUROPE, FAR_EAST = (f"https://api{part}.amazonalexa.com" for part in ("", ".eu", ".fe"))
ELSEWHERE = "http://127.0.0.1:9"
"""An address that is not Amazon's, and is not to be called."""


@dataclass
class Account:
    """A household. `zones` are those of its devices, None for one that does not tell; `voices` those that are
    recognised, "" for none; `stormy` how often the store fails for it, `reminding` how much it wants reminders, and
    `steady` how often it simply goes on.

    `now` is the latest request of any of its speakers, `granted` whether Alexa may set reminders, `alerts` those that
    are set, and `storm` the faults that last, with the number of turns that they will.
    """

    name: str
    locale: str
    zones: dict[str, str | None]
    voices: tuple[str, ...] = ("",)
    stormy: float = 0.04
    reminding: float = 0.05
    steady: float = 0.1
    endpoint: str = AMERICA
    now: datetime = START
    granted: bool = False
    alerts: list[Json] = field(default_factory=list)
    storm: tuple[int, Json] = (0, {})


def cast() -> list[Account]:
    """Everybody who comes again."""
    return [
        Account("ann", "en-US", {"den": "America/New_York"}),
        Account("ben", "en-GB", {"kitchen": "Europe/London"}, ("", "ben", "bea"), endpoint=EUROPE),
        Account(
            "cleo", "en-US", {"bedroom": "America/Los_Angeles", "porch": "America/Denver"}, stormy=0.08, granted=True
        ),
        Account(
            "dora", "en-GB", {"bath": "Europe/Lisbon", "hall": None, "attic": "Asia/Kolkata"}, ("dora",), granted=True
        ),
        Account("eli", "en-US", {"shed": "Mars/Olympus"}, stormy=0.35, granted=True),
        Account("fay", "en-US", {"study": "Pacific/Auckland"}, ("fay", ""), reminding=0.2, endpoint=FAR_EAST),
        Account("gus", "en-GB", {"loft": None}, reminding=0.08, endpoint=ELSEWHERE),
        Account("hal", "en-US", {"gym": "America/Chicago"}, steady=0.85, stormy=0.02),
        Account("ivy", "en-GB", {"barn": "Europe/Dublin", "yard": "Europe/Dublin"}, ("ivy",), steady=0.6),
    ]


def guest(number: int) -> Account:
    """Somebody who has never been here."""
    name, zones = f"guest{number}", ("America/Chicago", None, "Europe/Paris", "Asia/Tokyo")
    locale, voice = ("en-US", "en-GB")[number % 2], name if number % 3 == 0 else ""
    return Account(name, locale, {"room": zones[number % len(zones)]}, (voice,))
