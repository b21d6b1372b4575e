"""A speaker in this terminal on a clock that runs so many times as fast, with the coach behind it, or with a skill that
answers all with one short hold: `python -m tests.simulator.evening coach 30`, `... hold 10`.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.device import Speaker
from simulator.nlu import Understanding
from simulator.screen import terminal_session
from simulator.terminal import Terminal
from tests.simulator.conftest import MODEL, TEN_MS_A_LETTER, FakeSkill, answer

_AT_MOST = timedelta(milliseconds=250)


class _FastClock:
    """Goes on by a quarter of a second at most from one look to the next, so that on a busy machine none of a
    countdown's seconds is skipped."""

    def __init__(self, times: int) -> None:
        self._now = self._looked = datetime.now(UTC)
        self._times = times

    def now(self) -> datetime:
        looked = datetime.now(UTC)
        self._now += min((looked - self._looked) * self._times, _AT_MOST)
        self._looked = looked
        return self._now

    def wait_until(self, moment: datetime) -> None:
        raise AssertionError(f"a terminal waits for the keyboard only, not for {moment - timedelta()}")


if __name__ == "__main__":
    who, times = sys.argv[1:]
    hold = FakeSkill()
    hold.answers = [answer('Hold.<break time="10s"/>Let go.', reprompt="Still here.")]
    skill, voice = (hold, TEN_MS_A_LETTER) if who == "hold" else (bootstrap(Settings(store="memory:")), None)
    speaker = Speaker(skill, Understanding.from_file(MODEL), _FastClock(int(times)), voice=voice)
    with terminal_session():
        asyncio.run(Terminal(speaker, keeps=False).run())
