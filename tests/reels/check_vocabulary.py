"""A pack that was made from the vocabulary has all that answers with exercises need: heard in whole routines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.reels.conftest import Home
from tests.reels.test_answers import SOUND, ssml, timed
from tests.reels.voices import spoken
from tests.understood import understood_in

ROUTINES = ("full", "quick", "lower back", "hip", "desk", "evening")
MANNERS = ("", "easier", "deeper", "go easy", "longer holds", "shorter holds", "less talking", "with chimes")
NEXTS = 40
LOCALES = ("en-AU", "en-CA", "en-GB", "en-IN")


def heard_in_sounds(home: Home, *said: str, locale: str = "en-US") -> int:
    """How many answers with an exercise there are in a talk, all of them sounds."""
    speaker = home.speaker(home.coach(), locale=locale)
    for words in said:
        speaker.say(words)
        if not speaker.session_open:
            break
    answers = [heard for heard in speaker.heard if heard.response and timed(heard)]
    plain = [heard.text for heard in answers if not SOUND.search(ssml(heard))]
    assert not plain, plain[0]
    return len(answers)


@pytest.mark.parametrize("routine", ROUTINES)
def test_all_of_a_routine_is_in_sounds(home: Home, routine: str) -> None:
    assert heard_in_sounds(home, f"Alexa, ask Hip Coach for the {routine} routine", *["next"] * NEXTS) >= 3


@pytest.mark.parametrize("manner", MANNERS)
def test_all_of_a_routine_is_in_sounds_in_whatever_manner(home: Home, manner: str) -> None:
    said = ("Alexa, open Hip Coach", *([manner] if manner else []), "the full routine")
    assert heard_in_sounds(home, *said, *["next"] * NEXTS) >= 10


def test_a_routine_of_an_hour_is_in_sounds_hands_free(home: Home) -> None:
    said = ("Alexa, open Hip Coach", "hands free", "a routine of an hour")
    assert heard_in_sounds(home, *said, *["next"] * NEXTS) >= 10


@pytest.mark.parametrize("locale", LOCALES)
def test_each_english_has_its_own_pack(at_home: Callable[..., Home], locale: str) -> None:
    home = at_home(locale=locale)
    understood_in(locale)
    assert heard_in_sounds(home, "Alexa, ask Hip Coach for the full routine", *["next"] * NEXTS, locale=locale) >= 10


def test_somebody_of_another_english_hears_their_own_speaker(home: Home) -> None:
    speaker = home.speaker(home.coach(), locale="en-GB")
    speaker.say("Alexa, ask Hip Coach for the quick routine")
    heard = speaker.say("next")
    assert timed(heard)
    assert not SOUND.search(ssml(heard))


def test_each_text_is_there_once_and_none_is_empty() -> None:
    texts = spoken()
    assert len(set(texts)) == len(texts)
    assert all(text.strip() == text and text for text in texts)
