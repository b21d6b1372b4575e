"""A script laid out in time, as far as it fits, and a moment found in it again.

Rule: the clock of a work is never moved by words. They fit into it, are left out, or are spoken before it starts. What
is laid out once is not laid out again: a passage that does not fit any more is the last one that is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from coach.speaking.cues import (
    Chime,
    Cue,
    Gap,
    Items,
    Led,
    Mark,
    Moving,
    Passage,
    Phrase,
    Saying,
    Script,
    Timeline,
    Way,
    Wording,
)
from coach.speaking.tempo import UNKNOWN, Span, Tempo
from coach.values import replace

OPENING_MARGIN_MS = 4_000
"""An answer inside a hold must leave at least this much of it, or it is spoken before the hold goes on."""

FILLER_MARGIN_MS = 1_500
"""Quiet kept after a filler, so that it does not run into the cue that follows."""

FILLERS_MAX = 32
"""More fillers than the longest hold has room for: a bound, so that no content can keep a turn busy."""

WORDS_MOST = 0.7
"""How much of an answer are words, in a first one that also says what this is: in nothing else are there more."""

ROUNDING_MS = 4_000
"""What an answer may take longer than the sum of its cues: runs of words are estimated again as a whole."""

NOTHING = Phrase("", 0)

LayOut = Callable[[Script, Wording, "Platform"], Timeline]
"""What lays a script out: `lay_out`, or another way to come to lengths."""


@dataclass(frozen=True)
class Platform:
    """What the device that speaks an answer allows: `answer_ms` for all of it, `alone_ms` for one with a single step in
    it, which cannot be told in two, and so many `characters` in its format, of which `written` tells how many a
    timeline comes to. Speech `starts_after` a request; `speaking_up` is the time from when a person begins to speak
    until their request comes; `listening_ms` is how long they are listened to once an answer has been spoken, and again
    after its reprompt. `chime` is its soft sound, of which an answer may have so many `chimes`. One that can be
    left to play an answer by itself takes `streams_ms` of that, and any other 0.
    """

    answer_ms: int
    alone_ms: int
    characters: int
    written: Callable[[Timeline], int]
    starts_after: Span
    speaking_up: Span
    listening_ms: int
    chime: Phrase = NOTHING
    chimes: int = 0
    streams_ms: int = 0

    def by_itself(self) -> Platform:
        """The same for what plays by itself."""
        return replace(self, answer_ms=self.streams_ms, alone_ms=self.streams_ms)

    def at_tempo(self, tempo: Tempo) -> Platform:
        """The same for a speaker of whom something was learned. What was learned may be wrong, so that an answer for a
        fast one is no longer than an estimated one would be.
        """
        if tempo.percent >= UNKNOWN.percent:
            return self
        share = 1 / (1 - WORDS_MOST + WORDS_MOST * UNKNOWN.percent / tempo.percent)
        return replace(self, answer_ms=round(self.answer_ms * share), alone_ms=round(self.alone_ms * share))

    def fits(self, timeline: Timeline, *, alone: bool = False) -> bool:
        """Whether an answer, or one with a single step in it, is inside the limits of time and of characters."""
        most_ms = self.alone_ms if alone else self.answer_ms
        return timeline.ms <= most_ms - ROUNDING_MS and self.written(timeline) <= self.characters


def lay_out(script: Script, wording: Wording, platform: Platform) -> Timeline:
    """Give every cue its moment. Sayings follow each other; a work takes exactly its own time. Of the passages the
    first is spoken, shorter if it must be, and each further one while the answer with it fits the platform. A group
    that does not fit whole waits for the next answer, unless this one has nothing else.
    """
    answer = _laid_out(script, wording, platform)
    if platform.fits(answer, alone=True):
        return answer
    # Nothing is left to be made shorter but the time for what is said before the step.
    said = tuple(item.saying if isinstance(item, Moving) else item for item in script.opening)
    return _laid_out(replace(script, opening=said), wording, platform)


def _laid_out(script: Script, wording: Wording, platform: Platform) -> Timeline:
    score = _Score(wording, platform)
    score.open(script.opening)
    answer = before = score.timeline()
    group = ""
    for passage in script.passages:
        if passage.group != group:
            before, group = answer, passage.group
        following = score.with_passage(passage)
        if not platform.fits(following):
            if answer.marks:
                return before if before.marks else answer
            for other in passage.shorter():
                if platform.fits(following, alone=True):
                    break
                following = score.again(other)
            # What is too long by itself has no room behind it.
            return following
        answer = following
    return answer


def locate(marks: Sequence[Mark], elapsed_ms: int) -> tuple[int, int]:
    """The mark that is being spoken `elapsed_ms` after the first sound, and the milliseconds of its work that are
    done.
    """
    index = max((i for i, mark in enumerate(marks) if mark.starts <= elapsed_ms), default=0)
    mark = marks[index]
    return index, mark.done + min(max(elapsed_ms - mark.works, 0), mark.ends - mark.works)


class _Score:
    """The hand that writes: where it is in time, and what stands so far."""

    def __init__(self, wording: Wording, platform: Platform) -> None:
        self._wording = wording
        self._platform = platform
        self._now = 0
        self._cues: list[Cue] = []
        self._marks: list[Mark] = []
        self._led: list[Led] = []
        self._opened: list[int] = []
        self._before = 0, 0, 0

    def timeline(self) -> Timeline:
        cues, marks, led = tuple(self._cues), tuple(self._marks), tuple(self._led)
        return Timeline(cues, marks, self._now, led=led, opened=tuple(self._opened))

    def open(self, items: Items) -> None:
        """Say what comes before the steps."""
        for item in items:
            self.say((item,))
            self._opened.append(self._now)

    def with_passage(self, passage: Passage) -> Timeline:
        """What stands now, closed by the ending of a passage; only the passage itself goes on standing."""
        self._before = len(self._cues), len(self._marks), self._now
        self._take(passage)
        standing = len(self._cues), len(self._marks), self._now
        self.say(passage.ending)
        closed = self.timeline()
        self._take_back(*standing)
        return closed

    def again(self, passage: Passage) -> Timeline:
        """The same with the passage that was taken last in another way."""
        self._take_back(*self._before)
        return self.with_passage(passage)

    def _take_back(self, cues: int, marks: int, now: int) -> None:
        del self._cues[cues:], self._marks[marks:], self._led[marks:]
        self._now = now

    def say(self, items: Items) -> None:
        for item in items:
            match item:
                case Gap(ms):
                    self._now += ms
                case Moving(saying, ms):
                    if self._say(saying):
                        self._now = max(self._cues[-1].at + ms, self._now + ms // 2)
                case saying:
                    self._say(saying)

    def _take(self, passage: Passage) -> None:
        begun = self._now
        into = self._lead(passage.into)
        works, ends = self._work(passage)
        done = min(passage.work.done, passage.work.ms)
        follows = passage.meets, passage.credits, passage.then
        # What is spoken before a clock that goes on leads nobody into anything.
        starts = begun if passage.into else works
        self._marks.append(Mark(passage.step, starts, works, ends, done, *follows))
        self.say(passage.out)
        self._led.append(Led(*into, self._now))

    def _lead(self, into: Items) -> tuple[int, int, int]:
        """Say what leads into a step: from when to when the way into its position is told, 0 and 0 for none, and when
        the moves into its pose begin, which whoever is told of none may make at once.
        """
        ways = [at for at, item in enumerate(into) if isinstance(item, Moving) and isinstance(item.saying, Way)]
        first, after = (ways[0], ways[-1] + 1) if ways else (0, 0)
        self.say(into[:first])
        begun = self._now
        self.say(into[first:after])
        begins, ends = (begun, self._now) if ways else (0, 0)
        moves = into[after:]
        loads = next((at for at, item in enumerate(moves) if isinstance(item, Moving) and item.loads), 0)
        self.say(moves[:loads])
        loaded = self._now
        self.say(moves[loads:])
        return begins, ends, loaded

    def _heard(self, saying: Saying) -> Phrase:
        if not isinstance(saying, Chime):
            return self._wording(saying)
        rung = sum(1 for cue in self._cues if cue.sound)
        return self._platform.chime if rung < self._platform.chimes else NOTHING

    def _say(self, saying: Saying) -> bool:
        """Say something now; whether there are words for it."""
        phrase = self._heard(saying)
        if not phrase.ms:
            return False
        last = self._cues[-1] if self._cues else None
        joined = last is not None and last.end == self._now and not (last.sound or phrase.sound)
        self._speak(self._now + (phrase.pause_ms if joined else 0), phrase, joined=joined)
        return True

    def _speak(self, at: int, phrase: Phrase, *, joined: bool = False) -> None:
        self._cues.append(Cue(at, phrase.ms, phrase.text, joined, phrase.sound))
        self._now = at + phrase.ms

    def _work(self, passage: Passage) -> tuple[int, int]:
        """When the work begins and ends; afterwards it is over."""
        timed = passage.work
        left = max(timed.ms - timed.done, 0)
        works = self._now
        self.say(timed.opening)
        if self._now + OPENING_MARGIN_MS > works + left:
            works = self._now
        ends = works + left
        fillers = cycle(timed.fillers)
        firm = [works + pin.at - timed.done for pin in timed.pins if not pin.yields]
        for pin in timed.pins:
            at = works + pin.at - timed.done
            if at < self._now:
                continue
            phrase = self._heard(pin.saying)
            until = min((moment for moment in firm if moment >= at), default=ends) if pin.yields else ends
            if at + phrase.ms > until or not phrase.ms:
                continue
            self._fill(at, timed.quiet_ms, fillers)
            self._speak(at, phrase)
        self._fill(ends, timed.quiet_ms, fillers)
        self._now = ends
        return works, ends

    def _fill(self, until: int, quiet_ms: int, fillers: Iterator[Saying]) -> None:
        """Break a silence that is too long with fillers, evenly spread."""
        for _ in range(FILLERS_MAX):
            silence = until - self._now
            if silence <= quiet_ms or not (saying := next(fillers, None)):
                return
            phrase = self._heard(saying)
            at = self._now + silence // -(-silence // quiet_ms)
            if at + phrase.ms + FILLER_MARGIN_MS <= until:
                self._speak(at, phrase)
