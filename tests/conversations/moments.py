"""Moments in a conversation, reached once and gone on from in as many ways as there are things to say.

Rule: what happens after a moment never reaches another one: each goes on with a copy of the store and of the session.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from coach.bootstrap import Handler, bootstrap
from coach.config import Settings
from simulator import envelopes
from simulator.clock import VirtualClock
from simulator.device import ANSWERS_AFTER_MS, Speaker
from simulator.duration import milliseconds
from simulator.nlu import Understanding
from simulator.services import AlexaServices
from simulator.speech import said_ms
from simulator.transcript import LOCALE
from tests.conversations.witness import Witness
from tests.front_door import Reply

Json = dict[str, Any]

MATRIX = Path(__file__).parent / "matrix"
START = datetime(2026, 11, 23, 19, tzinfo=UTC)
# The loader in C is ten times as fast, where PyYAML has been built with it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOMENTS: dict[str, Json] = yaml.load((MATRIX / "moments.yaml").read_text(encoding="utf-8"), LOADER)  # noqa: S506
ROWS: list[Json] = yaml.load((MATRIX / "rows.yaml").read_text(encoding="utf-8"), LOADER)  # noqa: S506


def itself(handler: Handler) -> Handler:
    """Nothing around a coach."""
    return handler


@dataclass(frozen=True)
class Moment:
    """A point in time with all that was said before it. `step` and `done_ms` are the place; empty where there is
    none.
    """

    store: Path
    at: datetime
    speaker: Speaker
    step: str
    done_ms: int
    state: str
    services: AlexaServices

    def say(
        self, words: str, understanding: Understanding, folder: Path, around: Callable[[Handler], Handler] = itself
    ) -> tuple[Reply, Witness]:
        """Say something at this moment, to a coach with a copy of the store; as a new session, when none is open.

        `around` may put something between the coach and the witness.
        """
        store = folder / "store.db"
        shutil.copyfile(self.store, store)
        settings = Settings(store=f"sqlite:///{store}", alexa_api=self.services.url)
        witness = Witness(around(bootstrap(settings)))
        match = understanding.understand(words, today=self.at.date())
        request = envelopes.intent(self.speaker.who, self.at, match.intent, match.slots)
        new, session_id = not self.speaker.session_open, envelopes.new_session_id()
        sent = envelopes.envelope(
            self.speaker.who, request, session_id=session_id, new=new, attributes=self.speaker.attributes
        )
        return Reply(witness(sent, None)), witness


def told_by_moment(row: Json) -> dict[str, Json]:
    """What a row of the matrix expects at each moment. It may give several moments in one key."""
    return {moment: cell for key, cell in row.items() if key != "say" for moment in key.split(", ")}


def reach(
    wanted: Json,
    start: datetime,
    understanding: Understanding,
    services: AlexaServices,
    folder: Path,
    locale: str = LOCALE,
) -> Moment:
    """The moment that is described: its turns are taken, one after the other."""
    store, clock = folder / "store.db", VirtualClock(start)
    speaker = Speaker(
        bootstrap(Settings(store=f"sqlite:///{store}")), understanding, clock, locale=locale, services=services
    )
    for turn in wanted["turns"]:
        _reach(turn, speaker)
        if "say" in turn:
            speaker.hear(turn["say"])
    _reach(wanted, speaker)
    place = wanted.get("place", {})
    done_ms = milliseconds(place.get("done", "0s"))
    return Moment(store, clock.now(), speaker, place.get("step", ""), done_ms, wanted["state"], services)


def _reach(turn: Json, speaker: Speaker) -> None:
    """Let time pass: so long, or until so far into the speech, or past some words in it; or a little past its end."""
    if "pass" in turn:
        speaker.wait(milliseconds(turn["pass"]))
    elif speaker.heard and speaker.session_open:
        last = speaker.heard[-1]
        past = said_ms(last.pieces, turn["past"]) if "past" in turn else 0
        into_ms = past + milliseconds(turn["at"]) if "at" in turn else last.total_ms + ANSWERS_AFTER_MS
        speaker.clock.wait_until(last.begins + timedelta(milliseconds=into_ms))
