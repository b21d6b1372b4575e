"""A voice pack, and a coach that speaks with it, from a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from coach.reels.pack import VoicePack
from simulator.clock import VirtualClock
from simulator.device import Speaker
from simulator.reels import Reels
from tests.reels.voices import LOCALE, render
from tests.understood import understood_in

EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)


@dataclass(frozen=True)
class Home:
    """A folder with a voice, a shelf, and speakers that fetch from it."""

    folder: Path
    pack: VoicePack

    @property
    def shelf(self) -> Path:
        return self.folder / "shelf"

    def coach(self, **settings: Any) -> Handler:
        there = {"voice": str(self.folder), "shelf": f"folder://{self.shelf}"}
        return bootstrap(Settings(**{"store": "memory:", **there, **settings}))

    def speaker(self, handler: Handler, locale: str = LOCALE, **more: Any) -> Speaker:
        sounds = Reels(self.shelf, [self.pack])
        heard: Any = {"sounds": sounds, "streams": sounds.streamed}
        return Speaker(handler, understood_in(locale), VirtualClock(EVENING), locale=locale, **heard, **more)


@pytest.fixture(scope="session")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Home]:
    """Makes a home for a voice."""

    def made(**voice: Any) -> Home:
        folder = tmp_path_factory.mktemp("voice")
        (folder / "shelf").mkdir()
        return Home(folder, render(folder, **voice))

    return made


@pytest.fixture(scope="session")
def home(at_home: Callable[..., Home]) -> Home:
    """The home of a voice that takes a tenth longer than the estimate."""
    return at_home(rate=1.1)
