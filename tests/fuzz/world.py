"""A coach, its store and its log, and what must hold after each turn that it takes, whatever was sent.

Rule: seen from outside, by the response, the rows of the store and the lines of the log. Raises AssertionError.
"""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from coach.bootstrap import Handler, bootstrap
from coach.metrics import Recorder
from coach.persistence import Person
from coach.persistence.stores.memory import MemoryStore
from coach.speaking import Prompt
from coach.speaking.content import load
from coach.speaking.phrasebook import Phrasebook
from tests.compared import Compared
from tests.front_door import Reply
from tests.fuzz.situations import OTHERS, Rows
from tests.fuzz.tampering import MARK, MARKED_NUMBER
from tests.platform.rules import violations
from tests.platform.schema import faults

WORDS = Phrasebook(load("en-US"))
SORRY, REFUSED = WORDS.text(Prompt("sorry")), WORDS.text(Prompt("refused"))
BY_US = re.compile('"request_refused", "reason": "the envelope (has no |is nested|is too|is not an object)')
"""A refusal that names the part at fault."""

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass
class World:
    """`around` may put something between the coach and those who look at it."""

    handler: Handler | None = None
    store: MemoryStore = field(default_factory=MemoryStore)
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        recorder = Recorder("HipCoach", write=self.lines.append)
        self.handler = self.handler or bootstrap(repository=self.store, recorder=recorder, recollections=Compared())

    @property
    def rows(self) -> Rows:
        """What is stored, as it is written down."""
        return self.store._rows

    def begin(self, rows: Rows) -> None:
        """Start with these rows."""
        self.store._rows = dict(rows)

    def take(
        self, envelope: Any, *, refusable: bool = False, untouched: tuple[Person, ...] = OTHERS, strict: bool = True
    ) -> Reply:
        """A turn, which may end in a refusal only where that is `refusable`, and leaves others `untouched`. Not to be
        `strict` saves the better part of the time: the response is not held against the rules of the platform.
        """
        assert self.handler
        before = {person: self.rows[person] for person in untouched}
        self.lines.clear()
        with self._logged():
            response = self.handler(envelope, None)
        reply = Reply(response)
        assert SORRY not in reply.text, self.lines
        assert (REFUSED in reply.text) == any("request_refused" in line for line in self.lines), self.lines
        assert REFUSED not in reply.text or (refusable and self._may_be_refused(envelope)), self.lines
        assert not (found := strict and violations(response)), found
        json.dumps(response, allow_nan=False)
        for line in self.lines:
            assert not {MARK, str(MARKED_NUMBER), "Traceback"} & {*re.findall("Traceback|xyzzy|[0-9]+", line)}, line
        assert {person: self.rows.get(person) for person in untouched} == before
        return reply

    @property
    def repaired(self) -> list[str]:
        """The lines that say that something was."""
        return [line for line in self.lines if '"repaired"' in line]

    def _may_be_refused(self, envelope: Any) -> bool:
        """Whether Alexa can never send an envelope: it lacks a part, or has one that its own schema does not allow."""
        if any(map(BY_US.search, self.lines)) or faults("request", envelope):
            return True
        if str(envelope["request"].get("type")).startswith("AlexaSkillEvent."):
            # Nobody waits for the answer to an event, and the schema does not have all of one.
            return True
        # The schema takes any text for a time.
        times = (envelope["request"].get(name, "") for name in ("timestamp", "eventCreationTime"))
        return not all(TIME.fullmatch(time) for time in times if time)

    @contextmanager
    def _logged(self) -> Iterator[None]:
        """Whatever anybody logs meanwhile is among the lines, as it would be printed."""
        handler, logger = logging.Handler(), logging.getLogger()
        handler.emit = lambda record: self.lines.append(handler.format(record))  # type: ignore[method-assign]
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)
