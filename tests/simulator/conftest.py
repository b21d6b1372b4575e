"""A speaker with a skill behind it that answers what a test tells it to."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coach.speaking.tempo import Voice
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.nlu import Understanding
from simulator.skill import Handler
from tests.understood import understood_in

MODEL = Path(__file__).parents[2] / "interaction_model" / "en-US.json"
# Ten milliseconds a letter and no more: a test can count them.
TEN_MS_A_LETTER = Voice(letter=10, word=0, comma=0, stop=0, phrase=0)
SEVEN_IN_THE_EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)


def answer(
    speech: str | None = "Hello.", *, reprompt: str | None = None, ends: object = False, attributes: Any = None
) -> dict[str, Any]:
    """A response envelope; `ends="absent"` leaves `shouldEndSession` out."""
    response: dict[str, Any] = {}
    if speech is not None:
        response["outputSpeech"] = {"type": "SSML", "ssml": f"<speak>{speech}</speak>"}
    if reprompt is not None:
        response["reprompt"] = {"outputSpeech": {"type": "SSML", "ssml": f"<speak>{reprompt}</speak>"}}
    if ends != "absent":
        response["shouldEndSession"] = ends
    envelope: dict[str, Any] = {"version": "1.0", "response": response}
    return envelope if attributes is None else {**envelope, "sessionAttributes": attributes}


class FakeSkill:
    """Gives its answers one after the other, the last of them again and again, and remembers what it was sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.answers: list[Any] = [answer()]

    def __call__(self, event: dict[str, Any], context: object) -> Any:
        """Answer as Lambda would be asked to."""
        self.sent.append(copy.deepcopy(event))
        if event["request"]["type"] == "SessionEndedRequest":
            return answer("Nobody hears this.")
        reply = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(reply, Exception):
            raise reply
        return reply

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The requests alone."""
        return [event["request"] for event in self.sent]


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    """The real understanding of the real interaction model."""
    return understood_in()


@pytest.fixture
def skill() -> FakeSkill:
    """The skill at the other end."""
    return FakeSkill()


@pytest.fixture
def clock() -> VirtualClock:
    """Seven in the evening."""
    return VirtualClock(SEVEN_IN_THE_EVENING)


@pytest.fixture
def a_speaker(skill: FakeSkill, understanding: Understanding, clock: VirtualClock) -> Callable[..., Speaker]:
    """Makes speakers that share the skill and the clock."""

    def make(handler: Handler = skill, **options: Any) -> Speaker:
        return Speaker(handler, understanding, clock, voice=TEN_MS_A_LETTER, **options)

    return make


@pytest.fixture
def speaker(a_speaker: Callable[..., Speaker]) -> Speaker:
    """A speaker without a screen."""
    return a_speaker()


@pytest.fixture
def an_answer() -> Callable[..., dict[str, Any]]:
    """Makes response envelopes."""
    return answer


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all there is of the system's commands, but for the shell's own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path
