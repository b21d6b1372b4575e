"""Somebody who does a routine on several evenings, and answers each prompt with what it asks for.

Rule: they know what they heard. Time is the simulator's, and nobody waits for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bench.listening.authored import Exercise
from bench.listening.framing import ENDS, NAMES, Framing
from bench.listening.script import Item, Said, Silence, script
from bench.listening.works import Work, works
from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.heard import Heard
from simulator.nlu import Understanding

ROOT = Path(__file__).parents[2]
ROUTINES = ("full", "quick", "lower_back", "hips", "desk", "evening")
MODES = {"exercise by exercise": "", "hands-free": "hands free", "step-by-step": "wait for me"}
"""What somebody says once who wants to be led like this."""
VARIATIONS = ("usual", "easier")
EVENINGS = 5
FIRST = datetime(2026, 11, 2, 19, tzinfo=UTC)
BEFORE = FIRST - timedelta(weeks=5)
"""When somebody asked for everything easier: long enough ago that all is explained to them in full again."""

ANSWERS_MAX = 120
_ASKED_FOR = re.compile(r"""say ["“](next|ready|yes|done)\b""", re.IGNORECASE)


class NoEndError(Exception):
    """A routine that did not go on or did not end. The message says what was heard last."""


@dataclass(frozen=True)
class Way:
    """How a series of evenings is done."""

    routine: str
    mode: str
    variation: str

    def __str__(self) -> str:
        return f"{self.routine}, {self.mode}, {self.variation}"


@dataclass(frozen=True)
class Answer:
    """One answer: what was said to get it, what is heard, and how many characters its SSML has."""

    asked: str
    items: tuple[Item, ...]
    characters: int

    @property
    def ms(self) -> int:
        """How long it takes."""
        return self.items[-1].ends - self.items[0].begins if self.items else 0

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(item.text for item in self.items if isinstance(item, Said))

    @property
    def ends_it(self) -> bool:
        """Whether it tells that the routine is over."""
        return any(isinstance(item, Said) and item.is_of(ENDS) for item in self.items)

    def until(self, moment: int) -> Answer:
        """What was heard of it by somebody who spoke up then."""
        return Answer(self.asked, tuple(item for item in self.items if item.begins < moment), self.characters)


@dataclass
class Evening:
    """One evening's routine, from the answer that begins it to the one that ends it."""

    way: Way
    number: int
    answers: list[Answer]
    works: list[Work] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        """All that is heard, in order."""
        return [item for answer in self.answers for item in answer.items]

    @property
    def said(self) -> list[Said]:
        """All sentences, in order."""
        return [item for item in self.items if isinstance(item, Said)]

    @property
    def silences(self) -> list[Silence]:
        """All silences, in order."""
        return [item for item in self.items if isinstance(item, Silence)]

    @property
    def ms(self) -> int:
        """How long all answers take."""
        return sum(answer.ms for answer in self.answers)

    def __str__(self) -> str:
        return f"{self.way}, evening {self.number}"


class Listener:
    """Ears, with what was authored to tell a name from a cue."""

    def __init__(self, exercises: dict[str, Exercise], prompts: Framing) -> None:
        self.exercises, self.prompts = exercises, prompts

    def evenings(self, way: Way, count: int = EVENINGS) -> Iterator[Evening]:
        """So many evenings in a row of somebody who is new; where all is done easier, first the evening number nought,
        long before, on which they ask for that. Raises NoEndError.
        """
        handler = bootstrap(Settings.from_env({"HIP_COACH_STORE": "memory:"}))
        clock = VirtualClock(BEFORE)
        speaker = Speaker(handler, _understanding(), clock)
        if way.variation == "easier":
            yield self.evening(way, 0, self._ask_for_easier(speaker))
        for number in range(1, count + 1):
            clock.wait_until(FIRST + timedelta(days=number - 1))
            _hear(speaker, "Alexa, open Hip Coach")
            if number == 1 and MODES[way.mode]:
                _hear(speaker, MODES[way.mode])
            yield self.evening(way, number, self._routine(speaker, way.routine))

    def evening(self, way: Way, number: int, answers: list[Answer]) -> Evening:
        """What was heard, followed from exercise to exercise."""
        evening = Evening(way, number, answers)
        evening.works = works(evening.items, self.exercises, self.prompts)
        return evening

    def answer(self, asked: str, heard: Heard, before: list[Answer]) -> Answer:
        """What is heard of an answer that comes behind others."""
        begins = before[-1].items[-1].ends if before and before[-1].items else 0
        items = script(heard.pieces, self.prompts, begins=begins, answer=len(before))
        return Answer(asked, tuple(items), _characters(heard))

    def _routine(self, speaker: Speaker, name: str) -> list[Answer]:
        answers: list[Answer] = []
        said = f"start the {name.replace('_', ' ')} routine"
        while len(answers) < ANSWERS_MAX:
            answers.append(self.answer(said, _hear(speaker, said), answers))
            if answers[-1].ends_it:
                _stop(speaker)
                return answers
            said = reply(answers[-1].text)
        raise NoEndError(f"the routine {name} does not come to an end, last: {answers[-1].text}")

    def _ask_for_easier(self, speaker: Speaker) -> list[Answer]:
        """All exercises once, and "easier" in every one as soon as it is named."""
        _hear(speaker, "Alexa, open Hip Coach")
        answers: list[Answer] = []
        met: set[str] = set()
        said, into_ms = "start the full routine", None
        while len(answers) < ANSWERS_MAX:
            answers.append(self.answer(said, _hear(speaker, said, into_ms), answers))
            name = next((item for item in answers[-1].items if isinstance(item, Said) and item.is_of(NAMES)), None)
            if name and name.text not in met:
                met.add(name.text)
                said, into_ms = "easier", name.ends - answers[-1].items[0].begins
                answers[-1] = answers[-1].until(name.ends)
            elif answers[-1].ends_it:
                _stop(speaker)
                return answers
            else:
                said, into_ms = reply(answers[-1].text), None
        raise NoEndError(f"the full routine does not come to an end, last: {answers[-1].text}")


def reply(text: str) -> str:
    """What a prompt at the end of an answer asks for: the word that it names, or a yes to a question."""
    named: list[str] = _ASKED_FOR.findall(" ".join(text.split()[-25:]))
    if named:
        return named[-1].lower()
    return "yes" if text.rstrip('"”').endswith("?") else "next"


def _hear(speaker: Speaker, said: str, into_ms: int | None = None) -> Heard:
    heard = speaker.say(said, into_ms=into_ms) if speaker.session_open else speaker.hear(said)
    if heard.fault or heard.response is None:
        raise NoEndError(f'"{said}": {heard.fault or heard.notice or "no answer"}')
    return heard


def _stop(speaker: Speaker) -> None:
    if speaker.session_open:
        _hear(speaker, "stop")


def _characters(heard: Heard) -> int:
    response = (heard.response or {}).get("response", {})
    return len(response.get("outputSpeech", {}).get("ssml", ""))


@cache
def _understanding() -> Understanding:
    return Understanding.from_file(ROOT / "interaction_model" / "en-US.json")
