"""Conversations with a speaker that plays streams, as they are written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.player import play
from simulator.reels import Reels
from simulator.transcript import read
from tests.reels.conftest import Home
from tests.understood import understood_in

FOLDER = Path(__file__).parent / "conversations"
TRANSCRIPTS = sorted(FOLDER.glob("*.yaml"))

LEAD_OUT = ["at_the_end_of_a_stream", "out_of_the_pose_before_a_stream"]
"""Where it matters how much of a way out was told, and so how long the voice takes for it."""


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_happens_as_it_is_written(path: Path, home: Home) -> None:
    _plays(path, home)


@pytest.mark.parametrize("rate", [0.8, 1.25])
def test_a_way_out_goes_on_where_it_was_in_a_voice_of_any_speed(rate: float, at_home: Callable[..., Home]) -> None:
    home = at_home(rate=rate)
    for name in LEAD_OUT:
        _plays(FOLDER / f"{name}.yaml", home)


def _plays(path: Path, home: Home) -> None:
    transcript, reels = read(path), Reels(home.shelf, [home.pack])
    spoken: list[str] = []
    problems = play(
        transcript,
        home.coach(),
        understood_in(transcript.locale),
        sounds=reels,
        streams=reels.streamed,
        show=spoken.append,
    )
    assert not problems, "\n".join([*map(str, problems), "", *spoken])
