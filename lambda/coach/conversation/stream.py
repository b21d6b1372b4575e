"""What plays by itself once an answer has been spoken and its session is over, and what a player tells of it.

Rule: it is known by what is in it, and comes back from outside. One that is neither what a person hears now nor what
follows on that changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from coach.conversation.outset import AT_EASE, Outset
from coach.conversation.sparing import NOTHING, Sparing
from coach.persistence import Progress
from coach.planning import Place, Played
from coach.speaking import Mark, Spoken
from coach.values import replace

LINED_UP_MOST = 30
"""So many streams in a row may begin without anybody's telling it, which is more than a routine has."""

HEARD_OUT_MS = 3_600_000
"""So long after the end of its last work a stream has been heard out, whatever leads out of it."""


LED_OUT_MS = 120_000
"""So long after the end of its last work a stream is over, with the way out, and up from the floor."""


@dataclass(frozen=True)
class Stream:
    """A stream as its player tells of it: by the key of the `voice` whose it is, the `run` through a plan, its `name`
    in that, and where its steps are in it; what a body is spared in it, and what it is doing as it begins; how far it
    is, in milliseconds, and whether it is still `playing`, or was heard to its end and is `over`.
    """

    voice: str
    run: int
    name: int
    marks: tuple[Mark, ...]
    sparing: Sparing = NOTHING
    outset: Outset = AT_EASE
    offset_ms: int = 0
    playing: bool = True
    over: bool = False

    def is_heard(self, progress: Progress) -> bool:
        """Whether it is what is being spoken to somebody."""
        return self._is_of(progress, self.name)

    def ahead_of(self, progress: Progress) -> int:
        """How many streams were lined up behind that, this one among them; 0 where it is none of those."""
        before = progress.spoken.name if progress.spoken else 0
        ahead = self.name - before
        return ahead if before and 0 < ahead <= LINED_UP_MOST and self._is_of(progress, before) else 0

    def heard_out(self) -> Stream:
        """The same, heard to its end."""
        return replace(self, offset_ms=self.marks[-1].ends + HEARD_OUT_MS)

    def begun(self, spoken: Spoken, now_ms: int) -> Spoken:
        """What is spoken in it, with when that began: as was told, or as follows from how far it is now. One that has
        stopped began soon after it was given.
        """
        since_ms = now_ms - min(self.offset_ms, self.marks[-1].ends) if self.playing else spoken.name
        return replace(spoken, sent_ms=since_ms) if spoken.is_given else spoken

    def _is_of(self, progress: Progress, name: int) -> bool:
        place, spoken = progress.place, progress.spoken
        return place is not None and spoken is not None and (place.run, spoken.name) == (self.run, name)


@dataclass(frozen=True)
class Playing:
    """A stream in the middle of which somebody speaks up: what is `spoken` of it, with what is behind them settled, and
    the place and the plan at which that was. It goes on by itself, as long as they are not changed.
    """

    spoken: Spoken
    place: Place
    played: Played | None


def settled(spoken: Spoken, reached: int, *, met: bool, over: bool) -> Spoken:
    """What is spoken, once what is owed for the marks up to one that was `reached` has been noted: it is owed no more.
    `met` is set where the work of that one has begun, and `over` where it is done.
    """
    behind = [replace(mark, meets="", credits="") for mark in spoken.marks[:reached]]
    here = spoken.marks[reached]
    here = replace(here, meets="" if met else here.meets, credits="" if over else here.credits)
    return replace(spoken, marks=(*behind, here, *spoken.marks[reached + 1 :]))


def as_told(spoken: Spoken, now_ms: int) -> Spoken | None:
    """What plays by itself, where no player has it that could tell how far it is: it is taken no further than was told.
    One that has not begun is what is to be heard, from when it was given; and of one that must be over by now, and was
    not told to be, nothing is known.
    """
    known = replace(spoken, sent_ms=spoken.sent_ms or spoken.name)
    return known if now_ms <= known.sent_ms + spoken.marks[-1].ends + LED_OUT_MS else None
