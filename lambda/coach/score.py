"""A script laid out in time, and a moment found in it again.

Rule: the clock of a work is never moved by words. They fit into it, are left out, or are spoken before it starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from coach.cues import Begin, Cue, Gap, Line, Mark, Phrase, Prompt, Saying, Script, Timed, Timeline, Wording

OPENING_MARGIN_MS = 4_000
"""An answer inside a hold must leave at least this much of it, or it is spoken before the hold goes on."""

FILLER_MARGIN_MS = 1_500
"""Quiet kept after a filler, so that it does not run into the cue that follows."""

FILLERS_MAX = 32
"""More fillers than the longest hold has room for: a bound, so that no content can keep a turn busy."""


def lay_out(script: Script, wording: Wording) -> Timeline:
    """Give every cue its moment. Sayings follow each other; a Timed takes exactly its own time."""
    return _Score(wording).play(script)


def locate(marks: Sequence[Mark], elapsed_ms: int) -> tuple[int, int]:
    """The mark that is being spoken `elapsed_ms` after the first sound, and the milliseconds of its work that are
    done.
    """
    index = max((i for i, mark in enumerate(marks) if mark.starts <= elapsed_ms), default=0)
    mark = marks[index]
    return index, mark.done + min(max(elapsed_ms - mark.works, 0), mark.ends - mark.works)


class _Score:
    """The hand that writes: where it is in time, and what stands so far."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._now = 0
        self._begun = 0
        self._cues: list[Cue] = []
        self._marks: list[Mark] = []

    def play(self, script: Script) -> Timeline:
        for item in script:
            match item:
                case Prompt() | Line():
                    self._say(item)
                case Gap(ms):
                    self._now += ms
                case Begin():
                    self._begun = self._now
                case Timed():
                    self._work(item)
        return Timeline(tuple(self._cues), tuple(self._marks), self._now)

    def _say(self, saying: Saying) -> None:
        phrase = self._wording(saying)
        if not phrase.text:
            return
        joined = bool(self._cues) and self._cues[-1].end == self._now
        self._speak(self._now + (phrase.pause_ms if joined else 0), phrase, joined=joined)

    def _speak(self, at: int, phrase: Phrase, *, joined: bool = False) -> None:
        self._cues.append(Cue(at, phrase.ms, phrase.text, joined))
        self._now = at + phrase.ms

    def _work(self, timed: Timed) -> None:
        left = max(timed.ms - timed.done, 0)
        opening_ms = sum(phrase.ms + phrase.pause_ms for phrase in map(self._wording, timed.opening))
        inside = opening_ms + OPENING_MARGIN_MS <= left
        works = self._now
        for saying in timed.opening:
            self._say(saying)
        if not inside:
            works = self._now
        ends = works + left
        fillers = cycle(timed.fillers)
        for pin in timed.pins:
            at, phrase = works + pin.at - timed.done, self._wording(pin.saying)
            if at < self._now or at + phrase.ms > ends:
                continue
            self._fill(at, timed, fillers)
            self._speak(at, phrase)
        self._fill(ends, timed, fillers)
        self._now = ends
        self._marks.append(Mark(timed.step, self._begun, works, ends, min(timed.done, timed.ms)))

    def _fill(self, until: int, timed: Timed, fillers: Iterator[Saying]) -> None:
        """Break a silence that is too long with fillers, evenly spread."""
        for saying in islice(fillers, FILLERS_MAX):
            silence = until - self._now
            if silence <= timed.quiet_ms:
                return
            phrase = self._wording(saying)
            at = self._now + silence // -(-silence // timed.quiet_ms)
            if at + phrase.ms + FILLER_MARGIN_MS <= until:
                self._speak(at, phrase)
