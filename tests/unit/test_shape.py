"""The numbers that fit measured lengths best, and what a stopwatch makes of them."""

from dataclasses import astuple

import pytest

from bench.shape import at_rate, fit, middle, rate, scaled, words_a_minute_of
from bench.speech_estimate import by_stopwatch
from coach.speaking.tempo import Voice, spoken_ms

VOICE = Voice(letter=60, word=40, comma=400, stop=500, phrase=200)
TEXTS = (
    "One.",
    "Breathe in.",
    "Sit tall, and breathe.",
    "Hold it there. Breathe out.",
    "Left, right, and left. Now rest a little. Stretch both legs out.",
    "As far as it is comfortable for you",
    "Straighten your shoulders",
)


def spoken(voice: Voice) -> dict[str, float]:
    return {text: float(spoken_ms(text, voice)) for text in TEXTS}


def test_the_numbers_are_found_that_the_lengths_were_made_with() -> None:
    assert astuple(fit(spoken(VOICE))) == pytest.approx(astuple(VOICE), abs=2)


def test_no_number_is_negative_even_where_that_would_fit_better() -> None:
    shorter_at_commas = {text: ms - 300 * text.count(",") for text, ms in spoken(Voice(60, 40, 0, 500, 200)).items()}
    found = fit(shorter_at_commas)
    assert found.comma == 0
    assert min(astuple(found)) >= 0


def test_what_is_fitted_is_right_in_all() -> None:
    uneven = {text: ms * (1.2 if text.endswith(".") else 0.7) for text, ms in spoken(VOICE).items()}
    assert rate(fit(uneven), uneven) == pytest.approx(1, abs=0.01)


def test_the_rate_is_how_many_times_longer_all_of_it_took() -> None:
    assert rate(VOICE, spoken(scaled(VOICE, 1.5))) == pytest.approx(1.5)


def test_at_a_rate_the_words_are_as_fast_as_it_says_and_keep_their_proportions() -> None:
    measured = spoken(VOICE)
    faster = at_rate(measured, 200)
    assert words_a_minute_of(faster) == pytest.approx(200)
    assert len({round(faster[text] / measured[text], 6) for text in TEXTS}) == 1


def test_the_middle_of_three_is_led_astray_by_none_of_them() -> None:
    strange = dict.fromkeys(TEXTS, 99_999.0)
    assert middle([spoken(VOICE), strange, spoken(VOICE)]) == spoken(VOICE)


def test_a_stopwatch_gives_the_block_for_the_locale_at_its_rate(capsys: pytest.CaptureFixture[str]) -> None:
    by_stopwatch(VOICE, spoken(scaled(VOICE, 1.1)))
    assert capsys.readouterr().out.endswith("\nvoice: {letter: 66, word: 44, comma: 440, stop: 550, phrase: 220}\n")
