"""What a person changed, as operations on their progress: they can be carried, and made again on what somebody else
wrote meanwhile.

Rule: an operation names what it touches and no more. What was done is added, what was settled is set key by key, and of
one key what was said last holds. Each turn's operations are made once: they have the number of the turn in its session,
which is its time, and `Progress.applied` tells up to which turn a session stands already. The place is no part of this:
it belongs to the speaker that is being talked to, and the later one has it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from coach.persistence import document
from coach.persistence.plans import read_spelled, write_spelled
from coach.persistence.progress import Applied, Mode, Preferences, Progress, Went
from coach.persistence.reading import MS_MOST, Fields, number, text
from coach.planning import Place, Variation
from coach.speaking import Tempo
from coach.values import replace

ABOUT = text(r"[\w\s=+/-]{0,200}")
"""What an operation is about."""

WORD = text(r"[ -~]{0,4000}")
"""Its word: the longest is a place in a plan of all exercises."""

NUMBER = number(0, MS_MOST)
"""The number of an operation: how often, how long, how much of a hundred, or since when."""


class What(StrEnum):
    """The kinds of operations."""

    DONE = "done"
    PRACTISED = "practised"
    MET = "met"
    MET_ANEW = "met_anew"
    SKIPPED = "skipped"
    SKIPS_FORGOTTEN = "skips_forgotten"
    WELCOMED = "welcomed"
    BEGUN = "begun"
    ASIDE = "aside"
    RESTING = "resting"
    IN_ZONE = "in_zone"
    AT_TEMPO = "at_tempo"
    PACE = "pace"
    HOLDS = "holds"
    MODE = "mode"
    WEEKLY_GOAL = "weekly_goal"
    HOLD = "hold"
    USUAL_HOLDS = "usual_holds"
    VARIATION = "variation"
    LEFT_OUT = "left_out"
    BROUGHT_BACK = "brought_back"
    CHIMES = "chimes"
    BRIEF = "brief"
    EASY = "easy"
    RUNG = "rung"
    TRIED = "tried"


SETTINGS = frozenset(
    {
        *(What.PACE, What.HOLDS, What.MODE, What.WEEKLY_GOAL, What.HOLD, What.USUAL_HOLDS, What.VARIATION),
        *(What.LEFT_OUT, What.BROUGHT_BACK, What.CHIMES, What.BRIEF),
    }
)
"""Of each of these, what was said last holds."""

SETTLED_SECONDS = 24 * 60 * 60
"""How long it is remembered when a setting was said: no session carries an older one for longer."""

NOTICED = frozenset(What) - {
    *(What.MET, What.MET_ANEW, What.SKIPPED, What.SKIPS_FORGOTTEN, What.WELCOMED, What.BEGUN),
    *(What.IN_ZONE, What.AT_TEMPO, What.TRIED),
}
"""What a person was told of, or would miss. The others only change how something is said the next time."""


@dataclass(frozen=True)
class Change:
    """One operation: its kind, the exercise, day, routine or device that it is about, and a number or a word for it.

    Made by the functions below, which say what each kind takes.
    """

    what: What
    about: str = ""
    number: int = 0
    word: str = ""

    @property
    def setting(self) -> str:
        """The name of the setting that it settles, empty where it settles none."""
        if self.what not in SETTINGS:
            return ""
        what = What.LEFT_OUT if self.what is What.BROUGHT_BACK else self.what
        return f"{what}/{self.about}" if self.about else str(what)

    def made_on(self, progress: Progress) -> Progress:
        """The progress with this operation made. Raises ValueError where it makes no sense."""
        return _MADE[self.what](progress, self)

    def to_list(self) -> list[str | int]:
        """As plain data for the session."""
        return [self.what.value, self.about, self.number, self.word]

    @classmethod
    def from_list(cls, plain: Sequence[Any]) -> Change:
        """The inverse of `to_list`. Raises one of UNREADABLE when it is none of ours."""
        what, about, number, word = plain
        change = cls(What(what), ABOUT(about), NUMBER(number), WORD(word))
        made_of_nothing = change.made_on(Progress())
        # What could not be written down and read again must not be made of anybody's progress.
        if document.read(document.write(made_of_nothing)) != made_of_nothing:
            raise ValueError("an operation of something else")
        return change


@dataclass(frozen=True)
class Delta:
    """What one turn of a session changed, in order. `turn` is its number, as in Carried; `request` is the one that the
    turn took, as in Applied, empty where an earlier version did not say.
    """

    turn: int
    changes: tuple[Change, ...]
    request: str = ""

    def is_missing_at(self, applied: Applied) -> bool:
        """Whether it is not in progress that has its session up to there. A request whose answer was not heard, or that
        came late, may have taken the turn of the same number, in the same second: then it is not.
        """
        if self.turn != applied.turn:
            return self.turn > applied.turn
        return self.request not in ("", applied.request)


def made_again(stored: Progress, session: str, deltas: Iterable[Delta]) -> Progress:
    """What is stored, with those of a session's deltas that are not in it yet. A setting that somebody has changed
    since, on another speaker, stays as it is, and what is from before a deletion stays deleted.
    """
    applied = stored.applied_of(session)
    for delta in deltas:
        if delta.is_missing_at(applied) and delta.turn > stored.forgotten:
            since = {name for name, when in stored.settled if when > delta.turn}
            for change in delta.changes:
                stored = _made_late(stored, change, since)
    return stored


def _made_late(stored: Progress, change: Change, since: Set[str]) -> Progress:
    """What is stored with an operation of before, where these settings were changed since."""
    if change.setting in since or (change.what is What.HOLD and What.USUAL_HOLDS in since):
        return stored
    longer = {e: ms for e, ms in stored.preferences.hold_ms.items() if f"{What.HOLD}/{e}" in since}
    after = change.made_on(stored)
    if change.what is What.USUAL_HOLDS:
        return replace(after, preferences=replace(after.preferences, hold_ms=longer))
    return after


def settled(progress: Progress, deltas: Iterable[Delta]) -> Progress:
    """The progress, which has these deltas, with when each of their settings was said."""
    said = dict(progress.settled)
    for delta in deltas:
        for name in filter(None, (change.setting for change in delta.changes)):
            said[name] = max(delta.turn, said.get(name, 0))
    latest = max(said.values(), default=0)
    kept = ((name, when) for name, when in said.items() if latest - when < SETTLED_SECONDS)
    return replace(progress, settled=tuple(kept))


def made(progress: Progress, changes: Iterable[Change]) -> Progress:
    """The progress with operations made one after the other."""
    for change in changes:
        progress = change.made_on(progress)
    return progress


def done(exercise: str, day: date, times: int = 1) -> Change:
    """An exercise was done on a day."""
    return Change(What.DONE, exercise, times, day.isoformat())


def practised(run: int, exercise: str, day: date) -> Change:
    """An exercise of a routine was done on a day. It counts once in a run, whoever tells of it."""
    return Change(What.PRACTISED, exercise, run, day.isoformat())


def met(exercise: str) -> Change:
    """An exercise was met once more: its work has begun to be heard."""
    return Change(What.MET, exercise)


def met_anew() -> Change:
    """All exercises are as new as on the first day."""
    return Change(What.MET_ANEW)


def skipped(exercise: str) -> Change:
    """An exercise was skipped once more."""
    return Change(What.SKIPPED, exercise)


def skips_forgotten(exercise: str) -> Change:
    """Earlier skips of an exercise count no more."""
    return Change(What.SKIPS_FORGOTTEN, exercise)


def welcomed() -> Change:
    """The first words were said."""
    return Change(What.WELCOMED)


def begun(routine: str, day: date) -> Change:
    """A routine was begun on a day."""
    return Change(What.BEGUN, routine, word=day.isoformat())


def aside(place: Place | None) -> Change:
    """A place was kept aside, and none other is; or none is any more."""
    return Change(What.ASIDE, word=json.dumps(write_spelled(place), separators=(",", ":")) if place else "")


def resting(weeks: Sequence[str]) -> Change:
    """ISO weeks were declared off, the first of them the one of today."""
    return Change(What.RESTING, word=" ".join(weeks))


def in_zone(device: str, zone: str) -> Change:
    """A device has told its time zone."""
    return Change(What.IN_ZONE, device, word=zone)


def at_tempo(speaker: str, tempo: Tempo) -> Change:
    """It was learned how fast a speaker speaks. The number is in tenths of a percent, and so is the word, its error."""
    return Change(What.AT_TEMPO, speaker, round(10 * tempo.percent), str(round(10 * tempo.spread)))


def pace(percent: int) -> Change:
    """The coach's pace was settled."""
    return Change(What.PACE, number=percent)


def holds(percent: int) -> Change:
    """The length of holds in general was settled."""
    return Change(What.HOLDS, number=percent)


def mode(chosen: Mode) -> Change:
    """How much one answer does was settled."""
    return Change(What.MODE, word=chosen)


def weekly_goal(days: int) -> Change:
    """The weekly goal was settled."""
    return Change(What.WEEKLY_GOAL, number=days)


def hold(exercise: str, ms: int) -> Change:
    """The hold of one exercise was settled."""
    return Change(What.HOLD, exercise, ms)


def usual_holds() -> Change:
    """All holds are as they were authored again."""
    return Change(What.USUAL_HOLDS)


def variation(exercise: str, chosen: Variation) -> Change:
    """The variation of one exercise was settled."""
    return Change(What.VARIATION, exercise, word=chosen)


def left_out(exercise: str) -> Change:
    """An exercise was left out for good."""
    return Change(What.LEFT_OUT, exercise)


def brought_back(exercise: str) -> Change:
    """An exercise that was left out is wanted again."""
    return Change(What.BROUGHT_BACK, exercise)


def chimes(wanted: bool) -> Change:
    """Chimes in holds were wanted, or were not any more."""
    return Change(What.CHIMES, number=int(wanted))


def brief(wanted: bool) -> Change:
    """Fewer words in a work were wanted, or were not any more."""
    return Change(What.BRIEF, number=int(wanted))


def easy(going: bool) -> Change:
    """An easy start was begun, or the authored doses were wanted again."""
    return Change(What.EASY, number=int(going))


def rung(exercise: str, at: int) -> Change:
    """An exercise reached a rung of its own."""
    return Change(What.RUNG, exercise, at)


def tried(exercise: str, day: date, went: Went) -> Change:
    """An exercise was begun on a day of an easy start, and went so. The number is its place in Went."""
    return Change(What.TRIED, exercise, list(Went).index(went), day.isoformat())


def _more(counts: Mapping[str, int], key: str) -> dict[str, int]:
    return {**counts, key: counts.get(key, 0) + 1}


def _without(items: Mapping[str, int], key: str) -> dict[str, int]:
    return {name: item for name, item in items.items() if name != key}


def _preferring(made_on: Callable[[Preferences, Change], Preferences]) -> Callable[[Progress, Change], Progress]:
    return lambda progress, change: replace(progress, preferences=made_on(progress.preferences, change))


_MADE: Mapping[What, Callable[[Progress, Change], Progress]] = {
    What.DONE: lambda p, c: p.counted(c.about, date.fromisoformat(c.word), c.number),
    What.PRACTISED: lambda p, c: p.counted_in(c.number, c.about, date.fromisoformat(c.word)),
    What.MET: lambda p, c: replace(p, met=_more(p.met, c.about)),
    What.MET_ANEW: lambda p, _: replace(p, met={}),
    What.SKIPPED: lambda p, c: replace(p, skipped=_more(p.skipped, c.about)),
    What.SKIPS_FORGOTTEN: lambda p, c: replace(p, skipped=_without(p.skipped, c.about)),
    What.WELCOMED: lambda p, _: replace(p, welcomed=True),
    What.BEGUN: lambda p, c: replace(p, last=(c.word, c.about)),
    What.ASIDE: lambda p, c: replace(p, aside=read_spelled(Fields(json.loads(c.word))) if c.word else None),
    What.RESTING: lambda p, c: p.resting(c.word.split()),
    What.IN_ZONE: lambda p, c: p.in_zone(c.about, c.word),
    What.AT_TEMPO: lambda p, c: p.at_tempo(c.about, Tempo(c.number / 10, int(c.word) / 10)),
    What.PACE: _preferring(lambda p, c: replace(p, pace=c.number)),
    What.HOLDS: _preferring(lambda p, c: replace(p, holds=c.number)),
    What.MODE: _preferring(lambda p, c: replace(p, mode=Mode(c.word))),
    What.WEEKLY_GOAL: _preferring(lambda p, c: replace(p, weekly_goal=c.number)),
    What.HOLD: _preferring(lambda p, c: replace(p, hold_ms={**p.hold_ms, c.about: c.number})),
    What.USUAL_HOLDS: _preferring(lambda p, _: replace(p, hold_ms={})),
    What.VARIATION: _preferring(lambda p, c: replace(p, variations={**p.variations, c.about: Variation(c.word)})),
    What.LEFT_OUT: _preferring(lambda p, c: replace(p, left_out=tuple(dict.fromkeys((*p.left_out, c.about))))),
    What.CHIMES: _preferring(lambda p, c: replace(p, chimes=bool(c.number))),
    What.BRIEF: _preferring(lambda p, c: replace(p, brief=bool(c.number))),
    What.EASY: lambda p, c: p.going_easy(bool(c.number)),
    What.RUNG: _preferring(lambda p, c: replace(p, rungs={**p.rungs, c.about: c.number})),
    What.TRIED: lambda p, c: p.tried(c.about, date.fromisoformat(c.word), list(Went)[c.number]),
    What.BROUGHT_BACK: _preferring(lambda p, c: replace(p, left_out=tuple(e for e in p.left_out if e != c.about))),
}
"""What each kind of operation makes of progress."""
