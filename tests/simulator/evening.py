"""A speaker in this terminal on a clock that runs so many times as fast, with the coach behind it, with a skill that
answers all with one short hold, or with one that plays a stream: `python -m tests.simulator.evening coach 30`,
`... hold 10`, `... stream 10`.
"""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from simulator.device import Speaker
from simulator.habits import Habits
from simulator.nlu import Understanding
from simulator.screen import terminal_session
from simulator.terminal import Terminal
from tests.simulator.conftest import MODEL, TEN_MS_A_LETTER, FakeSkill, answer
from tests.simulator.streams import STOP, Station, play, reply, spoken, streams

_AT_MOST = timedelta(milliseconds=25)


class _FastClock:
    """Goes on by so little from one look to the next that on a busy machine none of a countdown's seconds is skipped,
    ten times as fast as it should be."""

    def __init__(self, times: int) -> None:
        self._now = self._looked = datetime.now(UTC)
        self._times = times
        self._still = False

    def now(self) -> datetime:
        looked = datetime.now(UTC)
        if not self._still:
            self._now += min(looked - self._looked, _AT_MOST) * self._times
        self._looked = looked
        return self._now

    def wait_until(self, moment: datetime) -> None:
        raise AssertionError(f"a terminal waits for the keyboard only, not for {moment - timedelta()}")

    def stand_still(self) -> None:
        self.now()
        self._still = True

    def go_on(self) -> None:
        self.now()
        self._still = False


if __name__ == "__main__":
    who, times = sys.argv[1:]
    hold = FakeSkill()
    hold.answers = [answer('Hold.<break time="10s"/>Let go.', reprompt="Still here.")]
    station = Station()
    station.on("StartRoutineIntent", spoken("Here it is.", play("one")))
    station.on("AMAZON.PauseIntent", reply(STOP, shouldEndSession=True))
    station.on("AMAZON.ResumeIntent", spoken("On we go.", play("one", offset_ms=50_000)))
    skills: dict[str, Callable[[], Handler]] = {
        "hold": lambda: hold,
        "stream": lambda: station,
        "coach": lambda: bootstrap(Settings(store="memory:")),
    }
    speaker = Speaker(
        skills[who](),
        Understanding.from_file(MODEL),
        _FastClock(int(times)),
        voice=None if who == "coach" else TEN_MS_A_LETTER,
        player=Habits() if who == "stream" else None,
        streams=streams,
    )
    with terminal_session():
        asyncio.run(Terminal(speaker, keeps=False).run())
