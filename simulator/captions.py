"""A timeline as captions: its words, and in each silence the seconds, so that all of it can be done with the sound off.

Rule: a caption of words is there for as long as they are heard, to the millisecond. In a work the seconds are what is
left of it, beside what is being done; elsewhere they are those until the next words, beside the last ones. WebVTT
escapes for itself.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from coach.speaking import Mark, Timeline

SHORTEST_MS = 1_000
"""A silence shorter than that is no time to read anything."""

SOUND = "♪"
"""What is shown of a sound."""

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True)
class Caption:
    """A text that is to be read from `at` to `ends`, in milliseconds; `who` says it, where that is not the coach."""

    at: int
    ends: int
    text: str
    who: str = ""


def captions(timeline: Timeline, named: Callable[[str], str]) -> Iterator[Caption]:
    """The captions of a timeline in their order; `named` is what the work of a step is called."""
    now, words = 0, ""
    for cue in timeline.cues:
        yield from _silence(timeline.marks, now, cue.at, words, named)
        now, words = cue.end, cue.text or words
        yield Caption(cue.at, now, cue.text or SOUND)
    yield from _silence(timeline.marks, now, timeline.ms, words, named)


def within(shown: Iterable[Caption], at_ms: int, until_ms: int) -> Iterator[Caption]:
    """Captions that begin at a moment, and end where they are cut off."""
    for one in shown:
        if one.at < until_ms:
            yield replace(one, at=at_ms + one.at, ends=at_ms + min(one.ends, until_ms))


def write(shown: Iterable[Caption]) -> str:
    """Captions as WebVTT."""
    return "\n\n".join(("WEBVTT", *map(_block, shown))) + "\n"


def _silence(
    marks: tuple[Mark, ...], begins: int, ends: int, words: str, named: Callable[[str], str]
) -> Iterator[Caption]:
    """Seconds that are counted down in a silence, of the works in it and between them."""
    edges = {edge for mark in marks for edge in (mark.works, mark.ends) if begins < edge < ends}
    for start, end in zip(sorted({begins, *edges}), sorted({ends, *edges}), strict=True):
        work = next((mark for mark in marks if mark.works <= start and end <= mark.ends), None)
        if work and end > start:
            yield from _countdown(start, end, work.ends, named(work.step))
        elif end - start >= SHORTEST_MS:
            yield from _countdown(start, end, end, words)


def _countdown(begins: int, ends: int, until: int, beside: str) -> Iterator[Caption]:
    while begins < ends:
        left = -(-(until - begins) // 1000)
        after = min(ends, until - (left - 1) * 1000)
        yield Caption(begins, after, f"{beside} ({left})".strip())
        begins = after


def _block(caption: Caption) -> str:
    text = caption.text.translate(_ESCAPED)
    said = f"<v {caption.who}>{text}" if caption.who else text
    return f"{_time(caption.at)} --> {_time(caption.ends)}\n{said}"


def _time(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"
