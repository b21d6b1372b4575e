"""Every transcript in this folder is a conversation that happens as it is written."""

from pathlib import Path

import pytest

from simulator.player import play
from simulator.services import AlexaServices
from simulator.transcript import read
from tests.conversations.conftest import understood_in
from tests.conversations.witness import Witness

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_happens_as_it_is_written(path: Path, witness: Witness, reminders: AlexaServices) -> None:
    spoken: list[str] = []
    transcript = read(path)
    problems = play(transcript, witness, understood_in(transcript.locale), services=reminders, show=spoken.append)
    assert not problems, "\n".join([*map(str, problems), "", *spoken])
