"""Every conversation of the project once more, with answers that are sounds: what is heard, and when, is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.player import play
from simulator.reels import Reels
from simulator.services import AlexaServices
from simulator.transcript import read
from tests.conversations.test_conversations import TRANSCRIPTS
from tests.reels.conftest import Home
from tests.reels.voices import LOCALE
from tests.understood import understood_in

ESTIMATED = {
    "another_day_on_another_device",
    "asked_while_led_back",
    "easier_and_deeper",
    "ready_and_not_ready",
    "time_left_in_a_hold",
    "when_it_hurts",
    "whole_full_routine",
}
"""What is written there of seconds, or of what was heard by a moment, is of an estimate: in a sound it is another, and
the right one (tests/clock/test_reels.py).
"""


@pytest.fixture(scope="module")
def even(at_home: Callable[..., Home]) -> Home:
    """A voice that takes as long as is estimated, so that what is written of times holds for it."""
    return at_home()


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_happens_as_it_is_written(path: Path, even: Home) -> None:
    transcript = read(path)
    if transcript.locale != LOCALE:
        pytest.skip(f"the pack is of {LOCALE}")
    if path.stem in ESTIMATED:
        pytest.skip("it is written with the seconds of an estimate")
    spoken: list[str] = []
    with AlexaServices() as services:
        problems = play(
            transcript,
            even.coach(alexa_api=services.url),
            understood_in(transcript.locale),
            services=services,
            sounds=Reels(even.shelf, [even.pack]),
            show=spoken.append,
        )
    assert not problems, "\n".join([*map(str, problems), "", *spoken])
