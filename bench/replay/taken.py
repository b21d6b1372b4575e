"""One turn, taken and written down: what was sent, what was in force, what came back, and what is kept after it.

Rule: a line of the recording tells of people and rows only what the turn changed; `Truth` adds the lines up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.replay.house import House

Json = dict[str, Any]

CARRIED = "sessionAttributes"
"""What a response has for the coach alone: how it is written is the coach's own matter."""

ABSENT = "(absent)"
"""Stands for a part that one of two values does not have: that is not the same as an empty one."""


@dataclass(frozen=True)
class Taken:
    """What came of a turn. `response` is None when the handler raised: then `raised` names the exception. `asked` is
    what Alexa's services were asked, `kept` what is kept of those in whose rows something changed.
    """

    response: Json | None
    raised: str
    asked: list[Any]
    kept: dict[str, Json | None]
    rows: dict[str, Any]

    def differences(self, line: Json, truth: Truth) -> Iterator[tuple[str, Any, Any]]:
        """Name, recorded and present value of all that is otherwise than in the line. `truth` was kept before it, by
        the recording and by this house alike.
        """
        yield from _unequal("raised", line["raised"], self.raised)
        yield from _unequal("", _heard(line["response"]), _heard(self.response))
        yield from _unequal("asked of Alexa", line["asked"], self.asked)
        for person in sorted({*self.kept, *line["kept"]}):
            was, now = (kept.get(person, truth.kept.get(person)) for kept in (line["kept"], self.kept))
            yield from _unequal(f"kept of {'/'.join(part[:6] for part in person.split('/'))}", was, now)


@dataclass
class Truth:
    """What is kept of everybody, by the recording up to a line."""

    kept: dict[str, Json] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)

    def add(self, line: Json) -> None:
        """Take in what a turn changed."""
        for known, changed in ((self.kept, line["kept"]), (self.rows, line["rows"])):
            known.update(changed)
            for person in [person for person, value in changed.items() if value is None]:
                del known[person]


def take(house: House, envelope: Json, faults: Json, services: Json) -> Taken:
    """Take a turn, with these faults of the store and these answers of Alexa's services."""
    house.faults, house.alexa.answers, house.alexa.asked = dict(faults), services, []
    response, raised = None, ""
    try:
        response = house.answer(envelope)
    except Exception as error:
        raised = type(error).__name__
    rows = house.changed()
    kept = {person: house.kept(person) if row else None for person, row in rows.items()}
    return Taken(response, raised, house.alexa.asked, kept, {p: list(row) if row else None for p, row in rows.items()})


def _heard(response: Json | None) -> Any:
    """A response as it is heard: an apostrophe is the same written as itself and as an entity."""
    heard = json.dumps((response or {}).get("response"), ensure_ascii=False)
    return json.loads(heard.replace("&#39;", "'").replace("&#34;", '\\"'))


def _unequal(name: str, was: Any, now: Any) -> Iterator[tuple[str, Any, Any]]:
    """The smallest parts in which two values differ, each by its path."""
    if isinstance(was, dict) and isinstance(now, dict):
        for part in sorted({*was, *now}):
            yield from _unequal(f"{name}.{part}".lstrip("."), was.get(part, ABSENT), now.get(part, ABSENT))
    elif was != now:
        yield name, was, now
