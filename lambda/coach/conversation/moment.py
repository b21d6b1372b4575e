"""All that a reply may look at: what was heard, the session, the progress, the time, the content and its words.

Rule: a view, never changed; what a reply changes, it returns. The plan is expanded into steps when it changes, and
handed on while it does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import cached_property

from coach.conversation.details import A_DAY, Condition, Wanted
from coach.conversation.events import Event, Heard
from coach.conversation.session import Session, State
from coach.conversation.sparing import Sparing
from coach.conversation.stream import Playing
from coach.persistence import Change, Mode, Progress
from coach.persistence.changes import made
from coach.planning import Exercise, Library, Place, Plan, Played, Position, Step, Variation
from coach.planning.conditions import advice_for
from coach.planning.steps import play, still_there
from coach.speaking import Platform, Tempo, Wording
from coach.speaking.cues import Items
from coach.speaking.tempo import UNKNOWN
from coach.values import replace

A_DAY_MS = A_DAY * 60_000

A_BREAK_MS = 4 * 3_600_000
"""Another date counts as another day only after so long: midnight in the middle of a routine is no new day."""

JUST_NOW_MS = 60_000
"""Whoever speaks up so soon after a session is where they were in it: in their pose, or at the end of their routine."""

LATELY_MS = 300_000
"""Whoever comes back so soon, with nothing on the go, may need something else than a routine. Longer than a moment, as
not every turn is noted.
"""

IN_THE_POSE_MS = 5_000
"""Whoever has no more than so much of a way into a work still to hear, such as its last words, is in the pose."""


class Storage(Enum):
    """Whether the store answers in this turn: all is well, it could not be read yet, or it could not be written."""

    KEPT = auto()
    UNREAD = auto()
    UNWRITTEN = auto()


@dataclass(frozen=True)
class Moment:
    """One turn as the conversation sees it. `now_ms` is the request's own time in epoch milliseconds, `day` the
    person's, and `midnight_ms` when it began.

    `changes` are the operations that this turn made on the progress so far, `unsaved` those of earlier turns that the
    store has not taken. `repeated` is a request that was taken already, and whose answer was lost: what it did is done.
    `unheard` is a request after an answer that never reached the speaker. `session_number` tells the session from
    another one that is asked something in the same second. `stranger` is somebody of the household whose session it is
    not. `strayed` is a place that the content does not have any more. `tempo` is how fast the speaker speaks.
    `error_ms` is how far the place may be from the truth where it was worked out from what has been spoken meanwhile;
    `untold_ms` is how much of being led into its step was not heard yet, `waiting_ms` how long it was until its name,
    and `leaving` what was not heard yet of being led out of the step before. `unwarned` is set while what to do when
    something hurts is being told. `into_ms` is how long ago the first sound of the answer before was, where that is
    told and need not be worked out. `plays` is set while it plays by itself, and `playing` says what goes on then, once
    it is known where the person is; `given` is set while it is not known to have begun. `played` is the plan as it is
    played, expanded where it is not handed on.
    """

    heard: Heard
    session: Session
    progress: Progress
    now_ms: int
    day: date
    midnight_ms: int
    library: Library
    wording: Wording
    platform: Platform
    storage: Storage = Storage.KEPT
    repeated: bool = False
    unheard: bool = False
    session_number: int = 0
    stranger: bool = False
    strayed: bool = False
    tempo: Tempo = UNKNOWN
    error_ms: int = 0
    untold_ms: int = 0
    waiting_ms: int = 0
    leaving: Items = ()
    unwarned: bool = False
    into_ms: int | None = None
    plays: bool = False
    given: bool = False
    playing: Playing | None = None
    played: Played | None = None
    changes: tuple[Change, ...] = ()
    unsaved: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        place, known = self.progress.place, self.played
        if place is None:
            played = None
        elif known and known.plan == place.plan and known.manner == self.progress.preferences:
            return
        else:
            played = play(place.plan, self.progress.preferences, self.library)
        object.__setattr__(self, "played", played)

    @property
    def leading(self) -> bool:
        """Whether the person was still being led into the step, or back into the middle of it."""
        place = self.progress.place
        begun = self.untold_ms > 0 and place is not None and place.done_ms > 0
        return self.untold_ms - self.waiting_ms > IN_THE_POSE_MS if begun else self.untold_ms > 0

    @property
    def unnamed(self) -> bool:
        """Whether what plays by itself announces the exercise at the place, and who is to take care of what."""
        return self.playing is not None and self.leading and self.step.first_of_exercise and not self.session.announced

    @property
    def streaming(self) -> bool:
        """Whether what is coached now is left to play by itself, one exercise after the other."""
        return self.platform.streams_ms > 0 and self.progress.preferences.mode is Mode.HANDS_FREE

    @property
    def plays_on(self) -> bool:
        """Whether what plays by itself is still what the person wants."""
        known = self.playing
        if known is None or not self.streaming:
            return False
        return self.progress.place == known.place and self.played is known.played

    @property
    def event(self) -> Event:
        """What was meant."""
        return self.heard.event

    @property
    def state(self) -> State:
        """Where the conversation stands."""
        return self.session.state

    @property
    def place(self) -> Place:
        """Where the person is. Only rows of states that have a place may ask."""
        if self.progress.place is None:
            raise LookupError("this state has no place")
        return self.progress.place

    @property
    def run(self) -> int:
        """The name of a time through a plan that begins in this moment, and of what plays by itself from then on."""
        return self.now_ms + self.session_number

    @property
    def unfinished(self) -> bool:
        """Whether something of the exercises was done, and something is still to be done."""
        first = self.first_step_of(self.exercises[0])
        begun = self.index > first or (self.index == first and self.place.done_ms > 0) or bool(self.place.done)
        return begun and bool(self.to_come)

    @cached_property
    def aside(self) -> Place | None:
        """The place in the routine that waits, None where none does or the content has nothing of it any more."""
        kept = self.progress.aside
        return still_there(kept, self.progress.preferences, self.library) if kept else None

    @property
    def just_now(self) -> bool:
        """Whether a session has just begun, and the last one was a moment ago."""
        return not self.session.answers and self.now_ms - self.progress.touched * 1000 <= JUST_NOW_MS

    @property
    def lately(self) -> bool:
        """Whether a session has just begun, and the last one was some minutes ago."""
        return not self.session.answers and self.now_ms - self.progress.touched * 1000 <= LATELY_MS

    @property
    def of_another_day(self) -> bool:
        """Whether the place is of another day than today."""
        return self.is_of_another_day(self.place)

    def days_since(self, place: Place) -> int:
        """How many of the person's days ago they were led at a place; 0 for today, and where nobody knows."""
        return self._days_before(place.worked * 1000) if place.worked else 0

    def day_of(self, ms: int) -> date:
        """The person's day at a moment of the past, or today, in epoch milliseconds."""
        return self.day - timedelta(days=self._days_before(ms))

    def _days_before(self, ms: int) -> int:
        return max(-((ms - self.midnight_ms) // A_DAY_MS), 0)

    def is_of_another_day(self, place: Place) -> bool:
        """Whether a place is from another day: another date, and longer ago than a break at midnight."""
        return self.days_since(place) > 0 and self.now_ms - place.worked * 1000 > A_BREAK_MS

    @property
    def steps(self) -> tuple[Step, ...]:
        """The plan as it is played."""
        if self.played is None:
            raise LookupError("this state has no plan")
        return self.played.steps

    @cached_property
    def index(self) -> int:
        """Which of the steps the place is at."""
        return (self.played and self.played.find(self.place)) or 0

    @property
    def step(self) -> Step:
        """The step that the place is at."""
        return self.steps[self.index]

    @property
    def exercise(self) -> Exercise:
        """The exercise that the place is at."""
        return self.step.exercise

    @property
    def practised(self) -> Step:
        """The step of the exercise that runs, or was done last: in a landing, that of the last one."""
        landing = self.step.is_around and self.number > 0
        return self.steps[self.index - 1] if landing else self.step

    @property
    def meant(self) -> Step:
        """The step that is meant when none is named: the coming one between two, whatever is being asked there; else
        the one that runs, or that hurt, and the last one of an exercise at the end.
        """
        if self.state not in (State.COACHING, State.EASED) and not self.left_ms:
            return self.practised if self.last else self.steps[self.index + 1]
        return self.step

    @property
    def subject(self) -> Exercise:
        """The exercise that is meant when none is named."""
        return self.meant.exercise

    @property
    def left_ms(self) -> int:
        """What is left of the work of this step."""
        return max(self.step.work.ms - self.place.done_ms, 0)

    @property
    def last(self) -> bool:
        """Whether this is the last step of the plan."""
        return self.index + 1 == len(self.steps)

    @property
    def exercises(self) -> tuple[str, ...]:
        """The exercises of the plan that the content has, in order."""
        return self.played.exercises if self.played else ()

    @property
    def number(self) -> int:
        """Which exercise of the plan this is, counted from 1: 0 before the first, and one too many behind the last."""
        if self.step.is_around:
            return len(self.exercises) + 1 if self.last else 0
        return self.exercises.index(self.exercise.id) + 1

    @property
    def ahead(self) -> Moment:
        """The same moment at what is still to be done: a step that is finished lies behind."""
        return self if self.left_ms else self.at(self.index + 1)

    @property
    def to_come(self) -> tuple[str, ...]:
        """The exercises of the plan of which something is still to be done, in order."""
        first = self.index if self.left_ms else self.index + 1
        return tuple(dict.fromkeys(step.exercise.id for step in self.steps[first:] if not step.is_around))

    @property
    def to_be_asked(self) -> frozenset[str]:
        """The exercises that somebody is to be asked about first, by what was said in this session."""
        advice = advice_for(self.heard.of(Condition).names, self.library.exercises)
        return frozenset((*self.session.sparing.barred, *advice.bars(self.library.exercises)))

    @property
    def gently(self) -> bool:
        """Whether all is done in its easier version, by what was said in this session, until somebody was asked."""
        return self.session.sparing.gently or isinstance(self.heard.detail, Condition)

    @property
    def no_floor(self) -> bool:
        """Whether the floor is out, by what was said in this session."""
        return self.session.sparing.no_floor or self.heard.of(Wanted).floor_is_out

    @property
    def barred(self) -> frozenset[str]:
        """The exercises that are out for this session: to be asked about first, or on a floor that is out."""
        known = self.library.exercises
        return self.to_be_asked.union(e for e, it in known.items() if self.no_floor and it.position.down)

    @property
    def may_lie(self) -> bool:
        """Whether there is anything to do lying that is not to be asked about first."""
        known = self.library.exercises
        return any(it.position is Position.LYING and e not in self.to_be_asked for e, it in known.items())

    @property
    def left_out(self) -> tuple[str, ...]:
        """The exercises that nothing is made of: left out for good, or barred in this session."""
        return (*self.progress.preferences.left_out, *self.barred)

    @property
    def body(self) -> Position | None:
        """The position that the body is in, None for upright."""
        return Position(self.session.body) if self.session.body else None

    @property
    def down(self) -> bool:
        """Whether the person is on the floor, or on the way up from it."""
        leg = self.session.leg
        return self.body is not None and (self.body.down or (leg is not None and leg.came_from.down))

    @property
    def in_it(self) -> bool:
        """Whether a part of the work at the place is done, or the person may be on the way into it."""
        return self.left_ms > 0 and (self.place.done_ms > 0 or self.session.posed)

    @property
    def may_be_easier(self) -> bool:
        """Whether what runs, or hurt, has an easier version than the one that it is done in."""
        return not self.step.is_around and self.step.variation is not Variation.EASIER

    @property
    def start(self) -> int:
        """Where the plan begins: nobody who is on the floor gets up to warm up for something that is done there."""
        first = self.first_step_of(self.exercises[0])
        return first if self.down and self.steps[first].position.down else 0

    @property
    def untaught(self) -> bool:
        """Whether it was asked if they are ready for the step at the place, and nothing of it was told yet."""
        return self.state is State.PAUSED and not (self.session.coached or self.place.done_ms)

    def first_step_of(self, exercise: str) -> int:
        """The index of the first step of an exercise of this plan."""
        if self.played is None:
            raise LookupError("this state has no plan")
        return self.played.first_step_of(exercise)

    def meaning(self, event: Event) -> Moment:
        """The same moment with what was heard taken for another event."""
        return self if event is self.event else replace(self, heard=self.heard.meaning(event))

    def with_session(self, session: Session) -> Moment:
        """The same moment with another session."""
        return replace(self, session=session)

    def with_sparing(self, sparing: Sparing) -> Moment:
        """The same moment with something else to be spared."""
        return self.with_session(replace(self.session, sparing=sparing))

    def in_state(self, state: State) -> Moment:
        """The same moment in another state."""
        return self.with_session(replace(self.session, state=state))

    def with_progress(self, progress: Progress) -> Moment:
        """The same moment with other progress."""
        return replace(self, progress=progress)

    def doing(self, *changes: Change) -> Moment:
        """The same moment with operations made on the progress, and remembered."""
        return replace(self, progress=made(self.progress, changes), changes=(*self.changes, *changes))

    def placed(self, place: Place | None) -> Moment:
        """The same moment at another place, or at none."""
        return self.with_progress(replace(self.progress, place=place))

    def at(self, index: int, *, done_ms: int = 0) -> Moment:
        """The same moment with the place at another step of this plan."""
        place, step = self.place, self.steps[index]
        unmet = place.unmet and step.exercise.id == place.exercise
        return self.placed(replace(place, step=step.id, done_ms=done_ms, unmet=unmet))

    def led(self) -> Moment:
        """The same moment with the person led at their place just now."""
        return self.placed(replace(self.place, worked=self.now_ms // 1000))

    def beginning(self, plan: Plan) -> Moment:
        """The same moment with the place at the first step of a plan. The plan must have a step."""
        played = play(plan, self.progress.preferences, self.library)
        progress = replace(self.progress, place=Place(plan, played.steps[0].id, run=self.run))
        return replace(self, progress=progress, played=played)
