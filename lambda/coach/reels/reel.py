"""A timeline and the clips of its cues, joined to one sound.

Rule: pure, and the timeline is the clock. Each clip is put at the frame nearest to its cue, so that a cue is at most
half a frame off, and what one is off is not handed on to the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.reels.frames import FRAME_BYTES, SILENT, frames_in
from coach.speaking.cues import Cue, Timeline


def joined(cues: Sequence[Cue], clips: Sequence[bytes], begins: int, ends: int) -> bytes:
    """The frames from one moment of a timeline to another, in milliseconds, with a clip for each cue between them."""
    parts: list[bytes] = []
    now = 0
    for cue, clip in zip(cues, clips, strict=True):
        at = frames_in(cue.at - begins)
        parts += [SILENT * (at - now), clip]
        now = max(at, now) + len(clip) // FRAME_BYTES
    return b"".join([*parts, SILENT * (frames_in(ends - begins) - now)])


def run_of(timeline: Timeline, has_clip: Sequence[bool]) -> tuple[int, int] | None:
    """From which cue up to but not with which other an answer is one sound: all that leads into its works, times them
    and leads out again. What is said first, and what is said at last, need not have clips. None where something else
    has none, or where nothing is timed.
    """
    if not timeline.marks:
        return None
    opening, over = _opening(timeline), timeline.marks[-1].ends
    first = max((at + 1 for at in range(opening) if not has_clip[at]), default=0)
    tail = next((at for at, cue in enumerate(timeline.cues) if cue.at >= over), len(timeline.cues))
    last = next((at for at in range(tail, len(timeline.cues)) if not has_clip[at]), len(timeline.cues))
    return (first, last) if first < last and all(has_clip[first:last]) else None


def _opening(timeline: Timeline) -> int:
    """How many cues are said before the first work; or from its first moment on, where it goes on behind an answer."""
    works, before = timeline.marks[0].works, 0
    for number, cue in enumerate(timeline.cues):
        if cue.at >= works and (works or (cue.at > before and not cue.joined)):
            return number
        before = cue.end
    return len(timeline.cues)
