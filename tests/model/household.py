"""A household: two speakers, two voices and one that nobody recognises, the way between them and the skill, a clock.

Rule: what happens on the way happens here, to whole envelopes: they and their answers are lost, come twice, or late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import Any

from coach.bootstrap import Handler, bootstrap
from tests.compared import Compared
from tests.front_door import SOMEBODY, FrontDoor
from tests.model.acts import END, OPEN, STOP, Act
from tests.model.skill import HALL, Sent, Skill
from tests.model.store import IllStore
from tests.model.versions import item_of_version_2, session_of_version_2

SPEAKERS = ("kitchen", "bedroom")
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Fate(Enum):
    """What becomes of a request and its answer."""

    ARRIVES = auto()
    LOST = auto()
    UNHEARD = auto()
    TWICE_AND_THE_FIRST_IS_HEARD = auto()
    TWICE_AND_THE_SECOND_IS_HEARD = auto()
    AGAIN_LATER = auto()
    LATE = auto()


class NobodyHeardError(Exception):
    """No answer came back to the speaker."""


@dataclass
class Household:
    """One account. `handler` answers, by default the coach on `store`; `strays` are requests that are still to come."""

    store: IllStore = field(default_factory=IllStore)
    handler: Handler | None = None
    now: datetime = MORNING
    strays: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.skill = Skill(self.store, self.handler or bootstrap(repository=self.store, recollections=Compared()))
        self.oracle = self.skill.oracle
        self.doors = {name: FrontDoor(self._carry, checked=False, session_id=name) for name in (*SPEAKERS, HALL)}
        self.owners: dict[str, str] = {}
        self.behind: set[str] = set()
        self.said = 0
        self._saying = (OPEN, "", "", Fate.ARRIVES)

    def say(self, speaker: str, voice: str, act: Act, *, fate: Fate = Fate.ARRIVES, health: Sequence[str] = ()) -> None:
        """Somebody says something to a speaker, which takes a second."""
        self.now += timedelta(seconds=1)
        door = self.doors[speaker]
        if act is OPEN:
            self.cut(speaker)
        door.now, door.who = self.now, replace(SOMEBODY, device=speaker, person=voice or None)
        self._saying, self.store.health = (act, speaker, voice, fate), list(health)
        self.said += 1
        try:
            if act is END:
                door.end(after=0)
            elif act is OPEN:
                door.launch(after=0)
            else:
                door.intent(act.intent, dict(act.slots), after=0)
        except NobodyHeardError:
            if act is END:
                self.cut(speaker)
        finally:
            self.store.health = []

    def listens(self, speaker: str) -> bool:
        """Whether a session is open on a speaker."""
        return not self.doors[speaker].new

    def is_behind(self, speaker: str) -> bool:
        """Whether the skill has taken a turn of the session on a speaker that the speaker knows nothing of."""
        return _session(self.doors[speaker]) in self.behind

    def owner(self, speaker: str) -> str:
        """Whose session is open on a speaker."""
        return self.owners[_session(self.doors[speaker])]

    @property
    def spoke(self) -> list[str]:
        """Whose sessions there were."""
        return sorted(set(self.owners.values()))

    def cut(self, speaker: str) -> None:
        """The session of a speaker is over, and nobody says so."""
        door = self.doors[speaker]
        self.oracle.session_gone(_session(door))
        door.hang_up()

    def pull_the_cable(self, speaker: str) -> None:
        """The power of a speaker is cut, and comes back."""
        self.oracle.story.append(f"{speaker}: the cable is pulled")
        self.cut(speaker)

    def drop_attributes(self, speaker: str) -> None:
        """Another version of the skill takes over, which cannot read what the session carries."""
        self.oracle.story.append(f"{speaker}: what the session carries is dropped")
        session = _session(self.doors[speaker])
        self.oracle.session_gone(session)
        self.behind.add(session)
        self.doors[speaker].attributes = {}

    def a_stray_arrives(self, which: int, health: Sequence[str]) -> None:
        """A request that was on its way reaches the skill. Nobody waits for the answer any more."""
        stray = self.strays.pop(which % len(self.strays))
        self.store.health = list(health)
        self._arrives(stray, heard=False)
        self.store.health = []

    def was_version_2(self, speaker: str) -> None:
        """Up to now it was version 2 that answered on a speaker, and has written what is kept. No write of that
        version is known again, so nothing may be under way.
        """
        session = _session(self.doors[speaker])
        owner = self.owners[session]
        if self.strays or self.store.late or any(map(self.is_behind, SPEAKERS)) or any(self.oracle.carried.values()):
            return
        self.oracle.story.append(f"{speaker}: up to now it was version 2")
        self.doors[speaker].attributes = session_of_version_2(self.doors[speaker].attributes)
        self.store.rewrite(self.skill.keys[owner], item_of_version_2)

    def a_write_arrives(self, which: int) -> None:
        """A write that was given up reaches the store."""
        self.skill.take_a_late_write(which)

    def ask(self, voice: str, *questions: Act) -> None:
        """Ask for what was told, in a new session."""
        for act in (*questions, STOP):
            self.say(HALL, voice, act)

    def _arrives(self, sent: Sent, *, heard: bool) -> dict[str, Any]:
        answer = self.skill.answer(sent, heard=heard)
        (self.behind.discard if heard else self.behind.add)(sent.session)
        return answer

    def _carry(self, envelope: dict[str, Any], _: object) -> dict[str, Any]:
        act, speaker, voice, fate = self._saying
        session = envelope["session"]
        if "voice" not in session["attributes"]:
            # A session that does not say whose it is is that of the voice that is heard.
            self.owners[session["sessionId"]] = voice
        sent = Sent(envelope, act, speaker, voice, self.owners[session["sessionId"]], self.said, self.now)
        match fate:
            case Fate.LOST:
                self.oracle.story.append(f"{sent.line}: it is lost")
                raise NobodyHeardError
            case Fate.LATE:
                self.oracle.story.append(f"{sent.line}: it is on its way")
                self.strays.append(sent)
                raise NobodyHeardError
            case Fate.UNHEARD:
                self._arrives(sent, heard=False)
                raise NobodyHeardError
            case Fate.TWICE_AND_THE_FIRST_IS_HEARD:
                answer = self._arrives(sent, heard=True)
                self._arrives(replace(sent, copy=True), heard=False)
                return answer
            case Fate.TWICE_AND_THE_SECOND_IS_HEARD:
                self._arrives(sent, heard=False)
                return self._arrives(replace(sent, copy=True), heard=True)
            case Fate.AGAIN_LATER:
                self.strays.append(replace(sent, copy=True))
        return self._arrives(sent, heard=True)


def _session(door: FrontDoor) -> str:
    return f"{door.session_id}.{door.sessions}"
