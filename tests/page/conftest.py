"""A page with an evening of somebody new behind it, and the port that gives it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator.clock import RealClock
from simulator.device import Speaker
from simulator.loudspeaker import Loudspeaker
from simulator.nlu import Understanding
from simulator.page.evening import Evening
from simulator.page.server import make_page
from simulator.voices.clips import Clips
from tests.understood import understood_in

Served = Callable[[Clips, Path], int]


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    return understood_in()


@pytest.fixture
def served(understanding: Understanding) -> Iterator[Served]:
    """Serves a page for a voice and a folder of pictures, until the test ends; returns its port."""
    with ExitStack() as running:
        yield lambda clips, poses: running.enter_context(_page(understanding, clips, poses))


@contextmanager
def _page(understanding: Understanding, clips: Clips, poses: Path) -> Iterator[int]:
    loudspeaker = Loudspeaker(clips)
    handler = bootstrap(Settings(store="memory:"), voice=loudspeaker)
    speaker = Speaker(handler, understanding, RealClock(), loudspeaker=loudspeaker)
    server = make_page(Evening(speaker, trouble=lambda: clips.trouble), 0, poses)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
