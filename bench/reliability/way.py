"""The way between a speaker and the coach, and what the calls to the table behind it came to.

Rule: whatever happens on the way happens here, to whole envelopes: they come twice, or late, or their answer is lost.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, ParamSpec, TypeVar

from coach.answering import ENDING_MS, KEEPING_MS
from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.errors import ConflictError, StoreUnavailableError
from coach.persistence.progress import Progress
from coach.persistence.repository import Person, ProgressRepository

P = ParamSpec("P")
T = TypeVar("T")


class Heard(Enum):
    """What a call came to: an answer, word that somebody else wrote, or nothing."""

    ANSWER = auto()
    CONFLICT = auto()
    NOTHING = auto()


class Watched:
    """A repository that notes what its calls came to, and whether a save was done."""

    def __init__(self, repository: ProgressRepository) -> None:
        self._repository = repository
        self.heard: list[Heard] = []
        self.saved = False

    def load(self, person: Person) -> Progress | None:
        """See ProgressRepository."""
        return self._noted(self._repository.load, person)

    def save(self, person: Person, progress: Progress) -> Progress:
        """See ProgressRepository."""
        kept = self._noted(self._repository.save, person, progress)
        self.saved = True
        return kept

    def forget(self, person: Person, revision: int | None = None, at: int = 0) -> None:
        """See ProgressRepository."""
        self._noted(self._repository.forget, person, revision, at)

    def people(self, account: str) -> Sequence[Person]:
        """See ProgressRepository."""
        return self._noted(self._repository.people, account)

    def begin(self) -> None:
        """A new request is on its way."""
        self.heard, self.saved = [], False

    def _noted(self, call: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        try:
            result = call(*arguments, **named)
        except StoreUnavailableError:
            self.heard.append(Heard.NOTHING)
            raise
        except ConflictError:
            self.heard.append(Heard.CONFLICT)
            raise
        self.heard.append(Heard.ANSWER)
        return result


class Coach:
    """The handler over one repository as it is deployed, and what it asked of it."""

    def __init__(self, repository: ProgressRepository) -> None:
        self.repository = repository
        self.watch = Watched(repository)
        self.handler = bootstrap(Settings(), repository=self.watch)


class Fate(Enum):
    """What becomes of a request and its answer."""

    ARRIVES = auto()
    TWICE = auto()
    UNHEARD = auto()
    LATE = auto()


class NobodyHeardError(Exception):
    """No answer came back to the speaker. `answer` is the one that was lost on the way, if there was one."""

    def __init__(self, answer: dict[str, Any] | None = None) -> None:
        super().__init__("nobody heard an answer")
        self.answer = answer


@dataclass
class Way:
    """From one speaker to the coach, which may be another one by the next request, as a function may run anywhere.

    `seconds` are how long each answer took to the request that was sent last, and `late` is those that are still on
    their way. `saved` says whether a write of that request was acknowledged, `known` whether it was for the answer that
    the speaker goes on from, `unkept` whether the last call for that answer came to nothing, or to a conflict when
    there was no time left.
    """

    coach: Coach
    fate: Fate = Fate.ARRIVES
    seconds: list[float] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    saved: bool = False
    known: bool = False
    unkept: bool = False

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        """The answer that the speaker hears: the first, of a request that comes twice. Raises NobodyHeardError."""
        wire, self.seconds = json.dumps(event), []
        self.saved = self.known = self.unkept = False
        if self.fate is Fate.LATE:
            self.late.append(wire)
            raise NobodyHeardError
        answer, known, unkept = self._answer(wire), self.saved, self.unkept
        if self.fate is Fate.TWICE:
            # What the second one comes to nobody hears.
            self._answer(wire)
            self.unkept = unkept
        if self.fate is Fate.UNHEARD:
            raise NobodyHeardError(answer)
        self.known = known
        return answer

    def arrive_late(self) -> None:
        """The requests that were on their way reach the coach. Nobody waits for their answers any more."""
        for wire in self.late:
            self._answer(wire)
        self.late = []

    def _answer(self, wire: str) -> dict[str, Any]:
        request, watch = json.loads(wire), self.coach.watch
        watch.begin()
        began = time.perf_counter()
        answer = self.coach.handler(request, None)
        self.seconds.append(time.perf_counter() - began)
        self.saved |= watch.saved
        ended = request["request"]["type"] == "SessionEndedRequest"
        last = watch.heard[-1] if watch.heard else Heard.ANSWER
        too_late = last is Heard.CONFLICT and self.seconds[-1] * 1000 > (ENDING_MS if ended else KEEPING_MS)
        self.unkept = last is Heard.NOTHING or too_late
        return dict(json.loads(json.dumps(answer)))
