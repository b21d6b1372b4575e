"""Content that is edited while somebody talks is heard from the next answer on; what has a fault changes nothing."""

import shutil
from pathlib import Path

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.edited import AGAIN, HOUSE, EditedContent
from tests.simulator.conftest import SEVEN_IN_THE_EVENING

TWIST = "alexa, ask hip coach for just the lying twist"
WHY = "It eases"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of what is compiled, and of what it is compiled from."""
    for folder in ("content", "interaction_model", "lambda/coach"):
        shutil.copytree(HOUSE / folder, tmp_path / folder)
    return tmp_path


def test_an_edit_is_heard_in_the_next_answer_of_the_same_session_and_a_fault_is_told_where_it_stands(
    house, understanding
):
    told = []
    handler = bootstrap(Settings(store="memory:"), phrasebooks=EditedContent(told.append, house))
    speaker = Speaker(handler, understanding, VirtualClock(SEVEN_IN_THE_EVENING))
    speaker.say(TWIST)
    words = house / "content/locales/en-US/exercises/lying_twist.yaml"
    written = words.read_text(encoding="utf-8")
    why = next(line for line in written.splitlines() if line.startswith("why: "))

    words.write_text(written.replace(why, "why: It wrings you out like a wet towel."), encoding="utf-8")
    assert "like a wet towel" in speaker.say("why do I do this").text
    assert told == [AGAIN]
    assert speaker.session_open

    words.write_text(written.replace(why, "whi: It wrings you out like a wet towel."), encoding="utf-8")
    assert "like a wet towel" in speaker.say("why do I do this").text
    line = written.splitlines().index(why) + 1
    assert f"lying_twist.yaml:{line}" in told[1]
    assert len(told) == 2

    assert "like a wet towel" in speaker.say("why do I do this").text
    assert len(told) == 2
