"""Wherever somebody breaks in, the coach knows where they are: as well as it says, whatever the voice and the ears.

Rule: the shares are those that the product promises. They are taken of as many interruptions as the environment asks
for (HIP_COACH_INTERRUPTIONS), twenty in a room.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import pytest

from coach.alexa.limits import ALEXA
from coach.conversation import Event, Heard, Turn
from coach.conversation.details import Named, Wanted
from tests.clock.room import FASTEST, SLOWEST, SPEAKING_UP_MS, Room, Side, claims_nothing, repeated, told

INTERRUPTIONS = int(os.environ.get("HIP_COACH_INTERRUPTIONS", "400"))
SLACK = 0.0 if INTERRUPTIONS >= 10_000 else 0.02
"""What a share may be off where it is taken of few."""

A_ROOM = 20
"""How many interruptions are tried in one room, at moments of one answer."""

HALF_A_SECOND_MS = 500
"""Seconds are said as whole ones."""

NAMED_MS = 2_000
"""So long after the coach has begun to name the next side, the one before it is still meant as well."""

QUICK = Heard(Event.START, Wanted(routine="quick"))
TWIST = Heard(Event.ONE_EXERCISE, Named("lying_twist"))
PAUSE, REPEAT, TIME_LEFT = Heard(Event.PAUSE), Heard(Event.REPEAT), Heard(Event.TIME_LEFT)


def unknown(room: Room) -> None:
    """Nothing was heard of this speaker yet: the first words start an exercise."""
    room.says(TWIST)


def one_silence(room: Room) -> None:
    """An answer ran out in silence, and the person came back."""
    room.says(QUICK)
    room.falls_silent()
    room.says(TWIST, room.now + 3_600_000)


def three_answered(room: Room) -> None:
    """Three answers were listened to, and answered."""
    room.says(Heard(Event.LAUNCH))
    room.answers(QUICK)
    room.answers(Heard(Event.NEXT))
    room.answers(Heard(Event.NEXT))


@dataclass(frozen=True)
class Interruption:
    """How far off the coach was, in milliseconds of holding: in how it goes on, and beyond what it says, as roughly as
    it says it; and whether the side that it begins again is the one that was heard, or the one named just before.
    """

    off_ms: float
    told_off_ms: float
    right: bool
    nearly: bool


def interruptions(learning: Callable[[Room], None], count: int, seed: int) -> Iterator[Interruption]:
    """What comes of interruptions at any moment of an answer, by voices of any rate."""
    chance = Random(seed)  # noqa: S311 - moments and voices, not secrets
    for _ in range(count // A_ROOM):
        room = Room(chance, chance.uniform(FASTEST, SLOWEST))
        learning(room)
        room.is_taught()
        playing = room.playing
        assert playing
        for _ in range(A_ROOM):
            yield _interruption(room, chance.uniform(playing.begins, playing.over))


def _interruption(room: Room, speaks_up: float) -> Interruption:
    assert room.playing
    at = speaks_up + room.chance.uniform(*SPEAKING_UP_MS)
    sides = room.playing.sides
    asked, paused, again = (room.asked(heard, at)[0] for heard in (TIME_LEFT, PAUSE, REPEAT))
    true_ms = sum(side.done_at(at) for side in sides)
    heard = _side(sides, speaks_up).name
    named = repeated(again) or heard
    meant = {heard, _side(sides, speaks_up - NAMED_MS).name}
    return Interruption(
        off_ms=abs(true_ms - _goes_on(asked, sides)),
        told_off_ms=_told_off(true_ms, paused, sides),
        right=named == heard,
        nearly=named in meant,
    )


def _side(sides: tuple[Side, ...], at: float) -> Side:
    return next((side for side in reversed(sides) if side.led_into <= at), sides[0])


def _goes_on(turn: Turn, sides: tuple[Side, ...]) -> float:
    """How many milliseconds of all the holding are behind the person, as the answer goes on that they hear then."""
    left = dict.fromkeys((side.name for side in sides), 0)
    for mark in turn.timeline.marks:
        left[mark.step.rsplit(".", 1)[1]] = mark.ends - mark.works
    on_its_way = ALEXA.starts_after.middle if turn.timeline.marks and turn.timeline.marks[0].done else 0
    return sum(side.held_ms - left[side.name] for side in sides) - on_its_way


def _told_off(true_ms: float, turn: Turn, sides: tuple[Side, ...]) -> float:
    """How far the truth is outside of what is said to somebody who pauses."""
    if claims_nothing(turn) and true_ms == 0:
        return 0
    line = {side.name: sum(s.held_ms for s in sides[: number + 1]) for number, side in enumerate(sides)}
    words = told(turn)
    side, least, most = words or (sides[-1].name, -2, 2)
    return max(line[side] - most * 1_000 - true_ms, true_ms - (line[side] - least * 1_000), 0)


def share(found: list[Interruption], holds: Callable[[Interruption], bool]) -> float:
    return sum(map(holds, found)) / len(found)


@pytest.mark.parametrize("learning", [one_silence, three_answered])
def test_a_speaker_that_is_known_tells_the_place_to_two_seconds_and_the_side(learning: Callable[[Room], None]) -> None:
    found = list(interruptions(learning, INTERRUPTIONS, seed=1))
    assert share(found, lambda one: one.off_ms <= 2_000) >= 0.95 - SLACK
    assert share(found, lambda one: one.nearly) >= 0.99 - SLACK
    assert share(found, _is_no_more_exact_than_it_knows) >= 0.95


def test_of_a_speaker_that_is_unknown_no_more_is_said_than_is_known() -> None:
    found = list(interruptions(unknown, INTERRUPTIONS, seed=2))
    assert share(found, _is_no_more_exact_than_it_knows) >= 0.95 - SLACK
    assert share(found, lambda one: one.off_ms > 2_000) > 0.2, "or there was nothing to learn"


def _is_no_more_exact_than_it_knows(one: Interruption) -> bool:
    return one.told_off_ms <= HALF_A_SECOND_MS
