"""The estimate of speech is pure, counts only what is heard, and adds up as speech does."""

from hypothesis import given
from hypothesis import strategies as st

from coach.speaking.tempo import Voice, spoken_ms

VOICE = Voice(letter=60, word=40, comma=400, stop=500, phrase=200)


def test_nothing_said_takes_no_time() -> None:
    assert spoken_ms("", VOICE) == 0
    assert spoken_ms("  ... ", VOICE) == 0


def test_a_word_takes_its_letters_its_own_time_and_the_drawn_out_end() -> None:
    assert spoken_ms("hold", VOICE) == 4 * 60 + 40 + 200


def test_a_mark_at_the_end_is_left_to_the_pause_that_follows() -> None:
    assert spoken_ms("Hold.", VOICE) == spoken_ms("Hold", VOICE) == spoken_ms('"Hold!"', VOICE)


def test_a_mark_inside_is_heard_as_a_pause() -> None:
    bare = spoken_ms("down and up", VOICE)
    assert spoken_ms("down, and up", VOICE) == bare + 400
    assert spoken_ms("down. And up", VOICE) == bare + 500
    assert spoken_ms("down... And up", VOICE) == bare + 500


def test_an_apostrophe_does_not_part_a_word() -> None:
    assert spoken_ms("that's", VOICE) == spoken_ms("thats", VOICE)


def test_a_digit_takes_about_as_long_as_its_name() -> None:
    assert spoken_ms("5", VOICE) == spoken_ms("five", VOICE)


@given(st.text())
def test_any_text_has_a_length_that_is_not_negative(text: str) -> None:
    assert spoken_ms(text, VOICE) >= 0


@given(st.lists(st.sampled_from(["hold", "now", "breathe in", "knees to the left"]), min_size=1, max_size=8))
def test_more_words_always_take_longer(phrases: list[str]) -> None:
    text = " ".join(phrases)
    assert spoken_ms(text + " again", VOICE) > spoken_ms(text, VOICE)
