"""Sound through a player of the system's: played, stopped at once, and told about where there is none that works."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from simulator.voices.playing import NO_PLAYER, Player
from simulator.voices.rendering import silent
from tests.patience import PATIENCE_SECONDS
from tests.simulator.commands import program, seen


def test_the_first_player_that_is_there_gets_the_sound_and_is_stopped_at_once(commands: Path) -> None:
    program(commands, "ffplay", f'echo "$@" > {commands}/other')
    program(commands, "aplay", f'echo "$@" > {commands}/played; exec /bin/sleep 600')
    player = Player()
    player.load(silent(22_050))
    player.play()
    assert seen(commands / "played").startswith("-q /")
    began = time.monotonic()
    player.close()
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert not player.trouble
    assert not (commands / "other").exists()


def test_a_player_that_comes_to_the_end_is_no_trouble(commands: Path) -> None:
    program(commands, "aplay", f"echo done > {commands}/done")
    player = Player()
    player.load(silent(44_100))
    player.play()
    seen(commands / "done")
    player.watch(1_999)
    player.close()
    assert not player.trouble


def test_without_a_player_one_sentence_is_told(commands: Path) -> None:
    player = Player()
    player.load(silent(10))
    player.play()
    player.close()
    assert player.trouble == NO_PLAYER


@pytest.mark.parametrize(("status", "why"), [(1, "it ended with status 1"), (0, "it ended before the sound did")])
def test_a_player_that_fails_is_told_and_not_tried_again(status: int, why: str, commands: Path) -> None:
    program(commands, "aplay", f"echo tried >> {commands}/tried; exit {status}")
    player = Player()
    for _ in range(2):
        player.load(silent(44_100))
        player.play()
        seen(commands / "tried")
        until = time.monotonic() + PATIENCE_SECONDS
        while not player.trouble and time.monotonic() < until:
            player.watch(10)
    player.close()
    assert player.trouble == f"The player aplay fails ({why}), so the words are shown alone."
    assert seen(commands / "tried") == "tried\n"
