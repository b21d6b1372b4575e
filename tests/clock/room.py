"""A room with a speaker in it whose voice nobody knows, and a person who listens, answers and speaks up.

Rule: what is true here comes from the voice, the clock and the words that were said. The coach gets what a skill gets:
requests with a time in whole seconds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from coach.alexa.limits import ALEXA
from coach.answering import Answering
from coach.asking import Request
from coach.conversation import Event, Heard, Turn
from coach.conversation.details import Ending
from coach.persistence import Person, Progress
from coach.speaking import Timeline
from coach.speaking.content import load
from coach.speaking.phrasebook import Phrasebook
from coach.turns import Turns

WORDS = Phrasebook(load("en-US"))
WINDOW_MS = 8_000
SLOWEST, FASTEST = 1.4, 0.7
"""How long a voice takes for words, in parts of the estimate."""

STARTS_MS, SPEAKING_UP_MS = (300, 2_000), (500, 4_000)
"""How long it takes until an answer is heard, and until somebody who speaks up has been understood."""

UNEVEN = 0.03
"""How far a voice strays from its own rate, from phrase to phrase."""

NO_CLAIM = "Paused. Take your time"
"""What is said to somebody who pauses before they have heard what comes."""

_PAUSED = re.compile(r"Paused, (about |under )?(\S+) (second|minute)s? to go on the (left|right)")
_AGAIN = re.compile(r"again, on the (left|right)")


class Shelf:
    """A store that takes everything, in whatever order: one moment is gone on from in many ways."""

    def __init__(self) -> None:
        self.kept: Progress | None = None

    def load(self, person: Person) -> Progress | None:
        return self.kept

    def save(self, person: Person, progress: Progress) -> Progress:
        self.kept = replace(progress, revision=progress.revision + 1)
        return self.kept

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        raise AssertionError("nobody asked for that")

    def people(self, account: str) -> list[Person]:
        return []


class Mute:
    """A device that tells nothing of itself."""

    def zone(self) -> str:
        return ""

    def run(self, errand: object, zone: str) -> Heard:
        raise AssertionError("nobody asked for that")


@dataclass(frozen=True)
class Side:
    """One hold of an answer, in true time: from when it is led into, begins and is over."""

    name: str
    led_into: float
    begins: float
    over: float
    held_ms: int

    def done_at(self, at: float) -> float:
        """How many of its milliseconds are done at a moment."""
        return min(max((at - self.begins) / (self.over - self.begins), 0), 1) * self.held_ms


@dataclass(frozen=True)
class Playing:
    """An answer as it is heard: when it begins and is over, in true milliseconds, and its holds."""

    begins: float
    over: float
    sides: tuple[Side, ...]


@dataclass
class Room:
    """One speaker and one person. `rate` is the voice's; chance is the room's own."""

    chance: Random
    rate: float
    coach: Answering = field(default_factory=lambda: Answering(Shelf(), Turns(lambda _: WORDS, ALEXA)))
    now: float = 0.0
    carried: Mapping[str, Any] = field(default_factory=dict)
    new: bool = True
    playing: Playing | None = None
    turn: Turn | None = None

    def __post_init__(self) -> None:
        self.now = 1_795_460_000_000 + self.chance.uniform(0, 1_000)

    def says(self, heard: Heard, at: float | None = None) -> Turn:
        """Something is said that reaches the coach now, and its answer is heard."""
        self.now = self.now if at is None else at
        turn, self.carried = self.asked(heard, self.now)
        self.turn, self.new = turn, False
        self.playing = self._played(turn)
        return turn

    def asked(self, heard: Heard, at: float) -> tuple[Turn, dict[str, Any]]:
        """What the coach would answer to a request at a time; nothing comes of it."""
        seconds = int(at // 1000) * 1000
        request = Request(
            *(heard, Person("a", ""), "d", "5", f"{at:.0f}", seconds, "en-US", self.new, self.carried),
            into_ms=self.into_ms(at),
        )
        turn, carried = self.coach.answer(request, Mute())
        return turn, carried.to_attributes()

    def into_ms(self, at: float) -> int | None:
        """How far the answer had got, where a player tells that: here nobody does."""
        return None

    def answers(self, heard: Heard) -> Turn:
        """The person listens to the end, and answers."""
        assert self.playing
        return self.says(heard, self.playing.over + self.chance.uniform(*SPEAKING_UP_MS))

    def is_taught(self) -> None:
        """What does not fit into the first answer is asked for as soon as it may be."""
        assert self.turn
        if self.turn.timeline.marks[-1].then == Event.HEARD_OUT_BEFORE:
            self.answers(Heard(Event.READY))

    def falls_silent(self) -> None:
        """Nobody answers, the reprompt is spoken, nobody answers that, and the session is over."""
        assert self.playing
        assert self.turn
        assert self.turn.reprompt
        again = self._takes(WORDS.wording(pace=100)(self.turn.reprompt).ms)
        self.says(Heard(Event.ENDED, Ending(in_silence=True)), self.playing.over + 2 * WINDOW_MS + again)
        self.new, self.carried = True, {}

    def _takes(self, estimated_ms: float) -> float:
        return estimated_ms * self.rate * self.chance.gauss(1, UNEVEN)

    def _begins(self) -> float:
        """When an answer is heard to a request that comes now."""
        return self.now + self.chance.uniform(*STARTS_MS)

    def _played(self, turn: Turn) -> Playing:
        begins = self._begins()
        moments, over = self._moments(turn.timeline, begins, self.layout(turn))
        spoken = turn.progress.spoken
        sides = tuple(
            Side(
                mark.step.rsplit(".", 1)[1],
                _at(moments, mark.starts),
                _at(moments, mark.works),
                _at(moments, mark.ends),
                mark.ends - mark.works,
            )
            for mark in (spoken.marks if spoken else ())
        )
        return Playing(begins, over, sides)

    def layout(self, turn: Turn) -> float:
        """At which rate an answer was laid out: the voice of the room knows nothing of that."""
        tempos = dict(turn.progress.tempos)
        return tempos["d/en-US"].percent / 100 if tempos else 1.0

    def _moments(self, timeline: Timeline, begins: float, rate: float) -> tuple[list[tuple[float, float]], float]:
        """When each moment of a timeline is in truth: pauses last as long as is written, words as long as is spoken."""
        moments, now, before = [(0.0, begins)], begins, 0
        for cue in timeline.cues:
            rest = cue.at - before
            now += self._takes(rest / rate) if cue.joined else rest
            moments.append((cue.at, now))
            now += self._takes(cue.ms / rate)
            moments.append((cue.end, now))
            before = cue.end
        return moments, now + max(timeline.ms - before, 0)


def _at(moments: list[tuple[float, float]], written: float) -> float:
    index = max(bisect_right(moments, (written, float("inf"))) - 1, 0)
    start, true = moments[index]
    if index + 1 == len(moments):
        return true + written - start
    end, after = moments[index + 1]
    return true + (after - true) * (written - start) / max(end - start, 1)


def told(turn: Turn) -> tuple[str, float, float] | None:
    """Which side the coach says is left to somebody who pauses, and from how many to how many seconds: whole ones,
    about so many in fives, in tens or in half minutes, or fewer than so many. None where it says nothing of it.
    """
    found = _PAUSED.search(_text(turn))
    if not found:
        return None
    roughly, number, unit, side = found.groups()
    seconds = _number(number) * (60 if unit == "minute" else 1)
    if roughly == "under ":
        return side, 0, seconds
    grain = next(grain for grain in (30, 10, 5, 1) if not seconds % grain) if roughly else 2
    return side, seconds - grain, seconds + grain


def repeated(turn: Turn) -> str:
    """Which side the coach begins again, empty where it names none."""
    found = _AGAIN.search(_text(turn))
    return found[1] if found else ""


def claims_nothing(turn: Turn) -> bool:
    """Whether the coach says nothing of what is left to somebody who pauses."""
    return NO_CLAIM in _text(turn)


def _text(turn: Turn) -> str:
    return " ".join(cue.text for cue in turn.timeline.cues)


def _number(word: str) -> float:
    numbers = WORDS.content.words["numbers"]
    if word == "a":
        return 1
    return float(word) if word.isdigit() else float(numbers.index(word))
