"""A page with an evening of somebody new behind it, and the port that gives it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.clock import RealClock
from simulator.device import Speaker
from simulator.ears.ears import Ears
from simulator.ears.port import Recogniser
from simulator.loudspeaker import Loudspeaker
from simulator.nlu import Understanding
from simulator.page.evening import Evening
from simulator.page.server import make_page
from simulator.voices.clips import Clips
from simulator.voices.sound import Sound
from tests.page.chromium import chromium
from tests.understood import understood_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Served = Callable[..., int]
"""Called with the clips of a voice and a folder of pictures, and with a recogniser where something is said aloud."""


class Deaf:
    """A recogniser that is not there."""

    rate = 16_000

    def missing(self) -> str:
        return "Install one."

    def wake(self) -> None:
        raise AssertionError("what is not there cannot be woken")

    def close(self) -> None:
        raise AssertionError("what is not there cannot be closed")

    def words(self, sound: Sound, expected: str) -> str:
        raise AssertionError("what is not there cannot hear")


@pytest.fixture(scope="session")
def launched() -> Iterator[Callable[..., "Browser"]]:
    """Starts a Chromium with further arguments."""
    # Whoever does not look at a page in a browser needs none.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    try:
        here = chromium()
    except LookupError as error:
        pytest.skip(str(error))
    with sync_playwright() as running:
        yield lambda *further: running.chromium.launch(
            executable_path=here.path,
            env=dict(here.environ),
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required", *further],
        )


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    return understood_in()


@pytest.fixture
def served(understanding: Understanding) -> Iterator[Served]:
    """Serves a page until the test ends; returns its port."""
    with ExitStack() as running:
        yield lambda clips, poses, recogniser=None: running.enter_context(
            _page(understanding, clips, poses, recogniser or Deaf())
        )


@contextmanager
def _page(understanding: Understanding, clips: Clips, poses: Path, recogniser: Recogniser) -> Iterator[int]:
    loudspeaker = Loudspeaker(clips)
    handler = bootstrap(Settings(store="memory:"), voice=loudspeaker)
    speaker = Speaker(handler, understanding, RealClock(), loudspeaker=loudspeaker)
    evening = Evening(speaker, lambda: clips.trouble, Ears(recogniser, speaker.content))
    server = make_page(evening, 0, poses)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
