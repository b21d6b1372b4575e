"""A voice whose clips have lengths: wherever somebody breaks in, the place is exact, whatever the voice.

Rule: when a hold begins and is over is told by the clips that are heard and the silences between them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from random import Random
from zlib import crc32

import pytest

from coach.alexa.limits import ALEXA
from coach.answering import Answering
from coach.conversation import Event, Heard, Turn
from coach.conversation.details import Named, Wanted
from coach.speaking import Timeline
from coach.speaking.clips import EXACT, laying_out, platform_of
from coach.turns import Turns
from tests.clock.room import FASTEST, SLOWEST, WORDS, Room, Shelf, Side

INTERRUPTIONS = int(os.environ.get("HIP_COACH_INTERRUPTIONS", "400"))
A_ROOM = 20
STARTS_MS = 200
LAST_MS = 6_000
"""So near its end a hold that goes on is counted down to its end whatever happens, and may take longer for it."""

TWIST = Heard(Event.ONE_EXERCISE, Named("lying_twist"))
PAUSE, TIME_LEFT = Heard(Event.PAUSE), Heard(Event.TIME_LEFT)


@dataclass
class Voice:
    """Takes as long as it likes for each text, and tells it."""

    rate: float
    starts_after_ms: int = STARTS_MS
    chime_ms: int = 900
    asked: set[str] = field(default_factory=set)

    def clip_ms(self, text: str, pace: int) -> int:
        self.asked.add(text)
        return round(WORDS.spoken_ms(text) * self.rate * 100 / pace) + crc32(text.encode()) % 400

    def into_ms(self) -> None:
        raise AssertionError("the room says it with the request")

    def speaks(self, timeline: Timeline, pace: int) -> None:
        raise AssertionError("the room has the turn")


class KnownRoom(Room):
    """A room whose voice is known to the coach, and whose player tells how far it got."""

    def __init__(self, chance: Random, voice: Voice) -> None:
        self.voice = voice
        platform = platform_of(voice, ALEXA)
        turns = Turns(lambda _: WORDS, platform, lay_out=laying_out(voice), tempo=EXACT)
        coach = Answering(Shelf(), turns)
        super().__init__(chance, voice.rate, coach)

    def into_ms(self, at: float) -> int | None:
        return round(at - self.playing.begins) if self.playing else None

    def _begins(self) -> float:
        return self.now + STARTS_MS

    def _moments(self, timeline: Timeline, begins: float, rate: float) -> tuple[list[tuple[float, float]], float]:
        """When each moment is in truth: silences as they are written, and words as long as their clips are."""
        moments, now, before = [(0.0, begins)], begins, 0
        for cue in timeline.cues:
            now += cue.at - before
            moments.append((cue.at, now))
            now += self.voice.clip_ms(cue.text, 100)
            moments.append((cue.end, now))
            before = cue.end
        return moments, now + max(timeline.ms - before, 0)


def rooms() -> list[KnownRoom]:
    chance = Random(5)  # noqa: S311 - moments and voices, not secrets
    return [KnownRoom(chance, Voice(chance.uniform(FASTEST, SLOWEST))) for _ in range(INTERRUPTIONS // A_ROOM)]


def left(turn: Turn, sides: tuple[Side, ...]) -> dict[str, int]:
    """How much of each side the coach has still to hold, as its answer goes on or its place stands."""
    place = turn.progress.place
    assert place
    names = [side.name for side in sides]
    here = names.index(place.step.rsplit(".", 1)[1])
    return {
        side.name: 0 if number < here else side.held_ms - (place.done_ms if number == here else 0)
        for number, side in enumerate(sides)
    }


def test_wherever_somebody_pauses_the_place_is_exact_to_a_millisecond() -> None:
    for room in rooms():
        room.says(TWIST)
        room.is_taught()
        assert room.playing
        for _ in range(A_ROOM):
            at = room.chance.uniform(room.playing.begins, room.playing.over)
            paused, _ = room.asked(PAUSE, at)
            told = left(paused, room.playing.sides)
            for side in room.playing.sides:
                assert told[side.name] == pytest.approx(side.held_ms - side.done_at(at), abs=1.5)


def test_a_hold_that_goes_on_behind_an_answer_is_as_long_as_ever() -> None:
    for room in rooms():
        room.says(TWIST)
        room.is_taught()
        playing = room.playing
        assert playing
        for side in playing.sides:
            at = room.chance.uniform(side.begins + 1, side.over - LAST_MS)
            asked, _ = room.asked(TIME_LEFT, at)
            mark = asked.timeline.marks[0]
            assert side.done_at(at) + STARTS_MS + mark.ends - mark.works == pytest.approx(side.held_ms, abs=1.5)


def test_only_what_an_answer_holds_is_asked_for() -> None:
    room = rooms()[0]
    turn = room.says(Heard(Event.START, Wanted(routine="full")))
    held = {cue.text for cue in turn.timeline.cues}
    assert room.voice.asked >= held
    assert len(room.voice.asked) <= len(held) + 5
