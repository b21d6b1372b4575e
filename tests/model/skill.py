"""The skill as a household reaches it, with an oracle that listens to every answer.

Rule: what can be told of one turn alone is told here: the rules of the platform, whose records were touched, and that
whoever is gone stays gone. What must agree over an evening is the oracle's.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from coach.bootstrap import Handler, bootstrap
from coach.persistence.repository import Person as Key
from tests.front_door import SOMEBODY, FrontDoor
from tests.model.acts import DELETE, END, FORGET, Act
from tests.model.oracle import Oracle, Turn
from tests.model.person import Person
from tests.model.store import LATE, UNHEARD, WELL, IllStore
from tests.platform.rules import SESSION_MAX_BYTES, session_bytes, violations

VOICES = ("anna", "ben", "")
HALL = "hall"
"""The speaker on which it is asked what is known."""


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

    @property
    def session(self) -> str:
        """The id of its session."""
        return str(self.envelope["session"]["sessionId"])

    @property
    def line(self) -> str:
        """How a story tells it."""
        again = ", again" if self.copy else ""
        return f"{self.at:%a %H:%M:%S} {self.session}, {self.voice or 'somebody'}: {self.act.words!r}{again}"


@dataclass
class Skill:
    """What answers. `heard` are the answers that reached a speaker; `broken` is set from a fault on."""

    store: IllStore
    handler: Handler
    oracle: Oracle = field(default_factory=lambda: Oracle({voice: Person() for voice in VOICES}))
    heard: list[str] = field(default_factory=list)
    broken: bool = False

    def __post_init__(self) -> None:
        self.keys = {voice: _key(voice) for voice in VOICES}

    def answer(self, sent: Sent, *, heard: bool) -> dict[str, Any]:
        """What the skill answers to a request, held to all that it must keep to."""
        self.broken = True
        before, self.store.calls = self.store.raw(), []
        response = self.handler(sent.envelope, None)
        turn = self._turn(sent, response, heard)
        self.oracle.story.append(self._told(sent, turn))
        faults = _faults(response, sent.envelope)
        assert not faults, "\n".join((*faults, *self.oracle.story))
        self._nobody_elses_is_touched(sent, before)
        self.heard += [turn.text] if turn.heard else []
        self.oracle.listen(turn)
        self._who_is_gone_stays_gone()
        self.broken = False
        return response

    def take_a_late_write(self, which: int) -> None:
        """A write that was given up reaches the store."""
        self.broken = True
        self.oracle.story.append("a write that was given up reaches the store")
        self.store.arrive_late(which)
        self._who_is_gone_stays_gone()
        self.broken = False

    def _turn(self, sent: Sent, response: dict[str, Any], heard: bool) -> Turn:
        ssml = str(response["response"].get("outputSpeech", {}).get("ssml", ""))
        deleting = self.store.deletions(UNHEARD, LATE, WELL)
        return Turn(
            act=sent.act,
            speaker=sent.speaker,
            session=sent.session,
            owner=sent.owner,
            voice=sent.voice,
            sent=sent.number,
            day=sent.at.date(),
            request=sent.envelope["request"]["requestId"],
            text=" ".join(re.sub("<[^>]*>", " ", ssml).split()),
            open=response["response"].get("shouldEndSession") is False,
            heard=heard and sent.act is not END,
            well=self.store.answered,
            copy=sent.copy,
            asked=sent.speaker == HALL,
            deleting=frozenset(voice for voice, key in self.keys.items() if key in deleting),
        )

    def _nobody_elses_is_touched(self, sent: Sent, before: dict[Key, tuple[int, str]]) -> None:
        """A turn asks and changes what is kept of the person whose session it is, and of nobody else."""
        after = self.store.raw()
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        theirs = {self.keys[sent.owner]}
        if sent.act in (DELETE, FORGET):
            # With a voice goes what is kept of the account.
            theirs.add(self.keys[""])
        assert changed | {key for _, key, _ in self.store.calls} <= theirs, "\n".join(
            ("what is somebody else's was touched", *self.oracle.story)
        )

    def _told(self, sent: Sent, turn: Turn) -> str:
        calls = [f"{name} {health}" for name, _, health in self.store.calls]
        return f"{sent.line} {calls or ''} -> {turn.text[:150]!r}{'' if turn.heard else ' (unheard)'}"

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


def _key(voice: str) -> Key:
    """Under which key a voice is kept, seen by what is looked up when it opens the skill."""
    store = IllStore()
    FrontDoor(bootstrap(repository=store), who=replace(SOMEBODY, person=voice or None), checked=False).launch()
    return store.calls[0][1]
