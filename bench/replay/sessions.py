"""A session as a speaker has it: what it carries, when it was last heard of, and what it waits for.

Rule: it believes the response and nothing else, as a speaker does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bench.replay.house import state_of
from bench.replay.taken import CARRIED
from simulator.permission import asks

Json = dict[str, Any]

MS_A_LETTER = 65
"""How long words take, roughly: only to say something about when a speech is over."""

_BREAK = re.compile(r'<break time="(\d+)ms"/>')


@dataclass
class Session:
    """`voice` is who talks, "" for nobody that is recognised; `sent` the time of the last request, and `last` its line
    in the recording. `carries` is the turn whose response the `attributes` came with, None where they are no response's
    own. `speaks_s` is how long the last answer takes, `ahead` what the person means to say next, and `asked` the
    directive that has Alexa ask for permission.
    """

    number: int
    voice: str
    sent: datetime
    attributes: Json = field(default_factory=dict)
    carries: int | None = None
    new: bool = True
    state: str = ""
    speaks_s: float = 0
    last: Json | None = None
    ahead: list[str] = field(default_factory=list)
    asked: Json | None = None

    def follow(self, line: Json, at: datetime) -> bool:
        """Take in the response to a request that was sent at `at`; returns whether the session goes on, be it with a
        question of Alexa's own.
        """
        response = line["response"]
        told = response["response"]
        self.sent, self.new, self.last = at, False, line
        self.attributes, self.carries = response.get(CARRIED, {}), line["turn"]
        self.state = state_of(response)
        ssml = told.get("outputSpeech", {}).get("ssml", "")
        words = re.sub("<[^>]*>", "", ssml)
        self.speaks_s = (sum(map(int, _BREAK.findall(ssml))) + len(words) * MS_A_LETTER) / 1_000
        self.asked = asks(told)
        ended = line["request"].get("request", {}).get("type") == "SessionEndedRequest"
        return self.asked is not None or not (ended or told.get("shouldEndSession"))
