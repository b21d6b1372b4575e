"""What is kept about a person between sessions: the place, the days, the preferences.

Rule: nothing about health, no names, no words that were said. A step is kept by its id, so that content may change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from coach.planning import Manner, Place
from coach.speaking import Spoken, Tempo
from coach.speaking.tempo import UNKNOWN
from coach.values import replace

DAYS_KEPT = 14
"""How many days are kept exercise by exercise: this week and the last one. All travels with every answer of a
session.
"""

WEEKS_KEPT = 12
"""How many weeks are kept as a number of days, for the weeks in a row."""

SESSIONS_KEPT = 6
"""Of how many sessions it is remembered how far they were applied: the last ones of a person with a few speakers."""

RUNS_KEPT = 4
"""Of how many times through a plan it is remembered what was counted in them: a person with two speakers has two."""

ZONES_KEPT = 2
"""How many devices' time zones are kept."""

TEMPOS_KEPT = 4
"""Of how many speakers it is remembered how fast they speak: those of a home."""

GOAL_MOST = 7
"""Days in a week."""


class Went(StrEnum):
    """How an exercise went in a week of an easy start: begun and no more, done whole, or not whole.

    Not whole is what was made easier or shorter, skipped, left early or stopped in: which of them, nobody knows.
    """

    BEGUN = "begun"
    WHOLE = "whole"
    BROKEN = "broken"


@dataclass(frozen=True)
class Trial:
    """The day on which an exercise was last begun in an easy start, as ISO text, and how it went in the week of it."""

    day: str
    went: Went = Went.BEGUN


class Mode(StrEnum):
    """How much one answer does before it waits for the person."""

    EXERCISE = "exercise"
    HANDS_FREE = "hands_free"
    STEP_BY_STEP = "step_by_step"


@dataclass(frozen=True)
class Preferences(Manner):
    """What a person has settled for good: the manner in which exercises are done, those that are left out, how much an
    answer does, on how many days a week they mean to practise, whether holds have chimes, and
    whether the coach is brief in them.
    """

    mode: Mode = Mode.EXERCISE
    weekly_goal: int = 4
    left_out: tuple[str, ...] = ()
    chimes: bool = False
    brief: bool = False


@dataclass(frozen=True)
class Applied:
    """Up to which turn a session is in somebody's progress, by the number of the turn, and the request of that turn.
    The session and the request are opaque keys.
    """

    session: str
    turn: int = 0
    request: str = ""


@dataclass(frozen=True)
class Progress:
    """All that is kept of one person.

    `touched` is the time of the last turn in epoch seconds; `forgotten` is when all that was kept before was deleted, 0
    if it never was: nothing of before that is brought back; `spoken` is the answer that went on from `place`: what was
    heard of it by now is done as well; `aside` is the place in an unfinished routine that waits while another one is
    done; `tempos` are speakers and how fast they speak, the one heard last at the end; `days` counts exercises by ISO
    date; `weeks` counts days of practice by ISO week; `trials` says of each exercise how it went in its last week of an
    easy start; `rests` are ISO weeks that were declared off; `met` and `skipped` count by exercise; `last` is
    the day on which a routine was last begun, and which; `welcomed` is set once the first words were said; `zones` are
    devices with their time zones, the one used last at the end; `applied` says of the last sessions, the one written
    last at the end, up to which of their turns all is in here, so that none is counted twice; `runs` says of the last
    times through a plan which exercises were counted in them, for the same reason; `settled` are the settings of the
    last day of which some were changed, with when, in epoch seconds; `revision` is the store's own count
    of writes, 0 before the first.

    `repaired` is no part of it: the names of the fields that did not read, and are as if they were not there.
    """

    revision: int = 0
    applied: tuple[Applied, ...] = ()
    runs: tuple[tuple[int, tuple[str, ...]], ...] = ()
    touched: int = 0
    forgotten: int = 0
    zones: tuple[tuple[str, str], ...] = ()
    welcomed: bool = False
    place: Place | None = None
    spoken: Spoken | None = None
    aside: Place | None = None
    tempos: tuple[tuple[str, Tempo], ...] = ()
    last: tuple[str, str] | None = None
    days: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    weeks: Mapping[str, int] = field(default_factory=dict)
    total_days: int = 0
    rests: tuple[str, ...] = ()
    trials: Mapping[str, Trial] = field(default_factory=dict)
    met: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    preferences: Preferences = field(default_factory=Preferences)
    settled: tuple[tuple[str, int], ...] = ()
    repaired: tuple[str, ...] = field(default=(), compare=False)

    @property
    def zone(self) -> str:
        """The time zone where the person was last, empty if none was ever told."""
        return self.zones[-1][1] if self.zones else ""

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """All of it as plain data, which is the same at every revision: what goes to the store goes to the session."""
        from coach.persistence.document import write  # noqa: PLC0415 - it knows what it writes

        return write(self)

    def applied_of(self, session: str) -> Applied:
        """How far a session is in here; to turn 0 where nothing is known of it."""
        return next((known for known in self.applied if known.session == session), Applied(session))

    def was_written_by(self, session: str) -> bool:
        """Whether it was this session that wrote it last."""
        return bool(self.applied) and self.applied[-1].session == session

    def with_applied(self, applied: Applied) -> Progress:
        """With a session in here up to a turn."""
        others = tuple(known for known in self.applied if known.session != applied.session)
        return replace(self, applied=(*others, applied)[-SESSIONS_KEPT:])

    def in_zone(self, device: str, zone: str) -> Progress:
        """With the time zone of the device that the person talks to."""
        others = tuple(known for known in self.zones if known[0] != device)
        return replace(self, zones=(*others, (device, zone))[-ZONES_KEPT:])

    def tempo_of(self, speaker: str) -> Tempo:
        """How fast a speaker speaks, as far as it is known."""
        return dict(self.tempos).get(speaker, UNKNOWN)

    def at_tempo(self, speaker: str, tempo: Tempo) -> Progress:
        """With what was learned of how fast a speaker speaks."""
        others = tuple(known for known in self.tempos if known[0] != speaker)
        return replace(self, tempos=(*others, (speaker, tempo))[-TEMPOS_KEPT:])

    def counted(self, exercise: str, day: date, times: int = 1) -> Progress:
        """With an exercise done on a day. Days and weeks that are too old to matter are let go."""
        iso, week = day.isoformat(), week_of(day)
        today = dict(self.days.get(iso, {}))
        first_today = not today
        today[exercise] = today.get(exercise, 0) + times
        oldest = (day - timedelta(days=DAYS_KEPT)).isoformat()
        days = {d: done for d, done in {**self.days, iso: today}.items() if d > oldest}
        weeks = {**self.weeks, week: self.weeks.get(week, 0) + first_today}
        kept = dict(sorted(weeks.items())[-WEEKS_KEPT:])
        return replace(self, days=days, weeks=kept, total_days=self.total_days + first_today)

    def counted_in(self, run: int, exercise: str, day: date) -> Progress:
        """With an exercise done on a day, once in a run: two speakers may have heard of it. Of a run that has no name,
        from an earlier version, that cannot be told.
        """
        if not run:
            return self.counted(exercise, day)
        before = dict(self.runs).get(run, ())
        if exercise in before:
            return self
        others = tuple(known for known in self.runs if known[0] != run)
        runs = (*others, (run, (*before, exercise)))[-RUNS_KEPT:]
        return replace(self.counted(exercise, day), runs=runs)

    def tried(self, exercise: str, day: date, went: Went) -> Progress:
        """With an exercise begun on a day, and how it went. A new week begins anew; in it, what was not whole once is
        not whole any more.
        """
        known = self.trials.get(exercise)
        before = date.fromisoformat(known.day) if known else date.min
        if known and week_of(before) == week_of(day):
            day, went = max(before, day), max(known.went, went, key=list(Went).index)
        elif day < before:
            return self
        return replace(self, trials={**self.trials, exercise: Trial(day.isoformat(), went)})

    def going_easy(self, easy: bool) -> Progress:
        """With an easy start begun, or ended. What it has reached ends with it."""
        if easy is self.preferences.easy:
            return self
        return replace(self, preferences=replace(self.preferences, easy=easy, rungs={}), trials={})

    def resting(self, weeks: Sequence[str]) -> Progress:
        """With weeks declared off, the first of them this one. Those that lie too far back to matter are let go."""
        year, number = map(int, weeks[0].split("-W"))
        oldest = week_of(date.fromisocalendar(year, number, 1) - timedelta(weeks=WEEKS_KEPT))
        known = (week for week in self.rests if week > oldest)
        return replace(self, rests=tuple(sorted({*known, *weeks})))

    def times_on(self, day: date, exercise: str) -> int:
        """How often an exercise was done on a day."""
        return self.days.get(day.isoformat(), {}).get(exercise, 0)

    def days_this_week(self, day: date) -> int:
        """On how many days of the week of `day` something was done."""
        return self.weeks.get(week_of(day), 0)

    def weeks_in_a_row(self, day: date) -> int:
        """How many weeks up to this one met the goal. A week declared off, and this week until it is over, break
        nothing.
        """
        goal, count = self.preferences.weekly_goal, 0
        if self.days_this_week(day) >= goal:
            count = 1
        for back in range(1, WEEKS_KEPT):
            week = week_of(day - timedelta(weeks=back))
            if self.weeks.get(week, 0) >= goal:
                count += 1
            elif week not in self.rests:
                break
        return count


def week_of(day: date) -> str:
    """The ISO week of a day, as `2026-W48`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
