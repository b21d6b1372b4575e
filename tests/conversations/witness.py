"""A witness at the skill's door: sees every request with its answer, and holds each against the rules of the platform.

Rule: it changes nothing. What it saw is kept as lines of JSON too, for the checkers that others wrote.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.skill import Handler
from tests.platform.certification import findings
from tests.platform.rules import violations

RESPONSES = Path(__file__).parents[2] / "build" / "responses.jsonl"

Json = dict[str, Any]


@dataclass
class Witness:
    """The handler `inner`, watched. `seen` are the (request, response) pairs in their order."""

    inner: Handler
    seen: list[tuple[Json, Json]] = field(default_factory=list)

    def __call__(self, event: Json, context: object) -> Any:
        """Answer as the handler does."""
        request = json.loads(json.dumps(event))
        response = self.inner(event, context)
        self.seen.append((request, response))
        return response

    @property
    def attributes(self) -> Json:
        """The session attributes of the last answer that had any."""
        return next((r["sessionAttributes"] for _, r in reversed(self.seen) if r.get("sessionAttributes")), {})

    def complaints(self) -> list[str]:
        """What no response may be, and what a reviewer would send the skill back for; empty when all is well."""
        faults = [fault for request, response in self.seen for fault in violations(response, request)]
        return faults + [f"{one.rule}\n    asked: {one.asked}\n    said:  {one.said}" for one in findings(self.seen)]

    def write(self, path: Path = RESPONSES) -> None:
        """Add what was seen to the corpus in one write, so that tests in parallel do not mix their conversations."""
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps({"request": request, "response": response}) + "\n" for request, response in self.seen)
        with path.open("ab", buffering=0) as corpus:
            corpus.write("".join(lines).encode())
