"""What is known of what a person hears, written down: the answer that is being spoken, and how fast speakers speak.

Rule: text, as everything in a document; a mark has its fields in order, with colons between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coach.persistence.reading import ID_IF_ANY, MOMENT, SPEAKER, STEP, WORK_MS_MOST, digits, number, words
from coach.speaking import Mark, Spoken, Tempo
from coach.speaking.tempo import FASTEST, SLOWEST

_PERCENT, _SPREAD = digits(10 * FASTEST, 10 * SLOWEST), digits(1, 1_000)


def write_spoken(spoken: Spoken) -> str:
    """An answer: when its request came, with its name where it has one, and its marks with their fields in order."""
    marks = (":".join(str(value) for value in vars(mark).values()) for mark in spoken.marks)
    sent = f"{spoken.sent_ms}/{spoken.name}" if spoken.name else str(spoken.sent_ms)
    return " ".join((sent, *marks))


def read_spoken(plain: Any) -> Spoken | None:
    """The inverse of `write_spoken`; None for nothing. Raises one of UNREADABLE when it is none of ours."""
    sent, *marks = words(plain) or [""]
    sent_ms, _, name = sent.partition("/")
    return Spoken(MOMENT(sent_ms), tuple(map(_mark, marks)), MOMENT(name or "0")) if marks else None


def _mark(plain: str) -> Mark:
    step, *times, meets, credits_, then, before, within = plain.split(":")
    return read_mark([step, *map(int, times), meets, credits_, then, int(before), int(within)])


def read_mark(fields_: Sequence[Any]) -> Mark:
    """A mark by its fields in order. Raises one of UNREADABLE when it is none of ours."""
    step, starts, works, ends, done, meets, credits_, then, before, within = fields_
    time = number(0, WORK_MS_MOST)
    if not starts <= works <= ends:
        raise ValueError("no time in which something is done")
    times = time(starts), time(works), time(ends), time(done)
    follows = ID_IF_ANY(meets), ID_IF_ANY(credits_), ID_IF_ANY(then)
    return Mark(STEP(step), *times, *follows, time(before), time(within))


def write_tempo(speaker: str, tempo: Tempo) -> str:
    """A speaker, how long its words take and how sure that is, in tenths of a percent."""
    return f"{speaker}={round(10 * tempo.percent)}:{round(10 * tempo.spread)}"


def read_tempo(known: str) -> tuple[str, Tempo]:
    """The inverse of `write_tempo`. Raises one of UNREADABLE when it is none of ours."""
    speaker, numbers = known.rsplit("=", 1)
    percent, spread = numbers.split(":")
    return SPEAKER(speaker), Tempo(_PERCENT(percent) / 10, _SPREAD(spread) / 10)
