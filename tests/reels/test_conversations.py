"""Conversations with a speaker that plays streams, as they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.player import play
from simulator.reels import Reels
from simulator.transcript import read
from tests.reels.conftest import Home
from tests.understood import understood_in

TRANSCRIPTS = sorted((Path(__file__).parent / "conversations").glob("*.yaml"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_happens_as_it_is_written(path: Path, home: Home) -> None:
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
