"""A transcript with streams, played by the coach: the one that docs/player.md shows."""

from pathlib import Path
from textwrap import dedent

from simulator.player import play
from simulator.reels import Reels
from simulator.transcript import read
from tests.reels.conftest import Home
from tests.understood import understood_in

PAGE = Path(__file__).parents[2] / "docs" / "player.md"
HEAD = "about: The example.\nstart: 2026-11-23T19:00\n"
BEFORE = "turns:\n  - say: alexa, open hip coach\n  - say: hands free\n  - say: stop\n"


def test_the_transcript_on_the_page_of_the_player_plays(home: Home, tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = dedent("    player: true\n" + page.split("    player: true\n")[1].split("\n\n")[0])
    path = tmp_path / "player.yaml"
    path.write_text(HEAD + shown.replace("turns:\n", BEFORE) + "\n", encoding="utf-8")
    problems = play(read(path), home.coach(), understood_in(), streams=Reels(home.shelf, [home.pack]).streamed)
    assert not problems, "\n".join(map(str, problems))
