"""Every transcript in this folder is a conversation that happens as it is written."""

from pathlib import Path

import pytest
import yaml

from simulator.player import play
from simulator.services import AlexaServices
from simulator.transcript import read
from tests.conversations.witness import Witness
from tests.understood import understood_in

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.yaml"))
VARIETIES = sorted((Path(__file__).parents[2] / "interaction_model").glob("*.yaml"))
"""The models that say only how they differ from another one."""

OWN_WORDS_LEAST = 5


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_happens_as_it_is_written(path: Path, witness: Witness, reminders: AlexaServices) -> None:
    spoken: list[str] = []
    transcript = read(path)
    problems = play(transcript, witness, understood_in(transcript.locale), services=reminders, show=spoken.append)
    assert not problems, "\n".join([*map(str, problems), "", *spoken])


def test_each_variety_is_spoken_in_a_conversation_in_words_that_only_it_has() -> None:
    transcripts = [read(path) for path in TRANSCRIPTS]
    for variety in VARIETIES:
        below = understood_in(str(yaml.safe_load(variety.read_text(encoding="utf-8"))["base"]))
        said = [turn.say for one in transcripts if one.locale == variety.stem for turn in one.turns if turn.say]
        only = [
            words
            for words in said
            if understood_in(variety.stem).understand(words, strict=True).exact
            and not below.understand(words, strict=True).exact
        ]
        assert len(only) >= OWN_WORDS_LEAST, f"{variety.stem}: {only}"
