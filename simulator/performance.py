"""An answer while it is being spoken: the lines that are over, and the one that is under way.

Rule: asked for a moment, it says what belongs on the screen then; it draws nothing and waits for nothing. A line is a
phrase with the pause that follows it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.heard import Heard
from simulator.playback import Doing, Moment, Stage, moment
from simulator.speech import seconds

_BROKEN_OFF = "—"


@dataclass(frozen=True)
class _Line:
    """A stretch of an answer's life, from its stage `first` to its stage `last`."""

    first: int
    last: int
    text: str
    pause: Stage | None

    @property
    def whole(self) -> str:
        return f"{self.text} [{seconds(self.pause.ms)}]" if self.pause else self.text


class Performance:
    """One answer being played, or a `stream`. Moments must be asked for in their order. `begins` is when it is known to
    have begun.
    """

    def __init__(self, heard: Heard) -> None:
        self._life = heard.life
        self._begins = heard.begins
        self.begins = heard.begins if heard.sounded else None
        self.stream = heard.stream
        self._lines = _lines(heard.life)

    def at(self, now: datetime) -> Moment:
        """Where the answer stands."""
        return moment(self._life, round((now - self._begins) / timedelta(milliseconds=1)))

    def over(self, now: datetime) -> bool:
        """Whether all the words have been spoken, and the microphone is open, or nothing more comes."""
        return self.at(now).doing in {Doing.LISTENING, Doing.SILENT}

    def finished(self, now: datetime) -> list[str]:
        """The lines that have come to their end since the last time this was asked."""
        index = self.at(now).index
        over = [line for line in self._lines if line.last < index]
        self._lines = self._lines[len(over) :]
        return [line.whole for line in over]

    def live(self, now: datetime) -> str:
        """The line under way: the words said so far, or the phrase and the seconds that are left of its pause."""
        here = self.at(now)
        line = next((line for line in self._lines if line.first <= here.index <= line.last), None)
        if line is None or here.doing is Doing.THINKING:
            return ""
        if here.doing is Doing.SPEAKING:
            return f"{_speaker(self._life[here.index])}{here.words}"
        return f"{line.text} {_countdown(here)}"

    def broken_off(self, now: datetime) -> list[str]:
        """The lines up to the moment when somebody speaks up, the last of them as far as it got."""
        lines, live = self.finished(now), self.live(now)
        return [*lines, f"{live} {_BROKEN_OFF}"] if live else lines


def _lines(life: tuple[Stage, ...]) -> list[_Line]:
    lines: list[_Line] = []
    for index, stage in enumerate(life):
        if stage.phrase:
            lines.append(_Line(index, index, f"{_speaker(stage)}{stage.phrase.text}", None))
        elif stage.doing is Doing.PAUSING:
            joins = lines and lines[-1].last == index - 1
            before = lines.pop() if joins else _Line(index, index, _speaker(stage).strip(), None)
            lines.append(_Line(before.first, index, before.text, stage))
    return lines


def _speaker(stage: Stage) -> str:
    return "Coach, again: " if stage.repeated else "Coach: "


def _countdown(here: Moment) -> str:
    """The whole seconds that are left of a pause."""
    return f"[{-(-here.left_ms // 1000)}]"
