"""A recording held against the coach of this checkout, turn by turn, to the byte.

Rule: one difference is told once. The session in which it is met is left alone until it is over, and the store goes on
from what was recorded.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bench.replay.house import House
from bench.replay.recording import meant, said, state
from bench.replay.taken import CARRIED, Truth, take

Json = dict[str, Any]
Difference = tuple[str, Any, Any]

SHORT = 160
"""Characters of a text that are shown from where it differs."""


class Verdict:
    """Counts what was compared, and tells each difference as it is met."""

    def __init__(self) -> None:
        self.turns = self.skipped = 0
        self._found: Counter[tuple[str, str]] = Counter()

    @property
    def same(self) -> bool:
        """Whether there was no difference."""
        return not self._found

    def told(self, line: Json, differences: list[Difference]) -> Iterator[str]:
        """Count the differences of a turn, and tell them."""
        self.turns += 1
        if not differences:
            return
        self._found[state(line), meant(line)] += 1
        yield f"turn {line['turn']} · {line['who']} · {state(line)} · {said(line)}"
        for name, was, now in differences:
            before, after = _from_where_they_differ(was, now)
            yield f"    {name}\n        was  {before}\n        now  {after}"

    def summary(self) -> Iterator[str]:
        """The counts."""
        for (at, intent), count in self._found.most_common():
            yield f"{count:6}  {at:20} {intent}"
        many = sum(self._found.values())
        yield f"{self.turns} turns compared, {self.skipped} skipped after a difference, {many} different"


def compared(lines: Iterable[Json], house: House, verdict: Verdict) -> Iterator[str]:
    """Everything from the beginning, each session with the attributes that this house gave back."""
    truth, left = Truth(), set[int]()
    # By the turn whose response they came with; None is a request that carries what the recording has.
    attributes: dict[int | None, Json] = {None: {}}
    for line in lines:
        carries = line["carries"]
        if line["session"] in left or carries not in attributes:
            left.add(line["session"])
            verdict.skipped += 1
            house.put(line["rows"])
            truth.add(line)
            continue
        envelope = line["request"]
        if carries is not None:
            envelope = {**envelope, "session": {**envelope["session"], "attributes": attributes[carries]}}
        taken = take(house, envelope, line["store"], line["alexa"])
        differences = list(taken.differences(line, truth))
        yield from verdict.told(line, differences)
        truth.add(line)
        if differences:
            left.add(line["session"])
            house.put({person: truth.rows.get(person) for person in (*line["rows"], *taken.rows)})
        else:
            attributes[line["turn"]] = (taken.response or {}).get(CARRIED, {})


def adopted(lines: Iterable[Json], house: House, verdict: Verdict, every: int) -> Iterator[str]:
    """Every so many turns one by itself: what was stored and carried by then is taken over as it was recorded."""
    truth = Truth()
    for line in lines:
        if line["turn"] % every == 0:
            house.clear()
            house.put(truth.rows)
            taken = take(house, line["request"], line["store"], line["alexa"])
            yield from verdict.told(line, list(taken.differences(line, truth)))
        truth.add(line)


def _from_where_they_differ(was: Any, now: Any) -> tuple[str, str]:
    """Two values in short, from a little before the place where they part."""
    texts = [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in (was, now)]
    common = next((at for at, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
    begin = max(0, common - SHORT // 4)
    shown = [("…" if begin else "") + text[begin : begin + SHORT] for text in texts]
    return shown[0], shown[1]
