"""Sound through a player of the system's: played, stopped at once, and told about where there is none that works."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from simulator.voices.playing import NO_PLAYER, Player
from simulator.voices.rendering import silent
from tests.patience import PATIENCE_SECONDS


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all there is of the system's commands, but for the shell's own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(path: Path, name: str, script: str) -> None:
    file = path / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def seen(file: Path) -> str:
    until = time.monotonic() + PATIENCE_SECONDS
    while not file.exists() or not file.read_text().endswith("\n"):
        assert time.monotonic() < until, f"nothing wrote {file}"
        time.sleep(0.01)
    return file.read_text()


def test_the_first_player_that_is_there_gets_the_sound_and_is_stopped_at_once(path: Path) -> None:
    program(path, "ffplay", f'echo "$@" > {path}/other')
    program(path, "aplay", f'echo "$@" > {path}/played; exec /bin/sleep 600')
    player = Player()
    player.load(silent(22_050))
    player.play()
    assert seen(path / "played").startswith("-q /")
    began = time.monotonic()
    player.close()
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert not player.trouble
    assert not (path / "other").exists()


def test_a_player_that_comes_to_the_end_is_no_trouble(path: Path) -> None:
    program(path, "aplay", f"echo done > {path}/done")
    player = Player()
    player.load(silent(44_100))
    player.play()
    seen(path / "done")
    player.watch(1_999)
    player.close()
    assert not player.trouble


def test_without_a_player_one_sentence_is_told(path: Path) -> None:
    player = Player()
    player.load(silent(10))
    player.play()
    player.close()
    assert player.trouble == NO_PLAYER


@pytest.mark.parametrize(("status", "why"), [(1, "it ended with status 1"), (0, "it ended before the sound did")])
def test_a_player_that_fails_is_told_and_not_tried_again(status: int, why: str, path: Path) -> None:
    program(path, "aplay", f"echo tried >> {path}/tried; exit {status}")
    player = Player()
    for _ in range(2):
        player.load(silent(44_100))
        player.play()
        seen(path / "tried")
        until = time.monotonic() + PATIENCE_SECONDS
        while not player.trouble and time.monotonic() < until:
            player.watch(10)
    player.close()
    assert player.trouble == f"The player aplay fails ({why}), so the words are shown alone."
    assert seen(path / "tried") == "tried\n"
