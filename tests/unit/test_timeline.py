"""A script laid out in time: cues in order, a work as long as it is said to be, and every moment found again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.alexa.limits import ALEXA, BREAK_MAX_MS, SPEECH_MAX_CHARACTERS
from coach.speaking import Gap, Passage, Platform, Prompt, Saying, Script, Span, Tempo, Timeline, lay_out, locate
from coach.speaking.cues import Chime, Cue, Items, Phrase, Pin, Timed
from coach.speaking.ssml import render
from coach.speaking.timeline import ROUNDING_MS, WORDS_MOST

AT_ONCE = Span(0, 0)
BOUNDLESS = Platform(10**9, 10**9, 10**9, lambda timeline: len(timeline.cues), AT_ONCE, AT_ONCE, 0)


class Counted:
    """Words whose length stands in their name: `1500` takes a second and a half."""

    locale = "en-US"
    pace = 100

    def __call__(self, saying: Saying) -> Phrase:
        assert isinstance(saying, Prompt), "a sound is the platform's own"
        return Phrase(f"<{saying.name}>", int(saying.name), 300)

    def paced(self, pace: int) -> Counted:
        raise AssertionError(f"nothing here is said at another pace, {pace}")

    def remembered_ms(self, key: Hashable, items: Callable[[], Items]) -> int:
        raise AssertionError(f"no length is asked for here, of {key} or {items}")


wording = Counted()


phrases = st.integers(1, 8_000).map(lambda ms: Prompt(str(ms)))
gaps = st.integers(0, 20_000).map(Gap)


items = st.lists(st.one_of(phrases, gaps), max_size=4).map(tuple)


@st.composite
def works(draw: st.DrawFn) -> Timed:
    ms = draw(st.integers(0, 120_000))
    moments = draw(st.lists(st.integers(0, ms), max_size=6))
    return Timed(
        ms=ms,
        done=draw(st.integers(0, ms)),
        pins=tuple(Pin(at, draw(phrases)) for at in sorted(moments)),
        fillers=tuple(draw(st.lists(phrases, max_size=4))),
        quiet_ms=draw(st.integers(2_000, 15_000)),
        opening=tuple(draw(st.lists(phrases, max_size=2))),
    )


# Each is a group of its own, so that any number of them may be an answer.
groups = st.uuids().map(str)
passages = st.builds(Passage, st.sampled_from("abc"), groups, items, works(), items, items)
scripts = st.builds(Script, items, st.lists(passages, max_size=6).map(tuple))


chimed = st.builds(
    lambda passage: replace(passage, into=(*passage.into, Chime()), out=(Chime(), *passage.out)), passages
)


def laid_out(script: Script) -> Timeline:
    return lay_out(script, wording, BOUNDLESS)


def alone(work: Timed) -> Script:
    return Script((), (Passage("a", "a", (), work, (), ()),))


@given(scripts)
def test_no_cue_overlaps_another_and_all_are_inside_the_answer(script: Script) -> None:
    timeline = laid_out(script)
    now = 0
    for cue in timeline.cues:
        assert cue.at >= now
        now = cue.end
    assert now <= timeline.ms


@given(scripts)
def test_every_work_lasts_exactly_what_was_left_of_it(script: Script) -> None:
    timeline = laid_out(script)
    left = [passage.work.ms - passage.work.done for passage in script.passages]
    assert [mark.ends - mark.works for mark in timeline.marks] == left


@given(scripts, st.integers(0, 400_000))
def test_a_moment_is_found_in_the_step_that_is_being_spoken(script: Script, elapsed: int) -> None:
    marks = laid_out(script).marks
    if not marks:
        return
    index, done = locate(marks, elapsed)
    mark = marks[index]
    assert mark.done <= done <= mark.done + mark.ends - mark.works
    assert index == len(marks) - 1 or elapsed < marks[index + 1].starts
    if mark.works <= elapsed <= mark.ends:
        assert done == mark.done + elapsed - mark.works


def test_a_silence_that_is_too_long_is_broken_by_fillers() -> None:
    timed = Timed(60_000, pins=(Pin(57_000, Prompt("500")),), fillers=(Prompt("2000"),), quiet_ms=9_000)
    cues = laid_out(alone(timed)).cues
    edges = [0, *(edge for cue in cues for edge in (cue.at, cue.end)), 60_000]
    assert all(end - start <= 9_000 for start, end in zip(edges[::2], edges[1::2], strict=True))


def test_an_answer_that_fits_is_spoken_inside_the_hold() -> None:
    timeline = laid_out(alone(Timed(30_000, 10_000, opening=(Prompt("5000"),))))
    assert timeline.ms == 20_000


def test_an_answer_that_does_not_fit_is_spoken_before_the_hold_goes_on() -> None:
    timeline = laid_out(alone(Timed(30_000, 25_000, opening=(Prompt("5000"),))))
    assert timeline.ms == 10_000
    assert timeline.marks[0].works == 5_000


def test_a_pin_whose_moment_has_passed_is_not_heard() -> None:
    timeline = laid_out(alone(Timed(30_000, 20_000, pins=(Pin(15_000, Prompt("500")), Pin(25_000, Prompt("600"))))))
    assert [(cue.at, cue.ms) for cue in timeline.cues] == [(5_000, 600)]


@given(scripts, st.integers(0, 400_000))
def test_an_answer_holds_as_many_passages_as_fit_and_is_closed_by_the_ending_of_the_last(
    script: Script, answer_ms: int
) -> None:
    most_ms = answer_ms + ROUNDING_MS
    spoken = lay_out(script, wording, Platform(most_ms, most_ms, 10**9, lambda _: 0, AT_ONCE, AT_ONCE, 0))
    shorter = [laid_out(Script(script.opening, script.passages[:n])) for n in range(1, len(script.passages) + 1)]
    fitting = [timeline for timeline in shorter[1:] if timeline.ms <= answer_ms]
    best = max(fitting, key=lambda timeline: len(timeline.marks), default=None)
    if not script.passages:
        assert spoken == laid_out(script)
    elif len(spoken.marks) == 1:
        assert spoken == shorter[0]
        # What is too long with its own ending has no room behind it, though the one behind it may end sooner.
        assert len(shorter) == 1 or shorter[1].ms > answer_ms or shorter[0].ms > answer_ms
    else:
        assert best
        assert spoken.ms <= answer_ms
        assert spoken == shorter[len(spoken.marks) - 1]


@given(scripts)
def test_marks_say_of_what_follows_what_their_passages_do(script: Script) -> None:
    told = Script(
        script.opening,
        tuple(
            replace(passage, meets=f"meets {n}", credits=f"credits {n}", then=f"then {n}")
            for n, passage in enumerate(script.passages)
        ),
    )
    marks = laid_out(told).marks
    assert [(m.step, m.meets, m.credits, m.then) for m in marks] == [
        (p.step, p.meets, p.credits, p.then) for p in told.passages
    ]


def test_an_answer_for_a_speaker_that_is_believed_to_be_fast_is_no_longer_than_if_it_were_not() -> None:
    for percent in range(60, 100):
        believed = replace(BOUNDLESS, answer_ms=220_000, alone_ms=236_000).at_tempo(Tempo(percent, 2.0))
        for most_ms, believed_ms in ((220_000, believed.answer_ms), (236_000, believed.alone_ms)):
            words_ms = believed_ms * WORDS_MOST
            assert believed_ms - words_ms + words_ms * 100 / percent == pytest.approx(most_ms, abs=2)
    assert BOUNDLESS.at_tempo(Tempo(130, 2.0)) == BOUNDLESS


@given(st.lists(chimed, min_size=1, max_size=6), st.integers(0, 5), st.integers(0, 4_000))
def test_no_more_chimes_than_the_platform_allows_are_heard_and_none_of_them_inside_a_work(
    rung: list[Passage], most: int, ms: int
) -> None:
    chime = Phrase("", ms, sound="bell")
    timeline = lay_out(Script((), tuple(rung)), wording, replace(BOUNDLESS, chime=chime, chimes=most))
    heard = [cue for cue in timeline.cues if cue.sound]
    assert len(heard) == (min(most, 2 * len(rung)) if ms else 0)
    assert all(cue.end <= mark.works or cue.at >= mark.ends for cue in heard for mark in timeline.marks)
    left = [passage.work.ms - passage.work.done for passage in rung]
    assert [mark.ends - mark.works for mark in timeline.marks] == left


@given(st.lists(st.text("ab &<>", max_size=400), max_size=40), st.integers(0, 60_000))
def test_what_an_answer_comes_to_in_characters_is_never_told_too_small(texts: list[str], silence_ms: int) -> None:
    cues = tuple(Cue(at * (silence_ms + 500), 500, text) for at, text in enumerate(texts))
    timeline = Timeline(cues, (), len(texts) * (silence_ms + 500) + silence_ms)
    told, exact = ALEXA.written(timeline), len(render(timeline, break_max_ms=BREAK_MAX_MS))
    assert exact <= told
    assert told == exact or told < SPEECH_MAX_CHARACTERS
