"""A voice pack on a speaker whose own voice nobody knows: the place is exact but for when its answer began.

Rule: what is true comes from the sounds: a clip takes as long as its frames do, whatever the device's voice. That an
answer began a second later than is reckoned with is not the pack's fault, and is taken out here.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from coach.alexa.limits import ALEXA
from coach.answering import Answering
from coach.conversation import Event, Heard, Turn
from coach.conversation.details import Named
from coach.reels import ReelAnswers
from coach.reels.folder import FolderShelf
from coach.reels.frames import FRAME_MS
from coach.reels.pack import VoicePack
from coach.speaking import Timeline
from coach.turns import Turns
from tests.clock.room import WORDS, Room, Shelf
from tests.clock.test_known_voice import left
from tests.reels.voices import render

INTERRUPTIONS = max(int(os.environ.get("HIP_COACH_INTERRUPTIONS", "400")), 400)
A_ROOM = 20
SLOWEST, FASTEST = 1.25, 0.8
VOICES = 4
TWIST = Heard(Event.ONE_EXERCISE, Named("lying_twist"))
PAUSE, READY = Heard(Event.PAUSE), Heard(Event.READY)
BEGINS_MS = ALEXA.starts_after.middle


class ReelRoom(Room):
    """A room whose speaker begins when it is reckoned to, and plays sounds at their own length."""

    def _begins(self) -> float:
        return self.now + BEGINS_MS

    def _moments(self, timeline: Timeline, begins: float, rate: float) -> tuple[list[tuple[float, float]], float]:
        reel = timeline.reel
        if reel is None:
            return super()._moments(timeline, begins, rate)
        moments, now, before = [(0.0, begins)], begins, 0
        for number, cue in enumerate(timeline.cues):
            known = reel.first <= number < reel.last
            gap = cue.at - before
            now += gap if known or not cue.joined else self._takes(gap / rate)
            moments.append((cue.at, now))
            now += cue.ms if known else self._takes(cue.ms / rate)
            moments.append((cue.end, now))
            before = cue.end
        return moments, now + max(timeline.ms - before, 0)

    def whole_second(self, at: float) -> float:
        """The nearest moment of which a request can tell exactly."""
        return round(at / 1000) * 1000.0


@cache
def voices(folder: Path) -> tuple[VoicePack, ...]:
    """Packs of some tempos."""
    return tuple(render(folder, rate=FASTEST + (SLOWEST - FASTEST) * step / VOICES) for step in range(VOICES + 1))


def room(chance: Random, folder: Path, *, pack: bool) -> ReelRoom:
    """A voice of any tempo on the device, another one in the pack."""
    rate, voice = chance.uniform(FASTEST, SLOWEST), chance.choice(voices(folder))
    reels: Any = {"lay_out": ReelAnswers({voice.locale: voice}, FolderShelf(folder)).lay_out} if pack else {}
    made = ReelRoom(chance, rate, Answering(Shelf(), Turns(lambda _: WORDS, ALEXA, **reels)))
    made.now = made.whole_second(made.now)
    made.says(TWIST)
    assert made.playing
    made.says(READY, made.whole_second(made.playing.over + 4_000))
    return made


def errors(room: ReelRoom) -> list[float]:
    """By how many milliseconds the place is wrong, for each of some moments at which somebody pauses."""
    playing = room.playing
    assert playing
    off = []
    for _ in range(A_ROOM):
        # Who may be in a hold still when it is over gets some of it again: that is not asked here.
        at = room.whole_second(room.chance.uniform(playing.begins, playing.sides[-1].over - 1_000))
        paused, _ = room.asked(PAUSE, at)
        told = left(paused, playing.sides)
        off += [abs(told[side.name] - (side.held_ms - side.done_at(at))) for side in playing.sides]
    return off


def test_wherever_somebody_pauses_the_place_is_that_of_the_sound(tmp_path: Path) -> None:
    chance = Random(11)  # noqa: S311 - moments and voices, not secrets
    rooms = [room(chance, tmp_path, pack=True) for _ in range(INTERRUPTIONS // A_ROOM)]
    assert all(each.turn and each.turn.timeline.reel for each in rooms)
    assert max(off for each in rooms for off in errors(each)) <= FRAME_MS


def test_without_a_pack_the_same_voices_make_it_wrong_by_seconds(tmp_path: Path) -> None:
    chance = Random(11)  # noqa: S311 - moments and voices, not secrets
    rooms = [room(chance, tmp_path, pack=False) for _ in range(5)]
    assert max(off for each in rooms for off in errors(each)) > 2_000


def test_it_is_not_said_that_it_is_about_so_much_where_it_is_known(tmp_path: Path) -> None:
    chance = Random(3)  # noqa: S311 - moments and voices, not secrets
    exact, estimated = (room(chance, tmp_path, pack=pack) for pack in (True, False))

    def unsure(turn: Turn | None) -> int:
        assert turn
        assert turn.progress.spoken
        return max(mark.words_before + mark.words_within for mark in turn.progress.spoken.marks)

    assert unsure(exact.turn) == 0
    assert unsure(estimated.turn) > 10_000


def test_a_sound_teaches_nothing_about_the_voice_of_the_device(tmp_path: Path) -> None:
    made = room(Random(5), tmp_path, pack=True)  # noqa: S311
    before = dict(made.turn.progress.tempos) if made.turn else {}
    made.answers(READY)
    assert made.turn
    assert dict(made.turn.progress.tempos) == before
