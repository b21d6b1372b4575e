"""What is said beside the computer, through a recorder of the system's: recorded from a key to the next, and gone."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from coach.speaking.content import load
from simulator.ears.ears import Ears, NotHeardError
from simulator.ears.microphone import NO_RECORDER, RECORDERS, Microphone
from tests.simulator.commands import program, seen
from tests.simulator.test_ears import Told, wav

COMPLETES = "for file; do :; done; trap '/bin/cp {said} \"$file\"; exit 0' TERM; echo > {ready}; while :; do :; done"
"""A recorder that has its file complete once it is to end, as the real ones have."""


def hearing(told: Told) -> Microphone:
    return Microphone(Ears(told, load("en-US")))


@pytest.mark.parametrize("name", [each[0] for each in RECORDERS])
def test_what_is_said_between_two_keys_comes_out_as_words_and_is_gone(
    commands: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, ready, kept = commands / "said.wav", commands / "ready", commands / "kept"
    said.write_bytes(wav(2))
    kept.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    program(commands, name, COMPLETES.format(said=said, ready=ready))
    told = Told("Next.")
    microphone = hearing(told)
    for _ in range(2):
        ready.unlink(missing_ok=True)
        microphone.start()
        assert microphone.open
        seen(ready)
        recorded = microphone.stop()
        assert not microphone.open
        assert microphone.words(recorded) == "Next."
        assert not [*kept.rglob("*.wav")]
    assert [sound.ms for sound in told.heard] == [2_000, 2_000]
    microphone.close()
    assert not [*kept.iterdir()]


def test_without_a_recorder_or_without_ears_one_sentence_is_told(commands: Path) -> None:
    microphone = hearing(Told("Next."))
    assert microphone.missing() == NO_RECORDER
    with pytest.raises(NotHeardError) as told:
        microphone.start()
    assert str(told.value) == NO_RECORDER
    microphone.close()
    deaf = hearing(Told("Next.", missing="Run `make ears`."))
    assert deaf.missing() == "Nothing here understands speech, so type it. Run `make ears`."
    deaf.close()


@pytest.mark.parametrize("script", ["exit 1", "exec /bin/sleep 600"], ids=["ends at once", "writes nothing"])
def test_a_recorder_that_records_nothing_is_told_each_time(commands: Path, script: str) -> None:
    program(commands, "arecord", script)
    microphone = hearing(Told("Next."))
    for _ in range(2):
        microphone.start()
        with pytest.raises(NotHeardError, match="The recorder arecord recorded nothing"):
            microphone.stop()
    microphone.close()


def test_a_recorder_that_cannot_be_started_is_told(commands: Path) -> None:
    (commands / "rec").write_text("no program")
    (commands / "rec").chmod(0o755)
    microphone = hearing(Told("Next."))
    with pytest.raises(NotHeardError, match="The recorder rec recorded nothing"):
        microphone.start()
    assert not microphone.open
    microphone.close()


def test_whoever_leaves_in_the_middle_leaves_nothing_running(commands: Path) -> None:
    running = commands / "running"
    program(commands, "rec", f"echo $$ > {running}; exec /bin/sleep 600")
    microphone = hearing(Told("Next."))
    microphone.start()
    seen(running)
    microphone.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(running.read_text()), 0)
