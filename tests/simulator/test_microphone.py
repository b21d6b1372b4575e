"""What is said beside the computer, through a recorder of the system's: recorded from a key to the next, and gone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coach.speaking.content import load
from simulator.ears.ears import TOO_LONG, Ears, NotHeardError
from simulator.ears.microphone import NO_RECORDER, RECORDERS, Microphone
from tests.patience import PATIENCE_SECONDS
from tests.simulator.commands import program, seen
from tests.simulator.test_ears import Told

BESIDE = """
import time
from tests.simulator.test_microphone import Told, hearing
microphone = hearing(Told("Next."))
microphone.start()
time.sleep(600)
"""


def hearing(told: Told) -> Microphone:
    return Microphone(Ears(told, load("en-US")))


@pytest.mark.parametrize("name", [each[0] for each in RECORDERS])
def test_what_is_said_between_two_keys_comes_out_as_words(commands: Path, name: str) -> None:
    said, ready = commands / "said.raw", commands / "ready"
    said.write_bytes(b"\x01\x02" * 2 * 16_000)
    program(commands, name, f"/bin/cat {said}; echo > {ready}; exec /bin/sleep 600")
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
    assert [sound.ms for sound in told.heard] == [2_000, 2_000]
    assert {*told.heard[0].samples} == {0x0201}
    microphone.close()


def test_without_a_recorder_or_without_ears_one_sentence_is_told(commands: Path) -> None:
    microphone = hearing(Told("Next."))
    assert microphone.missing() == NO_RECORDER
    with pytest.raises(NotHeardError) as told:
        microphone.start()
    assert str(told.value) == NO_RECORDER
    microphone.close()
    deaf = hearing(Told("Next.", missing="Run `make ears`."))
    assert deaf.missing() == "Nothing here understands speech, so type it. Run `make ears`."


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


def test_what_never_ends_is_told_at_once_and_not_kept(commands: Path) -> None:
    program(commands, "rec", "exec /bin/cat /dev/zero")
    microphone = hearing(Told("Next."))
    microphone.start()
    until = time.monotonic() + PATIENCE_SECONDS
    while len(microphone.samples) < 2 * 16 * 16_000:
        assert time.monotonic() < until
    with pytest.raises(NotHeardError, match=TOO_LONG):
        microphone.words(microphone.stop())
    microphone.close()


@pytest.mark.parametrize("ends", ["closed", "killed"])
def test_a_recorder_to_which_nobody_listens_any_more_ends(commands: Path, ends: str) -> None:
    running = commands / "running"
    deaf = "trap '' TERM; trap '' INT"
    program(commands, "rec", f"{deaf}; echo $$ > {running}; exec /bin/cat /dev/zero")
    if ends == "closed":
        microphone = hearing(Told("Next."))
        microphone.start()
        seen(running)
        microphone.close()
        assert not microphone.open
    else:
        here = {"PATH": str(commands), "PYTHONPATH": "lambda:."}
        beside = subprocess.Popen([sys.executable, "-c", BESIDE], env=here)  # noqa: S603 - this very Python
        seen(running)
        beside.kill()
        beside.wait()
    until = time.monotonic() + PATIENCE_SECONDS
    while _runs(int(running.read_text())):
        assert time.monotonic() < until


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
