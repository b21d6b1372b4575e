"""A household: two speakers, two voices and one that nobody recognises, the way between them and the skill, a clock.

Rule: what happens on the way happens here, to whole envelopes: they and their answers are lost, come twice, or late.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any

from coach.bootstrap import Handler, bootstrap
from coach.persistence.repository import Person as Key
from tests.front_door import SOMEBODY, FrontDoor
from tests.model.acts import END, FORGET, OPEN, STOP, YES, Act
from tests.model.oracle import Oracle, Turn
from tests.model.person import Person
from tests.model.store import LATE, UNHEARD, WELL, IllStore
from tests.model.switched_off import HALF_DELETED, SWITCHED_OFF
from tests.model.versions import item_of_version_2, session_of_version_2
from tests.platform.rules import SESSION_MAX_BYTES, session_bytes, violations

SPEAKERS = ("kitchen", "bedroom")
HALL = "hall"
"""The speaker on which it is asked what is known."""

VOICES = ("anna", "ben", "")
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


@dataclass(frozen=True)
class Sent:
    """A request on its way, with who spoke, where, and its number among all that was said."""

    envelope: dict[str, Any]
    act: Act
    speaker: str
    voice: str
    owner: str
    number: int
    at: datetime
    copy: bool = False


@dataclass
class Household:
    """One account. `handler` answers, by default the coach on `store`; `strays` are requests that are still to come."""

    store: IllStore = field(default_factory=IllStore)
    handler: Handler | None = None
    now: datetime = MORNING
    strays: list[Sent] = field(default_factory=list)
    oracle: Oracle = field(default_factory=lambda: Oracle({voice: Person() for voice in VOICES}))

    def __post_init__(self) -> None:
        self.handler = self.handler or bootstrap(repository=self.store)
        self.doors = {name: FrontDoor(self._carry, checked=False, session_id=name) for name in (*SPEAKERS, HALL)}
        self.owners: dict[str, str] = {}
        self.keys = {voice: _key(voice) for voice in VOICES}
        self.heard: list[str] = []
        self.behind: set[str] = set()
        self.broken = False
        self.said = 0
        self._saying = (OPEN, "", "", Fate.ARRIVES)

    def say(self, speaker: str, voice: str, act: Act, *, fate: Fate = Fate.ARRIVES, health: Sequence[str] = ()) -> None:
        """Somebody says something to a speaker."""
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

    def knows_no_place(self, speaker: str) -> bool:
        """Whether nothing is on the go on a speaker whose person may be in a routine all the same."""
        session = _session(self.doors[speaker])
        return session in self.owners and self.oracle.knows_no_place(session, self.owners[session])

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
        self._deliver(stray, heard=False)
        self.store.health = []

    def was_version_2(self, speaker: str) -> None:
        """Up to now it was version 2 that answered on a speaker, and has written what is kept. No write of that
        version is known again, so nothing may be under way.
        """
        session = _session(self.doors[speaker])
        owner = self.owners[session]
        if self.strays or self.store.late or self.behind or any(self.oracle.carried.values()):
            return
        self.oracle.story.append(f"{speaker}: up to now it was version 2")
        self.doors[speaker].attributes = session_of_version_2(self.doors[speaker].attributes)
        self.store.rewrite(self.keys[owner], item_of_version_2)

    def cut_all_of_the_deleted(self) -> None:
        """The sessions of whoever heard that all is deleted are over on all speakers."""
        for speaker in SPEAKERS:
            if self.listens(speaker) and self.oracle.people[self.owner(speaker)].gone:
                self.pull_the_cable(speaker)

    def lose_strays_of_the_deleted(self) -> None:
        """What somebody said before all of theirs was deleted does not arrive any more."""
        self.strays = [stray for stray in self.strays if stray.number > self.oracle.people[stray.owner].deleted]

    def a_write_arrives(self, which: int) -> None:
        """A write that was given up reaches the store."""
        self.oracle.story.append("a write that was given up reaches the store")
        self.broken = True
        self.store.arrive_late(which)
        self._who_is_gone_stays_gone()
        self.broken = False

    def ask(self, voice: str, *questions: Act) -> None:
        """Ask for what was told, in a new session."""
        for act in (*questions, STOP):
            self.say(HALL, voice, act)

    def _carry(self, envelope: dict[str, Any], _: object) -> dict[str, Any]:
        act, speaker, voice, fate = self._saying
        session = envelope["session"]
        if session["new"] or not session["attributes"]:
            self.owners[session["sessionId"]] = voice
        sent = Sent(envelope, act, speaker, voice, self.owners[session["sessionId"]], self.said, self.now)
        match fate:
            case Fate.LOST:
                self.oracle.story.append(f"{_line(sent)}: it is lost")
                raise NobodyHeardError
            case Fate.LATE:
                self.oracle.story.append(f"{_line(sent)}: it is on its way")
                self.strays.append(sent)
                raise NobodyHeardError
            case Fate.UNHEARD:
                self._deliver(sent, heard=False)
                raise NobodyHeardError
            case Fate.TWICE_AND_THE_FIRST_IS_HEARD:
                answer = self._deliver(sent, heard=True)
                self._deliver(replace(sent, copy=True), heard=False)
                return answer
            case Fate.TWICE_AND_THE_SECOND_IS_HEARD:
                self._deliver(sent, heard=False)
                return self._deliver(replace(sent, copy=True), heard=True)
            case Fate.AGAIN_LATER:
                self.strays.append(replace(sent, copy=True))
        return self._deliver(sent, heard=True)

    def _deliver(self, sent: Sent, *, heard: bool) -> dict[str, Any]:
        """A request reaches the skill, which answers."""
        assert self.handler
        self.broken = True
        before, self.store.calls = self.store.raw(), []
        response = self.handler(sent.envelope, None)
        turn = self._turn(sent, response, heard)
        self.oracle.story.append(_told(sent, turn, [call[0] + " " + call[2] for call in self.store.calls]))
        faults = _faults(response, sent.envelope)
        assert not faults, "\n".join((*faults, *self.oracle.story))
        self._nobody_elses_is_touched(sent, before)
        self.heard += [turn.text] if turn.heard else []
        self.oracle.listen(turn)
        self._who_is_gone_stays_gone()
        (self.behind.discard if heard else self.behind.add)(turn.session)
        self.broken = False
        return response

    def _turn(self, sent: Sent, response: dict[str, Any], heard: bool) -> Turn:
        ssml = str(response["response"].get("outputSpeech", {}).get("ssml", ""))
        unanswered = (UNHEARD, LATE) if heard and HALF_DELETED not in SWITCHED_OFF else (UNHEARD, LATE, WELL)
        deleting = self.store.deletions(*unanswered)
        return Turn(
            act=sent.act,
            speaker=sent.speaker,
            session=sent.envelope["session"]["sessionId"],
            owner=sent.owner,
            voice=sent.voice,
            sent=sent.number,
            day=sent.at.date(),
            request=sent.envelope["request"]["requestId"],
            text=" ".join(re.sub("<[^>]*>", " ", ssml).split()),
            open=response["response"].get("shouldEndSession") is False,
            heard=heard and sent.act is not END,
            well=self.store.answered,
            wrote=any(name == "save" for name, *_ in self.store.calls),
            copy=sent.copy,
            asked=sent.speaker == HALL,
            deleting=frozenset(voice for voice, key in self.keys.items() if key in deleting),
        )

    def _nobody_elses_is_touched(self, sent: Sent, before: dict[Key, tuple[int, str]]) -> None:
        """A turn asks and changes what is kept of the person whose session it is, and of nobody else."""
        after = self.store.raw()
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        theirs = {self.keys[sent.owner]}
        if sent.act in (YES, FORGET):
            # With a voice goes what is kept of the account.
            theirs.add(self.keys[""])
        assert changed | {key for _, key, _ in self.store.calls} <= theirs, "\n".join(
            ("what is somebody else's was touched", *self.oracle.story)
        )

    def _who_is_gone_stays_gone(self) -> None:
        """Once somebody heard that all is deleted, nothing of them is there until they speak again."""
        for voice, person in self.oracle.people.items():
            back = person.gone and self.store.holds(self.keys[voice])
            assert not back, "\n".join((f"something of {voice or 'the account'} is back", *self.oracle.story))


def _faults(response: dict[str, Any], envelope: dict[str, Any]) -> list[str]:
    """What is wrong with a response. The same answer is looked at once: that is half of the time of a turn."""
    seen = json.dumps([envelope["request"]["type"], response["response"]], sort_keys=True)
    if seen in _GOOD and session_bytes(response) <= SESSION_MAX_BYTES:
        return []
    faults = violations(response, envelope)
    if not faults:
        _GOOD.add(seen)
    return faults


_GOOD: set[str] = set()


def _session(door: FrontDoor) -> str:
    return f"{door.session_id}.{door.sessions}"


def _key(voice: str) -> Key:
    """Under which key a voice is kept, seen by what is looked up when it opens the skill."""
    store = IllStore()
    FrontDoor(bootstrap(repository=store), who=replace(SOMEBODY, person=voice or None), checked=False).launch()
    return store.calls[0][1]


def _line(sent: Sent) -> str:
    again = ", again" if sent.copy else ""
    session = sent.envelope["session"]["sessionId"]
    return f"{sent.at:%a %H:%M:%S} {session}, {sent.voice or 'somebody'}: {sent.act.words!r}{again}"


def _told(sent: Sent, turn: Turn, calls: list[str]) -> str:
    heard = "" if turn.heard else " (unheard)"
    return f"{_line(sent)} {calls or ''} -> {turn.text[:150]!r}{heard}"
