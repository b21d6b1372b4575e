"""SSML as phrases and pauses."""

import pytest

from coach.speaking.tempo import Voice, spoken_ms
from simulator.speech import Pause, Phrase, SpeechError, between_ms, pieces, plain, readable, total_ms

TEN_MS_A_LETTER = Voice(letter=10, word=0, comma=0, stop=0, phrase=0)
SLOW_AT_MARKS = Voice(letter=60, word=30, comma=250, stop=450, phrase=120)


def heard(inside, voice=TEN_MS_A_LETTER):
    return pieces(f"<speak>{inside}</speak>", voice)


def test_words_and_breaks_come_in_their_order_with_their_times():
    assert heard('Hold.<break time="3s"/>Let go.') == (
        Phrase("Hold.", 40, (0,)),
        Pause(3_000),
        Phrase("Let go.", 50, (0, 30)),
    )


def test_breaks_that_touch_are_one_pause():
    assert heard('<break time="10s"/> <break time="8500ms"/>') == (Pause(18_500),)


def test_words_last_as_long_as_the_estimate_says():
    text = "Let both knees sink to the left, and turn your head. Breathe in."
    assert heard(text, SLOW_AT_MARKS)[0].ms == spoken_ms(text, SLOW_AT_MARKS)


def test_a_slower_rate_stretches_words_and_no_pauses():
    slow = heard('<prosody rate="50%">Hold.<break time="3s"/></prosody>Go.')
    assert [piece.ms for piece in slow] == [80, 3_000, 20]


def test_tags_that_only_colour_the_voice_do_not_break_a_phrase():
    assert heard("And <emphasis>hold</emphasis> there.")[0].text == "And hold there."


def test_a_substitute_is_what_is_spoken():
    assert plain(heard('For <sub alias="thirty seconds">30 s</sub>.')) == "For thirty seconds."


def test_sentences_and_paragraphs_stay_apart():
    assert plain(heard("<p>One.</p><p>Two.</p>")) == "One. Two."


def test_escaped_signs_are_heard_as_themselves():
    assert plain(heard("You &amp; me.")) == "You & me."


def test_a_readable_line_has_the_seconds_of_silence_in_brackets():
    assert readable(heard('Hold.<break time="7s"/>Half.<break time="2450ms"/>')) == "Hold. [7] Half. [2.5]"


def test_the_whole_lasts_as_long_as_its_parts():
    assert total_ms(heard('Hold.<break time="3s"/>Let go.')) == 3_090


def test_a_hold_is_measured_from_the_end_of_some_words_to_the_start_of_others():
    ssml = 'Hold there, from now.<break time="9s"/>Half way.<break time="9s"/>Three. Release.'
    assert between_ms(heard(ssml), "from now", "release") == 9_000 + 70 + 9_000 + 50


def test_words_to_measure_between_must_be_heard_in_that_order():
    with pytest.raises(LookupError, match="hold"):
        between_ms(heard("Hold. Release."), "release", "hold")


def test_words_begin_after_the_words_and_marks_before_them():
    (phrase,) = heard("In, and out.", SLOW_AT_MARKS)
    assert phrase.starts == (0, 2 * 60 + 30 + 250, 2 * 60 + 30 + 250 + 3 * 60 + 30)


@pytest.mark.parametrize("ssml", ["Hold.", "<speak>Hold.", '<speak><break time="x"/></speak>'])
def test_what_is_not_ssml_is_an_error(ssml):
    with pytest.raises(SpeechError):
        pieces(ssml, TEN_MS_A_LETTER)
