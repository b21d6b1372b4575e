"""Whatever was tampered with, nobody hears an apology, nothing of others is touched, and the next turn makes sense.

From outside: envelopes in; responses, rows and log lines out. `make fuzz` takes 100,000 turns, `make test` a few.
"""

import json
import logging
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from coach.alexa.requests import INTENTS
from coach.bootstrap import bootstrap
from coach.metrics import Recorder
from coach.persistence import Person
from coach.persistence.stores.memory import MemoryStore
from coach.speaking import Prompt
from coach.speaking.content import load
from coach.speaking.phrasebook import Phrasebook
from simulator import envelopes
from tests.front_door import SOMEBODY, Reply, filled
from tests.fuzz.situations import ME, OTHERS, SITUATIONS, Rows, Situation
from tests.fuzz.tampering import MARK, MARKED_NUMBER, Bend, bends, tampered
from tests.platform.rules import violations
from tests.platform.schema import faults
from tests.walks.utterances import moments, slots

TURNS = int(os.environ.get("HIP_COACH_FUZZ", "600"))
"""How many turns are taken in all, after each of which two more are, of which nothing was tampered with."""

WORDS = Phrasebook(load("en-US"))
SORRY, REFUSED = WORDS.text(Prompt("sorry")), WORDS.text(Prompt("refused"))
REASONS = ("the envelope has no ", "the envelope is nested too deep", "the envelope is not an object")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
EXPECTED = (
    *("AMAZON.HelpIntent", "AMAZON.ResumeIntent", "AMAZON.NextIntent", "AMAZON.YesIntent", "AMAZON.NoIntent"),
    *("AMAZON.RepeatIntent", "TimeLeftIntent", "ProgressIntent", "MoreIntent"),
)
"""What people say most, and what looks most at what is remembered."""

intents = st.tuples(st.sampled_from(EXPECTED) | st.sampled_from(sorted(INTENTS)), st.just({}) | slots)


class Lines(logging.Handler):
    """Everything that is logged, as it would be printed."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@dataclass
class World:
    """A coach, what it stores and what it logs."""

    store: MemoryStore = field(default_factory=MemoryStore)
    log: Lines = field(default_factory=Lines)

    def __post_init__(self) -> None:
        recorder = Recorder("HipCoach", write=self.log.lines.append)
        self.handler = bootstrap(repository=self.store, recorder=recorder)

    def take(self, envelope: Any) -> tuple[Reply, list[str]]:
        """A turn: what is answered, and what is logged."""
        self.log.lines.clear()
        response = self.handler(envelope, None)
        json.dumps(response, allow_nan=False)
        return Reply(response), list(self.log.lines)


WORLD = World()


@pytest.fixture(autouse=True)
def logged() -> Any:
    """Everything that is logged meanwhile."""
    logger = logging.getLogger()
    logger.addHandler(WORLD.log)
    yield
    logger.removeHandler(WORLD.log)


def sent(situation: Situation, said: Any, timing: dict[str, float], attributes: Any) -> Any:
    """A turn's envelope, in the session of a situation; a launch when nothing is said."""
    now = situation.now + timedelta(seconds=max(timing.get("into", timing.get("after", 0)), 0))
    request = envelopes.intent(SOMEBODY, now, said[0], filled(said[1])) if said else envelopes.launch(SOMEBODY, now)
    session_id = f"amzn1.echo-api.session.{'same' if said else 'another'}"
    return envelopes.envelope(
        SOMEBODY, request, session_id=session_id, new=not said or not attributes, attributes=attributes
    )


def fuzzed(situation: str, what: str, takes: Callable[..., None], *given_: st.SearchStrategy[Any]) -> None:
    """Run a property for its share of the turns. A situation has its own sequence of examples, the same each time."""
    limits = settings(
        max_examples=max(TURNS // (3 * len(SITUATIONS) * 3), 2),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if "HIP_COACH_SHRINK" in os.environ else [Phase.generate],
    )
    seed(crc32(f"{situation} {what}".encode()))(limits(given(*given_)(takes)))()


def says_sorry(reply: Reply) -> bool:
    return SORRY in reply.text or REFUSED in reply.text


def tells_nothing(lines: list[str]) -> bool:
    return not any(mark in line for line in lines for mark in (MARK, str(MARKED_NUMBER), "Traceback"))


def may_be_refused(envelope: Any, lines: list[str]) -> bool:
    """Whether Alexa can never send an envelope: a part is not there, or is nothing that its own schema allows."""
    by_us = any(f'"{reason}' in line for line in lines for reason in REASONS)
    return by_us or bool(faults("request", envelope)) or not TIME.match(envelope["request"]["timestamp"])


def others(rows: Rows, voice: str = "") -> dict[Person, tuple[int, str]]:
    """What is stored of everybody else."""
    return {person: row for person, row in rows.items() if person in OTHERS}


def goes_on(situation: Situation, reply: Reply, said: Any, timing: dict[str, float], rows: Rows) -> None:
    """The turn after, and a session after that: they are answered in earnest, and nothing has to be repaired again."""
    for attributes, says in ((reply.response.get("sessionAttributes", {}), said), ({}, None)):
        envelope = sent(situation, says, {"after": 30}, attributes)
        following, lines = WORLD.take(envelope)
        assert not says_sorry(following), (following.text, lines)
        assert violations(following.response, envelope) == []
        assert tells_nothing(lines)
        assert others(WORLD.store._rows) == others(rows)
        assert says or not any("repaired" in line for line in lines), "what was repaired has to be repaired again"


@pytest.mark.parametrize("name", SITUATIONS)
def test_attributes_that_were_tampered_with_cost_nobody_an_apology(name: str) -> None:
    situation = SITUATIONS[name]

    def takes(bent: list[Bend], said: Any, timing: dict[str, float], then: Any) -> None:
        WORLD.store._rows = dict(situation.rows)
        envelope = sent(situation, said, timing, tampered(situation.attributes, bent))
        reply, lines = WORLD.take(envelope)
        assert not says_sorry(reply), (reply.text, lines)
        assert tells_nothing(lines)
        assert violations(reply.response) == []
        assert others(WORLD.store._rows) == others(situation.rows)
        goes_on(situation, reply, then, timing, situation.rows)

    fuzzed(name, "attributes", takes, bends, intents, moments, intents)


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_stored_item_that_was_tampered_with_costs_nobody_an_apology(name: str) -> None:
    situation = SITUATIONS[name]

    def takes(bent: list[Bend], said: Any, timing: dict[str, float], then: Any) -> None:
        rows = dict(situation.rows)
        revision, document = rows[ME]
        rows[ME] = (revision, json.dumps(tampered({"document": json.loads(document)}, bent).get("document")))
        WORLD.store._rows = dict(rows)
        envelope = sent(situation, None, timing, {})
        reply, lines = WORLD.take(envelope)
        assert not says_sorry(reply), (reply.text, lines)
        assert tells_nothing(lines)
        assert violations(reply.response, envelope) == []
        assert others(WORLD.store._rows) == others(rows)
        goes_on(situation, reply, said, timing, rows)

    fuzzed(name, "stored", takes, bends, intents, moments, intents)


@pytest.mark.parametrize("name", SITUATIONS)
def test_an_envelope_that_was_tampered_with_is_answered_or_refused(name: str) -> None:
    situation = SITUATIONS[name]

    def takes(bent: list[Bend], said: Any, timing: dict[str, float], then: Any) -> None:
        WORLD.store._rows = dict(situation.rows)
        envelope = sent(situation, said, timing, {})
        whole = tampered({"envelope": envelope}, bent).get("envelope")
        if isinstance(whole, dict) and isinstance(whole.get("session"), dict):
            whole["session"].setdefault("attributes", situation.attributes)
        reply, lines = WORLD.take(whole)
        assert SORRY not in reply.text, (reply.text, lines)
        refused = sum("request_refused" in line for line in lines)
        assert refused == (REFUSED in reply.text), lines
        assert not refused or may_be_refused(whole, lines), lines
        assert tells_nothing(lines)
        assert violations(reply.response) == []
        assert others(WORLD.store._rows) == others(situation.rows)
        goes_on(situation, Reply({"sessionAttributes": situation.attributes}), then, timing, situation.rows)

    fuzzed(name, "envelope", takes, bends, intents, moments, intents)
