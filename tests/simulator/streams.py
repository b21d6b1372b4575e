"""Streams that are there for a test: what is said in each, how long it is, and a skill that plays them."""

import copy
from typing import Any

from coach.speaking.tempo import Voice
from simulator.speech import Pause, Phrase, Piece, SpeechError, phrase_of
from tests.simulator.conftest import answer

WHERE = "https://sounds.example/"
LENGTHS_MS = {"one": 60_000, "two": 40_000, "three": 20_000, "short": 2_000}


def streams(address: str, voice: Voice) -> tuple[Piece, ...]:
    """Words in the first second, silence, and words in the last."""
    name = address.removeprefix(WHERE)
    if name not in LENGTHS_MS:
        raise SpeechError("a sound cannot be fetched from its address")
    first: Phrase = phrase_of(f"Begin {name}.", 1_000, voice)
    return first, Pause(LENGTHS_MS[name] - 2_000), phrase_of(f"End {name}.", 1_000, voice)


def play(name: str, behavior: str = "REPLACE_ALL", *, after: str | None = None, offset_ms: int = 0) -> dict[str, Any]:
    """A directive that plays one of them; its token is its name."""
    stream: dict[str, Any] = {"token": name, "url": WHERE + name, "offsetInMilliseconds": offset_ms}
    if after is not None:
        stream["expectedPreviousToken"] = after
    return {"type": "AudioPlayer.Play", "playBehavior": behavior, "audioItem": {"stream": stream}}


STOP: dict[str, Any] = {"type": "AudioPlayer.Stop"}
CLEAR_ALL: dict[str, Any] = {"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ALL"}
CLEAR_ENQUEUED: dict[str, Any] = {"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ENQUEUED"}


def reply(*directives: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a skill replies to a player."""
    return {"version": "1.0", "response": {"directives": list(directives), **more} if directives or more else {}}


def spoken(speech, *directives, ends=True):
    told = answer(speech, ends=ends)
    told["response"]["directives"] = list(directives)
    return told


class Station:
    """A skill that answers by what it is asked: one reply after the other for an intent or an event, then nothing."""

    def __init__(self):
        self.sent: list[dict[str, Any]] = []
        self.answers: dict[str, list[dict[str, Any]]] = {}

    def __call__(self, event, context):
        self.sent.append(copy.deepcopy(event))
        request = event["request"]
        name = request.get("intent", {}).get("name", request["type"].rpartition(".")[2])
        left = self.answers.get(name, [])
        return left.pop(0) if left else reply()

    def on(self, name, *replies):
        self.answers[name] = list(replies)

    @property
    def told(self):
        """The names of what it was told, without their interfaces."""
        requests = [event["request"] for event in self.sent]
        return [r.get("intent", {}).get("name", r["type"]).rpartition(".")[2] for r in requests]

    def last(self, name):
        return next(e for e in reversed(self.sent) if e["request"]["type"].endswith(name))
