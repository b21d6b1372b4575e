"""Clips joined to one sound: each where its cue is, none over another, and nothing that is off is handed on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.reels.frames import FRAME_BYTES, FRAME_MS, SILENT
from coach.reels.reel import joined, run_of
from coach.speaking.cues import Cue, Mark, Timeline
from tests.reels.voices import clip

HALF_A_FRAME_MS = FRAME_MS / 2


@st.composite
def spoken(draw: st.DrawFn) -> tuple[tuple[Cue, ...], int, int]:
    """Cues that follow one another in a part of an answer, and when that part begins and ends."""
    begins = now = draw(st.integers(0, 5_000))
    cues = []
    for number in range(draw(st.integers(1, 30))):
        at = now + draw(st.integers(0, 12_000))
        cues.append(Cue(at, FRAME_MS * draw(st.integers(1, 90)), f"text {number}"))
        now = cues[-1].end
    return tuple(cues), begins, now + draw(st.integers(0, 12_000))


@given(spoken())
def test_each_clip_is_whole_and_within_half_a_frame_of_its_cue(given: tuple[tuple[Cue, ...], int, int]) -> None:
    cues, begins, ends = given
    sound = joined(cues, [clip(cue.text, cue.ms) for cue in cues], begins, ends)
    silent_from = 0
    for cue in cues:
        at = sound.index(clip(cue.text, cue.ms))
        assert abs(at / FRAME_BYTES * FRAME_MS - (cue.at - begins)) <= HALF_A_FRAME_MS
        assert sound[silent_from:at] == SILENT * ((at - silent_from) // FRAME_BYTES)
        silent_from = at + cue.ms // FRAME_MS * FRAME_BYTES
    assert abs(len(sound) / FRAME_BYTES * FRAME_MS - (ends - begins)) <= HALF_A_FRAME_MS


def answer(*texts: str, works: int = 2_000, ends: int = 7_000) -> Timeline:
    """Texts of a second each, a second apart, around one work."""
    cues = tuple(Cue(2_000 * number, 1_000, text) for number, text in enumerate(texts))
    return Timeline(cues, (Mark("a step", 0, works, ends),), 2_000 * len(texts))


def run(timeline: Timeline) -> tuple[int, int] | None:
    return run_of(timeline, ["?" not in cue.text for cue in timeline.cues])


def test_all_that_has_clips_is_one_sound() -> None:
    assert run(answer("in", "hold", "three", "out", "ready")) == (0, 5)


def test_what_is_said_first_and_last_need_not_have_clips() -> None:
    assert run(answer("a name?", "hold", "three", "out", "a week?")) == (1, 4)


def test_what_is_said_at_once_with_a_work_that_goes_on_need_not_have_one() -> None:
    assert run(answer("eighteen seconds?", "hold", "three", works=0)) == (1, 3)


def test_where_something_in_a_work_has_no_clip_nothing_is_a_sound() -> None:
    assert run(answer("in", "hold", "three?", "out", "ready")) is None
    assert run(answer("in", "hold", "three?", works=0)) is None
    assert run(answer("a name?", "hold?")) is None


def test_what_times_nothing_is_no_sound() -> None:
    assert run_of(Timeline((Cue(0, 900, "Hello."),), (), 900), [True]) is None
