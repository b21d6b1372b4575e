"""Every exercise as it is spoken: its dose by the clock, both sides alike, inside the limits of one answer."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.alexa.limits import ALEXA, BREAK_MAX_MS
from coach.conversation.coaching import coach, fetching, halted
from coach.conversation.details import Named
from coach.conversation.events import Event, Heard
from coach.conversation.leading import Entry, Lead, into
from coach.conversation.lengths import plan_ms
from coach.conversation.moment import Moment
from coach.conversation.replies.answer import coach_from
from coach.conversation.replies.choosing import begin_exercise
from coach.conversation.session import Session, State
from coach.conversation.whereabouts import arrived
from coach.persistence.progress import Mode, Preferences, Progress
from coach.planning.exercises import Hold, Position, Variation
from coach.planning.plan import PLANNED, Dose, Place, Plan, alone, authored
from coach.planning.steps import play
from coach.speaking.content import load
from coach.speaking.cues import Prompt, Spoken, Timeline, lasting_ms
from coach.speaking.phrasebook import Phrasebook
from coach.speaking.timeline import ROUNDING_MS, WORDS_MOST, lay_out
from simulator.speech import pieces, total_ms
from tests.front_door import FrontDoor
from tests.platform.rules import SPOKEN_MAX_MS

TODAY = date(2026, 11, 23)
CONTENT = load("en-US")
LIBRARY = CONTENT.library
WORDS = Phrasebook(CONTENT)


def moment(plan: Plan, preferences: Preferences | None = None, *, met: int = 0, coached: int = 0) -> Moment:
    preferences = preferences or Preferences()
    first = play(plan, preferences, LIBRARY).steps[0]
    known = dict.fromkeys(LIBRARY.exercises, met)
    progress = Progress(place=Place(plan, first.id), preferences=preferences, met=known)
    wording = WORDS.wording(pace=preferences.pace)
    return Moment(Heard(Event.NEXT), Session(coached=coached), progress, 0, TODAY, 0, LIBRARY, wording, ALEXA)


def spoken(at: Moment, entry: Entry) -> Timeline:
    return lay_out(coach(at, entry), at.wording, ALEXA)


exercises = pytest.mark.parametrize("exercise", sorted(LIBRARY.exercises))


@exercises
@pytest.mark.parametrize("variation", list(Variation))
def test_every_step_works_exactly_as_long_as_its_dose(exercise: str, variation: Variation) -> None:
    at = moment(alone(exercise), Preferences(variations={exercise: variation}))
    index = 0
    while index < len(at.steps):
        timeline = spoken(at, Entry(index))
        for mark in timeline.marks:
            step = next(step for step in at.steps if step.id == mark.step)
            assert mark.ends - mark.works == step.work.ms
        index += len(timeline.marks)


@exercises
def test_both_sides_last_equally_long(exercise: str) -> None:
    at = moment(alone(exercise))
    by_side = {side: sum(s.work.ms for s in at.steps if s.side is side) for side in LIBRARY.exercises[exercise].sides}
    assert len(set(by_side.values())) == 1


@exercises
@pytest.mark.parametrize("met", [0, 9])
@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("pace", [70, 100, 130])
def test_every_answer_fits_the_platform(exercise: str, met: int, mode: Mode, pace: int) -> None:
    at = moment(alone(exercise), Preferences(mode=mode, pace=pace, hold_ms={exercise: 120_000}), met=met)
    index = 0
    while index < len(at.steps):
        timeline = spoken(at, Entry(index))
        # A step by itself cannot be told in two answers: it may take the whole of what the platform allows.
        alone_in_it = len(timeline.marks) == 1 and timeline.ms + ROUNDING_MS <= SPOKEN_MAX_MS
        assert ALEXA.fits(timeline) or (alone_in_it and ALEXA.written(timeline) <= ALEXA.characters)
        assert timeline.marks
        index += len(timeline.marks)


@exercises
@pytest.mark.parametrize("pace", [70, 100])
@pytest.mark.parametrize("came_from", [None, *Position])
def test_no_word_or_second_of_a_first_meeting_is_cut(exercise: str, pace: int, came_from: Position | None) -> None:
    at = moment(alone(exercise), Preferences(pace=pace))
    entry = Entry(0, opening=(Prompt("how_to_speak_up"),), came_from=came_from, fetch=fetching(at))
    while (timeline := spoken(at, entry)).marks[0].then == Event.HEARD_OUT_BEFORE:
        assert timeline.cues[-1].text.endswith("?")
        entry = Entry(0, came_from=halted(at, entry))
    whole_ms = lasting_ms(into(at, at.step, entry, follows=False), at.wording)
    assert timeline.marks[0].works - timeline.marks[0].starts == pytest.approx(whole_ms, abs=ROUNDING_MS)


@exercises
@pytest.mark.parametrize("pace", [70, 100, 130])
def test_no_answer_has_a_larger_share_of_words_than_is_reckoned_with(exercise: str, pace: int) -> None:
    asked = replace(moment(alone(exercise), Preferences(pace=pace)), heard=Heard(Event.ONE_EXERCISE, Named(exercise)))
    for welcomed in (False, True):
        newcomer = Progress(welcomed=welcomed, preferences=asked.progress.preferences)
        timeline = lay_out(begin_exercise(asked.with_progress(newcomer)).script, asked.wording, ALEXA)
        # One that ends before its step is not long, whatever is in it.
        ends_before = timeline.marks[-1].then == Event.HEARD_OUT_BEFORE
        assert ends_before or timeline.words_until(timeline.ms) <= WORDS_MOST * timeline.ms


@exercises
def test_nobody_is_left_in_silence_in_the_first_hold_of_a_session(exercise: str) -> None:
    timeline = spoken(moment(alone(exercise)), Entry(0))
    mark = timeline.marks[0]
    edges = [mark.works]
    for cue in timeline.cues:
        if mark.works <= cue.at < mark.ends:
            edges += [cue.at, cue.end]
    edges.append(mark.ends)
    assert max(end - start for start, end in zip(edges[::2], edges[1::2], strict=True)) <= BREAK_MAX_MS


@exercises
@given(data=st.data())
def test_what_is_left_of_a_hold_is_what_a_resumed_one_lasts(exercise: str, data: st.DataObject) -> None:
    at = moment(alone(exercise))
    done = data.draw(st.integers(0, at.step.work.ms))
    mark = spoken(at, Entry(0, done, Lead.GET_READY)).marks[0]
    unit = at.step.work.unit_ms
    assert mark.ends - mark.works == at.step.work.ms - done // unit * unit
    if isinstance(at.step.work, Hold):
        assert mark.ends - mark.works == at.step.work.ms - done


@pytest.mark.parametrize("lead", [Lead.GET_READY, Lead.AT_ONCE])
@pytest.mark.parametrize(
    "exercise", sorted(e for e, known in LIBRARY.exercises.items() if isinstance(known.work, Hold))
)
@given(data=st.data())
def test_the_time_is_not_told_again_right_after_it_was_told_how_much_is_left(
    exercise: str, lead: Lead, data: st.DataObject
) -> None:
    at = moment(alone(exercise))
    half_ms, ten_ms = at.step.work.ms // 2, at.step.work.ms - 10_000
    done = data.draw(st.sampled_from([half_ms, ten_ms, half_ms - 2_000, ten_ms - 2_000]) | st.integers(1, ten_ms))
    timeline = spoken(at, Entry(0, done, lead))
    works = timeline.marks[0].works
    told = [cue.text for cue in timeline.cues if works <= cue.at < works + 4_000]
    assert not {"Halfway.", "Ten more."} & {*told}


@pytest.mark.parametrize("routine", sorted(LIBRARY.routines))
def test_hands_free_plays_the_same_steps_in_fewer_answers(routine: str) -> None:
    plan = authored(routine, LIBRARY)
    answers = {}
    for mode in Mode:
        at, index, count = moment(plan, Preferences(mode=mode), met=9, coached=1), 0, 0
        while index < len(at.steps):
            timeline = spoken(at, Entry(index, came_from=at.steps[index - 1].position if index else None))
            assert [m.step for m in timeline.marks] == [s.id for s in at.steps[index : index + len(timeline.marks)]]
            index, count = index + len(timeline.marks), count + 1
        answers[mode] = count
    assert answers[Mode.HANDS_FREE] <= answers[Mode.EXERCISE] <= answers[Mode.STEP_BY_STEP]
    assert answers[Mode.HANDS_FREE] < answers[Mode.STEP_BY_STEP]


def test_the_full_routine_takes_the_time_that_its_exercises_rests_and_ways_take_together() -> None:
    at = moment(authored("full", LIBRARY), met=9)
    assert plan_ms(at, at.place.plan) == pytest.approx(36 * 60_000, rel=0.2)


def test_the_length_of_a_plan_counts_the_meeting_that_comes() -> None:
    lengths = []
    for met in range(4):
        at = moment(alone("pelvic_tilt"), met=met, coached=1)
        begins = Entry(0, opening=fetching(at))
        assert spoken(coach_from(at, 0).moment, begins).ms == pytest.approx(plan_ms(at, at.place.plan), rel=0.02)
        lengths.append(plan_ms(at, at.place.plan))
    assert lengths[0] == lengths[1] > lengths[2] == lengths[3]


def test_instructions_are_full_twice_and_brief_from_then_on() -> None:
    first, second, third = (_words(moment(alone("lying_twist"), met=met)) for met in (1, 2, 3))
    assert "Lie on your back" in first
    assert "Lie on your back" in second
    assert "Lie on your back" not in third
    assert "knees sink to the left" in third


@pytest.mark.parametrize("slower", [0, 2])
@pytest.mark.parametrize("exercise", LIBRARY.exercises)
def test_no_first_answer_is_longer_than_a_speaker_speaks(door: FrontDoor, exercise: str, slower: int) -> None:
    for _ in range(slower):
        door.intent("SlowerIntent")
        door.hang_up()
    reply = door.intent("OneExerciseIntent", {"exercise": (exercise, exercise)})
    assert total_ms(pieces(reply.ssml, CONTENT.voice)) <= SPOKEN_MAX_MS


def test_the_way_up_waits_for_the_next_answer_before_the_teaching_is_shortened(door: FrontDoor) -> None:
    told = door.intent("OneExerciseIntent", {"exercise": ("butterfly", "butterfly_pose")}).text
    assert "open your soles like a book" in told
    assert "Shall I lead you up?" in told
    assert "stand up" not in told
    assert "stand up" in door.intent("ReadyIntent").text


def _words(at: Moment) -> str:
    return " ".join(cue.text for cue in spoken(at, Entry(0)).cues)


def test_an_exercise_whose_work_begins_in_the_middle_of_an_answer_is_met_as_well() -> None:
    both = Plan(PLANNED, (Dose("pelvic_tilt"), Dose("deep_squat_rest")))
    at = moment(both, Preferences(mode=Mode.HANDS_FREE, pace=130), met=9, coached=1)
    timeline = spoken(at, Entry(0))
    assert [mark.meets for mark in timeline.marks] == ["", "deep_squat_rest"]
    works = timeline.marks[1].works + ALEXA.starts_after.middle + ALEXA.speaking_up.middle
    speaking = at.with_progress(replace(at.progress, spoken=Spoken(0, timeline.marks))).in_state(State.COACHING)
    for since, met in ((-20_000, 9), (+5_000, 10)):
        there, _ = arrived(replace(speaking, now_ms=works + since))
        assert there.progress.met["deep_squat_rest"] == met
