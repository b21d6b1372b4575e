"""A script laid out in time: cues in order, a work as long as it is said to be, and every moment found again."""

from hypothesis import given
from hypothesis import strategies as st

from coach.cues import Begin, Gap, Item, Phrase, Pin, Prompt, Saying, Timed
from coach.score import lay_out, locate


def wording(saying: Saying) -> Phrase:
    """A phrase whose length stands in its name: `1500` takes a second and a half."""
    assert isinstance(saying, Prompt)
    return Phrase(f"<{saying.name}>", int(saying.name), 300)


phrases = st.integers(1, 8_000).map(lambda ms: Prompt(str(ms)))
gaps = st.integers(0, 20_000).map(Gap)


@st.composite
def works(draw: st.DrawFn) -> Timed:
    ms = draw(st.integers(0, 120_000))
    moments = draw(st.lists(st.integers(0, ms), max_size=6))
    return Timed(
        step=draw(st.sampled_from("abc")),
        ms=ms,
        done=draw(st.integers(0, ms)),
        pins=tuple(Pin(at, draw(phrases)) for at in sorted(moments)),
        fillers=tuple(draw(st.lists(phrases, max_size=4))),
        quiet_ms=draw(st.integers(2_000, 15_000)),
        opening=tuple(draw(st.lists(phrases, max_size=2))),
    )


scripts = st.lists(st.one_of(phrases, gaps, works(), st.just(Begin("a"))), max_size=12).map(tuple)


@given(scripts)
def test_no_cue_overlaps_another_and_all_are_inside_the_answer(script: tuple[Item, ...]) -> None:
    timeline = lay_out(script, wording)
    now = 0
    for cue in timeline.cues:
        assert cue.at >= now
        now = cue.end
    assert now <= timeline.ms


@given(scripts)
def test_every_work_lasts_exactly_what_was_left_of_it(script: tuple[Item, ...]) -> None:
    timeline = lay_out(script, wording)
    works = [item for item in script if isinstance(item, Timed)]
    assert [mark.ends - mark.works for mark in timeline.marks] == [work.ms - work.done for work in works]


@given(scripts, st.integers(0, 400_000))
def test_a_moment_is_found_in_the_step_that_is_being_spoken(script: tuple[Item, ...], elapsed: int) -> None:
    marks = lay_out(script, wording).marks
    if not marks:
        return
    index, done = locate(marks, elapsed)
    mark = marks[index]
    assert mark.done <= done <= mark.done + mark.ends - mark.works
    assert index == len(marks) - 1 or elapsed < marks[index + 1].starts
    if mark.works <= elapsed <= mark.ends:
        assert done == mark.done + elapsed - mark.works


def test_a_silence_that_is_too_long_is_broken_by_fillers() -> None:
    timed = Timed("a", 60_000, pins=(Pin(57_000, Prompt("500")),), fillers=(Prompt("2000"),), quiet_ms=9_000)
    cues = lay_out((timed,), wording).cues
    edges = [0, *(edge for cue in cues for edge in (cue.at, cue.end)), 60_000]
    assert all(end - start <= 9_000 for start, end in zip(edges[::2], edges[1::2], strict=True))


def test_an_answer_that_fits_is_spoken_inside_the_hold() -> None:
    timeline = lay_out((Timed("a", 30_000, 10_000, opening=(Prompt("5000"),)),), wording)
    assert timeline.ms == 20_000


def test_an_answer_that_does_not_fit_is_spoken_before_the_hold_goes_on() -> None:
    timeline = lay_out((Timed("a", 30_000, 25_000, opening=(Prompt("5000"),)),), wording)
    assert timeline.ms == 10_000
    assert timeline.marks[0].works == 5_000


def test_a_pin_whose_moment_has_passed_is_not_heard() -> None:
    timeline = lay_out(
        (Timed("a", 30_000, 20_000, pins=(Pin(15_000, Prompt("500")), Pin(25_000, Prompt("600")))),), wording
    )
    assert [(cue.at, cue.ms) for cue in timeline.cues] == [(5_000, 600)]
