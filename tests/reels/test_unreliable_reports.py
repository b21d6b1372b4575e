"""What a player tells gets lost, comes twice, comes again much later, and comes to another process each time.

Rule: whatever becomes of it, what somebody hears and what is counted are those of an evening on which all went well.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from coach.persistence.stores.memory import MemoryStore
from simulator.device import Speaker
from simulator.habits import Habits, Nearly
from tests.reels.conftest import Home
from tests.reels.test_stream_faults import STREAMS_OF_QUICK
from tests.reels.test_streams import HOW_LONG, QUICK, done_in, faults, hands_free

EVENINGS = int(os.environ.get("HIP_COACH_INTERRUPTIONS", "60")) // 10
STREAMS_MOST = 10
NOTHING: dict[str, Any] = {"version": "1.0", "response": {}}
CAN_BE_LOST = {"AudioPlayer.PlaybackStarted", "AudioPlayer.PlaybackFinished", "AudioPlayer.PlaybackStopped"}


class Unreliable:
    """Takes what a player tells to one of several coaches of one table, if it pleases, and whatever came before."""

    def __init__(self, coaches: Sequence[Handler], chance: Random) -> None:
        self.coaches, self.chance = coaches, chance
        self.told: list[dict[str, Any]] = []

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        kind = event["request"]["type"]
        if not kind.startswith("AudioPlayer."):
            return self._brought(event, context)
        self._again(context)
        self.told.append(event)
        if kind in CAN_BE_LOST and self.chance.random() < 0.3:
            return NOTHING
        answer = self._brought(event, context)
        self._again(context)
        return answer

    def _again(self, context: object) -> None:
        """Have something come once more that was told before, or is thought to have been lost: as the same request, or
        told anew.
        """
        if self.told and self.chance.random() < 0.3:
            event = self.chance.choice(self.told)
            name = self.chance.choice([event["request"]["requestId"], f"amzn1.echo-api.request.{self.chance.random()}"])
            answer = self._brought({**event, "request": {**event["request"], "requestId": name}}, context)
            assert answer["response"].keys() <= {"directives"}

    def _brought(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        return dict(self.chance.choice(self.coaches)(event, context))


def evening(speaker: Speaker, questions: Sequence[float | None] = ()) -> list[str]:
    """All that is heard of a routine that plays by itself, in which somebody asks, so far into each stream as a part of
    it, how much is left.
    """
    speaker.say(QUICK)
    heard: list[str] = []
    for question in (*questions, *[None] * STREAMS_MOST):
        stream = speaker.listen()
        if not stream:
            break
        heard.append(stream.text)
        if question is not None:
            asked = speaker.say(HOW_LONG, into_ms=round(stream.total_ms * question))
            assert not asked.session_open
            # What is heard next is the rest of the same stream.
            rest = speaker.listen()
            assert rest
            heard += [asked.text, rest.text]
    # What comes right after it would depend on when its end was told.
    speaker.wait(120_000)
    return heard


@given(seed=st.integers(0, 1_000_000))
@settings(max_examples=EVENINGS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_becomes_of_what_a_player_tells_the_evening_is_the_same(home: Home, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - nothing is kept secret by it
    table, with_voice = MemoryStore(), Settings(voice=str(home.folder), shelf=f"folder://{home.shelf}")
    coaches = [bootstrap(with_voice, repository=table) for _ in range(2)]
    habits = Habits(nearly_finished=chance.choice(list(Nearly)), gap_ms=chance.choice((0, 300, 2_500)))
    plain, odd = hands_free(home, habits), hands_free(home, habits, handler=Unreliable(coaches, chance))
    # On the way up at the end of the last one, the answer leads it to its end: that is another matter.
    questions = [chance.choice([None, chance.uniform(0.05, 0.5)]) for _ in range(STREAMS_OF_QUICK)]
    assert evening(odd, questions) == evening(plain, questions)
    assert done_in(odd) == done_in(plain)
    # How an exercise is told depends on how often somebody met it: once too often, and it is told in short.
    assert evening(odd) == evening(plain)
    assert faults(odd) == []
