"""The sample of the coach has the hold in it that the picture shows: all of its seconds."""

from pathlib import Path

import pytest

from bench.sample import BEFORE_MS, sample
from simulator.voices.sound import RATE
from tests.simulator.odd_voice import OddVoice, heard_from


def test_the_hold_of_the_sample_is_whole_with_a_question_in_its_middle(tmp_path: Path) -> None:
    sound = sample(OddVoice(1), tmp_path)
    over, _ = heard_from(sound, "Come back slowly, one knee at a time.")
    assert over / RATE == pytest.approx(BEFORE_MS / 1_000 + 30, abs=0.001)
