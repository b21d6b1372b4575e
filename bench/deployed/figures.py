"""What the runs of a subject came to, and how sure that is.

Rule: a figure of a subject is the median over its runs. The noise of a figure, or of a ratio of two, is half of the
range in which 95 of 100 lie when the rounds are drawn again, with replacement, from those that there were: a bootstrap,
in which the runs of a round stay together, because what else the machine did fell on all of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

Json = dict[str, Any]

DRAWS = 1_000
SEED = 1
KNOWN_FROM = 1
"""The sessions from this one on are warm: the first one fills the caches."""


@dataclass(frozen=True)
class Run:
    """One life of a subject, as `process` told it, and what the table counted of it, if it asked one."""

    told: Json
    counted: Json = field(default_factory=dict)

    def first(self, clock: str) -> float:
        """Milliseconds of the first turn."""
        return float(self.told["sessions"][0][0][clock])

    def started(self, clock: str) -> float:
        """Milliseconds of the initialisation."""
        return float(self.told["started"][clock])

    def cold(self, clock: str) -> float:
        """Milliseconds from the first line of the process to its first answer."""
        return self.started(clock) + self.first(clock)

    def warm(self, what: str) -> list[float]:
        """Of each turn of a process that has had a session: its milliseconds, or the bytes of its answer."""
        return [float(turn[what]) for session in self.told["sessions"][KNOWN_FROM:] for turn in session]

    def calls(self, *kinds: str) -> int:
        """How often the table was asked, of these kinds or at all."""
        counted = self.counted.get("calls", {})
        return sum(times for kind, times in counted.items() if not kinds or kind in kinds)

    def in_a_session(self, counted: float) -> float:
        """What was counted of all sessions, for one of them."""
        return counted / len(self.told["sessions"])


Measure = Callable[[Run], float]

MEASURES: dict[str, Measure] = {
    "cold": lambda run: run.cold("cpu"),
    "start": lambda run: run.started("cpu"),
    "first": lambda run: run.first("cpu"),
    "warm": lambda run: median(run.warm("cpu")),
    "slowest": lambda run: max(run.warm("cpu")),
    "cold wall": lambda run: run.cold("wall"),
    "start wall": lambda run: run.started("wall"),
    "first wall": lambda run: run.first("wall"),
    "warm wall": lambda run: median(run.warm("wall")),
    "slowest wall": lambda run: max(run.warm("wall")),
    "memory": lambda run: run.told["memory"] / 2**20,
    "modules": lambda run: run.told["modules"],
    "answer": lambda run: median(run.warm("bytes")),
    "reads": lambda run: run.in_a_session(run.calls("GetItem", "Query")),
    "writes": lambda run: run.in_a_session(run.calls("PutItem", "UpdateItem", "DeleteItem")),
    "asked": lambda run: run.in_a_session(run.counted.get("asked", 0)),
    "told": lambda run: run.in_a_session(run.counted.get("told", 0)),
    "item": lambda run: run.counted.get("item", 0),
}
"""By name: milliseconds, MiB, bytes, or how often in a session."""


@dataclass(frozen=True)
class Figure:
    """A number and its noise."""

    value: float
    noise: float = 0


def figure(runs: Sequence[Run], measure: str) -> Figure:
    """A figure of a subject."""
    values = [MEASURES[measure](run) for run in runs]
    return Figure(median(values), _noise(len(values), lambda drawn: median(values[at] for at in drawn)))


def ratio(runs: Sequence[Run], to: Sequence[Run], measure: str) -> Figure:
    """A figure of a subject, in parts of that of another one; 0 where that has none."""
    own, other = ([MEASURES[measure](run) for run in some] for some in (runs, to))
    if not all(other):
        return Figure(0)

    def of(drawn: Sequence[int]) -> float:
        return median(own[at] for at in drawn) / median(other[at] for at in drawn)

    everything = range(min(len(own), len(other)))
    return Figure(of(everything), _noise(len(everything), of))


def _noise(rounds: int, of: Callable[[Sequence[int]], float]) -> float:
    chance = random.Random(SEED)  # noqa: S311 - nobody gains by guessing
    ordered = sorted(of(chance.choices(range(rounds), k=rounds)) for _ in range(DRAWS))
    return (ordered[round(0.975 * (DRAWS - 1))] - ordered[round(0.025 * (DRAWS - 1))]) / 2
