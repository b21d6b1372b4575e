"""What a recording reaches: how often each state, and each intent in each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bench.replay.recording import meant, state

Json = dict[str, Any]


class Coverage:
    """Counts turns by the state in which they were said, and by what was said."""

    def __init__(self) -> None:
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._events: Counter[tuple[str, str]] = Counter()
        self._turns: Counter[str] = Counter()

    def add(self, line: Json) -> None:
        """Count a turn."""
        self._pairs[meant(line), state(line)] += 1
        self._events.update((event, at) for at, event in line["heard"])
        told = {
            "with a store that fails": line["store"],
            "taken more than once": len(line["heard"]) > 1,
            "with a call of Alexa's services": line["asked"],
            "that changed what is kept": line["rows"],
            "that raised": line["raised"],
            "that broke and apologised": any("turn_failed" in text for text in line["log"]),
            "with a directive": (line["response"] or {}).get("response", {}).get("directives"),
        }
        self._turns.update([name for name, holds in told.items() if holds])

    def table(self, states: Iterable[str], intents: Iterable[str]) -> Iterator[str]:
        """Lines of text: states by how often, then intents by states, and what was never said somewhere."""
        columns = [*states, "-"]
        by_state = Counter[str]()
        for (_, at), count in self._pairs.items():
            by_state[at] += count
        total = sum(by_state.values())
        yield f"{'state':20}{'turns':>7}{'share':>8}{'intents':>9}{'events':>8}"
        for at in columns:
            many = sum(1 for _, where in self._pairs if where == at)
            events = sum(1 for _, where in self._events if where == at)
            yield f"{at:20}{by_state[at]:7}{by_state[at] / total:8.1%}{many:9}{events:8}"
        yield ""
        yield f"{'':28}" + "".join(f"{_short(at):>6}" for at in columns)
        rows = [*intents, *sorted({name for name, _ in self._pairs} - {*intents})]
        for name in rows:
            yield f"{name:28}" + "".join(f"{self._pairs[name, at] or '.':>6}" for at in columns)
        yield ""
        never = sum(1 for name in intents for at in columns[:-1] if not self._pairs[name, at])
        yield f"{never} of {len([*intents]) * (len(columns) - 1)} pairs of an intent and a state were not met"
        for name, count in sorted(self._turns.items()):
            yield f"{count:6} turns {name}"


def _short(state: str) -> str:
    """A state in five letters: asked_remind_time is a_r_t."""
    first, *rest = state.split("_")
    return (
        first[:5]
        if not rest
        else f"{first[:1]}_" + "_".join(word[:1] for word in rest)
        if len(rest) > 1
        else f"{first[:1]}_{rest[0][:3]}"
    )
