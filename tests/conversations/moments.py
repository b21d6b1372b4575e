"""Moments in a conversation, reached once and gone on from in as many ways as there are things to say.

Rule: what happens after a moment never reaches another one: each goes on with a copy of the store and of the session.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coach.bootstrap import bootstrap
from coach.config import Settings
from simulator import envelopes
from simulator.clock import VirtualClock
from simulator.device import ANSWERS_AFTER_MS, Speaker
from simulator.duration import milliseconds
from simulator.nlu import Understanding
from simulator.reminders import RemindersApi
from simulator.speech import said_ms
from tests.conversations.witness import Witness
from tests.front_door import Reply

Json = dict[str, Any]


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
    reminders: RemindersApi

    def say(self, words: str, understanding: Understanding, folder: Path) -> tuple[Reply, Witness]:
        """Say something at this moment, to a coach with a copy of the store; as a new session, when none is open."""
        store = folder / "store.db"
        shutil.copyfile(self.store, store)
        settings = Settings(store=f"sqlite:///{store}", reminders_api=self.reminders.url)
        witness = Witness(bootstrap(settings))
        match = understanding.understand(words, today=self.at.date())
        request = envelopes.intent(self.speaker.who, self.at, match.intent, match.slots)
        new, session_id = not self.speaker.session_open, envelopes.new_session_id()
        sent = envelopes.envelope(
            self.speaker.who, request, session_id=session_id, new=new, attributes=self.speaker.attributes
        )
        return Reply(witness(sent, None)), witness


def reach(wanted: Json, start: datetime, understanding: Understanding, reminders: RemindersApi, folder: Path) -> Moment:
    """The moment that is described: its turns are taken, one after the other."""
    store, clock = folder / "store.db", VirtualClock(start)
    speaker = Speaker(bootstrap(Settings(store=f"sqlite:///{store}")), understanding, clock, reminders=reminders)
    for turn in wanted["turns"]:
        _reach(turn, speaker)
        if "say" in turn:
            speaker.hear(turn["say"])
    _reach(wanted, speaker)
    place = wanted.get("place", {})
    done_ms = milliseconds(place.get("done", "0s"))
    return Moment(store, clock.now(), speaker, place.get("step", ""), done_ms, wanted["state"], reminders)


def _reach(turn: Json, speaker: Speaker) -> None:
    """Let time pass: so long, or until so far into the speech, or past some words in it; or a little past its end."""
    if "pass" in turn:
        speaker.wait(milliseconds(turn["pass"]))
    elif speaker.heard and speaker.session_open:
        last = speaker.heard[-1]
        past = said_ms(last.pieces, turn["past"]) if "past" in turn else 0
        into_ms = past + milliseconds(turn["at"]) if "at" in turn else last.total_ms + ANSWERS_AFTER_MS
        speaker.clock.wait_until(last.begins + timedelta(milliseconds=into_ms))
