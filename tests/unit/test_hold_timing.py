"""How long a work is heard, when words take as long as estimated, and when they do not."""

from array import array
from pathlib import Path

import pytest

from bench.hold_timing import CLOSE, measured, pushed, runs
from bench.spoken import routine
from bench.voices import lengths
from simulator.heard import Heard
from simulator.speech import Phrase
from simulator.voices.sound import Sound, from_samples

RATE = 1_000
LOUD = 1_000


class Drawl:
    """Speaks each letter for a tenth of a second, with silence around it, and keeps what it had to speak."""

    name = "drawl"
    manner = "slow"

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def missing(self) -> str:
        return ""

    def speak(self, text: str) -> Sound:
        self.spoken.append(text)
        return from_samples(array("h", [0] * 30 + [LOUD] * 100 * len(text) + [0] * 70).tobytes(), RATE)


@pytest.fixture(scope="module")
def answers() -> list[Heard]:
    return routine("lower_back")


def as_estimated(answers: list[Heard]) -> dict[str, float]:
    return {piece.text: piece.ms for heard in answers for piece in heard.pieces if isinstance(piece, Phrase)}


def test_works_last_their_dose_when_words_take_as_long_as_estimated(answers: list[Heard]) -> None:
    works = measured(answers, as_estimated(answers))
    assert {"hold", "breaths"} <= {work.kind for work in works}
    assert all(abs(work.error) <= CLOSE for work in works)
    assert not pushed(answers, as_estimated(answers))


def test_a_word_that_is_longer_than_its_time_pushes_the_end_of_its_work(answers: list[Heard]) -> None:
    long = as_estimated(answers) | {"Two.": 4_000.0}
    held = [work for work in measured(answers, long) if work.kind == "hold"]
    assert held
    assert all(work.heard_ms - work.dose_ms > 3_000 for work in held)
    assert pushed(answers, long) == runs(answers).count("Two.")


def test_the_silence_around_words_is_measured_and_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "_KEPT", tmp_path)
    assert lengths.with_silence(Drawl(), ["One."]) == {"One.": (400, 30, 70)}
    assert lengths.lengths(Drawl(), ["One."]) == {"One.": 400}


def test_what_was_spoken_once_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "_KEPT", tmp_path)
    speaker = Drawl()
    first = lengths.lengths(speaker, ["One.", "Two."])
    assert lengths.lengths(speaker, ["Two.", "One."]) == first
    assert speaker.spoken == ["One.", "Two."]
