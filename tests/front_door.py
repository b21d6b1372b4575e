"""The way into the coach that a speaker has: a real envelope in, a response out, each held against the rules.

Rule: a test decides what is meant and when, to the second; what was said is the simulator's matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from coach.alexa.limits import SPEECH_STARTS_AFTER
from coach.bootstrap import Handler
from coach.persistence.document import read
from coach.speaking.content import FALLBACK_LOCALE, load
from simulator import envelopes
from simulator.envelopes import Household
from simulator.speech import pieces, total_ms
from tests.platform.rules import violations

_BREAK = re.compile(r'<break time="(\d+)ms"/>')


@dataclass(frozen=True)
class Reply:
    """What came back: the words, the whole response, and what the session carries on."""

    response: dict[str, Any]

    @property
    def ssml(self) -> str:
        return str(self.response["response"].get("outputSpeech", {}).get("ssml", ""))

    @property
    def text(self) -> str:
        return " ".join(re.sub("<[^>]*>", " ", self.ssml).split())

    @property
    def open(self) -> bool:
        return self.response["response"].get("shouldEndSession") is False

    @property
    def session(self) -> dict[str, Any]:
        return dict(self.response.get("sessionAttributes", {}).get("session", {}))

    @property
    def progress(self) -> dict[str, Any]:
        """What is kept, spelled out."""
        document = self.response.get("sessionAttributes", {}).get("progress")
        return asdict(read(document)) if document else {}

    @property
    def step(self) -> str:
        place = self.progress.get("place")
        return str(place["step"]) if place else ""

    @property
    def marks(self) -> list[tuple[str, int, int, int, int]]:
        """For each step of the answer when it leads in, works and ends, in milliseconds of its speech, and the
        milliseconds that were worked before.
        """
        spoken = self.progress.get("spoken") or {"marks": ()}
        return [(m["step"], m["starts"], m["works"], m["ends"], m["done"]) for m in spoken["marks"]]

    def mark(self, step: str) -> tuple[int, int, int]:
        """When the answer leads in to a step, works and ends."""
        return next((starts, works, ends) for s, starts, works, ends, _ in self.marks if s == step)


ANSWERS_AFTER_MS = 2_500
"""How long after the end of an answer a person has said theirs."""

SOMEBODY = Household("somebody", "speaker", None, "en-US", False)


@dataclass
class FrontDoor:
    """A speaker that sends what a test asks it to. `checked` holds every response against the rules."""

    handler: Handler
    now: datetime = datetime(2026, 11, 23, 19, tzinfo=UTC)
    who: Household = SOMEBODY
    checked: bool = True
    attributes: dict[str, Any] = field(default_factory=dict)
    new: bool = True
    last: Reply | None = None
    session_id: str = "amzn1.echo-api.session"
    sessions: int = 0

    def launch(self, **timing: float) -> Reply:
        """Open the skill, in a new session."""
        self.hang_up()
        return self._send(lambda: envelopes.launch(self.who, self.now), **timing)

    def intent(self, name: str, slots: Mapping[str, tuple[str, str | None]] | None = None, **timing: float) -> Reply:
        """An intent, with slots as (words, id); `into` seconds into the speech, or `after` the last request."""
        return self._send(lambda: envelopes.intent(self.who, self.now, name, filled(slots or {})), **timing)

    def end(self, reason: str = "EXCEEDED_MAX_REPROMPTS", **timing: float) -> Reply:
        """The session ends, and the speaker says so."""
        reply = self._send(lambda: envelopes.session_ended(self.who, self.now, reason), **timing)
        self.hang_up()
        return reply

    def hang_up(self) -> None:
        """The session is over, and nobody says so."""
        self.attributes, self.new = {}, True
        self.sessions += 1

    def _send(self, request: Any, *, into: float | None = None, after: float | None = None) -> Reply:
        if into is not None:
            seconds = into + SPEECH_STARTS_AFTER.middle / 1000
        else:
            seconds = self._heard_out() if after is None else after
        self.now += timedelta(seconds=seconds)
        envelope = envelopes.envelope(
            self.who,
            request(),
            session_id=f"{self.session_id}.{self.sessions}",
            new=self.new,
            attributes=self.attributes,
        )
        response = self.handler(envelope, None)
        if self.checked:
            assert not (faults := violations(response, envelope)), faults
        self.attributes, self.new = response.get("sessionAttributes", {}), False
        if response["response"].get("shouldEndSession"):
            self.hang_up()
        self.last = Reply(response)
        return self.last

    def _heard_out(self) -> float:
        """After how many seconds somebody answers who has listened to the end; a while later in a new session."""
        if self.new or self.last is None:
            return 300
        spoken_ms = total_ms(pieces(self.last.ssml, load(FALLBACK_LOCALE).voice))
        return (SPEECH_STARTS_AFTER.middle + spoken_ms + ANSWERS_AFTER_MS) / 1000


def filled(slots: Mapping[str, tuple[str, str | None]]) -> dict[str, Any]:
    """Slots of an intent, given as (words, id), as Alexa sends them."""
    return {name: _slot(name, *words) for name, words in slots.items()}


def _slot(name: str, words: str, content_id: str | None) -> dict[str, Any]:
    slot: dict[str, Any] = {"name": name, "value": words, "confirmationStatus": "NONE"}
    if content_id is not None:
        match = {"value": {"name": words, "id": content_id}}
        authority = {"authority": "amzn1.er-authority.x", "status": {"code": "ER_SUCCESS_MATCH"}, "values": [match]}
        slot["resolutions"] = {"resolutionsPerAuthority": [authority]}
    return slot
