"""An answer as it sounds: its timeline, with a clip for each cue, and the samples that they make together.

Rule: pure, and the timeline is the clock. Each clip is put where its cue is and nothing is put behind another, so that
nothing drifts, however long a voice takes.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.speaking import Timeline
from simulator.voices.sound import RATE, Sound


@dataclass(frozen=True)
class Sounded:
    """A timeline, and the clip of each of its cues; None for a cue that has none, and is silent."""

    timeline: Timeline
    clips: tuple[Sound | None, ...]

    def then(self, other: "Sounded", after_ms: int = 0) -> "Sounded":
        """This, and another one so long after its end."""
        begins = self.timeline.ms + after_ms
        cues = tuple(replace(cue, at=begins + cue.at) for cue in other.timeline.cues)
        joined = Timeline((*self.timeline.cues, *cues), self.timeline.marks, begins + other.timeline.ms)
        return Sounded(joined, (*self.clips, *other.clips))

    def sound(self, until_ms: int | None = None) -> Sound:
        """What is heard of it, up to a moment or to its end."""
        whole = render(self.timeline, self.clips)
        return Sound(whole if until_ms is None else whole[: place(until_ms)], RATE)


def render(timeline: Timeline, clips: Sequence[Sound | None]) -> "array[int]":
    """The samples of a timeline, RATE a second, with the clip of each cue at exactly its moment."""
    samples = array("h", bytes(2 * place(timeline.ms)))
    for cue, clip in zip(timeline.cues, clips, strict=True):
        if clip:
            at = place(cue.at)
            heard = clip.samples[: len(samples) - at]
            samples[at : at + len(heard)] = heard
    return samples


def place(ms: int) -> int:
    """The number of the first sample that is heard at a moment."""
    return round(ms * RATE / 1000)


def silent(count: int) -> Sound:
    """So many samples of nothing."""
    return Sound(array("h", bytes(2 * count)), RATE)
