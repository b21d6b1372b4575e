"""A whole talk as it was heard: every answer where it was, as far as it got, as sound and as captions.

Rule: made of the finished record, so that it is the same whether somebody typed or a script was played at once. Time in
which no session is open is cut short.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from coach.speaking.content import Content
from simulator import captions
from simulator.captions import Caption
from simulator.heard import Heard
from simulator.voices import sound
from simulator.voices.rendering import Sounded, place, silent
from simulator.voices.sound import RATE, Sound
from simulator.whereabouts import name_of

APART_MS = 1_000
"""What is left of the time between two sessions."""

READ_MS = 2_000
"""How long it is shown what the person said."""

YOU = "You"

_A_MS = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Take:
    """An answer in a talk: what was said at `said_at`, and what is heard of the answer from `at` until it has been
    heard for `ms`, in milliseconds of the talk.
    """

    said: str
    said_at: int
    at: int
    ms: int
    sounded: Sounded


def takes(heard: Sequence[Heard]) -> Iterator[Take]:
    """The answers of a talk that have a sound, in their order."""
    now, before = 0, None
    for number, one in enumerate(heard):
        if one.sounded is None:
            continue
        said_at = now + (0 if before is None else _apart(before, one.at))
        at = said_at + (one.begins - one.at) // _A_MS
        ends = _ends(one, heard[number + 1 :])
        now, before = at + (ends - one.begins) // _A_MS, ends
        yield Take(one.said, said_at, at, now - at, one.sounded)


def talk(heard: Sequence[Heard]) -> "array[int]":
    """The samples of a talk."""
    return array("h", b"".join(sound.samples.tobytes() for sound in _sounds(heard)))


def write_sound(heard: Sequence[Heard], path: Path) -> None:
    """Write a talk to a wav file. Raises OSError."""
    sound.write(path, _sounds(heard), RATE)


def write_captions(heard: Sequence[Heard], content: Content, path: Path) -> None:
    """Write what is said in a talk as WebVTT. Raises OSError."""
    shown: list[Caption] = []
    for take in takes(heard):
        if take.said:
            shown.append(Caption(take.said_at, take.said_at + READ_MS, take.said, YOU))
        coach = captions.captions(take.sounded.timeline, lambda step: name_of(step, content))
        shown += captions.within(coach, take.at, take.ms)
    path.write_text(captions.write(shown), encoding="utf-8")


def _sounds(heard: Sequence[Heard]) -> Iterator[Sound]:
    """The answers and the silences between them. Each begins with its sample, counted from the first of the talk."""
    written = 0
    for take in takes(heard):
        begins, ends = place(take.at), place(take.at + take.ms)
        samples = take.sounded.sound(take.ms).samples[: ends - begins]
        yield silent(begins - written)
        yield Sound(samples, RATE)
        yield silent(ends - begins - len(samples))
        written = ends


def _apart(before: datetime, after: datetime) -> int:
    return min((after - before) // _A_MS, APART_MS)


def _ends(one: Heard, later: Sequence[Heard]) -> datetime:
    """When an answer is over: at its end, or when somebody speaks up or leaves."""
    following = next((other for other in later if other.ended != "ERROR"), None)
    if following is None:
        return one.begins + one.total_ms * _A_MS
    return max(one.begins, min(following.at, one.begins + sum(stage.ms for stage in one.life) * _A_MS))
