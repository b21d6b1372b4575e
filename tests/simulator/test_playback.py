"""What a speaker is doing at a moment, and what of it is on the screen."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.speaking.tempo import Voice
from simulator.heard import Heard
from simulator.performance import Performance
from simulator.playback import Doing, last_words, moment, stages
from simulator.speech import pieces

VOICE = Voice(letter=100, word=0, comma=0, stop=0, phrase=0)
BEGINS = datetime(2026, 11, 23, 19, tzinfo=UTC)
# Hold on: 600 ms; silence: 10 s; Let go: 500 ms; window: 8 s; Still: 500 ms; silence: 1 s; window: 8 s.
SPEECH = pieces('<speak>Hold on.<break time="10s"/>Let go.</speak>', VOICE)
REPROMPT = pieces('<speak>Still?<break time="1s"/></speak>', VOICE)
LIFE = stages(SPEECH, REPROMPT, listens=True)


@pytest.fixture
def performance():
    return Performance(Heard("next", BEGINS, BEGINS, pieces=SPEECH, reprompt=REPROMPT, life=LIFE))


def after(ms):
    return BEGINS + timedelta(milliseconds=ms)


@pytest.mark.parametrize(
    ("elapsed_ms", "doing", "words", "left_ms"),
    [
        (-300, Doing.THINKING, "", 300),
        (0, Doing.SPEAKING, "Hold", 600),
        (400, Doing.SPEAKING, "Hold on.", 200),
        (600, Doing.PAUSING, "", 10_000),
        (4_600, Doing.PAUSING, "", 6_000),
        (10_600, Doing.SPEAKING, "Let", 500),
        (11_100, Doing.LISTENING, "", 8_000),
        (19_100, Doing.SPEAKING, "Still?", 500),
        (20_600, Doing.LISTENING, "", 8_000),
        (28_600, Doing.SILENT, "", 0),
    ],
)
def test_every_moment_of_an_answer_is_known(elapsed_ms, doing, words, left_ms):
    here = moment(LIFE, elapsed_ms)
    assert (here.doing, here.words, here.left_ms) == (doing, words, left_ms)


def test_in_a_pause_the_last_words_are_those_before_it():
    assert last_words(LIFE, 4_600) == "Hold on."
    assert last_words(LIFE, 100) == "Hold"


def test_an_answer_that_closes_the_session_does_not_listen():
    assert stages(SPEECH, REPROMPT, listens=False)[-1].doing is Doing.SPEAKING


def test_words_appear_as_they_are_spoken(performance):
    assert performance.live(after(-100)) == ""
    assert performance.live(after(100)) == "Coach: Hold"
    assert performance.live(after(500)) == "Coach: Hold on."


def test_a_pause_counts_down_behind_its_phrase(performance):
    assert performance.live(after(700)) == "Coach: Hold on. [10]"
    assert performance.live(after(7_600)) == "Coach: Hold on. [3]"


def test_a_line_is_finished_when_its_pause_is_over(performance):
    assert performance.finished(after(5_000)) == []
    assert performance.finished(after(10_600)) == ["Coach: Hold on. [10]"]
    assert performance.finished(after(11_100)) == ["Coach: Let go."]
    assert performance.finished(after(30_000)) == ["Coach, again: Still? [1]"]


def test_a_line_that_is_broken_off_shows_how_far_it_got(performance):
    assert performance.broken_off(after(100)) == ["Coach: Hold —"]


def test_a_line_broken_off_in_its_pause_shows_what_was_left(performance):
    assert performance.broken_off(after(7_600)) == ["Coach: Hold on. [3] —"]


def test_nothing_is_broken_off_while_the_speaker_listens(performance):
    assert performance.broken_off(after(12_000)) == ["Coach: Hold on. [10]", "Coach: Let go."]
