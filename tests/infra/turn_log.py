"""A coach whose turns are recorded, with what it wrote: each line a document of CloudWatch's embedded metric format.

Rule: a line that is not by the specification is never handed out.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

from coach.bootstrap import bootstrap
from coach.config import Settings
from coach.metrics import UNITS, Recorder
from coach.persistence.repository import ProgressRepository
from tests.front_door import FrontDoor

Json = dict[str, Any]

NAMESPACE = "HipCoach/test"
SCHEMA = Draft202012Validator(json.loads(Path(__file__).with_name("emf.schema.json").read_text(encoding="utf-8")))
NOW = 1_795_460_000.25
"""Epoch seconds of every line."""


@dataclass(frozen=True)
class Context:
    """What AWS Lambda hands to a function, as far as the coach looks at it."""

    aws_request_id: str = "8476a536-e9f4-11e8-9739-2dfe598c3fcd"
    function_version: str = "7"


@dataclass
class TurnLog:
    """A recorded coach behind its door. Each look at the clock takes a quarter of a second."""

    repository: ProgressRepository | None = None
    written: list[str] = field(default_factory=list)
    _ticks: float = 0

    def __post_init__(self) -> None:
        recorder = Recorder(NAMESPACE, write=self.written.append, now=lambda: NOW, ticks=self._tick)
        handler = bootstrap(Settings(), repository=self.repository, recorder=recorder)
        self.door = FrontDoor(lambda event, _: handler(event, Context()))

    @property
    def lines(self) -> list[Json]:
        """What was written, parsed."""
        return [document(line) for line in self.written]

    def told(self, *names: str) -> list[tuple[Any, ...]]:
        """These members of each line. What did not happen is not in it."""
        return [tuple(line.get(name, 0 if name in UNITS else "") for name in names) for line in self.lines]

    def total(self, metric: str) -> float:
        """The sum of a metric."""
        return sum(float(line.get(metric, 0)) for line in self.lines)

    def _tick(self) -> float:
        self._ticks += 0.25
        return self._ticks


def document(line: str) -> Json:
    """A line, parsed and held to the specification."""
    assert "\n" not in line
    parsed = json.loads(line)
    SCHEMA.validate(parsed)
    (directive,) = parsed["_aws"]["CloudWatchMetrics"]
    named = [metric["Name"] for metric in directive["Metrics"]]
    assert {"Turns", "Latency"} <= {*named}
    assert named == [name for name in UNITS if name in parsed]
    for name in named:
        assert isinstance(parsed[name], int | float)
        assert not isinstance(parsed[name], bool)
    for dimensions in directive["Dimensions"]:
        assert all(isinstance(parsed[name], str) for name in dimensions)
    return dict(parsed)
