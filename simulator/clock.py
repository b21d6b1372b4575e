"""The time a speaker lives by: the real one, or one that jumps, so that a whole evening is played in a moment.

Rule: UTC throughout, and nothing in the simulator asks for the time anywhere else.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows the time and can let it pass."""

    def now(self) -> datetime:
        """The present moment, in UTC."""

    def wait_until(self, moment: datetime) -> None:
        """Return when it is `moment`; at once when that has passed."""

    def stand_still(self) -> None:
        """Let no time pass from now on."""

    def go_on(self) -> None:
        """Let time pass again, from where it stood still, if it did."""


class RealClock:
    """The computer's time, moved so that it starts at `start` when one is given, in whole milliseconds."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = start - datetime.now(UTC) if start else timedelta()
        self._still_since: datetime | None = None

    def now(self) -> datetime:
        """The present moment, in UTC."""
        now = (self._still_since or datetime.now(UTC)) + self._offset
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def wait_until(self, moment: datetime) -> None:
        """Sleep until `moment`."""
        time.sleep(max(0.0, (moment - self.now()).total_seconds()))

    def stand_still(self) -> None:
        """Let no time pass from now on."""
        self._still_since = self._still_since or datetime.now(UTC)

    def go_on(self) -> None:
        """Let time pass again, from where it stood still, if it did."""
        if self._still_since:
            self._offset -= datetime.now(UTC) - self._still_since
            self._still_since = None


class VirtualClock:
    """A time that stands still until somebody waits, and then jumps."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._still = False

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self._now

    def wait_until(self, moment: datetime) -> None:
        """Jump to `moment`, unless it stands still."""
        if not self._still:
            self._now = max(self._now, moment)

    def stand_still(self) -> None:
        """Let no time pass from now on."""
        self._still = True

    def go_on(self) -> None:
        """Let time pass again."""
        self._still = False


def timestamp(moment: datetime) -> str:
    """A moment as Alexa writes it in a request: ISO 8601, the nearest whole second, Z."""
    return to_the_second(moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_the_second(moment: datetime) -> datetime:
    """The whole second nearest to a moment; a half goes up."""
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)
